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
    public void Ping_OtherBoard_Answers()
    {
        using TwoBoards net = new();
        Socket ping = net.Open(net.OnA, AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
        byte[] request = [8, 0, 0, 0, 0x12, 0x34, 0, 1, 1, 2, 3, 4];
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), Checksum(request));
        Assert.AreEqual(request.Length, ping.SendTo(request, TwoBoards.At(2, 0)));
        byte[] answer = new byte[64];
        EndPoint? from = null;
        int length = ping.ReceiveFrom(answer, ref from);
        Assert.AreEqual("10.0.0.2:0", from!.ToString());
        Assert.AreEqual(20 + request.Length, length, "IP header and answer");
        Assert.AreEqual(0, answer[20], "echo reply");
        CollectionAssert.AreEqual(request[4..], answer[24..length]);
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

    // RFC 1071.
    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~(sum + (sum >> 16));
    }
}
