namespace IoTNet.Tests.Server;

/// <summary>A connection whose socket is taken away: from then on it is the caller's alone.</summary>
[TestClass]
public sealed class DetachTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(World.Kinds), typeof(World))]
    public void Detach_InTheConnectionsEvent_GivesTheSocketWithAllItsBytes(string kind) => World.Run(kind, world =>
    {
        TcpServer server = world.Serve();
        Socket? taken = null;
        server.Connection += connection =>
        {
            Listen(connection);
            Assert.AreEqual(1, server.ConnectionCount);
            taken = connection.Detach();
            Assert.IsTrue(connection.IsClosed);
            Assert.AreSame(connection.Socket, taken);
            Assert.IsNull(connection.RemoteAddress);
            Assert.IsFalse(connection.IsWritable);
        };
        Socket client = world.Connect(server);
        if (kind == "loopback")
        {
            // Before the loop has seen it.
            world.Send(client, "hello, ");
        }

        world.Until(() => taken != null, "the server told of no connection");
        Assert.AreEqual(0, server.ConnectionCount);
        world.Send(client, kind == "loopback" ? "world" : "hello, world");
        Assert.AreEqual("hello, world", world.Receive(taken!, 12));
        world.Send(taken!, "back");
        Assert.AreEqual("back", world.Receive(client, 4));

        // The server's end is not the socket's.
        server.CloseConnections();
        server.Close();
        world.Send(client, "still");
        Assert.AreEqual("still", world.Receive(taken!, 5));
        client.Close();
        Assert.AreEqual(0, world.End(taken!));
        taken!.Close();
    }, TestContext.TestName!);

    [TestMethod]
    public void Detach_WhileBytesWaitAndComeIn_EndsTheConnectionWithoutAWord() => World.RunIn(new() { StreamBufferBytes = 256 }, world =>
    {
        TcpServer server = world.Serve(new() { BufferBytes = 64, MaxBufferedBytes = 8192, IdleTimeoutMs = 20 });
        Socket client = world.Connect(server, out Connection connection);
        Socket? taken = null;
        string seen = "";
        connection.Data += (c, buffer, offset, count) =>
        {
            seen += System.Text.Encoding.ASCII.GetString(buffer, offset, count);
            taken = c.Detach();
        };
        connection.Ended += _ => Assert.Fail("ended");
        connection.Drain += _ => Assert.Fail("drain");
        connection.Error += (_, error) => Assert.Fail(error.Message);
        connection.Closed += (_, _) => Assert.Fail("closed");
        connection.Write(new byte[8000], 0, 8000);
        Assert.IsGreaterThan(0, connection.BufferedBytes);

        // More than one read takes: what the event did not tell stays in the stack.
        world.Send(client, new string('a', 64) + "rest");
        world.Until(() => taken != null, "no data came");
        Assert.AreEqual(64, seen.Length);
        Assert.AreEqual(0, connection.BufferedBytes);
        Assert.AreEqual("rest", world.Receive(taken!, 4));

        // Nobody times it out any more, and closing what it was does not close it.
        Assert.AreEqual(0, server.ConnectionCount);
        connection.Close();
        connection.Abort();
        long end = Environment.TickCount64 + 100;
        world.Until(() => Environment.TickCount64 > end, "");
        world.Send(client, "x");
        Assert.AreEqual("x", world.Receive(taken!, 1));
        Assert.AreEqual(-(int)Errno.EPIPE, connection.TryWrite([1], 0, 1));
        Assert.ThrowsExactly<InvalidOperationException>(() => connection.Detach());
        taken!.Close();
    });

    [TestMethod]
    public void Detach_AboveTheLimit_LetsTheNextIn() => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve(new() { MaxConnections = 1 });
        List<Socket> taken = [];
        server.Connection += connection => taken.Add(connection.Detach());
        for (int i = 1; i <= 5; i++)
        {
            world.Connect(server);
            world.Until(() => taken.Count == i, "the next one waits");
        }

        taken.ForEach(socket => socket.Close());
    }, TestContext.TestName!);

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void Detach_OfAConnectorsConnection_GivesTheSocket(string kind) => World.Run(kind, world =>
    {
        TcpServer server = world.ServeEcho();
        Socket? taken = null;
        new TcpConnector(world.Loop).Connect(server.Address, Stacks.PatienceMs, (connection, error) =>
        {
            Assert.IsNull(error, error?.Message);
            Listen(connection);
            taken = connection.Detach();
        });
        world.Until(() => taken != null, "no connection");
        world.Send(taken!, "echo");
        Assert.AreEqual("echo", world.Receive(taken!, 4));
        taken!.Close();
        world.Until(() => server.ConnectionCount == 0, "the server's connection stays");
    }, TestContext.TestName!);

    [TestMethod]
    public void Detach_OfAClosedConnection_Throws() => World.Run("loopback", world =>
    {
        world.Connect(world.Serve(), out Connection connection);
        connection.Close();
        Assert.ThrowsExactly<InvalidOperationException>(() => connection.Detach());
    }, TestContext.TestName!);

    private static void Listen(Connection connection)
    {
        connection.Data += (_, _, _, _) => Assert.Fail("data");
        connection.Ended += _ => Assert.Fail("ended");
        connection.Error += (_, error) => Assert.Fail(error.Message);
        connection.Closed += (_, _) => Assert.Fail("closed");
    }
}
