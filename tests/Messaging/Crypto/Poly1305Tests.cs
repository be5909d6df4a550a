using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>Poly1305 as RFC 8439 has it.</summary>
[TestClass]
public class Poly1305Tests
{
    private const string IetfText =
        "Any submission to the IETF intended by the Contributor for publication as all or part of an IETF Internet-Draft or RFC and " +
        "any statement made within the context of an IETF activity is considered an \"IETF Contribution\". Such statements include " +
        "oral statements in IETF sessions, as well as written and electronic communications made at any time or place, which are " +
        "addressed to";

    private const string Jabberwocky =
        "'Twas brillig, and the slithy toves\nDid gyre and gimble in the wabe:\nAll mimsy were the borogoves,\nAnd the mome raths outgrabe.";

    private const string Zeros = "00000000000000000000000000000000";
    private const string Ones = "ffffffffffffffffffffffffffffffff";
    private const string One = "01000000000000000000000000000000";
    private const string Two = "02000000000000000000000000000000";

    [TestMethod]
    // 2.5.2
    [DataRow("85d6be7857556d337f4452fe42d506a8 0103808afb0db2fd4abff6af4149f51b", "Cryptographic Forum Research Group",
        "a8061dc1305136c6c22b8baf0c0127a9")]
    // A.3, 2 to 4
    [DataRow(Zeros + "36e5f6b5c5e06070f0efca96227a863e", IetfText, "36e5f6b5c5e06070f0efca96227a863e")]
    [DataRow("36e5f6b5c5e06070f0efca96227a863e" + Zeros, IetfText, "f3477e7cd95417af89a6b8794c310cf0")]
    [DataRow("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0", Jabberwocky, "4541669a7eaaee61e708dc7cbcc5eb62")]
    public void Compute_OfTheTextsOfRfc8439_GivesTheirTags(string key, string text, string tag)
    {
        Bytes.AssertEqual(tag, Tag(key, Encoding.ASCII.GetBytes(text)));
    }

    // A.3, 1 and 5 to 11: what goes wrong with a carry that is lost or a reduction that is left out.
    [TestMethod]
    [DataRow(Zeros + Zeros, Zeros + Zeros + Zeros + Zeros, Zeros)]
    [DataRow(Two + Zeros, Ones, "03000000000000000000000000000000")]
    [DataRow(Two + Ones, Two, "03000000000000000000000000000000")]
    [DataRow(One + Zeros, Ones + "f0ffffffffffffffffffffffffffffff 11000000000000000000000000000000", "05000000000000000000000000000000")]
    [DataRow(One + Zeros, Ones + "fbfefefefefefefefefefefefefefefe 01010101010101010101010101010101", Zeros)]
    [DataRow(Two + Zeros, "fdffffffffffffffffffffffffffffff", "faffffffffffffffffffffffffffffff")]
    [DataRow("01000000000000000400000000000000" + Zeros,
        "e33594d7505e43b90000000000000000 3394d7505e4379cd0100000000000000" + Zeros + One, "14000000000000005500000000000000")]
    [DataRow("01000000000000000400000000000000" + Zeros,
        "e33594d7505e43b90000000000000000 3394d7505e4379cd0100000000000000" + Zeros, "13000000000000000000000000000000")]
    public void Compute_OfTheEdgesOfRfc8439_GivesTheirTags(string key, string message, string tag)
    {
        Bytes.AssertEqual(tag, Tag(key, Bytes.Of(message)));
    }

    [TestMethod]
    public void Compute_WithinArrays_ReadsAndWritesNoMoreThanItIsTold()
    {
        byte[] message = Bytes.Random(100);
        for (int count = 0; count <= 64; count++)
        {
            byte[] alone = Tag(Zeros + Ones, message[7..(7 + count)]);
            byte[] tag = new byte[32];
            Poly1305 poly = new();
            poly.SetKey(Words(Bytes.Of(Zeros + Ones)));
            poly.Compute(message, 7, count, tag, 5);
            Bytes.AssertEqual(alone, tag[5..21]);
            Bytes.AssertEqual(new byte[16], [.. tag[..5], .. tag[21..]]);
        }
    }

    internal static uint[] Words(byte[] key)
    {
        uint[] words = new uint[key.Length / 4];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = LittleEndian.Load(key, 4 * i);
        }

        return words;
    }

    private static byte[] Tag(string key, byte[] message)
    {
        Poly1305 poly = new();
        poly.SetKey(Words(Bytes.Of(key)));
        byte[] tag = new byte[16];
        poly.Compute(message, 0, message.Length, tag, 0);
        return tag;
    }
}
