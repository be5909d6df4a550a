namespace IoTNet.Emulator.Tests;

/// <summary>A board's pools: their limits, and the text that names them.</summary>
[TestClass]
public sealed class PoolTests
{
    [TestMethod]
    [DataRow("esp32", 16)]
    [DataRow("esp32-c3", 8)]
    [DataRow("esp32-s3", 16)]
    [DataRow("stm32", 4)]
    [DataRow("stm32f769i-discovery", 4)]
    public void Open_BeyondTheBoardsSockets_FailsAndNamesThePool(string profile, int limit)
    {
        using TwoBoards net = new(BoardProfile.Find(profile)!.Limits);
        for (int i = 0; i < limit; i++)
        {
            _ = i % 2 == 0 ? net.Tcp(net.OnA) : net.Udp(net.OnA);
        }

        SocketException e = Assert.ThrowsExactly<SocketException>(() => net.Tcp(net.OnA));
        Assert.AreEqual(Errno.ENFILE, e.Errno);
        StringAssert.Contains(e.Message, $"all {limit} sockets of the lwip stack are open (board 1)");
    }

    [TestMethod]
    public void Open_BeyondTheUdpBlocks_NamesThem()
    {
        using TwoBoards net = new(BoardProfile.Unlimited.Limits with { UdpSockets = 2 });
        net.Udp(net.OnA);
        net.Udp(net.OnA).Close();
        net.Udp(net.OnA);
        SocketException e = Assert.ThrowsExactly<SocketException>(() => net.Udp(net.OnA));
        StringAssert.Contains(e.Message, "all 2 UDP control blocks of the lwip stack are in use");
    }

    [TestMethod]
    public void Listen_BeyondTheListeners_NamesThem()
    {
        using TwoBoards net = new(BoardProfile.Unlimited.Limits with { TcpListeners = 1 });
        net.Listener(7);
        SocketException e = Assert.ThrowsExactly<SocketException>(() => net.Listener(8));
        Assert.AreEqual(Errno.ENFILE, e.Errno);
        StringAssert.Contains(e.Message, "all 1 listening TCP control blocks of the lwip stack are in use");
    }

    [TestMethod]
    public void Open_BeyondTheTcpBlocks_CountsConnectionsThatStillClose()
    {
        using TwoBoards net = new(BoardProfile.Unlimited.Limits with { TcpConnections = 2 });
        net.Connect(out Socket client, out Socket server);

        // The peer does not close: the client's block stays in FIN_WAIT_2.
        client.Close();
        net.Tcp(net.OnA);
        SocketException e = Assert.ThrowsExactly<SocketException>(() => net.Tcp(net.OnA));
        StringAssert.Contains(e.Message, "all 2 TCP control blocks of the lwip stack are in use, closing connections included");
        server.Close();
    }

    [TestMethod]
    public void Open_OfAConnectionInTimeWait_TakesItsBlock()
    {
        using TwoBoards net = new(BoardProfile.Unlimited.Limits with { TcpConnections = 2 });
        for (int i = 0; i < 5; i++)
        {
            net.Connect(out Socket client, out Socket server);
            client.Close();
            Assert.AreEqual(0, server.Receive(new byte[1]));
            server.Close();
        }
    }

    [TestMethod]
    public void Open_OfAConnectionInLastAck_TakesItsBlock()
    {
        using TwoBoards net = new(BoardProfile.Unlimited.Limits with { TcpConnections = 2 });
        net.Connect(out Socket client, out Socket server);
        client.Close();
        Assert.AreEqual(0, server.Receive(new byte[1]));

        // The answer to the server's FIN never comes.
        net.Cable.Filter = (_, _) => false;
        server.Close();
        net.Tcp(net.OnB);
        net.Tcp(net.OnB);
        Assert.ThrowsExactly<SocketException>(() => net.Tcp(net.OnB));
    }

