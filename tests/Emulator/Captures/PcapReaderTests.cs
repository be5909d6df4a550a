using System.Buffers.Binary;

namespace IoTNet.Emulator.Tests;

[TestClass]
public sealed class PcapReaderTests
{
    private static readonly DateTimeOffset s_time = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.Zero).AddTicks(1234560);
    private static readonly byte[] s_frame = Frames.Udp(1, 2, 3, 4, 5, 6, 7);

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true)]
    [DataRow(true, false)]
    [DataRow(true, true)]
    public void TryRead_ClassicPcap_GivesFramesInEveryForm(bool bigEndian, bool nanoseconds)
    {
        using PcapReader reader = new(new MemoryStream(Classic(bigEndian, nanoseconds)));

        for (int i = 0; i < 2; i++)
        {
            Assert.IsTrue(reader.TryRead(out CapturedFrame frame));
            Assert.AreEqual(s_time, frame.Time);
            Assert.AreEqual(CapturedFrame.Ethernet, frame.LinkType);
            Assert.AreEqual(s_frame.Length, frame.Length);
            CollectionAssert.AreEqual(s_frame, frame.Data.ToArray());
        }

        Assert.IsFalse(reader.TryRead(out _));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void TryRead_PcapngOfOthers_GivesFramesOfEveryBlock(bool bigEndian)
    {
        using PcapReader reader = new(new MemoryStream(Foreign(bigEndian)));

        Assert.IsTrue(reader.TryRead(out CapturedFrame enhanced));
        Assert.IsTrue(reader.TryRead(out CapturedFrame old));
        Assert.IsTrue(reader.TryRead(out CapturedFrame simple));
        Assert.IsFalse(reader.TryRead(out _));

        Assert.AreEqual(DateTimeOffset.UnixEpoch.AddSeconds(3), enhanced.Time, "2^-1 s units, offset of 1 s");
        Assert.AreEqual("eth1", enhanced.Port);
        Assert.AreEqual(FrameDirection.FromDevice, enhanced.Direction, "outbound of the capturing host");
        Assert.AreEqual(DateTimeOffset.UnixEpoch.AddTicks(40), old.Time, "microseconds by default");
        Assert.AreEqual(101, old.LinkType);
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, simple.Data.ToArray());
    }

    [TestMethod]
    public void TryRead_CutAtEveryByte_SaysWhatWasExpectedOrEndsBetweenBlocks()
    {
        // An end between two blocks cannot be told from the real one; there are so many of those in each file.
        foreach ((byte[] whole, int between) in new[] { (Written(), 4), (Classic(false, true), 2), (Classic(true, false), 2), (Foreign(true), 6) })
        {
            int clean = 0;
            for (int length = 0; length < whole.Length; length++)
            {
                try
                {
                    ReadAll(whole[..length]);
                    clean++;
                }
                catch (PcapFormatException e)
                {
                    StringAssert.StartsWith(e.Message, "Expected ");
                    StringAssert.Contains(e.Message, $"(at byte {e.Offset})");
                    Assert.IsTrue(e.Offset >= 0 && e.Offset <= length);
                }
            }

            Assert.AreEqual(between, clean, "cuts that went unnoticed");
        }
    }

    [TestMethod]
    public void TryRead_DamagedFiles_NeverFailOtherwise()
    {
        const int Seed = 7;
        Random random = new(Seed);
        byte[][] wholes = [Written(), Classic(false, true), Classic(true, false), Foreign(true), Foreign(false)];
        int refused = 0;
        for (int i = 0; i < 50_000; i++)
        {
            byte[] bytes = [.. wholes[random.Next(wholes.Length)]];
            for (int n = random.Next(1, 5); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
            }

            try
            {
                ReadAll(bytes);
            }
            catch (PcapFormatException e)
            {
                Assert.IsGreaterThanOrEqualTo(0L, e.Offset, $"seed {Seed}, file {i}");
                refused++;
            }
        }

        Assert.IsTrue(refused is > 10_000 and < 50_000, $"{refused} were refused");
    }

    [TestMethod]
    [DataRow("25504446", "25 50 44 46 ('%PDF')")]
    [DataRow("1F8B0800", "gzip, unpack it first")]
    [DataRow("", "it is empty")]
    [DataRow("00010203", "found 00 01 02 03")]
    public void Open_WhatIsNoCapture_SaysWhatItBeginsWith(string bytes, string expected)
    {
        var error = Assert.ThrowsExactly<PcapFormatException>(() => new PcapReader(new MemoryStream(Convert.FromHexString(bytes))));

        StringAssert.Contains(error.Message, expected);
        Assert.AreEqual(0, error.Offset);
    }

    [TestMethod]
    public void TryRead_ALengthThatCannotBe_TakesNoMemoryForIt()
    {
        byte[] file = [.. Classic(false, false)[..24], .. new byte[8], 0, 0, 0, 1, 0, 0, 0, 1];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.ThrowsExactly<PcapFormatException>(() => ReadAll(file));

        Assert.IsLessThan(1_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void ReadAll(byte[] bytes)
    {
        using PcapReader reader = new(new MemoryStream(bytes));
        while (reader.TryRead(out _))
        {
        }
    }

    private static byte[] Written()
    {
        using MemoryStream file = new();
        using (PcapWriter writer = new(file, leaveOpen: true))
        {
            writer.Observe(Seen.In("a", s_time, FrameFate.Passed), s_frame);
            writer.Observe(Seen.In("b", s_time, FrameFate.Lost), s_frame);
        }

        return file.ToArray();
    }

    private static byte[] Classic(bool bigEndian, bool nanoseconds)
    {
        Bytes file = new(bigEndian);
        file.U32(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4).U16(2).U16(4).U32(0).U32(0).U32(65535).U32(1);
        for (int i = 0; i < 2; i++)
        {
            file.U32((uint)s_time.ToUnixTimeSeconds()).U32(nanoseconds ? 123_456_000u : 123_456u);
            file.U32((uint)s_frame.Length).U32((uint)s_frame.Length).Raw(s_frame);
        }

        return file.ToArray();
    }

    // Two interfaces, an unknown block, an option nobody knows, times in halves of a second, and all three packet blocks.
    private static byte[] Foreign(bool bigEndian)
    {
        Bytes file = new(bigEndian);
        file.U32(0x0A0D0D0A).U32(28).U32(0x1A2B3C4D).U16(1).U16(2).U32(uint.MaxValue).U32(uint.MaxValue).U32(28);
        file.U32(1).U32(20).U16(101).U16(0).U32(3).U32(20);
        file.U32(1).U32(20 + 8 + 8 + 12 + 4).U16(1).U16(0).U32(0).U16(2).U16(4).Raw("eth1"u8.ToArray());
        file.U16(9).U16(1).Raw([0x81, 0, 0, 0]).U16(14).U16(8);
        _ = bigEndian ? file.U32(0).U32(1) : file.U32(1).U32(0);
        file.U32(0).U32(20 + 8 + 8 + 12 + 4);
        file.U32(0xBAD).U32(16).U32(0).U32(16);
        file.U32(6).U32(32 + 4 + 16).U32(1).U32(0).U32(4).U32(1).U32(60).Raw([9, 0, 0, 0]).U16(999).U16(2).Raw([1, 2, 0, 0]);
        file.U16(2).U16(4).U32(2).U32(32 + 4 + 16);
        file.U32(2).U32(36).U16(0).U16(0).U32(0).U32(4).U32(2).U32(2).Raw([8, 9, 0, 0]).U32(36);
        file.U32(3).U32(20).U32(5).Raw([1, 2, 3, 0]).U32(20);
        return file.ToArray();
    }

    private sealed class Bytes(bool bigEndian)
    {
        private readonly MemoryStream _all = new();

        public Bytes U16(int value) => Number((uint)value, 2);

        public Bytes U32(uint value) => Number(value, 4);

        public Bytes Raw(byte[] bytes)
        {
            _all.Write(bytes);
            return this;
        }

        public byte[] ToArray() => _all.ToArray();

        private Bytes Number(uint value, int size)
        {
            byte[] bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            bytes = bytes[^size..];
            return Raw(bigEndian ? bytes : [.. bytes.Reverse()]);
        }
    }
}
