using System.Collections;
using System.Globalization;
using System.Text;

namespace IoTNet.IO.Tests;

[TestClass]
public class JsonWriterTests
{
    [TestMethod]
    public void Write_OfEveryKind_IsTheShortestJson()
    {
        var writer = new JsonWriter(1);
        writer.WriteStartObject();
        writer.WritePropertyName("a\"\\\b\f\n\r\t\u0001\u001f/\u00e9\U0001F600");
        writer.WriteStartArray();
        writer.WriteNumberValue(long.MinValue);
        writer.WriteNumberValue(0L);
        writer.WriteNumberValue(1.0);
        writer.WriteNumberValue(-0.0);
        writer.WriteNumberValue(1e300);
        writer.WriteBooleanValue(true);
        writer.WriteBooleanValue(false);
        writer.WriteNullValue();
        writer.WriteStringValue(null);
        writer.WriteStringValue("");
        Assert.IsFalse(writer.IsComplete);
        writer.WriteEndArray();
        writer.WritePropertyName("b");
        writer.WriteStartObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        Assert.IsTrue(writer.IsComplete);
        Assert.AreEqual("{\"a\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f/\u00e9\U0001F600\":[-9223372036854775808,0,1.0,-0.0,1E+300," +
            "true,false,null,null,\"\"],\"b\":{}}", Encoding.UTF8.GetString(writer.ToArray()));
    }

    [TestMethod]
    public void Write_IntoABufferThatIsTooSmall_ThrowsAndStaysWithin()
    {
        var whole = Json.WriteBytes(new ArrayList { "caf\u00e9", 12L, true });
        for (var room = 0; room <= whole.Length; room++)
        {
            var buffer = Enumerable.Repeat((byte)0xAA, whole.Length + 2).ToArray();
            var writer = new JsonWriter(buffer, 1, room);
            if (room < whole.Length)
            {
                Assert.ThrowsExactly<JsonException>(() => Json.WriteValue(writer, new ArrayList { "caf\u00e9", 12L, true }));
            }
            else
            {
                Json.WriteValue(writer, new ArrayList { "caf\u00e9", 12L, true });
                CollectionAssert.AreEqual(whole, writer.ToArray());
                Assert.AreEqual(1, writer.Offset);
            }

            Assert.AreEqual(0xAA, buffer[0]);
            Assert.AreEqual(0xAA, buffer[1 + room]);
        }
    }

    [TestMethod]
    public void Write_OfWhatWouldBeNoJson_Throws()
    {
        Misused(w => w.WriteEndObject());
        Misused(w => w.WriteEndArray());
        Misused(w => w.WritePropertyName("a"));
        Misused(w => { w.WriteNullValue(); w.WriteNullValue(); });
        Misused(w => { w.WriteStartObject(); w.WriteNullValue(); });
        Misused(w => { w.WriteStartObject(); w.WriteEndArray(); });
        Misused(w => { w.WriteStartArray(); w.WriteEndObject(); });
        Misused(w => { w.WriteStartArray(); w.WritePropertyName("a"); });
        Misused(w => { w.WriteStartObject(); w.WritePropertyName("a"); w.WritePropertyName("b"); });
        Misused(w => { w.WriteStartObject(); w.WritePropertyName("a"); w.WriteEndObject(); });
        Assert.ThrowsExactly<ArgumentException>(() => Json.Write(double.NaN));
        Assert.ThrowsExactly<ArgumentException>(() => Json.Write(double.NegativeInfinity));
        Assert.ThrowsExactly<ArgumentException>(() => Json.Write(new object()));
        Assert.ThrowsExactly<ArgumentException>(() => Json.Write(new Hashtable { [1] = 2 }));
    }

    [TestMethod]
    public void Write_OfWhatContainsItself_Throws()
    {
        var list = new ArrayList();
        list.Add(list);
        Assert.ThrowsExactly<JsonException>(() => Json.Write(list));
    }

    [TestMethod]
    public void Write_OfNumbersAndArrays_TakesEveryKind()
    {
        Assert.AreEqual("[1,2,-3,4,-5,6,7,0.5,[8,9]]",
            Json.Write(new object[] { 1, 2L, (short)-3, (ushort)4, (sbyte)-5, (byte)6, 7u, 0.5f, new[] { 8, 9 } }));
    }

