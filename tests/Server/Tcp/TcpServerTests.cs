namespace IoTNet.Tests.Server;

[TestClass]
public sealed class TcpServerTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("loopback", "127.0.0.1:0", "tcp://127.0.0.1:")]
    [DataRow("loopback", "0", "tcp://127.0.0.1:")]
    [DataRow("loopback", "tcp://0.0.0.0:0", "tcp://0.0.0.0:")]
    [DataRow("loopback", "[::1]:0", "tcp://[::1]:")]
    [DataRow("loopback", "tcp://[::1]:0", "tcp://[::1]:")]
    [DataRow("host", "tcp://127.0.0.1:0", "tcp://127.0.0.1:")]
    [DataRow("host", "0", "tcp://127.0.0.1:")]
    public void Address_OfPort0_IsTheRealOneAndNullAfterClose(string kind, string uri, string prefix) => World.Run(kind, world =>
    {
        TcpServer server = world.Keep(new TcpServer(world.Loop, uri));
        string address = server.Address;
        Assert.StartsWith(prefix, address);
        Assert.IsGreaterThan(0, int.Parse(address[prefix.Length..], null));
        server.Close();
        Assert.IsNull(server.Address);
        server.Close();
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("http://127.0.0.1:80", "scheme tcp or unix, not \"http\"")]
    [DataRow("127.0.0.1", "the port is missing")]
    [DataRow("tcp://127.0.0.1", "the port is missing")]
    [DataRow("tcp://127.0.0.1:", "the port is missing")]
    [DataRow("tcp://[::1]", "the port is missing")]
    [DataRow("", "the port is missing")]
    [DataRow("tcp://:80", "the host is missing")]
    [DataRow("localhost:80", "the host is no IP address: \"localhost\"")]
    [DataRow("tcp://127.0.0.1:65536", "the port is 0 to 65535, not \"65536\"")]
    [DataRow("127.0.0.1:99999999999", "the port is 0 to 65535, not \"99999999999\"")]
    [DataRow("127.0.0.1:-1", "the port is 0 to 65535, not \"-1\"")]
    [DataRow("127.0.0.1:80/x", "the port is 0 to 65535, not \"80/x\"")]
    [DataRow("::1:80", "stands in brackets")]
    [DataRow("[127.0.0.1]:80", "an IPv6 address in the brackets")]
    [DataRow("[::1:80", "an IPv6 address in the brackets")]
    [DataRow("unix://", "the path is missing")]
    public void Server_OfAWrongUri_NamesItAndItsWrongPart(string uri, string part) => World.Run("loopback", world =>
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => new TcpServer(world.Loop, uri));
        StringAssert.Contains(error.Message, "\"" + uri + "\" (EINVAL)");
        StringAssert.Contains(error.Message, part);
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void Server_OnATakenPort_NamesAddressAndErrno(string kind) => World.Run(kind, world =>
    {
        string address = world.Serve().Address;
        SocketException error = Assert.ThrowsExactly<SocketException>(() => new TcpServer(world.Loop, address));
        Assert.AreEqual(Errno.EADDRINUSE, error.Errno);
        StringAssert.Contains(error.Message, "Failed to listen on \"" + address + "\"");
        StringAssert.Contains(error.Message, "EADDRINUSE");
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("port")]
    [DataRow("option")]
    public void Server_WithALimitOutOfItsRange_NamesIt(string what) => World.Run("loopback", world =>
    {
        TcpServerOptions options = what == "port" ? new() { MaxConnections = 0 } : new() { LowWaterBytes = 9000 };
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new TcpServer(world.Loop, "0", options));
        StringAssert.Contains(error.Message, what == "port" ? "MaxConnections" : "LowWaterBytes");
        Assert.AreEqual(0, ((LoopbackStack)world.ServerStack.Local).OpenSockets);
    }, TestContext.TestName!);

    [TestMethod]
    [DynamicData(nameof(World.Kinds), typeof(World))]
    public void Echo_OfAClient_TellsEachEventInOrder(string kind) => World.Run(kind, world =>
    {
        List<string> events = [];
        TcpServer server = world.Serve();
        server.Connection += connection =>
        {
            events.Add("connection");
            StringAssert.StartsWith(connection.LocalAddress, server.Address);
            StringAssert.StartsWith(connection.RemoteAddress, "tcp://");
            connection.Data += (c, buffer, offset, count) =>
            {
                events.Add("data");
                Assert.IsTrue(c.Write(buffer, offset, count));
            };
            connection.Ended += _ => events.Add("end");
            connection.Error += (_, _) => events.Add("error");
            connection.Closed += (c, hadError) =>
            {
                events.Add("close " + hadError);
                Assert.IsNull(c.LocalAddress);
                Assert.IsNull(c.RemoteAddress);
                Assert.IsTrue(c.Socket.IsClosed);
            };
        };
        Socket client = world.Connect(server);
        world.Send(client, "hello");
        Assert.AreEqual("hello", world.Receive(client, 5));
        Assert.AreEqual(1, server.ConnectionCount);
        client.Shutdown(SocketShutdown.Send);
        Assert.AreEqual(0, world.End(client));
        world.Until(() => server.ConnectionCount == 0, "the connection does not close");
        CollectionAssert.AreEqual(new[] { "connection", "data", "end", "close False" }, events);
        Assert.IsEmpty(world.LoopErrors);
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void Pause_UntilResume_KeepsClientsInTheBacklog(string kind) => World.Run(kind, world =>
    {
        TcpServer server = world.ServeEcho();
        server.Pause();
        server.Pause();
        Socket client = world.Connect(server);
        world.Send(client, "hello");
        Assert.AreEqual(0, world.Loop.RunOnce(20));
        Assert.AreEqual(0, server.ConnectionCount);
        server.Resume();
        server.Resume();
        Assert.AreEqual("hello", world.Receive(client, 5));
    }, TestContext.TestName!);

    [TestMethod]
    [DynamicData(nameof(World.Kinds), typeof(World))]
    public void Client_AboveTheLimit_WaitsForAPlace(string kind) => World.Run(kind, world =>
    {
        TcpServer server = world.ServeEcho(new() { MaxConnections = 1 });
        Socket first = world.Connect(server, out _);
        Socket second = world.Connect(server);
        world.Send(second, "second");
        world.Send(first, "first");
        Assert.AreEqual("first", world.Receive(first, 5));
        Assert.AreEqual(1, server.ConnectionCount);
        first.Close();
        Assert.AreEqual("second", world.Receive(second, 6));
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void Client_AboveTheLimitWithRefusal_IsToldAndClosed(string kind) => World.Run(kind, world =>
    {
        TcpServer server = world.ServeEcho(new() { MaxConnections = 1, RefuseAboveLimit = true });
        List<string> refused = [];
        server.Refused += (connection, reason) =>
        {
            StringAssert.StartsWith(connection.RemoteAddress, "tcp://127.0.0.1:");
            refused.Add(reason.Message);
        };
        Socket first = world.Connect(server, out _);
        Socket second = world.Connect(server);
        Assert.IsLessThanOrEqualTo(0, world.End(second));
        Assert.HasCount(1, refused);
        StringAssert.Contains(refused[0], "All 1 connections");
        world.Send(first, "first");
        Assert.AreEqual("first", world.Receive(first, 5));
    }, TestContext.TestName!);

    [TestMethod]
    public void Accept_WithoutAFreeSocket_IsToldOnceAndLivesOn() => World.RunIn(new LoopbackLimits { MaxSockets = 4 }, world =>
    {
        // A listener, a connection of two ends, and a client: nothing is left to accept it.
        TcpServer server = world.ServeEcho();
        List<Exception> errors = [];
        server.Error += (source, error) =>
        {
            Assert.AreSame(server, source);
            errors.Add(error);
        };
        Socket first = world.Connect(server, out _);
        Socket second = world.Connect(server);
        world.Until(() => errors.Count > 0, "the server told of no error");
        Assert.AreEqual(Errno.ENFILE, ((SocketException)errors[0]).Errno);
        StringAssert.Contains(errors[0].Message, "all 4 sockets");

        // Until a timer lets it try again there is nothing to do: it does not spin.
        int calls = 0;
        for (int i = 0; i < 100; i++)
        {
            calls += world.Loop.RunOnce(0);
        }

        Assert.IsLessThan(5, calls);
        world.Send(second, "second");
        first.Close();
        Assert.AreEqual("second", world.Receive(second, 6));
        Assert.HasCount(1, errors);
    });

    [TestMethod]
    public void Server_OnABoardWithFourSockets_ServesAThousandClients() => Emulator.TestNetwork.Run(net =>
    {
        Emulator.EmulatedBoard board = net.AddBoard("server", Emulator.BoardProfile.Stm32);
        World.On(net, board, net.AddBoard("client", Emulator.BoardProfile.Unlimited), world =>
        {
            TcpServer server = world.ServeEcho(new() { MaxConnections = 2 });
            for (int i = 0; i < 1000; i++)
            {
                Socket client = world.Connect(server);
                world.Send(client, "hello");
                Assert.AreEqual("hello", world.Receive(client, 5));
                client.Close();
            }

            world.Until(() => server.ConnectionCount == 0, "connections stay");
        });
    });

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void Server_OfAUnixPath_ServesClients(string kind) => World.Run(kind, world =>
    {
        string uri = "unix://" + Path.Combine(Path.GetTempPath(), "iotnet-" + Guid.NewGuid().ToString("N"));
        TcpServer server = world.Keep(new TcpServer(world.Loop, uri));
        Assert.AreEqual(uri, server.Address);
        Socket client = world.Connect(server, out Connection connection);
        Assert.AreEqual(uri, connection.LocalAddress);
        Assert.IsNull(connection.RemoteAddress);
        connection.Data += (c, buffer, offset, count) => c.Write(buffer, offset, count);
        world.Send(client, "hello");
        Assert.AreEqual("hello", world.Receive(client, 5));
        server.Close();
        File.Delete(uri["unix://".Length..]);
    }, TestContext.TestName!);

    [TestMethod]
    public void Close_OfTheServer_LeavesItsConnections() => World.Run("loopback", world =>
    {
        TcpServer server = world.ServeEcho();
        int closed = 0;
        server.Closed += _ => closed++;
        Socket client = world.Connect(server);
        world.Send(client, "a");
        Assert.AreEqual("a", world.Receive(client, 1));
        server.Close();
        server.Close();
        world.Send(client, "b");
        Assert.AreEqual("b", world.Receive(client, 1));
        server.CloseConnections();
        Assert.AreEqual(0, world.End(client));
        Assert.AreEqual(1, closed);
        Assert.AreEqual(0, server.ConnectionCount);
    }, TestContext.TestName!);

    // The stop comes from another thread while the loop admits a client: no failure of the server or of the client.
    [TestMethod]
    public void Stop_WhileAClientIsAdmitted_IsNoError()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        TcpServer server = new(loop, "127.0.0.1:0");
        Connection? admitted = null;
        server.Connection += connection =>
        {
            admitted = connection;
            Thread other = new(loop.Stop);
            other.Start();
            other.Join();
        };
        using Socket client = board.Open();
        client.Connect(server.Socket.LocalEndPoint, Stacks.PatienceMs);
        loop.Run();
        Assert.IsFalse(admitted!.IsClosed, "its socket stays open");
        admitted.Socket.Close();
        server.Socket.Close();
    }

    [TestMethod]
    public void ListeningSocket_ClosedElsewhere_ClosesTheServer() => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve();
        bool closed = false;
        server.Closed += _ => closed = true;
        server.Socket.Close();
        world.Until(() => closed, "the server did not notice");
        Assert.IsNull(server.Address);
    }, TestContext.TestName!);
}
