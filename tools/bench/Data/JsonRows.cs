using System.Collections;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IoTNet.Bench;

/// <summary>JSON against System.Text.Json: the same document, and each value of it looked at.</summary>
internal static class JsonRows
{
    public static IEnumerable<DataRow> All()
    {
        var small = new { device = "esp32-0001", at = 1_700_000_000_000L, celsius = 21.5, humidity = 48, battery = 3.71, valid = true };
        return Rows("small", Encode(small)).Concat(Rows("4 KiB", MakeLarge()));
    }

    private static IEnumerable<DataRow> Rows(string name, byte[] document)
    {
        name += $", {document.Length} B";
        yield return new DataRow($"JSON tokens, {name}: Utf8JsonReader", 0.5, () => ReadPeer(document), () => Read(document));
        yield return new DataRow($"JSON to a tree, {name}: JsonNode", 1,
            () => Sum(JsonNode.Parse(document)), () => Sum(Json.Parse(document, 0, document.Length)));
        yield return new DataRow($"JSON to a tree, {name}: JsonDocument", document.Length < 1000 ? 1 : 0,
            () =>
            {
                using var parsed = JsonDocument.Parse(document);
                return Sum(parsed.RootElement);
            },
            () => Sum(Json.Parse(document, 0, document.Length)));

        // A Hashtable has an order of its own, so that only the lengths of what both write are the same.
        var tree = Json.Parse(document, 0, document.Length);
        var node = ToNode(tree)!;
        var writer = new JsonWriter(2 * document.Length);
        using var peer = new PeerWriter(2 * document.Length);
        yield return new DataRow($"JSON from a tree, {name}: JsonNode", 1,
            () =>
            {
                node.WriteTo(peer.Begin());
                return peer.End();
            },
            () =>
            {
                writer.Reset();
                Json.WriteValue(writer, tree);
                return writer.Length;
            });
        yield return new DataRow($"JSON tokens written, {name}: Utf8JsonWriter", 0.5,
            () =>
            {
                WriteValue(peer.Begin(), tree);
                return peer.End();
            },
            () =>
            {
                writer.Reset();
                Json.WriteValue(writer, tree);
                return writer.Length;
            });
    }

    private static int Read(byte[] document)
    {
        var reader = new JsonReader(document, 0, document.Length);
        var sum = 0;
        while (true)
        {
            switch (reader.Next())
            {
                case JsonTokenType.End:
                    return sum;
                case JsonTokenType.String:
                case JsonTokenType.PropertyName:
                    sum += reader.GetString().Length;
                    break;
                case JsonTokenType.Integer:
                    sum += (int)reader.GetInt64();
                    break;
                case JsonTokenType.Double:
                    sum += (int)reader.GetDouble();
                    break;
            }
        }
    }

    private static int ReadPeer(byte[] document)
    {
        var reader = new Utf8JsonReader(document);
        var sum = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case System.Text.Json.JsonTokenType.String:
                case System.Text.Json.JsonTokenType.PropertyName:
                    sum += reader.GetString()!.Length;
                    break;
                case System.Text.Json.JsonTokenType.Number:
                    sum += reader.TryGetInt64(out var integer) ? (int)integer : (int)reader.GetDouble();
                    break;
            }
        }

        return sum;
    }

    private static int Sum(object? tree)
    {
        var sum = 0;
        switch (tree)
        {
            case Hashtable members:
                // foreach would make an object of each entry.
                for (var member = members.GetEnumerator(); member.MoveNext();)
                {
                    sum += ((string)member.Key).Length + Sum(member.Value);
                }

                return sum;
            case ArrayList elements:
                foreach (var element in elements)
                {
                    sum += Sum(element);
                }

                return sum;
            default:
                return tree is string text ? text.Length : tree is long integer ? (int)integer : tree is double number ? (int)number : 0;
        }
    }

    private static int Sum(JsonNode? tree)
    {
        var sum = 0;
        switch (tree)
        {
            case JsonObject members:
                foreach (var member in members)
                {
                    sum += member.Key.Length + Sum(member.Value);
                }

                return sum;
            case JsonArray elements:
                foreach (var element in elements)
                {
                    sum += Sum(element);
                }

                return sum;
            case JsonValue value:
                return value.TryGetValue<string>(out var text) ? text.Length : value.TryGetValue<long>(out var integer) ? (int)integer
                    : value.TryGetValue<double>(out var number) ? (int)number : 0;
            default:
                return 0;
        }
    }

    private static int Sum(JsonElement tree)
    {
        var sum = 0;
        switch (tree.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in tree.EnumerateObject())
                {
                    sum += member.Name.Length + Sum(member.Value);
                }

                return sum;
            case JsonValueKind.Array:
                foreach (var element in tree.EnumerateArray())
                {
                    sum += Sum(element);
                }

                return sum;
            case JsonValueKind.String:
                return tree.GetString()!.Length;
            case JsonValueKind.Number:
                return tree.TryGetInt64(out var integer) ? (int)integer : (int)tree.GetDouble();
            default:
                return 0;
        }
    }

    // With values of its own: a parsed node would copy the text that it came from.
    private static JsonNode? ToNode(object? tree) => tree switch
    {
        Hashtable members => new JsonObject(members.Cast<DictionaryEntry>().Select(m => KeyValuePair.Create((string)m.Key, ToNode(m.Value)))),
        ArrayList elements => new JsonArray([.. elements.Cast<object?>().Select(ToNode)]),
        string text => JsonValue.Create(text),
        long integer => JsonValue.Create(integer),
        double number => JsonValue.Create(number),
        bool truth => JsonValue.Create(truth),
        _ => null,
    };

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case Hashtable members:
                writer.WriteStartObject();
                for (var member = members.GetEnumerator(); member.MoveNext();)
                {
                    writer.WritePropertyName((string)member.Key);
                    WriteValue(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case ArrayList elements:
                writer.WriteStartArray();
                foreach (var element in elements)
                {
                    WriteValue(writer, element);
                }

                writer.WriteEndArray();
                break;
            case string text: writer.WriteStringValue(text); break;
            case long integer: writer.WriteNumberValue(integer); break;
            case double number: writer.WriteNumberValue(number); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            default: writer.WriteNullValue(); break;
        }
    }

    // What telemetry looks like: names, short texts, integers and fractions.
    private static byte[] MakeLarge() => Encode(new
    {
        device = "esp32-0001",
        readings = Enumerable.Range(0, 38).Select(i => new
        {
            sensor = $"room-{i}/temperature",
            at = 1_700_000_000_000L + (i * 1000),
            celsius = 18.25 + (i * 0.173),
            valid = i % 7 != 0,
            note = i % 5 == 0 ? "caf\u00e9 \"north\"\n" : null,
        }),
    });

    private static byte[] Encode<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, PeerWriter.Serializer);

    /// <summary>A writer and its buffer, both used again. Escapes only what must be, as ours.</summary>
    private sealed class PeerWriter(int capacity) : IDisposable
    {
        public static readonly JsonSerializerOptions Serializer = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        private readonly MemoryStream _stream = new(capacity);
        private Utf8JsonWriter? _writer;

        public Utf8JsonWriter Begin()
        {
            _stream.Position = 0;
            _writer ??= new Utf8JsonWriter(_stream, new JsonWriterOptions { Encoder = Serializer.Encoder });
            _writer.Reset();
            return _writer;
        }

        public int End()
        {
            _writer!.Flush();
            return (int)_stream.Position;
        }

        public void Dispose() => _writer?.Dispose();
    }
}
