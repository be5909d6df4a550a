using System.Text;

namespace IoTNet.IO.Tests;

/// <summary>Documents with a few bytes changed. The most of the time goes into exceptions, as most of the documents are broken.</summary>
[TestClass]
public class JsonFuzzTests
{
    private const int Mutations = 1_000_000;
    private const int PerOriginal = 200;

    // Asking the peer, and making the tree, costs ten times as much as the reader.
    private const int PerComparison = 25;

    [TestMethod]
    public void Parse_OfAMillionMutatedDocuments_AcceptsWhatSystemTextJsonAccepts_AByteOrMoreAToken()
    {
        var seed = JsonPeerTests.Seed();
        var documents = new RandomJson(seed);
        var random = new Random(seed);
        var bytes = new byte[64];
        var accepted = 0;
        for (var i = 0; i < Mutations;)
        {
            var original = documents.Next();
            if (bytes.Length < original.Length + 8)
            {
                bytes = new byte[2 * original.Length];
            }

            for (var j = 0; j < PerOriginal; j++, i++)
            {
                var length = Mutate(original, bytes, random);
                var valid = Read(bytes, length, seed);
                accepted += valid ? 1 : 0;
                if (j % PerComparison == 0 && (JsonPeerTests.PeerAccepts(bytes, length) != valid || JsonPeerTests.TryParse(bytes, length) != valid))
                {
                    Assert.Fail($"seed {seed}, reader {(valid ? "accepts" : "refuses")} what the peer or the tree does not: {Show(bytes, length)}");
                }
            }
        }

        Assert.IsTrue(accepted is > Mutations / 50 and < Mutations, $"seed {seed}: {accepted} accepted");
    }

    // Reads to the end. What bounds the time: no token without a byte, so no more tokens than bytes.
    private static bool Read(byte[] bytes, int length, int seed)
    {
        var reader = new JsonReader(bytes, 0, length);
        try
        {
            for (var position = 0; reader.Next() != JsonTokenType.End; position = reader.Position)
            {
                if (reader.Position <= position || reader.Position > length)
                {
                    Assert.Fail($"seed {seed}, at {reader.Position} after {position}: {Show(bytes, length)}");
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (Exception e) when (e is not AssertFailedException)
        {
            throw new AssertFailedException($"seed {seed}: {Show(bytes, length)}", e);
        }
    }

    // Gives the length.
    private static int Mutate(byte[] original, byte[] bytes, Random random)
    {
        original.CopyTo(bytes, 0);
        var length = original.Length;
        for (var changes = random.Next(1, 4); changes > 0 && length > 0; changes--)
        {
            var at = random.Next(length);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: Array.Copy(bytes, at + 1, bytes, at, --length - at); break;
                case 2:
                    Array.Copy(bytes, at, bytes, at + 1, length++ - at);
                    bytes[at] = Piece(random);
                    break;
                case 3: bytes[at] = (byte)random.Next(256); break;
                case 4: bytes[at] = Piece(random); break;
                default: length = random.Next(8) == 0 ? at : length; break;
            }
        }

        return length;
    }

    private static byte Piece(Random random) => "{}[]\",:\\u0dD8-+.eE tfn"u8[random.Next(22)];

    private static string Show(byte[] bytes, int length) => $"{Encoding.UTF8.GetString(bytes, 0, length)} = {Convert.ToHexString(bytes, 0, length)}";
}
