namespace IoTNet.Emulator.Tests;

[TestClass]
public sealed class FrameDecoderTests
{
    [TestMethod]
    public void Decode_Tcp_ReadsHeaderAndOptions()
    {
        byte[] bytes = Frames.Tcp(1, 2, TcpFlags.Syn | TcpFlags.Ack, 0xFFFFFFF0, 77, 3, 1234, 80, 4096, 1, 1, 2, 4, 5, 0xB4, 1, 3, 3, 7, 0, 9);
        DecodedFrame frame = FrameDecoder.Decode(bytes);

        Assert.AreEqual(FrameProtocol.Tcp, frame.Protocol);
        Assert.IsNull(frame.Problem);
        Assert.AreEqual("10.0.0.1", frame.Source.ToString());
        Assert.AreEqual("10.0.0.2", frame.Destination.ToString());
        Assert.AreEqual("02:00:00:00:00:01", frame.HardwareSource.ToString());
        Assert.AreEqual(1234, frame.SourcePort);
        Assert.AreEqual(80, frame.DestinationPort);
        Assert.AreEqual(0xFFFFFFF0, frame.Sequence);
        Assert.AreEqual(77u, frame.Acknowledgment);
        Assert.AreEqual(TcpFlags.Syn | TcpFlags.Ack, frame.Flags);
        Assert.AreEqual(4096, frame.Window);
        Assert.AreEqual(1460, frame.MaxSegment);
        Assert.AreEqual(7, frame.WindowScale);
        Assert.AreEqual(3, frame.PayloadLength);
        Assert.AreEqual(64, frame.HopLimit);
    }

    [TestMethod]
    public void Decode_PaddedFrame_EndsWhereIPSays()
    {
        DecodedFrame frame = FrameDecoder.Decode([.. Frames.Udp(1, 2, 3, 4, 5, 6), .. new byte[16]]);

        Assert.AreEqual(2, frame.PayloadLength);
        CollectionAssert.AreEqual(new byte[] { 5, 6 }, frame.Payload.ToArray());
    }

    [TestMethod]
    public void Decode_FragmentsOfIPv4_AreTold()
    {
        DecodedFrame first = FrameDecoder.Decode(Frames.IPv4(1, 2, 17, [0, 5, 0, 6, 8, 0, 0, 0, 1, 2], 0x2000));
        DecodedFrame later = FrameDecoder.Decode(Frames.IPv4(1, 2, 17, [0, 5, 0, 6, 8, 0, 0, 0], 185));

        Assert.AreEqual(FrameProtocol.Udp, first.Protocol);
        Assert.IsTrue(first.IsFragment && first.MoreFragments);
        Assert.IsNull(first.Problem, "of the first piece UDP's length is more than there is");
        Assert.AreEqual(FrameProtocol.IPv4, later.Protocol);
        Assert.AreEqual(0, later.SourcePort);
        Assert.AreEqual(1480, later.FragmentOffset);
        Assert.IsFalse(later.MoreFragments);
        Assert.AreEqual(0x1234u, later.FragmentId);
    }

    [TestMethod]
    public void Decode_IPv6ExtensionHeaders_AreSkipped()
    {
        byte[] udp = [0, 53, 0, 9, 0, 9, 0, 0, 42];
        byte[] hopByHop = [60, 0, 0, 0, 0, 0, 0, 0];
        byte[] destination = [44, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] fragment = [17, 0, 0, 1, 0, 0, 0, 9];
        DecodedFrame frame = FrameDecoder.Decode(Frames.IPv6(1, 2, 0, [.. hopByHop, .. destination, .. fragment, .. udp]));

        Assert.AreEqual(FrameProtocol.Udp, frame.Protocol);
        Assert.AreEqual(53, frame.SourcePort);
        Assert.AreEqual(1, frame.PayloadLength);
        Assert.AreEqual(9u, frame.FragmentId);
        Assert.IsTrue(frame.MoreFragments);
        Assert.AreEqual("fe80::1", frame.Source.ToString());
    }

    [TestMethod]
    public void Decode_TooManyExtensionHeaders_StopsThere()
    {
        byte[] headers = [.. Enumerable.Repeat(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0 }, 20).SelectMany(h => h)];
        DecodedFrame frame = FrameDecoder.Decode(Frames.IPv6(1, 2, 0, headers));

