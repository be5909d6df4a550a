using System.Text;

namespace IoTNet.IO.Tests;

/// <summary>One promise of the reader after the other; what System.Text.Json thinks of the rest: JsonPeerTests.</summary>
[TestClass]
public class JsonReaderTests
{
    [TestMethod]
    public void Next_ThroughADocument_GivesEachTokenInOrder()
    {
        var reader = Read(""" {"a" : [1, -2.5e1, "x", true, false, null, {}, []] } """);
        JsonTokenType[] expected =
        [
            JsonTokenType.StartObject, JsonTokenType.PropertyName, JsonTokenType.StartArray, JsonTokenType.Integer,
            JsonTokenType.Double, JsonTokenType.String, JsonTokenType.True, JsonTokenType.False, JsonTokenType.Null,
            JsonTokenType.StartObject, JsonTokenType.EndObject, JsonTokenType.StartArray, JsonTokenType.EndArray,
            JsonTokenType.EndArray, JsonTokenType.EndObject, JsonTokenType.End, JsonTokenType.End,
        ];

        CollectionAssert.AreEqual(expected, expected.Select(_ => reader.Next()).ToArray());
    }

    [TestMethod]
    [DataRow("9223372036854775807", 9223372036854775807L)]
    [DataRow("-9223372036854775808", -9223372036854775808L)]
    [DataRow("-0", 0L)]
    [DataRow("0", 0L)]
    public void GetInt64_OfAnIntegerInRange_IsExact(string json, long expected)
    {
        var reader = Read(json);
        Assert.AreEqual(JsonTokenType.Integer, reader.Next());
        Assert.AreEqual(expected, reader.GetInt64());
    }

    [TestMethod]
    [DataRow("9223372036854775808", 9223372036854775808.0)]
    [DataRow("-9223372036854775809", -9223372036854775808.0)]
    [DataRow("-0.0", -0.0)]
    [DataRow("1e22", 1e22)]
    [DataRow("1E-400", 0.0)]
    [DataRow("0e999999999999", 0.0)]
    [DataRow("5e-324", 5e-324)]
    [DataRow("1.7976931348623157e308", double.MaxValue)]
    [DataRow("0.1", 0.1)]
    [DataRow("9007199254740993.0", 9007199254740992.0)]
    public void GetDouble_OfANumber_IsTheNearest(string json, double expected)
    {
        var reader = Read(json);
        Assert.AreEqual(JsonTokenType.Double, reader.Next());
        Assert.AreEqual(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(reader.GetDouble()));
    }

    [TestMethod]
    [DataRow("""
        "a\"\\\/\b\f\n\r\tb"
        """, "a\"\\/\b\f\n\r\tb")]
    [DataRow("""
        "\u0041\u00e9\u20AC\uD83D\ude00\u0000z"
        """, "A\u00e9\u20ac\U0001F600\0z")]
    [DataRow("\"\u00e9\u20ac\U0001F600\"", "\u00e9\u20ac\U0001F600")]
    [DataRow("\"\"", "")]
    public void GetString_WithEscapes_GivesTheText(string json, string expected)
    {
        var reader = Read(json.Trim());
        reader.Next();
        Assert.AreEqual(expected, reader.GetString());
    }

    [TestMethod]
    public void ReadString_WithSomethingAtAnyPlace_FindsIt()
    {
        for (var length = 1; length <= 80; length++)
        {
            for (var place = 0; place < length; place++)
            {
                var before = new string('~', place);
                var after = new string(' ', length - place - 1);
                foreach (var (text, value) in new[] { ("\\n", "\n"), ("\u00e9", "\u00e9"), ("\u20ac", "\u20ac"), ("\x7f", "\x7f"), ("!", "!") })
                {
                    var reader = Read("\"" + before + text + after + "\"");
                    reader.Next();
                    Assert.AreEqual(before + value + after, reader.GetString());
                }

                foreach (var bad in new byte[] { 0, 0x1F, 0x80, 0xFF })
                {
                    byte[] json = [(byte)'"', .. Encoding.ASCII.GetBytes(before), bad, .. Encoding.ASCII.GetBytes(after), (byte)'"'];
                    var reader = new JsonReader(json, 0, json.Length);
                    Assert.AreEqual(1 + place, Assert.ThrowsExactly<JsonException>(() => reader.Next()).Position);
                }

                var ended = Read("\"" + before + "\"" + after);
                ended.Next();
                Assert.AreEqual(before, ended.GetString());
            }
        }
    }

