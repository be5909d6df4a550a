namespace IoTNet.Emulator.Tests;

[TestClass]
public sealed class PcapWriterTests
{
    private static readonly DateTimeOffset s_time = DateTimeOffset.UnixEpoch.AddTicks(0x1122334455);

    // "Lost: the sender's cable lost this frame"
    private const string CommentOfALostFrame = "4C6F73743A207468652073656E6465722773206361626C65206C6F73742074686973206672616D65";

    // "Lost: lost on the way to a1", filled up to four bytes
    private const string CommentOfOneLostOnItsWayOut = "4C6F73743A206C6F7374206F6E207468652077617920746F206131 00";

    // Each line by the draft's figures: section header (4.1), interface description (4.2), enhanced packet (4.3) with its
    // flags (4.3.1): inbound 1, outbound 2.
    private const string Golden =
        "0A0D0D0A 2C000000 4D3C2B1A 0100 0000 FFFFFFFFFFFFFFFF 0400 0600 496F544E6574 0000 00000000 2C000000"
        + "01000000 28000000 0100 0000 FFFF0000 0200 0200 6131 0000 0900 0100 09 000000 00000000 28000000"
        + "06000000 3C000000 00000000 B1060000 34B1065C 0F000000 0F000000 FFFFFFFFFFFF020000000001 88B5 07 00"
        + "0200 0400 01000000 00000000 3C000000"
        + "06000000 68000000 00000000 B1060000 34B1065C 0F000000 0F000000 FFFFFFFFFFFF020000000001 88B5 07 00"
        + "0100 2800" + CommentOfALostFrame + "0200 0400 01000000 00000000 68000000"
        + "06000000 5C000000 00000000 B1060000 34B1065C 0F000000 0F000000 FFFFFFFFFFFF020000000001 88B5 07 00"
        + "0100 1B00" + CommentOfOneLostOnItsWayOut + "0200 0400 02000000 00000000 5C000000";

    [TestMethod]
    public void Observe_Frames_AreTheBytesOfTheDraft()
    {
        using MemoryStream file = new();
        using (PcapWriter writer = new(file, leaveOpen: true))
        {
            byte[] frame = Frames.Ethernet(255, 1, 0x88B5, 7);
            writer.Observe(Seen.In("a1", s_time, FrameFate.Passed), frame);
            writer.Observe(Seen.In("a1", s_time, FrameFate.Lost), frame);
            writer.Observe(Seen.Out("a1", s_time, FrameFate.Lost), frame);
        }

        Assert.AreEqual(Golden.Replace(" ", ""), Convert.ToHexString(file.ToArray()));
    }

    [TestMethod]
    public void Observe_EveryFate_IsReadBack()
    {
        using MemoryStream file = new();
        FrameFate[] fates = Enum.GetValues<FrameFate>();
        using (PcapWriter writer = new(file, leaveOpen: true))
        {
            foreach (FrameFate fate in fates)
            {
                writer.Observe(Seen.In("port " + (int)fate % 3, s_time.AddTicks((int)fate), fate), Frames.Udp(1, 2, 5, 6, new byte[(int)fate]));
                if (fate != FrameFate.Passed)
                {
                    writer.Observe(Seen.Out("out", s_time, fate), Frames.Udp(1, 2, 5, 6, new byte[(int)fate]));
                }
            }
        }

        file.Position = 0;
        using PcapReader reader = new(file);
        foreach (FrameFate fate in fates)
        {
            Assert.IsTrue(reader.TryRead(out CapturedFrame frame));
            Assert.AreEqual(fate, frame.Fate);
            Assert.AreEqual("port " + (int)fate % 3, frame.Port);
            Assert.AreEqual(s_time.AddTicks((int)fate), frame.Time);
            Assert.AreEqual(FrameDirection.FromDevice, frame.Direction);
            CollectionAssert.AreEqual(Frames.Udp(1, 2, 5, 6, new byte[(int)fate]), frame.Data.ToArray());
            if (fate != FrameFate.Passed)
            {
                Assert.IsTrue(reader.TryRead(out frame));
                Assert.AreEqual(Seen.Out("out", s_time, fate), frame.Observation);
            }
        }

        Assert.IsFalse(reader.TryRead(out _));
    }

