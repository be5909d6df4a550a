using System.Text;
using System.Text.Json;

namespace IoTNet.Cli;

/// <summary>A value of a JSON file, and where it stands.</summary>
/// <param name="Kind">StartObject, StartArray, String, Number, True, False or Null.</param>
/// <param name="Path">Such as <c>boards[1].profile</c>; empty for the whole.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Text">A text's or number's characters.</param>
internal sealed record JsonItem(JsonTokenType Kind, string Path, int Line, string Text)
{
    // No topology needs more; deeper and longer files are refused.
    private const int MostBytes = 1024 * 1024, Deepest = 16;

    public List<(string Name, JsonItem Value)> Members { get; } = [];

    public List<JsonItem> Items { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">It is not JSON; with the line, counted from 0.</exception>
    /// <exception cref="IOException">It cannot be read, or is too long.</exception>
    public static JsonItem Read(string path)
    {
        var bytes = new byte[MostBytes + 1];
        using var file = File.OpenRead(path);
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MostBytes)
        {
            throw new IOException($"{path} is longer than {MostBytes:N0} bytes.");
        }

        // RFC 8259 8.1: a byte order mark may be ignored.
        var text = bytes.AsSpan(0, length);
        text = text.StartsWith(Encoding.UTF8.Preamble) ? text[3..] : text;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Deepest });
        reader.Read();
        var whole = new LineCounter(text).Read(ref reader, "");
        reader.Read();
        return whole;
    }

    // The lines of the tokens, which come one after the other.
    private ref struct LineCounter(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private int _counted;
        private int _line = 1;

        public JsonItem Read(ref Utf8JsonReader reader, string path)
        {
            var start = (int)reader.TokenStartIndex;
            _line += _text[_counted..start].Count((byte)'\n');
            _counted = start;
            var item = new JsonItem(reader.TokenType, path, _line, TextOf(reader));
            if (item.Kind == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    item.Members.Add((name, Read(ref reader, path.Length == 0 ? name : $"{path}.{name}")));
                }
            }
            else if (item.Kind == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    item.Items.Add(Read(ref reader, $"{path}[{item.Items.Count}]"));
                }
            }

            return item;
        }

        private static string TextOf(in Utf8JsonReader reader) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString()!,
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            _ => Encoding.UTF8.GetString(reader.ValueSpan),
        };
    }
}
