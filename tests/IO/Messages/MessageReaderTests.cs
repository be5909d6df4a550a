using System.Collections;
using System.Text;

namespace IoTNet.IO.Tests;

[TestClass]
public class MessageReaderTests
{
    private static readonly Message[] s_messages =
    [
        Message.FromJson(new Hashtable { ["action"] = "search", ["value"] = "caf\u00e9 \U0001F436" }),
        Message.FromJson(new Hashtable()),
        Message.FromJson(null),
        new Message("binary/custom-client-binary-type", "binary", []),
        new Message("binary/custom-client-binary-type", "binary", [0, 255, 2, 0]),
        new Message("text/plain", "iso-8859-1", "caf\u00e9"u8.ToArray()),
    ];

    [TestMethod]
    public void Add_SplitAtEveryTwoPoints_GivesTheSameMessages()
    {
        var bytes = s_messages.Take(4).SelectMany(MessageWriter.ToBytes).ToArray();
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second += 1 + (first % 7))
            {
                var reader = new MessageReader(new MessageLimits());
                var messages = new List<Message>();
                AddAll(reader, bytes[..first], messages);
                AddAll(reader, bytes[first..second], messages);
                AddAll(reader, bytes[second..], messages);
                AssertSame(s_messages.Take(4), messages);
                reader.End();
            }
        }
    }

    [TestMethod]
    public void Add_ByteByByte_GivesEveryMessageAtItsLastByte()
    {
        var reader = new MessageReader(new MessageLimits());
        foreach (var message in s_messages)
        {
            var bytes = MessageWriter.ToBytes(message);
            for (var i = 0; i < bytes.Length; i++)
            {
                Assert.IsNull(reader.Take());
                Assert.AreEqual(1, reader.Add(bytes, i, 1));
                Assert.IsFalse(reader.IsBetweenMessages);
            }

            AssertSame([message], [reader.Take()]);
            Assert.IsTrue(reader.IsBetweenMessages);
        }
    }

    [TestMethod]
    public void Add_WhileAMessageWaits_TakesNothing()
    {
        var reader = new MessageReader(new MessageLimits());
        var bytes = MessageWriter.ToBytes(s_messages[4]);
        Assert.AreEqual(bytes.Length, reader.Add([.. bytes, .. bytes], 0, 2 * bytes.Length));
        Assert.AreEqual(0, reader.Add(bytes, 0, bytes.Length));
    }

    // The trap of the original: an empty request is falsy in Python, and never got an answer.
    [TestMethod]
    public void Add_OfAMessageWithoutContent_IsWholeWithItsHeader()
    {
        var reader = new MessageReader(new MessageLimits { ContentBytes = 0 });
        AddHeader(reader, Header(length: "0"));
        Assert.IsEmpty(reader.Take().Content);
    }

    [TestMethod]
    [DataRow("byteorder")]
    [DataRow("content-length")]
    [DataRow("content-type")]
    [DataRow("content-encoding")]
    public void Add_WithoutAField_NamesIt(string name)
    {
        var header = (Hashtable)Json.Parse(Header());
        header.Remove(name);
        Assert.AreEqual($"Missing required header '{name}'.", Refused(Json.Write(header)));
    }

    [TestMethod]
    [DataRow("-1", "Header 'content-length' is no length.")]
    [DataRow("1.0", "Header 'content-length' is no length.")]
    [DataRow("\"1\"", "Header 'content-length' is no length.")]
    [DataRow("null", "Header 'content-length' is no length.")]
    [DataRow("8193", "The content may have 8192 bytes; the header announces 8193.")]
    [DataRow("9223372036854775807", "The content may have 8192 bytes; the header announces 9223372036854775807.")]
    [DataRow("1,\"content-length\":1", "Header 'content-length' is there twice.")]
    [DataRow("1,\"content-type\":\"x\"", "Header 'content-type' is there twice.")]
    public void Add_WithALengthThatIsNone_SaysSo(string length, string expected)
    {
        Assert.AreEqual(expected, Refused(Header(length: length)));
    }

    [TestMethod]
    [DataRow("[]", "Expected a JSON object as header, found something else.")]
    [DataRow("12", "Expected a JSON object as header, found something else.")]
    [DataRow("{{", "The header is no JSON: Expected a name at byte 1, found '{'.")]
    [DataRow("{} x", "The header is no JSON: Expected the end of the document at byte 3, found 'x'.")]
    [DataRow("{\"byteorder\":1}", "Header 'byteorder' is no string.")]
    public void Add_WithAHeaderThatIsNone_SaysSo(string header, string expected)
    {
        Assert.AreEqual(expected, Refused(header));
    }

    [TestMethod]
    public void Add_WithAHeaderBeyondTheLimit_RefusesItByItsLength()
    {
        var reader = new MessageReader(new MessageLimits { HeaderBytes = 100 });
        var e = Assert.ThrowsExactly<MessageException>(() => reader.Add([0, 101], 0, 2));
        Assert.AreEqual("A header has 2 to 100 bytes here; this one has 101.", e.Message);
        Assert.ThrowsExactly<MessageException>(() => reader.Add([0], 0, 1));
        Assert.ThrowsExactly<MessageException>(() => new MessageReader(new MessageLimits()).Add([0, 0], 0, 2));
    }

    [TestMethod]
    public void Add_WithUnknownFields_PassesThemOver()
    {
        var reader = new MessageReader(new MessageLimits());
        AddHeader(reader, Header(length: "0,\"x\":{\"content-length\":[7]},\"y\":null"));
        Assert.IsEmpty(reader.Take().Content);
    }

    [TestMethod]
    public void End_WithinAMessage_SaysWhere()
    {
        var bytes = MessageWriter.ToBytes(s_messages[4]);
        var header = bytes.Length - 6;
        Assert.AreEqual("Peer closed after 1 of 2 bytes of the header length.", Ended(bytes[..1]));
        Assert.AreEqual($"Peer closed after 0 of {header} bytes of the header.", Ended(bytes[..2]));
        Assert.AreEqual($"Peer closed after 5 of {header} bytes of the header.", Ended(bytes[..7]));
        Assert.AreEqual("Peer closed after 0 of 4 bytes of the content.", Ended(bytes[..^4]));
        Assert.AreEqual("Peer closed after 3 of 4 bytes of the content.", Ended(bytes[..^1]));
    }

    [TestMethod]
    public void ToBytes_OfAMessage_IsTheProtocolsForm()
    {
        var header = """{"byteorder":"little","content-type":"text/json","content-encoding":"utf-8","content-length":3}""";
        byte[] expected = [0, (byte)header.Length, .. Encoding.UTF8.GetBytes(header), .. "\"a\""u8];
        CollectionAssert.AreEqual(expected, MessageWriter.ToBytes(Message.FromJson("a")));
        Assert.ThrowsExactly<MessageException>(() => MessageWriter.ToBytes(new Message(new string('x', 65536), "", [])));
    }

    [TestMethod]
    public void Advance_InPieces_KeepsTheRest()
    {
        var writer = new MessageWriter();
        Assert.AreEqual(0, writer.Pending);
        writer.Begin(s_messages[4]);
        var bytes = MessageWriter.ToBytes(s_messages[4]);
        Assert.ThrowsExactly<InvalidOperationException>(() => writer.Begin(s_messages[4]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => writer.Advance(bytes.Length + 1));
        for (var i = 0; i < bytes.Length; i++)
        {
            Assert.AreEqual(bytes.Length - i, writer.Pending);
            Assert.AreEqual(bytes[i], writer.Buffer[writer.Offset]);
            writer.Advance(1);
        }

        Assert.AreEqual(0, writer.Pending);
        writer.Begin(s_messages[0]);
    }

    [TestMethod]
    public void ToJson_OfAnotherType_Throws()
    {
        Assert.ThrowsExactly<MessageException>(() => s_messages[4].ToJson());
        Assert.ThrowsExactly<MessageException>(() => new Message("text/json", "utf-16", []).ToJson());
        Assert.ThrowsExactly<MessageException>(() => new Message("text/json", "utf-8", []).ToJson());
        Assert.IsNull(s_messages[2].ToJson());
        Assert.AreEqual("search", ((Hashtable)s_messages[0].ToJson())["action"]);
    }

    private static string Header(string length = "4") =>
        "{\"byteorder\":\"little\",\"content-type\":\"a/b\",\"content-encoding\":\"binary\",\"content-length\":" + length + "}";

    private static void AddHeader(MessageReader reader, string header)
    {
        byte[] bytes = [0, (byte)header.Length, .. Encoding.ASCII.GetBytes(header)];
        Assert.AreEqual(bytes.Length, reader.Add(bytes, 0, bytes.Length));
    }

    private static string Refused(string header) =>
        Assert.ThrowsExactly<MessageException>(() => AddHeader(new MessageReader(new MessageLimits()), header)).Message;

    private static string Ended(byte[] bytes)
    {
        var reader = new MessageReader(new MessageLimits());
        reader.Add(bytes, 0, bytes.Length);
        return Assert.ThrowsExactly<MessageException>(reader.End).Message;
    }

    private static void AddAll(MessageReader reader, byte[] bytes, List<Message> messages)
    {
        for (var used = 0; used < bytes.Length;)
        {
            used += reader.Add(bytes, used, bytes.Length - used);
            if (reader.Take() is { } message)
            {
                messages.Add(message);
            }
        }
    }

    private static void AssertSame(IEnumerable<Message> expected, IEnumerable<Message> actual)
    {
        CollectionAssert.AreEqual(expected.Select(Show).ToArray(), actual.Select(Show).ToArray());
    }

    private static string Show(Message message) => $"{message} {message.ByteOrder} {Convert.ToHexString(message.Content)}";
}
