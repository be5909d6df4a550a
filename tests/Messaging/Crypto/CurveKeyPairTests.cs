namespace IoTNet.Tests.Messaging;

/// <summary>Key pairs: made, read and written.</summary>
[TestClass]
public class CurveKeyPairTests
{
    // Of libzmq's tests.
    private const string Public = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";
    private const string Secret = "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs";

    [TestMethod]
    public void FromSecretKey_OfLibzmqsTestKey_MakesItsPublicKey()
    {
        CurveKeyPair keys = CurveKeyPair.FromSecretKey(Secret);
        Assert.AreEqual(Public, keys.PublicKeyText);
        Assert.AreEqual(Secret, keys.SecretKeyText);
        Bytes.AssertEqual(keys.PublicKey, CurveKeyPair.FromSecretKey(keys.SecretKey).PublicKey);
        Assert.AreEqual(Secret, new CurveKeyPair(Public, Secret).SecretKeyText);
    }

    [TestMethod]
    public void Generate_Twice_MakesTwoPairs()
    {
        CurveKeyPair one = CurveKeyPair.Generate();
        CurveKeyPair other = CurveKeyPair.Generate();
        Assert.AreNotEqual(one.SecretKeyText, other.SecretKeyText);
        Assert.AreEqual(one.PublicKeyText, CurveKeyPair.FromSecretKey(one.SecretKey).PublicKeyText);
    }

    [TestMethod]
    public void Keys_ThatAreChangedOutside_StayAsTheyWere()
    {
        byte[] secret = Z85.Decode(Secret);
        CurveKeyPair keys = CurveKeyPair.FromSecretKey(secret);
        secret[0]++;
        keys.SecretKey[1]++;
        keys.PublicKey[1]++;
        Assert.AreEqual(Secret, keys.SecretKeyText);
        Assert.AreEqual(Public, keys.PublicKeyText);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(31)]
    [DataRow(33)]
    public void AKey_OfAnotherLength_IsRefused(int count)
    {
        byte[] bad = new byte[count];
        byte[] good = new byte[32];
        Action[] tries =
        [
            () => CurveKeyPair.FromSecretKey(bad), () => _ = new CurveKeyPair(bad, good), () => _ = new CurveKeyPair(good, bad),
            () => _ = new CurveClientSecurity(bad, CurveKeyPair.Generate()),
        ];
        foreach (Action action in tries)
        {
            Assert.Contains("32 bytes, not " + count, Assert.ThrowsExactly<ArgumentException>(action).Message);
        }

        Assert.ThrowsExactly<ArgumentNullException>(() => CurveKeyPair.FromSecretKey((byte[])null!));
        Assert.ThrowsExactly<ArgumentNullException>(() => CurveKeyPair.FromSecretKey((string)null!));
        Assert.ThrowsExactly<ArgumentException>(() => CurveKeyPair.FromSecretKey(Secret[..35]));
    }
}