    [TestMethod]
    [DataRow("", 0)]
    [DataRow("  ", 2)]
    [DataRow("01", 1)]
    [DataRow("-", 1)]
    [DataRow("1.", 2)]
    [DataRow(".5", 0)]
    [DataRow("1e", 2)]
    [DataRow("1e+", 3)]
    [DataRow("+1", 0)]
    [DataRow("1e999", 5)]
    [DataRow("NaN", 0)]
    [DataRow("nul", 3)]
    [DataRow("truE", 3)]
    [DataRow("[1,]", 3)]
    [DataRow("[1 2]", 3)]
    [DataRow("[1}", 2)]
    [DataRow("{\"a\"}", 4)]
    [DataRow("{\"a\":}", 5)]
    [DataRow("{\"a\":1,}", 7)]
    [DataRow("{a:1}", 1)]
    [DataRow("{1:1}", 1)]
    [DataRow("1 1", 2)]
    [DataRow("\"\\x\"", 2)]
    [DataRow("\"\\u12g4\"", 5)]
    [DataRow("\"\\ud800\"", 7)]
    [DataRow("\"\\ud800\\u0041\"", 13)]
    [DataRow("\"\\udc00\"", 7)]
    [DataRow("\"a\tb\"", 2)]
    [DataRow("\"abc", 4)]
    [DataRow("\"abc\\", 5)]
    [DataRow("\uFEFF1", 0)]
    public void Next_OnWhatIsNotJson_ThrowsWithThePlace_EachTime(string json, int position)
    {
        var reader = Read(json);
        var first = Assert.ThrowsExactly<JsonException>(() => ReadToEnd(reader));
        Assert.AreEqual(position, first.Position, first.Message);
        Assert.ThrowsExactly<JsonException>(() => reader.Next());
    }

