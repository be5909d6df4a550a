namespace IoTNet.Tests.SocketIO.Wire;

[TestClass]
public class DecoderTests
{
    // Those of socket.io-protocol's README, and some more.
    [TestMethod]
    [DataRow("0", "0 / -1 ")]
    [DataRow("0{\"token\":\"123\"}", "0 / -1 {\"token\":\"123\"}")]
    [DataRow("0/admin,{\"token\":\"123\"}", "0 /admin -1 {\"token\":\"123\"}")]
    [DataRow("0/admin", "0 /admin -1 ")]
    [DataRow("0/,", "0 / -1 ")]
    [DataRow("1/admin,", "1 /admin -1 ")]
    [DataRow("2[\"foo\"]", "2 / -1 foo()")]
    [DataRow("2/admin,[\"bar\"]", "2 /admin -1 bar()")]
    [DataRow("212[\"foo\"]", "2 / 12 foo()")]
    [DataRow("3/admin,13[\"bar\"]", "3 /admin 13 (\"bar\")")]
    [DataRow("30[]", "3 / 0 ()")]
    [DataRow("4{\"message\":\"Not authorized\"}", "4 / -1 {\"message\":\"Not authorized\"}")]
    [DataRow("2[ \"a\" , 1 , 1.5 , null , true , \"x\" , [1, [2]] , {\"b\": {\"c\": []}} ]", "2 / -1 a(1, 1.5, null, True, \"x\", [Int64 1,[Int64 2]], {b:{c:[]}})")]
    [DataRow("2[7,8]", "2 / -1 7(8)")]
    [DataRow("2[\"\",1]", "2 / -1 (1)")]
    [DataRow("2[\"caf\\u00e9\"]", "2 / -1 café()")]
    [DataRow("2999999999999999[\"a\"]", "2 / 999999999999999 a()")]
    [DataRow("2[\"a\",{\"_placeholder\":true,\"num\":0}]", "2 / -1 a({_placeholder:Boolean True,num:Int64 0})")]
    public void Text_ThatIsAPacket_IsRead(string packet, string expected)
    {
        Decoding decoding = new();
        Assert.IsNull(decoding.Text(packet));
        Assert.AreEqual(expected, decoding.Packets.Single());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("7")]
    [DataRow("a")]
    [DataRow("/")]
    [DataRow("2")]
    [DataRow("2/admin")]
    [DataRow("2{}")]
    [DataRow("2\"a\"")]
    [DataRow("2[]")]
    [DataRow("2[null]")]
    [DataRow("2[{}]")]
    [DataRow("2[\"a\"")]
    [DataRow("2[\"a\",]")]
    [DataRow("2[\"a\"]x")]
    [DataRow("2[\"a\"][]")]
    [DataRow("2[\"connect\"]")]
    [DataRow("2[\"disconnecting\"]")]
    [DataRow("2[\"\\u0063onnect\"]")]
    [DataRow("21234567890123456[\"a\"]")]
    [DataRow("3[\"a\"]")]
    [DataRow("312{}")]
    [DataRow("312")]
    [DataRow("5[\"a\"]")]
    [DataRow("5-[\"a\"]")]
    [DataRow("50-[\"a\"]")]
    [DataRow("511-[\"a\"]")]
    [DataRow("599999-[\"a\"]")]
    [DataRow("51[\"a\"]")]
    [DataRow("51")]
    [DataRow("2[\"a\",\"\\ud800\"]")]
    [DataRow("2[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    [DataRow("2[\"a\",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    [DataRow("2[\"a\",1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]")]
    [DataRow("2/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,[\"a\"]")]
    public void Text_ThatIsNoPacket_IsAViolation(string packet)
    {
        Decoding decoding = new();
        Assert.IsNotNull(decoding.Text(packet), string.Join(" ", decoding.Packets));
    }

    [TestMethod]
    public void Binary_AsManyAsTheHeadSays_MakeAPacket()
    {
        Decoding decoding = new();
        Assert.IsNull(decoding.Text("52-/admin,7[\"a\",{\"_placeholder\":true,\"num\":1},[{\"x\":{\"num\":0,\"_placeholder\":true}}],{\"_placeholder\":false,\"num\":9}]"));
        Assert.IsNull(decoding.Binary(1, 2));
        Assert.IsEmpty(decoding.Packets);
        Assert.IsNull(decoding.Binary());
        Assert.AreEqual("5 /admin 7 a(<>, [{x:<0102>}], {_placeholder:Boolean False,num:Int64 9})", decoding.Packets.Single());

        Assert.IsNull(decoding.Text("61-3[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]"));
        Assert.IsNull(decoding.Binary(9));
        Assert.AreEqual("6 / 3 (<09>, <09>)", decoding.Packets[1]);
        Assert.IsNull(decoding.Text("2[\"b\"]"));
    }

    [TestMethod]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"num\":1}]")]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"num\":-1}]")]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"num\":0.5}]")]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]")]
    [DataRow("51-[\"a\",{\"_placeholder\":true}]")]
    [DataRow("51-[\"a\",[{\"b\":{\"_placeholder\":true,\"num\":4294967296}}]]")]
    [DataRow("51-[\"a\",{\"\\u005fplaceholder\":true,\"num\":5}]")]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"num\":0,\"num\":5}]")]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"num\":0,\"num\":null}]")]
    [DataRow("51-[{\"_placeholder\":true,\"num\":0}]")]
    [DataRow("51-{}")]
    public void Binary_WithAWrongPlaceholder_IsAViolation(string packet)
    {
        Decoding decoding = new();
        Assert.IsNull(decoding.Text(packet));
        Assert.IsNotNull(decoding.Binary(1), string.Join(" ", decoding.Packets));
    }

    [TestMethod]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"_placeholder\":false,\"num\":9}]", "{_placeholder:Boolean False,num:Int64 9}")]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"num\":0,\"_placeholder\":1}]", "{_placeholder:Int64 1,num:Int64 0}")]
    [DataRow("51-[\"a\",{\"_placeholder\":true,\"num\":5,\"num\":0}]", "<01>")]
    [DataRow("51-[\"a\",\"no placeholder\"]", "\"no placeholder\"")]
    public void Binary_WithEqualNames_CountsTheLast(string packet, string expected)
    {
        Decoding decoding = new();
        Assert.IsNull(decoding.Text(packet));
        Assert.IsNull(decoding.Binary(1));
        Assert.AreEqual("5 / -1 a(" + expected + ")", decoding.Packets.Single());
    }

    [TestMethod]
    public void Messages_OutOfTurn_AreViolations()
    {
        Decoding decoding = new();
        Assert.IsNotNull(decoding.Binary(1));
        Assert.IsNull(decoding.Text("51-[\"a\"]"));
        Assert.IsNotNull(decoding.Text("2[\"b\"]"));
    }

    [TestMethod]
    public void Attachments_LongerThanTheLimit_AreAViolation()
    {
        Decoding decoding = new(l => l.MaxEventBytes = 100);
        Assert.IsNull(decoding.Text("52-[\"a\"]"));
        Assert.IsNull(decoding.Binary(new byte[92]));
        Assert.IsNotNull(decoding.Binary(1));
    }

    [TestMethod]
    public void Decoder_OfManyPackets_AllocatesNothing()
    {
        Decoding target = new();
        PacketLimits limits = new() { MaxPayload = 1000, MaxEventBytes = 1000, MaxAttachments = 2, MaxArguments = 5, MaxNamespaceBytes = 64 };
        Counting counting = new(target.Args, limits);
        PacketDecoder decoder = new(limits, new PacketHead(), counting);
        byte[] text = World.Utf8("2/admin,[\"temperature\",21.5,-7,true,{\"a\":[1]}]");
        byte[] head = World.Utf8("51-[\"picture\",{\"_placeholder\":true,\"num\":0}]");
        byte[] part = new byte[100];
        long before = 0;
        for (int i = 0; i < 2000; i++)
        {
            before = i == 1000 ? GC.GetAllocatedBytesForCurrentThread() : before;
            decoder.Text(text, 0, text.Length);
            decoder.Text(head, 0, head.Length);
            decoder.Binary(part, 0, part.Length);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(4000, counting.Count);
        Assert.AreEqual(2000 * (21.5 - 7 + 100), counting.Sum);
    }

    private sealed class Counting(SocketIOArgs args, PacketLimits limits) : IPacketTarget
    {
        public int Count { get; private set; }

        public double Sum { get; private set; }

        public string OnPacket(PacketHead head, byte[] buffer, PacketParts parts)
        {
            string violation = args.Read(head, buffer, parts, limits);
            Count++;
            if (args.TryGetBytes(0, out _, out _, out int count))
            {
                Sum += count;
            }
            else
            {
                Sum += args.GetDouble(0) + args.GetInt64(1) + (args.GetBoolean(2) ? 0 : 1);
            }

            return violation;
        }
    }
}