    [TestMethod]
    public void Flush_AtAnyTime_MakesTheFileReadable()
    {
        string path = Path.GetTempFileName();
        try
        {
            using PcapWriter writer = new(path);
            for (int i = 1; i <= 3; i++)
            {
                writer.Observe(Seen.In("a", s_time, FrameFate.Passed), Frames.Arp(1, 1, 2));
                writer.Flush();
                Assert.AreEqual(i, Count(path));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Observe_AFrameBeyondTheSnapLength_KeepsItsBeginningAndItsLength()
    {
        using MemoryStream file = new();
        using (PcapWriter writer = new(file, leaveOpen: true))
        {
            writer.Observe(Seen.In("a", s_time, FrameFate.Corrupted), new byte[1_000_000]);
        }

        file.Position = 0;
        using PcapReader reader = new(file);
        Assert.IsTrue(reader.TryRead(out CapturedFrame frame));
        Assert.AreEqual(PcapWriter.SnapLength, frame.Data.Length);
        Assert.AreEqual(1_000_000, frame.Length);
        Assert.AreEqual(FrameFate.Corrupted, frame.Fate);
    }

    [TestMethod]
    public void Observe_ByManyThreads_LosesNothing()
    {
        using MemoryStream file = new();
        using (PcapWriter writer = new(file, leaveOpen: true))
        {
            Parallel.For(0, 8, t =>
            {
                for (int i = 0; i < 2_000; i++)
                {
                    writer.Observe(Seen.In("p" + t, s_time, FrameFate.Passed), Frames.Udp(1, 2, t + 1, i + 1));
                }
            });
            Assert.AreEqual(16_000, writer.Frames);
        }

        file.Position = 0;
        using PcapReader reader = new(file);
        int[] next = new int[8];
        while (reader.TryRead(out CapturedFrame frame))
        {
            DecodedFrame decoded = FrameDecoder.Decode(frame.Data.Span);
            int thread = decoded.SourcePort - 1;
            Assert.AreEqual("p" + thread, frame.Port);
            Assert.AreEqual(++next[thread], decoded.DestinationPort);
        }

        CollectionAssert.AreEqual(Enumerable.Repeat(2_000, 8).ToArray(), next);
    }

    [TestMethod]
    public void Observe_InSteadyState_DoesNotAllocate()
    {
        using PcapWriter writer = new(Stream.Null);
        byte[] frame = Frames.Udp(1, 2, 3, 4, new byte[1000]);
        writer.Observe(Seen.In("a", s_time, FrameFate.Lost), frame);
        writer.Observe(Seen.Out("b", s_time, FrameFate.Lost), frame);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
        {
            writer.Observe(Seen.In("a", s_time, FrameFate.Lost), frame);
            writer.Observe(Seen.Out("b", s_time, FrameFate.Lost), frame);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void Flush_OfAFullDisk_TellsOnceAndTheNetworkGoesOn()
    {
        PcapWriter writer = new(new FullDisk());
        for (int i = 0; i < 1000; i++)
        {
            writer.Observe(Seen.In("a", s_time, FrameFate.Passed), new byte[1500]);
        }

        Assert.IsGreaterThan(0, writer.Missed);
        IOException error = Assert.ThrowsExactly<IOException>(writer.Flush);
        Assert.AreEqual("The capture ended early, as the stream cannot be written: no space left", error.Message);
        writer.Observe(Seen.In("a", s_time, FrameFate.Passed), new byte[1500]);
        writer.Flush();
        writer.Dispose();
    }

    [TestMethod]
    public void Dispose_OfAFullDisk_Tells()
    {
        PcapWriter writer = new(new FullDisk());

        Assert.ThrowsExactly<IOException>(writer.Dispose);
        writer.Dispose();
    }

    [TestMethod]
    public void Observe_AfterDispose_IsIgnored()
    {
        PcapWriter writer = new(new MemoryStream());
        writer.Dispose();

        writer.Observe(Seen.In("a", s_time, FrameFate.Passed), new byte[60]);

        Assert.AreEqual(1, writer.Missed);
    }

    private static int Count(string path)
    {
        using PcapReader reader = new(path);
        int count = 0;
        while (reader.TryRead(out _))
        {
            count++;
        }

        return count;
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("no space left");
    }
}
