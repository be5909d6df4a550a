using System.Buffers.Binary;

namespace IoTNet.Emulator.Tests;

/// <summary>UDP, raw ICMP, broadcast and multicast between two boards.</summary>
[TestClass]
public sealed class DatagramTests
{
    [TestMethod]
    public void SendTo_BoundPeer_ArrivesWithItsSender()
    {
        using TwoBoards net = new();
        Socket receiver = Receiver(net);
        Socket sender = net.Udp(net.OnA);
        sender.Bind(TwoBoards.At(1, 1000));
        Assert.AreEqual(3, sender.SendTo([1, 2, 3], TwoBoards.At(2, 7)));
        EndPoint? from = null;
        Assert.AreEqual(3, receiver.ReceiveFrom(new byte[8], ref from));
        Assert.AreEqual("10.0.0.1:1000", from!.ToString());
    }

    [TestMethod]
    public void SendTo_LargestThatIsPutTogetherAgain_Arrives()
    {
        using TwoBoards net = new();
        Socket receiver = Receiver(net);
        byte[] sent = new byte[14_792];
        new Random(2).NextBytes(sent);
        Assert.AreEqual(sent.Length, net.Udp(net.OnA).SendTo(sent, TwoBoards.At(2, 7)));
        byte[] received = new byte[20_000];
        Assert.AreEqual(sent.Length, receiver.Receive(received));
        CollectionAssert.AreEqual(sent, received[..sent.Length]);
    }

    [TestMethod]
    public void SendTo_LargerThanIsPutTogetherAgain_FailsWithEMSGSIZE()
    {
        using TwoBoards net = new();
        Assert.AreEqual(-(int)Errno.EMSGSIZE,
            net.Udp(net.OnA).TrySendTo(new byte[14_793], 0, 14_793, SocketFlags.None, TwoBoards.At(2, 7).Serialize()));
    }

