namespace IoTNet.Emulator.Tests;

/// <summary>What a stack tells of its sockets.</summary>
[TestClass]
public sealed class SnapshotTests
{
    [TestMethod]
    public void GetSockets_OfEveryKind_TellsAddressesAndStates()
    {
        using TwoBoards boards = new();
        Socket listener = boards.Listener();
        Socket client = boards.Tcp(boards.OnA);
        client.Bind(TwoBoards.At(1, 4000));
        client.Connect(listener.LocalEndPoint, TwoBoards.PatienceMs);
        Assert.IsTrue(listener.Accept(TwoBoards.PatienceMs, out Socket server));
        boards.Add(server);
        Socket datagrams = boards.Udp(boards.OnA);
        datagrams.Connect(TwoBoards.At(2, 9));
        Socket fresh = boards.Tcp(boards.OnA);

        CollectionAssert.AreEquivalent(
            new[]
            {
                "tcp 10.0.0.1:4000 -> 10.0.0.2:7 Established",
                $"udp {datagrams.LocalEndPoint} -> 10.0.0.2:9",
                "tcp 0.0.0.0:0 Closed",
            },
            Lines(boards.A));
        CollectionAssert.AreEquivalent(
            new[] { "tcp 10.0.0.2:7 Listen", "tcp 10.0.0.2:7 -> 10.0.0.1:4000 Established" },
            Lines(boards.B));
        Assert.IsTrue(boards.A.GetSockets().All(socket => socket.Handle > 0 && !socket.IsClosing));
        fresh.Close();
        Assert.HasCount(2, boards.A.GetSockets());
    }

    [TestMethod]
    public void GetSockets_AfterClose_TellsTheConnectionThatLwipBringsToItsEnd()
    {
        using TwoBoards boards = new();
        boards.Connect(out Socket client, out Socket server);
        client.Close();
        SocketSnapshot half = boards.A.GetSockets().Single();

        // Its peer has not closed: it can only be on its way.
        Assert.AreEqual(0, half.Handle);
        Assert.IsTrue(half.IsClosing, half.ToString());
        Assert.AreEqual(0, server.Receive(new byte[1]));
        Assert.AreEqual(TcpState.CloseWait, boards.B.GetSockets().Single().State);
    }

    [TestMethod]
    public void GetSockets_WithAConnectionThatNobodyAccepted_TellsItToo()
    {
        using TwoBoards boards = new();
        Socket listener = boards.Listener();
        boards.Tcp(boards.OnA).Connect(listener.LocalEndPoint, TwoBoards.PatienceMs);
        Assert.AreEqual(PollEvents.In, (PollEvents)boards.B.Poll(listener.Handle, PollEvents.In, TwoBoards.PatienceMs));

        SocketSnapshot waiting = boards.B.GetSockets().Single(socket => socket.Handle == 0);
        Assert.AreEqual(TcpState.Established, waiting.State);
        Assert.IsFalse(waiting.IsClosing);
    }

    private static string[] Lines(LwipStack stack) => [.. stack.GetSockets().Select(socket => socket.ToString())];
}