    [TestMethod]
    public void Write_OfALoneSurrogate_GivesTheReplacementCharacter()
    {
        Assert.AreEqual("\"a\uFFFDb\"", Json.Write("a\ud800b"));
    }

    [TestMethod]
    public void Write_InAnotherCulture_StillHasAPoint()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;
            Assert.AreEqual("[-1.5,-7]", Json.Write(new object[] { -1.5, -7 }));
            Assert.AreEqual(-1.23456789012345678e-5, Json.Parse("-1.23456789012345678e-5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void Reset_AfterADocument_BeginsAnewInTheSameBuffer()
    {
        var writer = new JsonWriter();
        writer.WriteStartArray();
        var buffer = writer.Buffer;
        writer.Reset();
        writer.WriteNumberValue(5L);
        Assert.AreSame(buffer, writer.Buffer);
        Assert.AreEqual("5", Encoding.UTF8.GetString(writer.ToArray()));
    }

    [TestMethod]
    public void Parse_WithEqualNames_KeepsTheLast()
    {
        var members = (Hashtable)Json.Parse("""{"a":1,"b":2,"a":3}""");
        Assert.AreEqual(3L, members["a"]);
        Assert.HasCount(2, members);
    }

    private static void Misused(Action<JsonWriter> write)
    {
        Assert.ThrowsExactly<InvalidOperationException>(() => write(new JsonWriter()));
    }

    [TestMethod]
    public void WriteRawValue_TakesItAsItIs_WhereAValueMayStand()
    {
        var raw = Encoding.UTF8.GetBytes("--[1, {\"a\":null}]--");
        var writer = new JsonWriter(1);
        writer.WriteStartArray();
        writer.WriteRawValue(raw, 2, raw.Length - 4);
        writer.WriteRawValue(raw, 3, 1);
        writer.WriteStartObject();
        writer.WritePropertyName("b");
        writer.WriteRawValue(raw, 3, 1);
        Assert.ThrowsExactly<InvalidOperationException>(() => writer.WriteRawValue(raw, 3, 1));
        writer.WriteEndObject();
        writer.WriteEndArray();
        Assert.ThrowsExactly<InvalidOperationException>(() => writer.WriteRawValue(raw, 3, 1));
        Assert.AreEqual("[[1, {\"a\":null}],1,{\"b\":1}]", Encoding.UTF8.GetString(writer.ToArray()));
        Assert.ThrowsExactly<ArgumentNullException>(() => new JsonWriter(8).WriteRawValue(null!, 0, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new JsonWriter(8).WriteRawValue(raw, 1, raw.Length));
        Assert.ThrowsExactly<JsonException>(() => new JsonWriter(new byte[2], 0, 2).WriteRawValue(raw, 2, 3));
    }

    [TestMethod]
    public void Writer_WithRoomForAHead_KeepsItFree()
    {
        JsonWriter writer = new(8, 8);
        for (int i = 0; i < 2; i++)
        {
            string text = new('\u20ac', 20 * (i + 1));
            writer.WriteStringValue(text);
            Assert.AreEqual(8, writer.Offset);
            Assert.AreEqual("\"" + text + "\"", Encoding.UTF8.GetString(writer.Buffer, writer.Offset, writer.Length));
            Assert.IsTrue(writer.Buffer.Take(8).All(b => b == i));
            Array.Fill(writer.Buffer, (byte)1, 0, 8);
            writer.Reset();
        }

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new JsonWriter(8, 9));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new JsonWriter(8, -1));
    }

    [TestMethod]
    public void WriteStringValue_IntoAGivenBuffer_UsesItToItsLastByte()
    {
        foreach (string text in (string[])["abcd", "\u20aca", "\U0001F600", "a\"b"])
        {
            byte[] buffer = new byte[8];
            JsonWriter writer = new(buffer, 1, 6);
            writer.WriteStringValue(text);
            Assert.AreEqual(6, writer.Length);
            Assert.AreEqual(0, buffer[7]);
            Assert.ThrowsExactly<JsonException>(() => new JsonWriter(buffer, 1, 5).WriteStringValue(text));
            Assert.AreEqual(0, buffer[7]);
        }
    }

    [TestMethod]
    public void WriteStringValue_WithoutEscapes_AllocatesNothing()
    {
        JsonWriter writer = new(200);
        string text = "temp\u00e9rature \u20ac";
        writer.WriteStringValue(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            writer.Reset();
            writer.WriteStringValue(text);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
