using System.Buffers.Binary;

namespace IoTNet.Emulator.Tests;

/// <summary>Frames that end a process with lwIP 2.1.3 in it (an assertion fails), each on its own; and those that only a host
/// itself may send. The board must not care.</summary>
[TestClass]
public sealed class GuardedFrameTests
{
    private const string ToB = "020000000002020000000001";

    [TestMethod]
    public void Deliver_MssOptionInTheMiddleOfAConnection_IsIgnored()
    {
        using TwoBoards net = new();
        net.Connect(out Socket client, out Socket server);

        // Waiting segments of 1,460 bytes, and then an MSS below them: tcp_write finds "mss_local is too small".
        byte[] ack = LastAckOf(net, client, server);
        byte[] shrinking = [.. ack, 2, 4, 0, 1];
        shrinking[46] = 0x60;
        server.Blocking = false;
        byte[] bytes = new byte[3000];
        for (int i = 0; i < 10; i++)
        {
            _ = server.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait);
            net.B.Deliver(Finished(shrinking));
        }

        // Frames are handled in their order: this one comes behind them.
        AssertServesDatagrams(net);
        _ = server.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait);
    }

    [TestMethod]
    public void Deliver_WindowThatGrowsFromNothingToNextToNothing_IsBorne()
    {
        using TwoBoards net = new();

        // Every segment of the peer tells a window of 0, later one of 10 bytes.
        ushort window = 0;
        net.Cable.Filter = (end, frame) =>
        {
            if (end != net.Cable.A || frame.Length < 54 || frame[12] != 8 || frame[13] != 0 || frame[23] != 6)
            {
                return true;
            }

            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(48), window);
            net.B.Deliver(Finished(frame));
            return false;
        };
        net.Connect(out Socket client, out Socket server);
        byte[] bytes = new byte[3000];
        Assert.IsTrue(server.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait) > 0);
        window = 10;
        client.Send([1]);
        Assert.AreEqual(1, server.Receive(new byte[4]));
        Assert.IsTrue(server.TrySend(bytes, 0, bytes.Length, SocketFlags.DontWait) > 0);
    }

    [TestMethod]
    [DataRow("0800" + "4500002000000000408800000A0000010A000002" + "00090009FFFF0000" + "01020304")]
    [DataRow("86DD" + "60000000000C88FF" + "FE80000000000000000000FFFE000001" + "FE80000000000000000000FFFE000002" + "00090009FFFF0000" + "01020304")]
    public void Deliver_UdpLiteThatCoversMoreThanThereIs_IsDropped(string packet)
    {
        using TwoBoards net = new();
        AssertDropped(net, packet);
    }

    [TestMethod]
    [DataRow("0800" + "4500002800002000400600000A0000010A000002" + "C0000007000000010000000060020000FFFF0000" + "02040001", DisplayName = "TCP in an IPv4 fragment")]
    [DataRow("86DD" + "6000000000202CFF" + "FE80000000000000000000FFFE000001" + "FE80000000000000000000FFFE000002" + "0600000112345678" +
        "C0000007000000010000000060020000FFFF0000" + "02040001", DisplayName = "TCP in an IPv6 fragment")]
    [DataRow("0800" + "4500002000000000401100007F0000010A000002" + "00090009000C0000" + "01020304", DisplayName = "from 127.0.0.1")]
    [DataRow("0800" + "4500002000000000401100000A0000017F000001" + "00090009000C0000" + "01020304", DisplayName = "to 127.0.0.1")]
    [DataRow("86DD" + "60000000000C11FF" + "00000000000000000000000000000001" + "FE80000000000000000000FFFE000002" + "00090009000C0000" + "01020304", DisplayName = "from ::1")]
    [DataRow("86DD" + "60000000000C11FF" + "FE80000000000000000000FFFE000001" + "00000000000000000000000000000001" + "00090009000C0000" + "01020304", DisplayName = "to ::1")]
    [DataRow("0800" + "4500002000000000401100000A0000020A000002" + "00090009000C0000" + "01020304", DisplayName = "from the board's own IPv4 address")]
    [DataRow("86DD" + "60000000000C11FF" + "FE80000000000000000000FFFE000002" + "FE80000000000000000000FFFE000002" + "00090009000C0000" + "01020304", DisplayName = "from its own IPv6 address")]
    public void Deliver_WhatNoHostMaySend_IsDropped(string packet)
    {
        using TwoBoards net = new();
        AssertDropped(net, packet);
    }

    /// <summary>Packets wait for one neighbour, all other entries of the cache for others. A redirect (RFC 4861 8) gives the
    /// packets another next hop, and then their neighbour answers.</summary>
    [TestMethod]
    [Timeout(TwoBoards.PatienceMs, CooperativeCancellation = false)]
    public void Deliver_AnswerOfANeighbourWhosePacketsWereRedirected_EndsTheQueue()
    {
        const int neighbours = 10, waited = 0x1000;
        const string fromWaited = ToB + "86DD" + "6000000000283AFF" + "FE800000000000000000000000001000" + "FE80000000000000000000FFFE000002";
        using TwoBoards net = new();
        net.Cable.Filter = (_, _) => false;
        Socket sender = net.Open(net.OnB, AddressFamily.InterNetworkV6, SocketType.Dgram);
        for (int i = 0; i < neighbours; i++)
        {
            _ = sender.SendTo([1], new IPEndPoint(IPAddress.Parse($"fe80::{waited + neighbours - 1 - i:x}"), 9));
        }

        // To the last one, fe80::1000, by way of fe80::2000 from now on.
        net.B.Deliver(Finished(Convert.FromHexString(fromWaited + "8900000000000000" + "FE800000000000000000000000002000" + "FE800000000000000000000000001000")));
        net.B.Deliver(Finished(Convert.FromHexString(fromWaited.Replace("0000283AFF", "0000203AFF") + "8800000060000000" + "FE800000000000000000000000001000" + "0201020000000001")));
        AssertServesDatagrams(net);
    }

    /// <summary>lwIP believes in a path with an MTU of 48 bytes, and the next larger packet is cut up for ever.</summary>
    [TestMethod]
    [Timeout(TwoBoards.PatienceMs, CooperativeCancellation = false)]
    [DataRow(0)]
    [DataRow(48)]
    [DataRow(1279)]
    [DataRow(1280)]
    public void Deliver_PacketTooBigWithAnyMtu_LeavesTheBoardSending(int mtu)
    {
        using TwoBoards net = new();
        Socket sender = net.Open(net.OnB, AddressFamily.InterNetworkV6, SocketType.Dgram);
        Assert.AreEqual(1, sender.SendTo([1], TwoBoards.At6(1, 9)));
        net.B.Deliver(Finished(Convert.FromHexString(ToB + "86DD" + "6000000000383AFF" + "FE80000000000000000000FFFE000001" + "FE80000000000000000000FFFE000002" +
            "02000000" + mtu.ToString("X8") + "60000000000811FF" + "FE80000000000000000000FFFE000002" + "FE80000000000000000000FFFE000001" + "0009000900080000")));
        AssertServesDatagrams(net);
        Socket receiver = net.Open(net.OnA, AddressFamily.InterNetworkV6, SocketType.Dgram);
        receiver.Bind(new IPEndPoint(IPAddress.IPv6Any, 9));
        Assert.AreEqual(1400, sender.SendTo(new byte[1400], TwoBoards.At6(1, 9)));
        Assert.AreEqual(1400, receiver.Receive(new byte[2000]));
    }

    [TestMethod]
    [DataRow(0x10, 1)]
    [DataRow(0x11, 0)]
    public void Deliver_SegmentHalfTheNumberSpaceAway_IsDropped(int flags, int bytes)
    {
        using TwoBoards net = new();
        net.Connect(out Socket client, out Socket server);
        byte[] ack = LastAckOf(net, client, server);
        ack[38] ^= 0x80;
        ack[47] = (byte)flags;
        long dropped = net.B.FramesDropped;
        net.B.Deliver(Finished([.. ack, .. new byte[bytes]]));
        AssertServesDatagrams(net);
        Assert.AreEqual(dropped + 1, net.B.FramesDropped);
        client.Send([1]);
        Assert.AreEqual(1, server.Receive(new byte[4]));
    }

    private static void AssertDropped(TwoBoards net, string packet)
    {
        Socket four = net.Udp(net.OnB);
        four.Bind(new IPEndPoint(IPAddress.Any, 9));
        Socket six = net.Open(net.OnB, AddressFamily.InterNetworkV6, SocketType.Dgram);
        six.Bind(new IPEndPoint(IPAddress.IPv6Any, 9));
        long dropped = net.B.FramesDropped;
        net.B.Deliver(Finished(Convert.FromHexString(ToB + packet)));
        AssertServesDatagrams(net);
        Assert.AreEqual(dropped + 1, net.B.FramesDropped);
        Assert.AreEqual(0, four.Available + six.Available);
    }

    // What the client sends to acknowledge a byte: a frame within the connection.
    private static byte[] LastAckOf(TwoBoards net, Socket client, Socket server)
    {
        byte[]? last = null;
        net.Cable.Filter = (end, frame) =>
        {
            if (end == net.Cable.A && frame.Length >= 54 && frame[23] == 6 && frame[12] == 8)
            {
                last = frame[..54];
            }

            // From here on nothing of the server is acknowledged any more: its segments wait.
            return end == net.Cable.A;
        };
        client.Send([1]);
        Assert.AreEqual(1, server.Receive(new byte[4]));
        byte[] ack = last!;
        uint next = BinaryPrimitives.ReadUInt32BigEndian(ack.AsSpan(38)) + 1;
        BinaryPrimitives.WriteUInt32BigEndian(ack.AsSpan(38), next);
        ack[47] = 0x10;
        return ack;
    }

    private static byte[] Finished(byte[] frame)
    {
        if (frame[12] == 8)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(16), (ushort)(frame.Length - 14));
        }

        Checksums.Repair(frame);
        return frame;
    }

    private static void AssertServesDatagrams(TwoBoards net)
    {
        net.Cable.Filter = null;
        net.Settle();
    }
}
