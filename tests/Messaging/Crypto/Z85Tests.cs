namespace IoTNet.Tests.Messaging;

/// <summary>Z85 as ZeroMQ's RFC 32 has it.</summary>
[TestClass]
public class Z85Tests
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    [TestMethod]
    [DataRow("", "")]
    [DataRow("864fd26fb559f75b", "HelloWorld")]
    [DataRow("00000000", "00000")]
    [DataRow("ffffffff", "%nSc0")]
    // The test keys of libzmq's tests (RFC 26 has none).
    [DataRow("8e0bdd697628b91d8f245587ee95c5b04d48963f79259877b49cd9063aead3b7", "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6")]
    public void EncodeAndDecode_OfKnownTexts_GiveThem(string hex, string text)
    {
        Assert.AreEqual(text, Z85.Encode(Bytes.Of(hex)));
        Bytes.AssertEqual(hex, Z85.Decode(text));
    }

    [TestMethod]
    public void Decode_OfEncoded_GivesTheBytes()
    {
        for (int count = 0; count < 200; count += 4)
        {
            byte[] data = Bytes.Random(count);
            string text = Z85.Encode(data);
            Assert.AreEqual(count / 4 * 5, text.Length);
            Bytes.AssertEqual(data, Z85.Decode(text));
        }
    }

    [TestMethod]
    public void Encode_OfEachDigit_IsThatOfTheRfc()
    {
        Assert.AreEqual(85, Digits.Length);
        for (int i = 0; i < 85; i++)
        {
            Assert.AreEqual("0000" + Digits[i], Z85.Encode([0, 0, 0, (byte)i]));
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(31)]
    [DataRow(33)]
    public void Encode_OfALengthThatIsNoMultipleOf4_Throws(int count)
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Z85.Encode(new byte[count])).Message;
        Assert.Contains("in fours, not " + count, message);
    }

    [TestMethod]
    [DataRow("0000", "in fives, not 4")]
    [DataRow("000000", "in fives, not 6")]
    [DataRow("0000~", "Character 4 is none")]
    [DataRow("00000 0000", "Character 5 is none")]
    [DataRow("000\0\0", "Character 3 is none")]
    [DataRow("00,00", "Character 2 is none")]
    [DataRow("00\u010100", "Character 2 is none")]
    [DataRow("%nSc1", "from 0 on stand for more than 32 bits")]
    [DataRow("00000#####", "from 5 on stand for more than 32 bits")]
    public void Decode_OfWhatIsNoZ85_ThrowsAndSaysWhere(string text, string reason)
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Z85.Decode(text)).Message;
        Assert.Contains(reason, message);
        Assert.DoesNotContain(text, message, "a secret key must not get into a log");
    }

    [TestMethod]
    public void EncodeAndDecode_OfNull_Throw()
    {
        Assert.ThrowsExactly<ArgumentNullException>(() => Z85.Encode(null));
        Assert.ThrowsExactly<ArgumentNullException>(() => Z85.Decode(null));
    }
}