    [TestMethod]
    [DataRow(new byte[] { 0x80 })]
    [DataRow(new byte[] { 0xC0, 0xAF })]
    [DataRow(new byte[] { 0xC3 })]
    [DataRow(new byte[] { 0xE0, 0x9F, 0xBF })]
    [DataRow(new byte[] { 0xED, 0xA0, 0x80 })]
    [DataRow(new byte[] { 0xF0, 0x8F, 0xBF, 0xBF })]
    [DataRow(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [DataRow(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [DataRow(new byte[] { 0xE2, 0x82, 0x22 })]
    public void Next_OnAStringThatIsNotUtf8_Throws(byte[] text)
    {
        byte[] json = [(byte)'"', .. text, (byte)'"'];
        Assert.ThrowsExactly<JsonException>(() => new JsonReader(json, 0, json.Length).Next());
    }

    [TestMethod]
    public void Next_BeyondTheDepth_ThrowsWithoutReadingOn()
    {
        var bomb = Encoding.ASCII.GetBytes(new string('[', 1_000_000));
        foreach (var depth in new[] { 0, 1, 32, 64 })
        {
            var reader = new JsonReader(bomb, 0, bomb.Length, depth);
            var e = Assert.ThrowsExactly<JsonException>(() => ReadToEnd(reader));
            Assert.AreEqual(depth, e.Position);
        }
    }

    [TestMethod]
    public void Next_AtTheGreatestDepth_KnowsObjectsFromArrays()
    {
        var json = string.Concat(Enumerable.Repeat("{\"a\":[", 32)) + string.Concat(Enumerable.Repeat("]}", 32));
        var bytes = Encoding.ASCII.GetBytes(json);
        ReadToEnd(new JsonReader(bytes, 0, bytes.Length, 64));
        Assert.ThrowsExactly<JsonException>(() => ReadToEnd(new JsonReader(bytes, 0, bytes.Length, 63)));
    }

    [TestMethod]
    public void Skip_OverAValue_StopsBeforeTheNext()
    {
        var reader = Read("""{"a":{"b":[1,{"c":2}]},"d":[[]],"e":3}""");
        reader.Next();
        reader.Next();
        reader.Skip();
        Assert.AreEqual(JsonTokenType.PropertyName, reader.Next());
        Assert.AreEqual("d", reader.GetString());
        reader.Next();
        reader.Skip();
        reader.Next();
        Assert.AreEqual("e", reader.GetString());
        reader.Skip();
        Assert.AreEqual(3L, reader.GetInt64());
    }

    [TestMethod]
    public void Get_OfAnotherKind_Throws()
    {
        var reader = Read("[1]");
        reader.Next();
        reader.Next();
        Assert.ThrowsExactly<InvalidOperationException>(() => reader.GetString());
        Assert.ThrowsExactly<InvalidOperationException>(() => reader.GetBoolean());
        reader.Next();
        Assert.ThrowsExactly<InvalidOperationException>(() => reader.GetInt64());
        Assert.ThrowsExactly<InvalidOperationException>(() => reader.GetDouble());
    }

    [TestMethod]
    public void Reader_OfAPart_ReadsNothingElse()
    {
        var bytes = Encoding.ASCII.GetBytes("x12345x");
        var reader = new JsonReader(bytes, 1, 3);
        reader.Next();
        Assert.AreEqual(123L, reader.GetInt64());
        Assert.AreEqual(JsonTokenType.End, reader.Next());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new JsonReader(bytes, 5, 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new JsonReader(bytes, 0, 3, 65));
        Assert.ThrowsExactly<ArgumentNullException>(() => new JsonReader(null, 0, 0));
    }

    private static JsonReader Read(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return new JsonReader(bytes, 0, bytes.Length);
    }

    private static void ReadToEnd(JsonReader reader)
    {
        while (reader.Next() != JsonTokenType.End)
        {
        }
    }

    [TestMethod]
    public void Reset_AfterAnything_ReadsAnotherDocument()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("[{\"a\":[1,  tru 7{\"b\":2}");
        JsonReader reader = new(bytes, 0, 13, 3);
        Assert.ThrowsExactly<JsonException>(() =>
        {
            while (reader.Next() != JsonTokenType.End)
            {
            }
        });
        reader.Reset(bytes, 15, 1);
        Assert.AreEqual(JsonTokenType.None, reader.TokenType);
        Assert.AreEqual(JsonTokenType.Integer, reader.Next());
        Assert.AreEqual(JsonTokenType.End, reader.Next());
        reader.Reset(bytes, 16, 7);
        Assert.AreEqual(JsonTokenType.StartObject, reader.Next());
        Assert.AreEqual(1, reader.Depth);
        Assert.AreEqual(1, reader.Position);
        reader.Reset(bytes, 16, 7);
        Assert.AreEqual(0, reader.Depth);
        Assert.AreEqual(JsonTokenType.StartObject, reader.Next());
        Assert.AreEqual(JsonTokenType.PropertyName, reader.Next());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => reader.Reset(bytes, 20, 7));
        Assert.ThrowsExactly<ArgumentNullException>(() => reader.Reset(null!, 0, 0));
    }

    [TestMethod]
    [DataRow("\"abc\"", "abc", true)]
    [DataRow("\"abc\"", "abd", false)]
    [DataRow("\"abc\"", "ab", false)]
    [DataRow("\"ab\"", "abc", false)]
    [DataRow("\"\"", "", true)]
    [DataRow("\"\\u0061b\\n\"", "ab\n", true)]
    [DataRow("\"\\u0061b\\n\"", "ab\r", false)]
    [DataRow("\"\\u0061b\"", "a", false)]
    [DataRow("\"\u00e9\\ud83d\\ude00\"", "\u00e9\U0001F600", true)]
    public void ValueTextEquals_OfAString_ComparesWithoutEscapes(string json, string text, bool expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        JsonReader reader = new(bytes, 0, bytes.Length);
        reader.Next();
        Assert.AreEqual(expected, reader.ValueTextEquals(Encoding.UTF8.GetBytes(text)));
        Assert.ThrowsExactly<ArgumentNullException>(() => reader.ValueTextEquals(null!));
        reader.Next();
        Assert.ThrowsExactly<InvalidOperationException>(() => reader.ValueTextEquals([]));
    }
}