    [TestMethod]
    public void Open_RawOnABoardWithout_FailsWithESOCKTNOSUPPORT()
    {
        using TwoBoards net = new(BoardProfile.Stm32.Limits);
        Assert.AreEqual(-(int)Errno.ESOCKTNOSUPPORT, net.A.Open(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp));
    }

    [TestMethod]
    public void Open_IPv6OnABoardWithout_FailsWithEAFNOSUPPORT()
    {
        using TwoBoards net = new(BoardProfile.Esp32.Limits);
        Assert.AreEqual(-(int)Errno.EAFNOSUPPORT, net.A.Open(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp));
    }

    [TestMethod]
    public void Send_ToAFullQueue_LosesTheRest()
    {
        using TwoBoards net = new(BoardProfile.Esp32.Limits);
        Socket receiver = net.Udp(net.OnB);
        receiver.Bind(new IPEndPoint(IPAddress.Any, 7));
        Socket sender = net.Udp(net.OnA);
        net.Settle();
        for (byte i = 0; i < 10; i++)
        {
            Assert.AreEqual(1, sender.SendTo([i], TwoBoards.At(2, 7)));
        }

        net.Settle();
        byte[] buffer = new byte[4];
        for (int i = 0; i < 6; i++)
        {
            Assert.AreEqual(1, receiver.TryReceive(buffer, 0, 4, SocketFlags.DontWait));
            Assert.AreEqual(i, buffer[0], "which datagram");
        }

        Assert.AreEqual(-(int)Errno.EAGAIN, receiver.TryReceive(buffer, 0, 4, SocketFlags.DontWait));
    }

    [TestMethod]
    public void Connect_BacklogFull_IsNotAnsweredUntilAnAccept()
    {
        using TwoBoards net = new();
        Socket listener = net.Listener(backlog: 2);
        net.Tcp(net.OnA).Connect(listener.LocalEndPoint, TwoBoards.PatienceMs);
        net.Tcp(net.OnA).Connect(listener.LocalEndPoint, TwoBoards.PatienceMs);
        Socket third = net.Tcp(net.OnA);
        Assert.AreEqual(-(int)Errno.EINPROGRESS, third.TryConnect(listener.LocalEndPoint, 0));
        net.Settle();
        Assert.AreEqual(PollEvents.None, third.Wait(PollEvents.Out, 0));
        Assert.AreEqual(1, net.B.FramesDropped, "connection requests that found no room");
        Assert.IsTrue(listener.Accept(0, out Socket accepted));
        net.Add(accepted);

        // lwIP repeats its request after 3 s (LWIP_TCP_RTO_TIME).
        Assert.AreEqual(PollEvents.Out, third.Wait(PollEvents.Out, TwoBoards.PatienceMs));
    }

    [TestMethod]
    [DataRow("esp32", 1440, 5760)]
    [DataRow("stm32", 1460, 5920)]
    [DataRow("unlimited", 1460, 65535)]
    public void Connect_OfABoard_OffersItsSegmentAndWindow(string profile, int segment, int window)
    {
        using TwoBoards net = new(BoardProfile.Find(profile)!.Limits);
        List<byte[]> syns = [];
        net.Cable.Filter = (_, frame) =>
        {
            if (frame.Length >= 54 && frame[12] == 8 && frame[23] == 6 && (frame[47] & 2) != 0)
            {
                syns.Add(frame);
            }

            return true;
        };
        net.Connect(out _, out _);
        Assert.AreEqual(2, syns.Count, "SYN and SYN-ACK");
        foreach (byte[] syn in syns)
        {
            Assert.AreEqual(window, (syn[48] << 8) | syn[49], "window");
            CollectionAssert.AreEqual(new byte[] { 2, 4, (byte)(segment >> 8), (byte)segment }, syn[54..58], "MSS option");
            Assert.AreEqual(profile == "unlimited", syn.AsSpan(58).IndexOf((byte)3) >= 0, "window scale option");
        }
    }
}
