namespace IoTNet.Tests.Messaging;

/// <summary>X25519 as RFC 7748 has it.</summary>
[TestClass]
public class Curve25519Tests
{
    /// <summary>RFC 7748 6.1 (and "Cryptography in NaCl" 4 and 5).</summary>
    internal const string AliceSecret = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
    internal const string AlicePublic = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
    internal const string BobSecret = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
    internal const string BobPublic = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
    private const string Shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

    [TestMethod]
    [DataRow(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [DataRow(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    public void Multiply_OfRfc7748Section5_2_GivesItsResults(string scalar, string point, string expected)
    {
        byte[] result = new byte[32];
        Assert.IsTrue(new Curve25519().Multiply(result, Bytes.Of(scalar), Bytes.Of(point)));
        Bytes.AssertEqual(expected, result);
    }

    [TestMethod]
    public void Multiply_OfItsOwnResult_AThousandTimes_GivesWhatRfc7748Has()
    {
        Curve25519 curve = new();
        byte[] k = new byte[32];
        byte[] u = new byte[32];
        k[0] = u[0] = 9;
        for (int i = 1; i <= 1000; i++)
        {
            // The result takes the place of the point, as it may.
            byte[] last = (byte[])k.Clone();
            curve.Multiply(u, k, u);
            k = u;
            u = last;
            if (i == 1)
            {
                Bytes.AssertEqual("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079", k);
            }
        }

        Bytes.AssertEqual("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", k);
    }

    [TestMethod]
    public void PublicKey_OfRfc7748Section6_1_LeadsBothSidesToOneSecret()
    {
        Curve25519 curve = new();
        byte[] result = new byte[32];
        curve.PublicKey(result, Bytes.Of(AliceSecret));
        Bytes.AssertEqual(AlicePublic, result);
        curve.PublicKey(result, Bytes.Of(BobSecret));
        Bytes.AssertEqual(BobPublic, result);
        Assert.IsTrue(curve.Multiply(result, Bytes.Of(AliceSecret), Bytes.Of(BobPublic)));
        Bytes.AssertEqual(Shared, result);
        Assert.IsTrue(curve.Multiply(result, Bytes.Of(BobSecret), Bytes.Of(AlicePublic)));
        Bytes.AssertEqual(Shared, result);
    }

    // RFC 7748 6.1 and 7: the points of low order, and their other forms modulo p.
    [TestMethod]
    [DataRow("0000000000000000000000000000000000000000000000000000000000000000")]
    [DataRow("0100000000000000000000000000000000000000000000000000000000000000")]
    [DataRow("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [DataRow("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [DataRow("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [DataRow("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [DataRow("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void Multiply_OfAPointOfLowOrder_GivesZeroAndFalse(string point)
    {
        Curve25519 curve = new();
        foreach (byte bit in new byte[] { 0, 128 })
        {
            byte[] bytes = Bytes.Of(point);
            bytes[31] |= bit;
            byte[] result = Bytes.Filled(32, 7);
            Assert.IsFalse(curve.Multiply(result, Bytes.Random(32), bytes));
            Bytes.AssertEqual(new byte[32], result);
            Assert.IsFalse(SecretBox.ShareKey(result, curve, Bytes.Random(32), bytes));
        }
    }

    [TestMethod]
    public void ShareKey_OfAPublicKeyWithBit255_ReturnsFalse()
    {
        byte[] point = Bytes.Of(BobPublic);
        point[31] |= 128;
        Assert.IsFalse(SecretBox.ShareKey(new byte[32], new Curve25519(), Bytes.Of(AliceSecret), point));
    }

    [TestMethod]
    public void Multiply_OfAScalar_LeavesItAsItWas()
    {
        byte[] scalar = Bytes.Filled(32, 255);
        new Curve25519().Multiply(new byte[32], scalar, Bytes.Of(BobPublic));
        Bytes.AssertEqual(Bytes.Filled(32, 255), scalar);
    }
}
