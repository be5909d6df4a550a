namespace IoTNet.Emulator.Tests;

[TestClass]
public sealed class TracerTests
{
    private readonly StringWriter _lines = new() { NewLine = "\n" };
    private long _ticks;

    [TestMethod]
    public void Observe_AConnection_ReadsAsOne()
    {
        Tracer tracer = new(_lines);
        Show(tracer, "node-1", Frames.Arp(1, 1, 2));
        Show(tracer, "node-2", Frames.Arp(2, 2, 1));
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Syn, 6509, 0, options: [2, 4, 5, 0xB4]));
        Show(tracer, "node-2", Frames.Tcp(2, 1, TcpFlags.Syn | TcpFlags.Ack, 99, 6510, fromPort: 7, toPort: 49153, options: [2, 4, 5, 0xB4]));
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Ack, 6510, 100));
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Psh | TcpFlags.Ack, 6510, 100, 1000), FrameFate.Lost);
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Psh | TcpFlags.Ack, 6510, 100, 1000), FrameFate.Duplicated);
        Show(tracer, "node-2", Frames.Tcp(2, 1, TcpFlags.Ack, 100, 7510, window: 0, fromPort: 7, toPort: 49153));
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Fin | TcpFlags.Ack, 7510, 100), FrameFate.Reordered);
        Show(tracer, "node-2", Frames.Tcp(2, 1, TcpFlags.Fin | TcpFlags.Ack, 100, 7511, fromPort: 7, toPort: 49153));
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Ack, 7511, 101));

        AssertLines("""
                   0.000  node-1           -> all               ARP     who has 10.0.0.2?
                   1.500  node-2           -> node-1            ARP     10.0.0.2 is at 02:00:00:00:00:02
                   3.000  node-1:49153     -> node-2:7          TCP     SYN               seq 0                             win 5744  mss 1460
                   4.500  node-2:7         -> node-1:49153      TCP     SYN ACK           seq 0               ack 1         win 5744  mss 1460
                   6.000  node-1:49153     -> node-2:7          TCP     ACK               seq 1               ack 1         win 5744  connected
                   7.500  node-1:49153     -x node-2:7          TCP     PSH ACK  1,000 B  seq 1..1001         ack 1         win 5744  LOST
                   9.000  node-1:49153     => node-2:7          TCP     PSH ACK  1,000 B  seq 1..1001         ack 1         win 5744  retransmission  DUPLICATED
                  10.500  node-2:7         -> node-1:49153      TCP     ACK               seq 1               ack 1001      win 0  zero window
                  12.000  node-1:49153     ~> node-2:7          TCP     FIN ACK           seq 1001            ack 1         win 5744  half-closed  HELD BACK
                  13.500  node-2:7         -> node-1:49153      TCP     FIN ACK           seq 1               ack 1002      win 5744
                  15.000  node-1:49153     -> node-2:7          TCP     ACK               seq 1002            ack 2         win 5744  closed
            """);
    }

    [TestMethod]
    public void Observe_WhatHappensOnTheWayOut_HasALineOfItsOwn()
    {
        Tracer tracer = new(_lines);
        Show(tracer, "node-2", Frames.Arp(1, 2, 1));
        Lose(tracer, "node-3", Frames.Arp(1, 2, 1), FrameFate.Partitioned);
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Syn, 6509, 0));
        Show(tracer, "node-2", Frames.Tcp(2, 1, TcpFlags.Syn | TcpFlags.Ack, 99, 6510, fromPort: 7, toPort: 49153));
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Ack, 6510, 100));
        Lose(tracer, "node-2", Frames.Tcp(1, 2, TcpFlags.Ack, 6510, 100), FrameFate.Lost);
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Psh | TcpFlags.Ack, 6510, 100, 1000));
        Lose(tracer, "node-2", Frames.Tcp(1, 2, TcpFlags.Psh | TcpFlags.Ack, 6510, 100, 1000), FrameFate.Duplicated);
        Show(tracer, "node-1", Frames.Tcp(1, 2, TcpFlags.Psh | TcpFlags.Ack, 7510, 100, 1000));

        AssertLines("""
                   0.000  node-2           -> all               ARP     who has 10.0.0.1?
                   0.000  node-2           -x all               ARP     who has 10.0.0.1?  PARTITIONED -> node-3
                   1.500  node-1:49153     -> node-2:7          TCP     SYN               seq 0                             win 5744
                   3.000  node-2:7         -> node-1:49153      TCP     SYN ACK           seq 0               ack 1         win 5744
                   4.500  node-1:49153     -> node-2:7          TCP     ACK               seq 1               ack 1         win 5744  connected
                   4.500  node-1:49153     -x node-2:7          TCP     ACK               seq 1               ack 1         win 5744  LOST -> node-2
                   6.000  node-1:49153     -> node-2:7          TCP     PSH ACK  1,000 B  seq 1..1001         ack 1         win 5744  connected
                   6.000  node-1:49153     => node-2:7          TCP     PSH ACK  1,000 B  seq 1..1001         ack 1         win 5744  DUPLICATED -> node-2
                   7.500  node-1:49153     -> node-2:7          TCP     PSH ACK  1,000 B  seq 1001..2001      ack 1         win 5744
            """);
    }

    [TestMethod]
    public void Observe_LostOnTheWayOut_TeachesNoAddresses()
    {
        Tracer tracer = new(_lines);
        Lose(tracer, "node-2", Frames.Arp(1, 1, 2), FrameFate.Lost);

        StringAssert.Contains(_lines.ToString(), "  10.0.0.1         -x all ");
    }

    [TestMethod]
    public void Observe_OtherProtocols_AreNamed()
    {
        Tracer tracer = new(_lines, address => address.ToString() == "10.0.0.2" ? "server" : null);
        Show(tracer, "", Frames.Udp(1, 2, 5000, 53, new byte[30]));
        Show(tracer, "", Frames.Udp(1, 255, 68, 67, new byte[300]));
        Show(tracer, "", Frames.IPv4(1, 2, 1, [8, 0, 0, 0, 0, 1, 0, 2, 3, 4]));
        Show(tracer, "", Frames.IPv4(2, 1, 1, [3, 3, 0, 0, 0, 0, 0, 0]));
        Show(tracer, "", Frames.IPv4(1, 2, 2, [0x16, 0, 0, 0, 239, 1, 2, 3]));
        Show(tracer, "", Frames.IPv4(1, 2, 17, new byte[80], 185));
        Show(tracer, "", Frames.IPv6(1, 2, 58, [135, 0, 0, 0, 0, 0, 0, 0, .. Frames.Ip6(9)]));
        Show(tracer, "", Frames.IPv6(1, 2, 17, [0, 5, 0, 6, 0, 9, 0, 0, 1]), FrameFate.Corrupted);
        Show(tracer, "", Frames.Ethernet(2, 1, 0x88B5, 1, 2, 3), FrameFate.Partitioned);
        Show(tracer, "node-3", [1, 2, 3], FrameFate.Runt);

        AssertLines("""
                   0.000  10.0.0.1:5000    -> server:53         DNS     30 B
                   1.500  10.0.0.1:68      -> all:67            DHCP    300 B
                   3.000  10.0.0.1         -> server            ICMP    echo request 2, 2 B
                   4.500  server           -> 10.0.0.1          ICMP    port unreachable
                   6.000  10.0.0.1         -> server            IGMP    wants group 239.1.2.3
                   7.500  10.0.0.1         -> server            IPv4    protocol 17, 80 B  fragment at 1480 of 0x1234, the last
                   9.000  fe80::1          -> fe80::2           ICMPv6  who has fe80::9?
                  10.500  [fe80::1]:5      -! [fe80::2]:6       UDP     1 B  CORRUPTED
                  12.000  02:00:00:00:00:01 -x 02:00:00:00:00:02  Eth     type 0x88b5, 3 B  PARTITIONED
                  13.500  node-3            -x -                  Eth     3 B  cut within the Ethernet header  RUNT
            """);
    }

    [TestMethod]
    public void Observe_SequenceNumbersThatWrap_CountOn()
    {
        Tracer tracer = new(_lines);
        Show(tracer, "a", Frames.Tcp(1, 2, TcpFlags.Syn, uint.MaxValue, 0));
        Show(tracer, "b", Frames.Tcp(2, 1, TcpFlags.Syn | TcpFlags.Ack, uint.MaxValue - 1, 0, fromPort: 7, toPort: 49153));
        Show(tracer, "a", Frames.Tcp(1, 2, TcpFlags.Ack, 0, uint.MaxValue, 10));
        Show(tracer, "a", Frames.Tcp(1, 2, TcpFlags.Ack, 0, uint.MaxValue, 10));

        string[] lines = _lines.ToString().Split('\n');
        StringAssert.Contains(lines[1], "seq 0               ack 1 ");
        StringAssert.Contains(lines[2], "seq 1..11           ack 1         win 5744  connected");
        StringAssert.Contains(lines[3], "seq 1..11           ack 1         win 5744  retransmission");
    }

    [TestMethod]
    public void Observe_ARefusedConnection_SaysSo()
    {
        Tracer tracer = new(_lines);
        Show(tracer, "a", Frames.Tcp(1, 2, TcpFlags.Syn, 5, 0));
        Show(tracer, "b", Frames.Tcp(2, 1, TcpFlags.Rst | TcpFlags.Ack, 0, 6, fromPort: 7, toPort: 49153));

        StringAssert.EndsWith(_lines.ToString(), "RST ACK           seq 1               ack 1         win 5744  refused\n");
    }

    [TestMethod]
    public void Flush_AfterTheWriterFailed_TellsAndTheNetworkGoesOn()
    {
        StreamWriter writer = new(new MemoryStream()) { AutoFlush = true };
        Tracer tracer = new(writer);
        writer.Dispose();

        Show(tracer, "a", Frames.Arp(1, 1, 2));

        IOException error = Assert.ThrowsExactly<IOException>(tracer.Flush);
        StringAssert.StartsWith(error.Message, "The trace ended early, as its writer failed: ");
    }

    private void Show(Tracer tracer, string port, byte[] frame, FrameFate fate = FrameFate.Passed)
    {
        tracer.Observe(Seen.In(port, DateTimeOffset.UnixEpoch.AddTicks(_ticks), fate), frame);
        _ticks += 15_000;
    }

    // As long as the frame before it is on its way: at the same time.
    private void Lose(Tracer tracer, string port, byte[] frame, FrameFate fate) =>
        tracer.Observe(Seen.Out(port, DateTimeOffset.UnixEpoch.AddTicks(Math.Max(0, _ticks - 15_000)), fate), frame);

    private void AssertLines(string expected) => Assert.AreEqual(expected.ReplaceLineEndings("\n") + "\n", _lines.ToString());
}
