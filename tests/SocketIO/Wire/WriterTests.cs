using System.Collections;
using System.Text;

namespace IoTNet.Tests.SocketIO.Wire;

[TestClass]
public class WriterTests
{
    // Those of socket.io-protocol's README, with Engine.IO's 4 before them.
    [TestMethod]
    [DataRow(null, -1L, "42[\"foo\"]")]
    [DataRow(null, 12L, "4212[\"foo\"]")]
    [DataRow("/admin", -1L, "42/admin,[\"foo\"]")]
    [DataRow("/admin", 0L, "42/admin,0[\"foo\"]")]
    [DataRow("/admin", 999999999999999999L, "42/admin,999999999999999999[\"foo\"]")]
    public void Event_WithoutArguments_IsWritten(string? of, long id, string expected)
    {
        PacketWriter writer = new(64);
        writer.Begin("foo");
        Assert.AreEqual(expected, Finish(writer, PacketType.Event, of, id));
    }

    [TestMethod]
    public void Event_WithBytes_BecomesBinary()
    {
        PacketWriter writer = new(64);
        writer.Begin("baz");
        for (int i = 0; i < 12; i++)
        {
            writer.Write(new byte[] { (byte)i });
        }

        Assert.AreEqual("4512-/admin,[\"baz\"," + string.Join(",", Enumerable.Range(0, 12).Select(i => "{\"_placeholder\":true,\"num\":" + i + "}")) + "]",
            Finish(writer, PacketType.Event, "/admin", -1));
        Assert.AreEqual(12, writer.PartCount);
        Assert.AreEqual(11, writer.Parts[11][0]);

        writer.Reset();
        Assert.AreEqual(0, writer.PartCount);
        Assert.IsNull(writer.Parts[0]);
        writer.Json.WriteStartArray();
        writer.Write(new ArrayList { new Hashtable { ["a"] = new byte[] { 1 } }, "x", null, 1.5 });
        Assert.AreEqual("461-7[[{\"a\":{\"_placeholder\":true,\"num\":0}},\"x\",null,1.5]]", Finish(writer, PacketType.Ack, null, 7));
    }

    [TestMethod]
    public void Event_LongerThanTheBuffer_MakesItGrow()
    {
        PacketWriter writer = new(8);
        string text = new('ä', 5000);
        writer.Begin("x");
        writer.Write(text);
        Assert.AreEqual("42/a,1[\"x\",\"" + text + "\"]", Finish(writer, PacketType.Event, "/a", 1));
    }

    [TestMethod]
    public void Write_OfWhatContainsItself_IsRefused()
    {
        ArrayList list = [];
        list.Add(list);
        Assert.ThrowsExactly<JsonException>(() => new PacketWriter(8).Write(list));
        Assert.ThrowsExactly<ArgumentException>(() => new PacketWriter(8).Write(new object()));
    }

    [TestMethod]
    public void Packets_InAQueue_AreOfTheirOwnMemory()
    {
        PacketWriter writer = new(8);
        writer.Begin("x");
        byte[] part = [1];
        writer.Write(part);
        Finish(writer, PacketType.Event, null, -1);
        OutgoingPacket copy = writer.Copy();
        part[0] = 2;
        writer.Reset();
        Assert.AreEqual("451-[\"x\",{\"_placeholder\":true,\"num\":0}]", Encoding.UTF8.GetString(copy.Buffer, copy.Offset, copy.Count));
        Assert.AreEqual(1, copy.Parts[0][0]);
        Assert.AreEqual(copy.Count + 1, copy.Size());
    }

    [TestMethod]
    public void Base64_OfAnyLength_IsWhatDotNetMakes()
    {
        for (int length = 0; length < 100; length++)
        {
            byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)((i * 77) + length))];
            byte[] buffer = new byte[2 + PollingPayload.SizeOf(length)];
            int end = PollingPayload.Encode(bytes, buffer, 1);
            Assert.AreEqual(Convert.ToBase64String(bytes), Encoding.ASCII.GetString(buffer, 1, end - 1));
            int count = PollingPayload.Decode(buffer, 1, end - 1);
            CollectionAssert.AreEqual(bytes, buffer[1..(1 + count)]);
        }
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("aaa")]
    [DataRow("aa=a")]
    [DataRow("====")]
    [DataRow("a===")]
    [DataRow("aa a")]
    [DataRow("aaaa=aaa")]
    public void Decode_OfWhatIsNoBase64_SaysSo(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.AreEqual(-1, PollingPayload.Decode(bytes, 0, bytes.Length));
    }

    private static string Finish(PacketWriter writer, int type, string? of, long id)
    {
        writer.End(null);
        writer.Finish(type, of == null ? null! : Encoding.UTF8.GetBytes(of), id);
        return Encoding.UTF8.GetString(writer.Buffer, writer.Offset, writer.Count);
    }
}
