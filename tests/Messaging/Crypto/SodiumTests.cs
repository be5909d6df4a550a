namespace IoTNet.Tests.Messaging;

/// <summary>libsodium computes the same.</summary>
[TestClass]
public class SodiumTests
{
    private const int Rounds = 2000;

    [TestInitialize]
    public void NeedSodium() => Sodium.Need();

    [TestMethod]
    public void Boxes_OfRandomKeysAndMessages_AreTheSameBothWays()
    {
        Random random = new();
        Curve25519 curve = new();
        SecretBox box = new();
        byte[] key = new byte[32];
        for (int i = 0; i < Rounds; i++)
        {
            byte[] secret = Bytes.Random(32);
            byte[] theirSecret = Bytes.Random(32);
            byte[] own = new byte[32];
            byte[] their = new byte[32];
            byte[] expectedKey = new byte[32];
            curve.PublicKey(own, secret);
            Sodium.PublicKey(their, theirSecret);
            Assert.IsTrue(SecretBox.ShareKey(key, curve, secret, their));
            Assert.AreEqual(0, Sodium.ShareKey(expectedKey, own, theirSecret));
            Bytes.AssertEqual(expectedKey, key);

            byte[] message = Bytes.Random(random.Next(300));
            byte[] nonce = Bytes.Random(24);
            byte[] sealedHere = new byte[message.Length + 16];
            byte[] sealedThere = new byte[message.Length + 16];
            box.SetKey(key);
            box.Seal(nonce, message, 0, message.Length, sealedHere, 0);
            Sodium.Box(sealedThere, message, (ulong)message.Length, nonce, own, theirSecret);
            Bytes.AssertEqual(sealedThere, sealedHere);

            byte[] opened = new byte[message.Length];
            Assert.AreEqual(0, Sodium.OpenBox(opened, sealedHere, (ulong)sealedHere.Length, nonce, own, theirSecret));
            Bytes.AssertEqual(message, opened);
            Array.Clear(opened);
            Assert.IsTrue(box.Open(nonce, sealedThere, 0, sealedThere.Length, opened, 0));
            Bytes.AssertEqual(message, opened);

            // Whether a tag is refused is the same, too.
            sealedHere[random.Next(sealedHere.Length)] ^= (byte)(1 << random.Next(8));
            Assert.AreEqual(-1, Sodium.OpenBox(opened, sealedHere, (ulong)sealedHere.Length, nonce, own, theirSecret));
            Assert.IsFalse(box.Open(nonce, sealedHere, 0, sealedHere.Length, opened, 0));
        }
    }

    [TestMethod]
    public void Multiply_OfAnyPoints_IsTheSame()
    {
        // Near 0, near p and near 2^255, with bit 255 and without: where a carry that is missing would show.
        Curve25519 curve = new();
        byte[] actual = new byte[32];
        byte[] expected = new byte[32];
        foreach (byte middle in new byte[] { 0, 255, 0x55 })
        {
            for (int low = -24; low < 24; low++)
            {
                foreach (byte high in new byte[] { 0, 127, 128, 255 })
                {
                    byte[] point = Bytes.Filled(32, middle);
                    point[0] = (byte)low;
                    point[31] = high;
                    byte[] scalar = Bytes.Random(32);
                    bool isGood = Sodium.Multiply(expected, scalar, point) == 0;
                    Assert.AreEqual(isGood, curve.Multiply(actual, scalar, point), Convert.ToHexString(point));
                    Bytes.AssertEqual(isGood ? expected : new byte[32], actual, Convert.ToHexString(point));
                }
            }
        }
    }

    [TestMethod]
    public void Seal_OfLongMessages_IsTheSame()
    {
        SecretBox box = new();
        foreach (int count in new[] { 4096, 65_535, 65_536, 1_000_003 })
        {
            byte[] key = Bytes.Random(32);
            byte[] nonce = Bytes.Random(24);
            byte[] message = Bytes.Random(count);
            byte[] expected = new byte[count + 16];
            byte[] actual = new byte[count + 16];
            Sodium.Seal(expected, message, (ulong)count, nonce, key);
            box.SetKey(key);
            box.Seal(nonce, message, 0, count, actual, 0);
            Assert.IsTrue(expected.AsSpan().SequenceEqual(actual), "of " + count + " bytes");
        }
    }

    [TestMethod]
    public void Tag_OfWordsOfOnes_IsTheSame()
    {
        // Random words seldom carry through all limbs; of zeros and ones they do.
        Random random = new(1);
        Poly1305 poly = new();
        byte[] expected = new byte[16];
        byte[] actual = new byte[16];
        for (int i = 0; i < 20 * Rounds; i++)
        {
            byte[] key = Extremes(random, 32);
            byte[] message = Extremes(random, random.Next(100));
            Sodium.Tag(expected, message, (ulong)message.Length, key);
            poly.SetKey(Poly1305Tests.Words(key));
            poly.Compute(message, 0, message.Length, actual, 0);
            Bytes.AssertEqual(expected, actual, $"round {i}, seed 1");
        }
    }

    [TestMethod]
    public void DeriveKeyAndStream_OfRandomKeys_AreTheSame()
    {
        Salsa20 salsa = new();
        for (int i = 0; i < Rounds; i++)
        {
            byte[] key = Bytes.Random(32);
            byte[] input = Bytes.Random(24);
            byte[] expected = new byte[32];
            byte[] actual = new byte[32];
            Sodium.HSalsa20(expected, input, key, null);
            salsa.SetKey(key);
            salsa.DeriveKey(input);
            salsa.GetKey(actual);
            Bytes.AssertEqual(expected, actual);

            byte[] stream = new byte[i % 300];
            Sodium.Stream(stream, (ulong)stream.Length, input[16..], expected);
            byte[] zeros = new byte[stream.Length];
            salsa.Begin(input, 16);
            salsa.Xor(0, zeros, 0, zeros.Length, zeros, 0);
            Bytes.AssertEqual(stream, zeros);
        }
    }

    private static byte[] Extremes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = random.Next(8) switch { 0 => (byte)random.Next(256), < 4 => 0, _ => 255 };
        }

        return bytes;
    }
}
