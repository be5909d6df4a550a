using System.Collections;
using System.Text;
using System.Text.Json;
using JsonElement = System.Text.Json.JsonElement;

namespace IoTNet.IO.Tests;

/// <summary>The same documents, read and written by System.Text.Json. It is told to be as strict as the reader: it looks at
/// every string (it finds bad UTF-8 and lone surrogates only then) and takes no infinite number.</summary>
[TestClass]
public class JsonPeerTests
{
    private const int Documents = 100_000;
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = JsonReader.DefaultMaxDepth };

    [TestMethod]
    public void Parse_OfRandomDocuments_GivesWhatSystemTextJsonGives()
    {
        var documents = new RandomJson(Seed());
        for (var i = 0; i < Documents; i++)
        {
            var bytes = documents.Next();
            using var expected = JsonDocument.Parse(bytes, s_options);
            var tree = Json.Parse(bytes, 0, bytes.Length);
            AssertSame(expected.RootElement, tree, bytes);

            // And back: what the writer makes of it is the same document for both readers.
            var written = Json.WriteBytes(tree);
            using var again = JsonDocument.Parse(written, s_options);
            AssertSame(again.RootElement, tree, written);
            AssertEqual(tree, Json.Parse(written, 0, written.Length), written);
        }
    }

    [TestMethod]
    public void Parse_OfEveryBeginning_AcceptsWhatSystemTextJsonAccepts()
    {
        var documents = new RandomJson(Seed());
        for (var i = 0; i < 200; i++)
        {
            var bytes = documents.Next();
            for (var length = 0; length <= bytes.Length; length++)
            {
                Assert.AreEqual(PeerAccepts(bytes, length), TryParse(bytes, length), Show(bytes[..length]));
            }
        }
    }

    [TestMethod]
    public void Write_OfRandomDoubles_IsReadAsTheSameDouble()
    {
        var random = new Random(Seed());
        for (var i = 0; i < Documents; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            value = i % 3 == 0 ? random.Next() / 8.0 : i % 3 == 1 ? -random.NextDouble() : value;
            if (double.IsFinite(value))
            {
                var read = (double)Json.Parse(Json.Write(value));
                Assert.AreEqual(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(read), Json.Write(value));
            }
        }
    }

    internal static int Seed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("IOTNET_SEED"), out var given) ? given : Random.Shared.Next();
        Console.WriteLine($"IOTNET_SEED={seed}");
        return seed;
    }

    internal static bool TryParse(byte[] bytes, int length)
    {
        try
        {
            Json.Parse(bytes, 0, length);
            return true;
        }
        catch (JsonException)
        {
            // Any other exception fails the test.
            return false;
        }
    }

    internal static bool PeerAccepts(byte[] bytes, int length)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length), s_options);
            return AllIsWell(document.RootElement);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool AllIsWell(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString() is not null,
        JsonValueKind.Number => element.TryGetInt64(out _) || double.IsFinite(element.GetDouble()),
        JsonValueKind.Array => element.EnumerateArray().All(AllIsWell),
        JsonValueKind.Object => element.EnumerateObject().All(p => p.Name is not null && AllIsWell(p.Value)),
        _ => true,
    };

    private static void AssertSame(JsonElement expected, object? actual, byte[] document)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var members = (Hashtable)actual!;
                var names = new HashSet<string>();
                foreach (var member in expected.EnumerateObject().Reverse())
                {
                    if (names.Add(member.Name))
                    {
                        Assert.IsTrue(members.ContainsKey(member.Name), Show(document));
                        AssertSame(member.Value, members[member.Name], document);
                    }
                }

                Assert.HasCount(names.Count, members, Show(document));
                break;
            case JsonValueKind.Array:
                var elements = (ArrayList)actual!;
                Assert.HasCount(expected.GetArrayLength(), elements, Show(document));
                for (var i = 0; i < elements.Count; i++)
                {
                    AssertSame(expected[i], elements[i], document);
                }

                break;
            case JsonValueKind.Number when actual is long integer:
                Assert.AreEqual(expected.GetInt64(), integer, Show(document));
                break;
            case JsonValueKind.Number:
                Assert.AreEqual(BitConverter.DoubleToInt64Bits(expected.GetDouble()),
                    BitConverter.DoubleToInt64Bits((double)actual!), Show(document));
                break;
            case JsonValueKind.String:
                Assert.AreEqual(expected.GetString(), (string?)actual, Show(document));
                break;
            default:
                Assert.AreEqual<object?>(expected.ValueKind switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => null,
                }, actual, Show(document));
                break;
        }
    }

    private static void AssertEqual(object? expected, object? actual, byte[] document)
    {
        if (expected is Hashtable members)
        {
            Assert.HasCount(members.Count, (Hashtable)actual!, Show(document));
            foreach (DictionaryEntry member in members)
            {
                AssertEqual(member.Value, ((Hashtable)actual!)[member.Key], document);
            }
        }
        else if (expected is ArrayList elements)
        {
            Assert.HasCount(elements.Count, (ArrayList)actual!, Show(document));
            for (var i = 0; i < elements.Count; i++)
            {
                AssertEqual(elements[i], ((ArrayList)actual!)[i], document);
            }
        }
        else
        {
            Assert.AreEqual(expected, actual, Show(document));
        }
    }

    private static string Show(byte[] document) => $"{Encoding.UTF8.GetString(document)} = {Convert.ToHexString(document)}";
}
