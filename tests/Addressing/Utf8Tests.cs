using System.Buffers;
using System.Text;

namespace IoTNet.Tests.Addressing;

/// <summary>UTF-8 against the desktop's, for all beginnings.</summary>
[TestClass]
public class Utf8Tests
{
    // Of a fourth byte only its range matters.
    private static readonly byte[] Fourths = [0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF];

    [TestMethod]
    public void MeasureAt_OfEveryThreeBytesThatAreNotAscii_AnswersAsRune()
    {
        var buffer = new byte[5];
        for (int bytes = 0x7F0000; bytes < 1 << 24; bytes++)
        {
            buffer[1] = (byte)(bytes >> 16);
            buffer[2] = (byte)(bytes >> 8);
            buffer[3] = (byte)bytes;

            // Shorter ends once for each of them.
            for (int end = bytes % 65536 == 0 ? 2 : bytes % 256 == 0 ? 3 : 4; end <= 4; end++)
            {
                Check(buffer, end);
            }

            for (int i = 0; buffer[1] >= 0xF0 && i < Fourths.Length; i++)
            {
                buffer[4] = Fourths[i];
                Check(buffer, 5);
            }
        }
    }

    [TestMethod]
    public void Put_OfEveryCharacter_IsMeasuredAndDecoded()
    {
        var buffer = new byte[4];
        for (int code = 0; code <= 0x10FFFF; code++)
        {
            int length = Utf8.Put(code, buffer, 0);
            bool isSurrogate = code is >= 0xD800 and <= 0xDFFF;
            Assert.AreEqual(isSurrogate ? 0 : length, Utf8.LengthAt(buffer, 0, length), code.ToString("X4"));
            if (!isSurrogate)
            {
                Rune.DecodeFromUtf8(buffer.AsSpan(0, length), out var rune, out _);
                Assert.AreEqual(code, rune.Value);
            }
        }
    }

    private static void Check(byte[] buffer, int end)
    {
        var status = Rune.DecodeFromUtf8(buffer.AsSpan(1, end - 1), out _, out int consumed);
        int expected = status == OperationStatus.Done ? consumed : status == OperationStatus.NeedMoreData ? 0 : -consumed;
        int actual = Utf8.MeasureAt(buffer, 1, end);
        if (actual != expected)
        {
            Assert.Fail($"{Convert.ToHexString(buffer, 1, end - 1)}: {actual}, not {expected}");
        }
    }
}
