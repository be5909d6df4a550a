using System.Security.Cryptography;
using System.Text;

namespace IoTNet.Tests.WebSockets.Wire;

[TestClass]
public sealed class WireTests
{
    [TestMethod]
    public void Mask_OfEveryLengthAndTurn_IsTheBytewiseOne()
    {
        Random random = new(1);
        byte[] key = [0x11, 0x42, 0x83, 0xF4];
        uint word = BitConverter.ToUInt32(key);
        for (int count = 0; count < 200; count++)
        {
            for (int offset = 0; offset < 9; offset++)
            {
                byte[] bytes = new byte[offset + count + 9];
                random.NextBytes(bytes);
                byte[] expected = [.. bytes];
                for (int i = 0; i < count; i++)
                {
                    expected[offset + i] ^= key[i & 3];
                }

                int split = random.Next(count + 1);
                uint turned = Masking.Apply(bytes, offset, split, word);
                Masking.Apply(bytes, offset + split, count - split, turned);
                CollectionAssert.AreEqual(expected, bytes, $"{count} bytes from {offset}, split at {split}");
            }
        }
    }

    [TestMethod]
    public void TextCheck_OfRandomBytesInPieces_IsThePlatformsDecoder()
    {
        UTF8Encoding strict = new(false, true);
        byte[] alphabet = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF];
        Random random = new(2);
        int valid = 0;
        for (int round = 0; round < 50_000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 9)];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = alphabet[random.Next(alphabet.Length)];
            }

            bool expected;
            try
            {
                strict.GetCharCount(bytes);
                expected = true;
                valid++;
            }
            catch (DecoderFallbackException)
            {
                expected = false;
            }

            int split = random.Next(bytes.Length + 1);
            TextCheck check = new();
            bool actual = check.Check(bytes, 0, split) && check.Check(bytes, split, bytes.Length - split) && check.IsWhole;
            Assert.AreEqual(expected, actual, Convert.ToHexString(bytes) + " split at " + split);
        }

        Assert.IsTrue(valid > 300, "only " + valid + " were valid");
    }

    [TestMethod]
    public void Sha1_OfEveryLength_IsThePlatforms()
    {
        for (int length = 0; length < 120; length++)
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];
#pragma warning disable CA5350 // the protocol's
            CollectionAssert.AreEqual(SHA1.HashData(message), Sha1.Digest(message), "length " + length);
#pragma warning restore CA5350
        }
    }

    [TestMethod]
    public void AcceptOf_TheKeyOfTheRfc_IsItsAnswer() =>
        Assert.AreEqual("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", HandshakeKey.AcceptOf("dGhlIHNhbXBsZSBub25jZQ=="));

    [TestMethod]
    [DataRow("dGhlIHNhbXBsZSBub25jZQ==", true)]
    [DataRow("dGhlIHNhbXBsZSBub25jZQ=", false)]
    [DataRow("dGhlIHNhbXBsZSBub25jZWU=", false)]
    [DataRow("dGhlIHNhbXBsZSBub25jZ!==", false)]
    [DataRow("dGhlIHNhbXBsZSBub25j", false)]
    [DataRow("", false)]
    [DataRow("====", false)]
    [DataRow(null, false)]
    public void Key_OfSixteenBytes_IsValid(string? key, bool expected) => Assert.AreEqual(expected, HandshakeKey.IsValid(key));

    [TestMethod]
    public void SpareBuffers_LendTheSmallestThatFits()
    {
        SpareBuffers spare = new(10_000);
        byte[] small = spare.Take(300);
        byte[] large = spare.Take(9_000);
        byte[] tooLarge = spare.Take(20_000);
        spare.GiveBack(large);
        spare.GiveBack(small);
        spare.GiveBack(tooLarge);
        Assert.AreSame(small, spare.Take(200));
        Assert.AreSame(large, spare.Take(200));
        Assert.AreNotSame(tooLarge, spare.Take(20_000));
    }

    [TestMethod]
    public void SpareBuffers_KeepNoMoreThanTheirSum_TheLargestFirst()
    {
        SpareBuffers spare = new(10_000);
        byte[][] lent = [spare.Take(4_000), spare.Take(5_000), spare.Take(3_000)];
        Array.ForEach(lent, spare.GiveBack);
        Assert.AreSame(lent[0], spare.Take(1_000), "the least one was let in");
        Assert.AreSame(lent[1], spare.Take(1_000));
        Assert.AreEqual(1_000, spare.Take(1_000).Length);
        spare.GiveBack(lent[2]);
        spare.GiveBack(new byte[8_000]);
        Assert.AreEqual(8_000, spare.Take(1_000).Length, "the smaller one did not make room");
        Assert.AreEqual(1_000, spare.Take(1_000).Length);
    }

    [TestMethod]
    public void SpareBuffers_LendWhatIsWanted_WhenItIsThere()
    {
        SpareBuffers spare = new(1 << 20);
        byte[][] lent = [.. Enumerable.Range(0, 40).Select(i => spare.Take(1_000 + i))];
        Array.ForEach(lent, spare.GiveBack);
        Assert.AreEqual(500, spare.Take(2_000, 500).Length);
        CollectionAssert.Contains(lent, spare.Take(1_020, 500));
        Assert.AreEqual(39, lent.Count(_ => spare.Take(300).Length >= 1_000));
    }

    [TestMethod]
    public void CloseCodes_ThatMayBeSent_AreThoseOfTheRegistry()
    {
        int[] sendable = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
        int[] others = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535];
        Assert.IsTrue(sendable.All(WebSocketCloseCode.IsSendable));
        Assert.IsFalse(others.Any(WebSocketCloseCode.IsSendable));
    }
}