        Assert.AreEqual("too many IPv6 extension headers", frame.Problem);
        Assert.AreEqual(96, frame.PayloadLength);
    }

    [TestMethod]
    public void Decode_NeighbourSolicitation_GivesTheTarget()
    {
        DecodedFrame frame = FrameDecoder.Decode(Frames.IPv6(1, 2, 58, [135, 0, 0, 0, 0, 0, 0, 0, .. Frames.Ip6(9)]));

        Assert.AreEqual(FrameProtocol.IcmpV6, frame.Protocol);
        Assert.AreEqual(135, frame.Type);
        Assert.AreEqual("fe80::9", frame.Target.ToString());
    }

    [TestMethod]
    public void Decode_Vlan_ReadsWhatIsInside()
    {
        byte[] arp = Frames.Arp(2, 1, 2);
        DecodedFrame frame = FrameDecoder.Decode([.. arp[..12], 0x81, 0, 0x20, 5, .. arp[12..]]);

        Assert.AreEqual(FrameProtocol.Arp, frame.Protocol);
        Assert.AreEqual(5, frame.Vlan);
        Assert.AreEqual(2, frame.Type);
        Assert.AreEqual("10.0.0.2", frame.Destination.ToString());
    }

    [TestMethod]
    public void Decode_CutAtEveryByte_TellsSoAndKeepsWhatWasRead()
    {
        byte[][] wholes =
        [
            Frames.Tcp(1, 2, TcpFlags.Syn, 1, 0, 9, options: [2, 4, 5, 0xB4]), Frames.Udp(1, 2, 3, 4, new byte[9]), Frames.Arp(1, 1, 2),
            Frames.IPv6(1, 2, 58, [135, 0, 0, 0, 0, 0, 0, 0, .. Frames.Ip6(9)]), Frames.IPv4(1, 2, 1, [8, 0, 0, 0, 0, 1, 0, 2, 3]),
            Frames.IPv4(1, 2, 2, [0x16, 0, 0, 0, 239, 1, 2, 3]),
        ];
        foreach (byte[] whole in wholes)
        {
            Assert.IsNull(FrameDecoder.Decode(whole).Problem);
            for (int length = 0; length < whole.Length; length++)
            {
                DecodedFrame frame = FrameDecoder.Decode(whole.AsSpan(0, length));
                Assert.IsNotNull(frame.Problem, $"{whole[23]}: {length} of {whole.Length} bytes");
            }
        }
    }

    // Every choice comes from the seed; the frames are damaged ones rather than noise, which is refused at once.
    [TestMethod]
    public void Decode_AnyBytes_NeverFailsNorTellsMoreThanThereIs()
    {
        const int Seed = 3;
        Random random = new(Seed);
        byte[][] wholes =
        [
            Frames.Tcp(1, 2, TcpFlags.Syn, 1, 0, 9, options: [2, 4, 5, 0xB4]), Frames.Udp(1, 2, 3, 4, new byte[9]), Frames.Arp(1, 1, 2),
            Frames.IPv6(1, 2, 58, [143, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, .. Frames.Ip6(9)]), Frames.IPv4(1, 2, 2, [0x22, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 239, 1, 2, 3]),
            Frames.IPv6(1, 2, 0, [60, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 1, 0, 0, 0, 9, 0, 53, 0, 9, 0, 9, 0, 0, 42]),
            Frames.IPv4(1, 2, 1, [8, 0, 0, 0, 0, 1, 0, 2, 3]),
        ];
        using StringWriter lines = new();
        Tracer tracer = new(lines);
        for (int i = 0; i < 300_000; i++)
        {
            byte[] bytes = [.. wholes[random.Next(wholes.Length)]];
            for (int n = random.Next(0, 6); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            ReadOnlySpan<byte> frame = bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length + 1) : bytes.Length);
            DecodedFrame decoded = FrameDecoder.Decode(frame);
            Assert.IsTrue(decoded.PayloadLength >= 0 && decoded.Payload.Length <= Math.Min(frame.Length, decoded.PayloadLength), $"seed {Seed}, frame {i}");
            Assert.IsTrue(decoded.Problem is not null || decoded.Payload.Length == decoded.PayloadLength, $"seed {Seed}, frame {i}");
            if (i % 10 == 0)
            {
                tracer.Observe(Seen.In("p", DateTimeOffset.UnixEpoch, (FrameFate)random.Next(10)), frame);
            }
        }

        Assert.AreEqual(30_000, lines.ToString().Count(c => c == '\n'));
    }

    [TestMethod]
    public void Decode_InSteadyState_DoesNotAllocate()
    {
        byte[] tcp = Frames.Tcp(1, 2, TcpFlags.Syn, 1, 0, 9, options: [2, 4, 5, 0xB4]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int sum = 0;
        for (int i = 0; i < 1_000; i++)
        {
            sum += FrameDecoder.Decode(tcp).PayloadLength;
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(9_000, sum);
    }
}
