using IoTNet.Emulator;

namespace IoTNet.Tests.Server;

/// <summary>Connections whose peer says nothing.</summary>
[TestClass]
public sealed class ConnectionTimeoutTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Client_ThatSaysNothing_IsTimedOut(bool firstByte) => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve(firstByte ? new() { FirstByteTimeoutMs = 30 } : new() { IdleTimeoutMs = 30 });
        Socket silent = world.Connect(server, out Connection connection);
        Errno error = Errno.None;
        connection.Error += (_, e) => error = e.Errno;
        world.Until(() => connection.IsClosed, "the silent client stays");
        Assert.AreEqual(Errno.ETIMEDOUT, error);
        Assert.AreEqual(0, world.End(silent));
    }, TestContext.TestName!);

    [TestMethod]
    public void Handler_OfATimeout_MayCloseTheOthers() => World.Run("loopback", world =>
    {
        List<string> events = [];
        List<Connection> connections = [];
        TcpServer server = world.Serve(new() { IdleTimeoutMs = 30 });
        for (int i = 0; i < 5; i++)
        {
            world.Connect(server, out Connection connection);
            connections.Add(connection);
            connection.Error += (_, e) => events.Add(ErrnoTable.Name(e.Errno));
            connection.Closed += (_, _) =>
            {
                events.Add("close");
                connections.ForEach(c => c.Close());
            };
        }

        world.Until(() => server.ConnectionCount == 0, "silent clients stay");
        Assert.AreEqual("ETIMEDOUT close close close close close", string.Join(' ', events));
        world.Connect(server, out Connection next);
        world.Until(() => next.IsClosed, "the time of the next one does not end");
    }, TestContext.TestName!);

    [TestMethod]
    public void Bytes_OfOneConnection_RestartItsTimeAlone() => World.Run("loopback", world =>
    {
        TcpServer server = world.ServeEcho();
        Socket talker = world.Connect(server, out Connection talks);
        world.Connect(server, out Connection silent);
        (long talksUntil, long silentUntil) = (talks.DueMs, silent.DueMs);
        for (long now = Environment.TickCount64; Environment.TickCount64 == now;)
        {
        }

        world.Send(talker, "x");
        Assert.AreEqual("x", world.Receive(talker, 1));
        Assert.IsGreaterThan(talksUntil, talks.DueMs);
        Assert.AreEqual(silentUntil, silent.DueMs);
    }, TestContext.TestName!);

    [TestMethod]
    public void FirstByte_InTime_LeavesTheIdleTimeAlone() => World.Run("loopback", world =>
    {
        TcpServer server = world.Serve(new() { FirstByteTimeoutMs = 100 });
        Socket talker = world.Connect(server, out Connection talks);
        world.Send(talker, "x");
        world.Settle();
        world.Connect(server, out Connection silent);
        world.Until(() => silent.IsClosed, "the silent client stays");
        Assert.IsFalse(talks.IsClosed);
    }, TestContext.TestName!);

    [TestMethod]
    public void Peer_OfAPartition_IsTimedOut() => TestNetwork.Run(net =>
    {
        EmulatedBoard board = net.AddBoard("server", BoardProfile.Esp32);
        EmulatedBoard client = net.AddBoard("client", BoardProfile.Esp32);
        World.On(net, board, client, world =>
        {
            TcpServer server = world.ServeEcho(new() { IdleTimeoutMs = 500 });
            Socket socket = world.Connect(server, out Connection connection);
            world.Send(socket, "x");
            Assert.AreEqual("x", world.Receive(socket, 1));
            net.Partition(board, client);
            bool failed = false;
            connection.Closed += (_, hadError) => failed = hadError;
            world.Until(() => connection.IsClosed, "the peer is gone and nobody noticed");
            Assert.IsTrue(failed);
            net.Heal(board, client);
            Socket second = world.Connect(server);
            world.Send(second, "y");
            Assert.AreEqual("y", world.Receive(second, 1));
        });
    });
}
