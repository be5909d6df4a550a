namespace IoTNet.Emulator.Tests;

/// <summary>TCP between two boards.</summary>
[TestClass]
public sealed class TcpTests
{
    [TestMethod]
    public void Connect_ToListener_CarriesBothWays()
    {
        using TwoBoards net = new();
        net.Connect(out Socket client, out Socket server);
        Assert.AreEqual("10.0.0.2:7", client.RemoteEndPoint.ToString());
        Assert.AreEqual(client.LocalEndPoint.ToString(), server.RemoteEndPoint.ToString());
        client.Send([1, 2, 3]);
        byte[] buffer = new byte[8];
        Assert.AreEqual(3, server.Receive(buffer));
        server.Send([4, 5]);
        Assert.AreEqual(2, client.Receive(buffer));
        CollectionAssert.AreEqual(new byte[] { 4, 5, 3 }, buffer[..3]);
    }

    [TestMethod]
    [DataRow("unlimited")]
    [DataRow("esp32")]
    [DataRow("stm32")]
    public void Send_FourMegabytes_ArriveWholeWithoutWaitingForDelayedAcks(string profile)
    {
        // One delayed ACK (250 ms) for each buffer of the smallest board would take minutes, beyond the test's patience.
        const int total = 4 << 20;
        using TwoBoards net = new(BoardProfile.Find(profile)!.Limits);
        net.Connect(out Socket client, out Socket server);
        byte[] sent = new byte[total];
        new Random(1).NextBytes(sent);
        _ = net.Run(() =>
        {
            client.Send(sent);
            client.Shutdown(SocketShutdown.Send);
        });
        byte[] received = new byte[total];
        Assert.AreEqual(total, server.Receive(received, 0, total, SocketFlags.WaitAll));
        Assert.AreEqual(0, server.Receive(new byte[1]));
        CollectionAssert.AreEqual(sent, received);
    }

    [TestMethod]
    public void Connect_NobodyListens_IsRefused()
    {
        using TwoBoards net = new();
        Assert.AreEqual(-(int)Errno.ECONNREFUSED, net.Tcp(net.OnA).TryConnect(TwoBoards.At(2, 9), TwoBoards.PatienceMs));
    }

    [TestMethod]
    public void Connect_AbsentHost_TimesOutWithinTheLimit()
    {
        using TwoBoards net = new();
        Assert.AreEqual(-(int)Errno.ETIMEDOUT, net.Tcp(net.OnA).TryConnect(TwoBoards.At(99, 9), 300));
    }

    [TestMethod]
    public void Connect_OtherNetworkWithoutRouter_IsUnreachable()
    {
        using TwoBoards net = new();
        Assert.AreEqual(-(int)Errno.ENETUNREACH,
            net.Tcp(net.OnA).TryConnect(new IPEndPoint(IPAddress.Parse("198.51.100.1"), 9), TwoBoards.PatienceMs));
    }

    [TestMethod]
    public void Connect_OwnAddress_ReachesTheBoardItself()
    {
        using TwoBoards net = new();
        Socket listener = net.Listener();
        Socket client = net.Tcp(net.OnB);
        client.Connect(listener.LocalEndPoint, TwoBoards.PatienceMs);
        long frames = net.Cable.B.Sent;
        client.Send([1]);
        Assert.IsTrue(listener.Accept(TwoBoards.PatienceMs, out Socket server));
        Assert.AreEqual(1, net.Add(server).Receive(new byte[4]));
        Assert.AreEqual(frames, net.Cable.B.Sent, "frames that left the board");
    }

    [TestMethod]
    public void Close_WithUnreadData_ResetsThePeer()
    {
        using TwoBoards net = new();
        net.Connect(out Socket client, out Socket server);
        client.Send([1]);
        Assert.AreEqual(PollEvents.In, server.Wait(PollEvents.In, TwoBoards.PatienceMs));
        server.Close();
        Assert.AreEqual(-(int)Errno.ECONNRESET, client.TryReceive(new byte[1], 0, 1, SocketFlags.None));
        Assert.AreEqual(0, client.Receive(new byte[1]));
    }

    [TestMethod]
    [DataRow("unlimited")]
    [DataRow("esp32")]
    public void Close_AllRead_EndsInOrder(string profile)
    {
        using TwoBoards net = new(BoardProfile.Find(profile)!.Limits);
        net.Connect(out Socket client, out Socket server);
        client.Send([1]);
        Assert.AreEqual(1, server.Receive(new byte[4]));
        server.Close();
        Assert.AreEqual(0, client.Receive(new byte[1]));
    }
}