    [TestMethod]
    [DataRow("255.255.255.255")]
    [DataRow("10.0.0.255")]
    public void SendTo_Broadcast_NeedsTheOption(string address)
    {
        using TwoBoards net = new();
        Socket receiver = Receiver(net);
        Socket sender = net.Udp(net.OnA);
        EndPoint all = new IPEndPoint(IPAddress.Parse(address), 7);
        Assert.AreEqual(-(int)Errno.EACCES, sender.TrySendTo([1], 0, 1, SocketFlags.None, all.Serialize()));
        sender.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Broadcast, true);
        Assert.AreEqual(1, sender.SendTo([1], all));
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(1, receiver.TryReceiveFrom(new byte[4], 0, 4, ref flags, new SocketAddress()));
        Assert.AreEqual(SocketFlags.Broadcast, flags);
    }

    [TestMethod]
    public void SendTo_JoinedGroup_ArrivesAfterAnIgmpReport()
    {
        using TwoBoards net = new();
        int reports = 0;
        net.Cable.Filter = (_, frame) =>
        {
            // RFC 2236 2: protocol 2, type 0x16 behind an IP header with the router alert option, the group.
            reports += frame is [.., 239, 1, 2, 3] && frame[23] == 2 && frame[38] == 0x16 ? 1 : 0;
            return true;
        };
        Socket receiver = net.Udp(net.OnB);
        receiver.Bind(new IPEndPoint(IPAddress.Any, 7));
        receiver.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new byte[] { 239, 1, 2, 3, 10, 0, 0, 2 });
        Assert.AreEqual(1, reports, "IGMP reports");
        Assert.AreEqual(1, net.Udp(net.OnA).SendTo([1], new IPEndPoint(IPAddress.Parse("239.1.2.3"), 7)));
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(1, receiver.TryReceiveFrom(new byte[4], 0, 4, ref flags, new SocketAddress()));
        Assert.AreEqual(SocketFlags.Multicast, flags);
    }

    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(2, 1)]
    public void Ping_OtherBoard_Answers(int from, int to)
    {
        using TwoBoards net = new();
        Socket ping = net.Open(from == 1 ? net.OnA : net.OnB, AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        byte[] request = [8, 0, 0, 0, 0x12, 0x34, 0, 1, 1, 2, 3, 4];
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), Checksums.Of(request));
        Assert.AreEqual(request.Length, ping.SendTo(request, TwoBoards.At(to, 0)));
        byte[] answer = new byte[64];
        EndPoint? source = null;
        int length = ping.ReceiveFrom(answer, ref source);
        Assert.AreEqual($"10.0.0.{to}:0", source!.ToString());
        Assert.AreEqual(20 + request.Length, length, "IP header and answer");
        Assert.AreEqual(0, answer[20], "echo reply");
        CollectionAssert.AreEqual(request[4..], answer[24..length]);
    }

    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(2, 1)]
    public void Ping_OtherBoardOverIPv6_AnswersToARequestWithoutChecksum(int from, int to)
    {
        using TwoBoards net = new();
        Socket ping = net.Open(from == 1 ? net.OnA : net.OnB, AddressFamily.InterNetworkV6, SocketType.Raw, ProtocolType.IcmpV6);

        // RFC 4443 4.1; the stack makes the checksum.
        byte[] request = [128, 0, 0, 0, 0x12, 0x34, 0, 1, 1, 2, 3, 4];
        Assert.AreEqual(request.Length, ping.SendTo(request, TwoBoards.At6(to, 0)));
        byte[] answer = new byte[64];
        int length;
        do
        {
            // Neighbour discovery is ICMPv6 as well.
            length = ping.Receive(answer);
        }
        while (answer[0] != 129);
        Assert.AreEqual(request.Length, length);
        CollectionAssert.AreEqual(request[4..], answer[4..length]);
        Assert.AreEqual(-(int)Errno.EINVAL, ping.TrySendTo(new byte[3], 0, 3, SocketFlags.None, TwoBoards.At6(to, 0).Serialize()));
    }

    [TestMethod]
    public void SendTo_JoinedGroupOverIPv6_ArrivesAfterAnMldReport()
    {
        using TwoBoards net = new();
        List<byte> messages = [];
        byte[] group = IPAddress.Parse("ff02::4242").GetAddressBytes();
        net.Cable.Filter = (_, frame) =>
        {
            // RFC 2710 3: ICMPv6 behind hop-by-hop options; type, then the group at the end.
            if (frame.Length >= 86 && frame[20] == 0 && frame[54] == 58 && frame.AsSpan(70, 16).SequenceEqual(group))
            {
                messages.Add(frame[62]);
            }

            return true;
        };
        Socket receiver = net.Open(net.OnB, AddressFamily.InterNetworkV6, SocketType.Dgram);
        receiver.Bind(new IPEndPoint(IPAddress.IPv6Any, 7));
        byte[] membership = [.. group, 2, 0, 0, 0];
        receiver.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, membership);
        Socket sender = net.Open(net.OnA, AddressFamily.InterNetworkV6, SocketType.Dgram);
        Assert.AreEqual(1, sender.SendTo([1], new IPEndPoint(IPAddress.Parse("ff02::4242"), 7)));
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(1, receiver.TryReceiveFrom(new byte[4], 0, 4, ref flags, new SocketAddress()));
        Assert.AreEqual(SocketFlags.Multicast, flags);
        receiver.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.DropMembership, membership);
        Assert.AreEqual(1, sender.SendTo([2], new IPEndPoint(IPAddress.Parse("ff02::4242"), 7)));
        net.Settle();
        Assert.AreEqual(0, receiver.Available, "bytes after leaving");
        CollectionAssert.AreEqual(new byte[] { 131, 132 }, messages, "report, done");
    }

    [TestMethod]
    public void IPv6_LinkLocal_CarriesTcpAndUdp()
    {
        using TwoBoards net = new();

        // RFC 4291 appendix A: the address of 02:00:00:00:00:02, its universal bit turned.
        IPAddress b = IPAddress.Parse("fe80::ff:fe00:2");
        Socket listener = net.Open(net.OnB, AddressFamily.InterNetworkV6, SocketType.Stream);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, 7));
        listener.Listen(1);
        Socket client = net.Open(net.OnA, AddressFamily.InterNetworkV6, SocketType.Stream);
        client.Connect(new IPEndPoint(b, 7), TwoBoards.PatienceMs);
        client.Send([1, 2]);
        Assert.IsTrue(listener.Accept(TwoBoards.PatienceMs, out Socket server));
        Assert.AreEqual(2, net.Add(server).Receive(new byte[4]));
        Assert.IsTrue(server.RemoteEndPoint.ToString()!.StartsWith("[fe80::ff:fe00:1%2]:", StringComparison.Ordinal), server.RemoteEndPoint.ToString());

        Socket receiver = net.Open(net.OnB, AddressFamily.InterNetworkV6, SocketType.Dgram);
        receiver.Bind(new IPEndPoint(IPAddress.IPv6Any, 8));
        Assert.AreEqual(1, net.Open(net.OnA, AddressFamily.InterNetworkV6, SocketType.Dgram).SendTo([1], new IPEndPoint(b, 8)));
        Assert.AreEqual(1, receiver.Receive(new byte[4]));
    }

    private static Socket Receiver(TwoBoards net)
    {
        Socket receiver = net.Udp(net.OnB);
        receiver.Bind(new IPEndPoint(IPAddress.Any, 7));
        return receiver;
    }
}
