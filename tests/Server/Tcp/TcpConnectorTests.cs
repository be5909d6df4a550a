namespace IoTNet.Tests.Server;

[TestClass]
public sealed class TcpConnectorTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(World.Kinds), typeof(World))]
    public void Connect_ToAServer_GivesAConnection(string kind) => World.Run(kind, world =>
    {
        // On lwIP: from the clients' board to the server's, each with its loop.
        TcpServer server = world.ServeEcho();
        using EventLoop loop = new(world.ClientStack);
        string text = "";
        bool closed = false;
        Connection? made = null;
        new TcpConnector(loop).Connect(server.Address, Stacks.PatienceMs, (connection, error) =>
        {
            Assert.IsNull(error, error?.Message);
            made = connection;
            Assert.AreEqual(server.Address, connection.RemoteAddress);
            connection.Data += (c, buffer, offset, count) =>
            {
                text += System.Text.Encoding.ASCII.GetString(buffer, offset, count);
                c.End();
            };
            connection.Closed += (_, hadError) => closed = !hadError;
            connection.Write("hello"u8.ToArray(), 0, 5);
        });
        Assert.IsNull(made);
        world.Until(() =>
        {
            loop.RunOnce(1);
            return closed;
        }, "no connection");
        Assert.AreEqual("hello", text);
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void Connect_ToNobody_TellsTheAddressAndWhy(string kind) => World.Run(kind, world =>
    {
        SocketException? error = Fail(world, "tcp://127.0.0.1:" + FreePort(world), Stacks.PatienceMs);
        Assert.AreEqual(Errno.ECONNREFUSED, error.Errno);
        StringAssert.Contains(error.Message, "connect to tcp://127.0.0.1:");
        StringAssert.Contains(error.Message, " ECONNREFUSED");
    }, TestContext.TestName!);

    [TestMethod]
    public void Connect_ToAServerThatDoesNotAnswer_EndsInTime() => Emulator.TestNetwork.Run(net =>
    {
        Emulator.EmulatedBoard here = net.AddBoard("here", Emulator.BoardProfile.Esp32);
        Emulator.EmulatedBoard there = net.AddBoard("there", Emulator.BoardProfile.Esp32);
        World.On(net, here, there, world =>
        {
            net.Partition(here, there);
            SocketException error = Fail(world, there.Options.Address + ":80", 200);
            Assert.AreEqual(Errno.ETIMEDOUT, error.Errno);
            StringAssert.Contains(error.Message, "ETIMEDOUT");
        });
    });

    [TestMethod]
    public void Connect_ToAName_TriesEachAddressOfIt() => World.Run("host", world =>
    {
        // localhost is ::1 and 127.0.0.1: whichever comes first, the server is on the second family.
        TcpServer server = world.ServeEcho();
        string port = server.Address[(server.Address.LastIndexOf(':') + 1)..];
        Connection? made = null;
        SocketException? failed = null;
        new TcpConnector(world.Loop).Connect("localhost:" + port, Stacks.PatienceMs, (connection, error) =>
        {
            made = connection;
            failed = error;
        });
        world.Until(() => made != null || failed != null, "the handler was not called");
        Assert.IsNull(failed, failed?.Message);
        Assert.AreEqual(server.Address, made!.RemoteAddress);
        made.Close();
        SocketException nobody = Fail(world, "localhost:" + FreePort(world), Stacks.PatienceMs);
        StringAssert.Contains(nobody.Message, "127.0.0.1:");
    }, TestContext.TestName!);

    [TestMethod]
    public void Connect_ToAnImpossibleName_IsADnsError() => World.Run("loopback", world =>
    {
        SocketException error = Fail(world, "not..a..name:80", Stacks.PatienceMs);
        Assert.IsInstanceOfType<DnsException>(error);
        StringAssert.Contains(error.Message, "not..a..name");
    }, TestContext.TestName!);

    [TestMethod]
    public void Cancel_BeforeTheEnd_KeepsTheHandlerSilent() => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve();
        bool called = false;
        PendingConnect pending = new TcpConnector(world.Loop).Connect(server.Address, 1000, (_, _) => called = true);
        pending.Cancel();
        pending.Cancel();
        world.Settle();
        Assert.IsFalse(called);
    }, TestContext.TestName!);

    [TestMethod]
    public void Connect_OfAWrongUri_NamesItsPart() => World.Run("loopback", world =>
    {
        TcpConnector connector = new(world.Loop);
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => connector.Connect("udp://a:1", 1, (_, _) => { })).Message, "\"udp\"");
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => connector.Connect("a:1", 0, (_, _) => { }));
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("udp://a:1")]
    [DataRow("")]
    [DataRow("tcp://")]
    [DataRow("a:65536")]
    [DataRow("a:")]
    [DataRow(":1")]
    [DataRow("[::1:1")]
    [DataRow("unix://")]
    [DataRow("1.2.3:80:9")]
    public void Check_OfAWrongUri_RefusesItAsConnectDoes(string uri) => World.Run("loopback", world =>
    {
        string refused = Assert.ThrowsExactly<ArgumentException>(() => new TcpConnector(world.Loop).Connect(uri, 1, (_, _) => { })).Message;
        Assert.AreEqual(refused, Assert.ThrowsExactly<ArgumentException>(() => TcpConnector.Check(uri, null)).Message);
    }, TestContext.TestName!);

    [TestMethod]
    public void Check_OfAGoodUri_PassesIt()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => TcpConnector.Check(null, null));
        foreach (string uri in new[] { "80", "a:1", "tcp://192.0.2.1:65535", "[::1]:80", "tcp://[2001:db8::1]:1", "unix://a", "unix://@name" })
        {
            TcpConnector.Check(uri, null);
            TcpConnector.Check(uri, "tcp://192.0.2.1:0");
        }
    }

    [TestMethod]
    public void Check_OfALocalName_RefusesIt()
    {
        ArgumentException refused = Assert.ThrowsExactly<ArgumentException>(() => TcpConnector.Check("a:1", "tcp://board:1"));
        Assert.Contains("expected a local address, not the name \"board\"", refused.Message);
    }

    [TestMethod]
    public void Connect_FromALocalAddress_ComesFromThere() => World.Run("host", world =>
    {
        using Socket listener = new(world.ServerStack, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        string uri = "tcp://" + listener.LocalEndPoint;
        Connection? made = null;
        SocketException? failed = null;
        TcpConnector connector = new(world.Loop);
        connector.Connect(uri, "tcp://127.0.0.9:0", 10_000, (connection, _) => made = connection);
        connector.Connect(uri, "tcp://192.0.2.1:0", 10_000, (_, error) => failed = error);
        world.Until(() => made != null && failed != null, "no end of both");
        Assert.StartsWith("tcp://127.0.0.9:", made!.LocalAddress);
        Assert.AreEqual(Errno.EADDRNOTAVAIL, failed!.Errno);

        failed = null;
        connector.Connect(uri, "tcp://[::1]:0", 10_000, (_, error) => failed = error);
        world.Until(() => failed != null, "no end");
        Assert.AreEqual(Errno.EAFNOSUPPORT, failed!.Errno);
        made.Abort();
    }, TestContext.TestName!);

    private static SocketException Fail(World world, string uri, int timeoutMs)
    {
        SocketException? failed = null;
        bool called = false;
        new TcpConnector(world.Loop).Connect(uri, timeoutMs, (connection, error) =>
        {
            Assert.IsNull(connection);
            Assert.IsFalse(called);
            called = true;
            failed = error;
        });
        world.Until(() => called, "the handler was not called");
        return failed!;
    }

    // A port that nobody listens on.
    private static int FreePort(World world)
    {
        Socket socket = new(world.ServerStack, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)socket.LocalEndPoint).Port;
        socket.Close();
        return port;
    }
}
