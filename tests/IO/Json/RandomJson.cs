using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IoTNet.IO.Tests;

/// <summary>Documents that System.Text.Json makes out of a seed.</summary>
internal sealed class RandomJson(int seed)
{
    // Made once: the serializer prepares each set of options anew.
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var text = Value(_random.Next(6));
        return Encoding.UTF8.GetBytes(_random.Next(2) == 0 ? text : JsonNode.Parse(text)?.ToJsonString(s_indented) ?? text);
    }

    private string Value(int depth) => _random.Next(depth == 0 ? 5 : 7) switch
    {
        0 => Text(),
        1 => _random.NextInt64(long.MinValue, long.MaxValue).ToString(),
        2 => Number(),
        3 => _random.Next(-1000, 1000).ToString(),
        4 => _random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" },
        5 => "[" + string.Join(Space() + ",", Enumerable.Range(0, _random.Next(5)).Select(_ => Value(depth - 1))) + Space() + "]",
        _ => "{" + Space() + string.Join(",", Enumerable.Range(0, _random.Next(5)).Select(i => $"\"{i}\"") .Select(n =>
            n.Insert(1, Text()[1..^1]) + Space() + ":" + Space() + Value(depth - 1))) + "}",
    };

    private string Space() => _random.Next(4) == 0 ? " \t\r\n"[_random.Next(4)].ToString() : "";

    private string Number()
    {
        double value;
        do
        {
            value = BitConverter.Int64BitsToDouble(_random.NextInt64());
        }
        while (!double.IsFinite(value));
        return _random.Next(3) switch
        {
            0 => value.ToString("R"),
            1 => _random.NextDouble().ToString("E" + _random.Next(25)),
            _ => (_random.Next(2) == 0 ? "-" : "") + _random.Next(100000) + "." + _random.NextInt64(long.MaxValue),
        };
    }

    private string Text()
    {
        var text = new StringBuilder("\"");
        for (var i = _random.Next(12); i > 0; i--)
        {
            var rune = new Rune(_random.Next(4) switch
            {
                0 => _random.Next(0x20),
                1 => _random.Next(0xE000, 0x110000),
                _ => _random.Next(0x20, 0x250),
            });
            var raw = rune.Value >= 0x20 && rune.Value is not ('"' or '\\') && _random.Next(4) != 0;
            text.Append(raw ? rune.ToString() : string.Concat(rune.ToString().Select(c => Escape(c))));
        }

        return text.Append('"').ToString();
    }

    private string Escape(char c) => "\"\\\b\f\n\r\t".IndexOf(c) is var i and >= 0 && _random.Next(2) == 0
        ? "\\" + "\"\\bfnrt"[i]
        : "\\u" + ((int)c).ToString(_random.Next(2) == 0 ? "x4" : "X4");
}
