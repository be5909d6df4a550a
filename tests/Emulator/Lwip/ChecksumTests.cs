namespace IoTNet.Emulator.Tests;

/// <summary>The checksum that lwIP calls in place of its own.</summary>
[TestClass]
public sealed class ChecksumTests
{
    [TestMethod]
    public void Sum_OfEveryLengthAndAlignment_IsThatOfRfc1071()
    {
        byte[] bytes = new byte[400];
        new Random(1).NextBytes(bytes);
        for (int offset = 0; offset < 8; offset++)
        {
            for (int length = 0; length <= bytes.Length - offset; length++)
            {
                ReadOnlySpan<byte> part = bytes.AsSpan(offset, length);
                Assert.AreEqual(ByWords(part), InternetChecksum.Sum(part), $"{length} bytes at {offset}");
            }
        }
    }

    [TestMethod]
    [DataRow(0xFF)]
    [DataRow(0x00)]
    public void Sum_OfTheLongestPacketWithEqualBytes_CarriesRoundTheEnd(int value)
    {
        byte[] bytes = new byte[65_535];
        Array.Fill(bytes, (byte)value);
        Assert.AreEqual(ByWords(bytes), InternetChecksum.Sum(bytes));
    }

    [TestMethod]
    public void Sum_OfTheExampleInRfc1071_IsItsResult()
    {
        // RFC 1071 3: 00 01 f2 03 f4 f5 f6 f7 add up to ddf2, in network byte order.
        ushort sum = InternetChecksum.Sum([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]);
        CollectionAssert.AreEqual(new byte[] { 0xDD, 0xF2 }, BitConverter.GetBytes(sum));
    }

    [TestMethod]
    public void Redirect_OfAFileThatIsNone_ChangesNothing()
    {
        byte[] garbage = new byte[4096];
        new Random(2).NextBytes(garbage);
        byte[] before = [.. garbage];
        Assert.IsFalse(LwipImage.Redirect(garbage, "lwip_standard_chksum", 1));
        Assert.IsFalse(LwipImage.Redirect([], "lwip_standard_chksum", 1));
        garbage = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, .. garbage];
        Assert.IsFalse(LwipImage.Redirect(garbage, "lwip_standard_chksum", 1));
        CollectionAssert.AreEqual(before, garbage[6..]);
    }

    [TestMethod]
    public void Redirect_OfAFileCutShort_NeverThrows()
    {
        byte[] image = File.ReadAllBytes(typeof(object).Assembly.Location.Replace("System.Private.CoreLib.dll", "libcoreclr.so"));
        Assert.IsTrue(LwipImage.Redirect([.. image], "coreclr_initialize", 1), "the whole file");
        Assert.IsFalse(LwipImage.Redirect([.. image], "no_such_function", 1));
        for (int length = 0; length < image.Length; length += 9973 + (image.Length / 300))
        {
            _ = LwipImage.Redirect(image[..length], "coreclr_initialize", 1);
        }
    }

    private static ushort ByWords(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += (uint)(bytes[i] | (i + 1 < bytes.Length ? bytes[i + 1] << 8 : 0));
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)sum;
    }
}
