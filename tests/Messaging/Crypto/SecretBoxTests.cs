namespace IoTNet.Tests.Messaging;

/// <summary>crypto_box as "Cryptography in NaCl" has it, and what a box promises.</summary>
[TestClass]
public class SecretBoxTests
{
    // "Cryptography in NaCl" 8 to 10: one worked example from keys to box.
    private const string FirstKey = "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389";
    private const string SecondKey = "dc908dda0b9344a953629b733820778880f3ceb421bb61b91cbd4c3e66256ce4";
    private const string Nonce = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37";
    private const string Message =
        "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce" +
        "314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040" +
        "e082f937763848645e0705";
    private const string Box =
        "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011" +
        "ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de" +
        "56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74e355a5";

    private readonly byte[] _nonce = Bytes.Random(24);
    private readonly SecretBox _box = NewBox(Bytes.Random(32));

    [TestMethod]
    public void ShareKey_OfTheNaClPaper_GivesItsFirstKey()
    {
        byte[] key = new byte[32];
        Assert.IsTrue(SecretBox.ShareKey(
            key, new Curve25519(), Bytes.Of(Curve25519Tests.AliceSecret), Bytes.Of(Curve25519Tests.BobPublic)));
        Bytes.AssertEqual(FirstKey, key);

        Salsa20 salsa = new();
        salsa.SetKey(key);
        salsa.DeriveKey(Bytes.Of(Nonce));
        salsa.GetKey(key);
        Bytes.AssertEqual(SecondKey, key);
    }

    [TestMethod]
    public void SealAndOpen_OfTheNaClPaper_GiveItsBoxAndItsMessage()
    {
        SecretBox box = NewBox(Bytes.Of(FirstKey));
        byte[] message = Bytes.Of(Message);
        byte[] result = new byte[message.Length + 16];
        Assert.HasCount(131, message);
        box.Seal(Bytes.Of(Nonce), message, 0, message.Length, result, 0);
        Bytes.AssertEqual(Box, result);

        byte[] opened = new byte[message.Length];
        Assert.IsTrue(box.Open(Bytes.Of(Nonce), result, 0, result.Length, opened, 0));
        Bytes.AssertEqual(Message, opened);
    }

    [TestMethod]
    public void SealAndOpen_OfEveryLength_GiveTheMessageBack()
    {
        for (int count = 0; count <= 600; count++)
        {
            byte[] message = Bytes.Random(count);
            byte[] box = new byte[count + 16 + 7];
            _box.Seal(_nonce, message, 0, count, box, 5);
            Bytes.AssertEqual(new byte[7], [.. box[..5], .. box[^2..]]);

            // In place: the message stands where it will be sealed.
            byte[] place = new byte[count + 16 + 7];
            message.CopyTo(place, 5 + 16);
            _box.Seal(_nonce, place, 5 + 16, count, place, 5);
            Bytes.AssertEqual(box, place);

            byte[] opened = new byte[count + 4];
            Assert.IsTrue(_box.Open(_nonce, box, 5, count + 16, opened, 3));
            Bytes.AssertEqual([0, 0, 0, .. message, 0], opened);
            Assert.IsTrue(_box.Open(_nonce, place, 5, count + 16, place, 5 + 16));
            Bytes.AssertEqual([.. box[..(5 + 16)], .. message, 0, 0], place);
        }
    }

    [TestMethod]
    public void Open_OfAForgedTag_ReturnsFalseAndWritesNothing()
    {
        byte[] box = Seal(Bytes.Random(40));
        for (int bit = 0; bit < 8 * box.Length; bit++)
        {
            byte[] forged = (byte[])box.Clone();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(_box, _nonce, forged);
        }

        AssertOpens(box);
    }

    [TestMethod]
    public void Open_OfAnotherNonceOrKey_ReturnsFalse()
    {
        byte[] key = Bytes.Random(32);
        _box.SetKey(key);
        byte[] box = Seal(Bytes.Random(40));
        for (int bit = 0; bit < 8 * 24; bit++)
        {
            byte[] nonce = (byte[])_nonce.Clone();
            nonce[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(_box, nonce, box);
        }

        for (int bit = 0; bit < 8 * 32; bit++)
        {
            byte[] other = (byte[])key.Clone();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(NewBox(other), _nonce, box);
        }

        AssertOpens(box);
    }

    [TestMethod]
    public void Open_OfABoxCutAnywhere_ReturnsFalse()
    {
        byte[] box = Seal(Bytes.Random(70));
        for (int count = 0; count < box.Length; count++)
        {
            AssertRefused(_box, _nonce, box[..count]);
        }

        AssertRefused(_box, _nonce, [.. box, 0]);
    }

    [TestMethod]
    public void Seal_WithTextsOfNoncesThatChange_IsThatOfANewBox()
    {
        // A box keeps the key of the last nonce's first 16 bytes; it must not keep it too long.
        byte[] key = Bytes.Random(32);
        byte[] message = Bytes.Random(50);
        byte[][] nonces = [Bytes.Random(24), new byte[24], Bytes.Random(24)];
        SecretBox kept = new();
        kept.SetKey(Bytes.Random(32));
        for (int i = 0; i < 20; i++)
        {
            byte[] nonce = nonces[i * i % 3];
            nonce[23]++;
            if (i == 10)
            {
                key = Bytes.Random(32);
            }

            if (i is 0 or 10)
            {
                kept.SetKey(key);
            }

            byte[] actual = new byte[66];
            byte[] expected = new byte[66];
            kept.Seal(nonce, message, 0, 50, actual, 0);
            NewBox(key).Seal(nonce, message, 0, 50, expected, 0);
            Bytes.AssertEqual(expected, actual);
        }
    }

    [TestMethod]
    public void SealAndOpen_OfAMessage_AllocateNothing()
    {
        byte[] buffer = new byte[1016];
        _box.Seal(_nonce, buffer, 16, 1000, buffer, 0);
        Assert.IsTrue(_box.Open(_nonce, buffer, 0, 1016, buffer, 16));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _nonce[i % 24]++;
            _box.Seal(_nonce, buffer, 16, 1000, buffer, 0);
            _box.Open(_nonce, buffer, 0, 1016, buffer, 16);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static SecretBox NewBox(byte[] key)
    {
        SecretBox box = new();
        box.SetKey(key);
        return box;
    }

    private static void AssertRefused(SecretBox box, byte[] nonce, byte[] bytes)
    {
        byte[] target = Bytes.Filled(bytes.Length + 8, 0xEE);
        Assert.IsFalse(box.Open(nonce, bytes, 0, bytes.Length, target, 0));
        Bytes.AssertEqual(Bytes.Filled(bytes.Length + 8, 0xEE), target);
        byte[] place = (byte[])bytes.Clone();
        Assert.IsFalse(box.Open(nonce, place, 0, place.Length, place, 16));
        Bytes.AssertEqual(bytes, place);
    }

    private void AssertOpens(byte[] box) => Assert.IsTrue(_box.Open(_nonce, box, 0, box.Length, new byte[box.Length], 0));

    private byte[] Seal(byte[] message)
    {
        byte[] box = new byte[message.Length + 16];
        _box.Seal(_nonce, message, 0, message.Length, box, 0);
        return box;
    }
}
