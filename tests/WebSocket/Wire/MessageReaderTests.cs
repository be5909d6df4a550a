using System.Text;

namespace IoTNet.Tests.WebSockets.Wire;

[TestClass]
public sealed class MessageReaderTests
{
    // RFC 6455 5.7: the server's frames are read by a client, the masked one by a server.
    [TestMethod]
    [DataRow("81 05 48 65 6c 6c 6f", "text Hello", false)]
    [DataRow("81 85 37 fa 21 3d 7f 9f 4d 51 58", "text Hello", true)]
    [DataRow("01 03 48 65 6c  80 02 6c 6f", "text Hello", false)]
    [DataRow("89 05 48 65 6c 6c 6f", "ping 48656C6C6F", false)]
    [DataRow("8a 85 37 fa 21 3d 7f 9f 4d 51 58", "pong 48656C6C6F", true)]
    public void Read_TheExamplesOfTheRfc_TellsThem(string hex, string told, bool isServer) => Reading.Expect(hex, [told], isServer);

    [TestMethod]
    [DataRow(256, "82 7E 01 00")]
    [DataRow(65536, "82 7F 00 00 00 00 00 01 00 00")]
    public void Read_TheLongExamplesOfTheRfc_TellsThem(int length, string head)
    {
        byte[] payload = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        byte[] bytes = [.. Convert.FromHexString(head.Replace(" ", "", StringComparison.Ordinal)), .. payload];
        string told = "binary " + Convert.ToHexString(payload);
        foreach (int split in (int[])[1, 2, 3, 4, 9, 10, 11, length / 2, length - 1, bytes.Length])
        {
            CollectionAssert.AreEqual(new[] { told }, new Reading(isServer: false).Feed(bytes[..split], bytes[split..]).Told, "split at " + split);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Read_ControlFramesWithinAMessage_TellsThemFirst(bool takesParts) =>
        Reading.Expect("01 02 48 65  89 01 70  00 00  8a 00  80 03 6c 6c 6f  82 00", ["ping 70", "pong ", "text Hello", "binary "], false, takesParts);

    [TestMethod]
    [DataRow("C1 80 00 00 00 00", DisplayName = "RSV1")]
    [DataRow("A1 80 00 00 00 00", DisplayName = "RSV2")]
    [DataRow("91 80 00 00 00 00", DisplayName = "RSV3")]
    [DataRow("83 80 00 00 00 00", DisplayName = "opcode 3")]
    [DataRow("87 80 00 00 00 00", DisplayName = "opcode 7")]
    [DataRow("8B 80 00 00 00 00", DisplayName = "opcode 11")]
    [DataRow("8F 80 00 00 00 00", DisplayName = "opcode 15")]
    [DataRow("80 80 00 00 00 00", DisplayName = "continuation of nothing")]
    [DataRow("00 80 00 00 00 00", DisplayName = "continuation of nothing, more to come")]
    [DataRow("81 00", DisplayName = "no mask")]
    [DataRow("09 80 00 00 00 00", DisplayName = "ping in parts")]
    [DataRow("08 80 00 00 00 00", DisplayName = "close in parts")]
    [DataRow("89 FE 00 7E 00 00 00 00", DisplayName = "ping of 126")]
    [DataRow("88 FE 00 7E 00 00 00 00", DisplayName = "close of 126")]
    [DataRow("82 FE 00 7D 00 00 00 00", DisplayName = "125 in two bytes")]
    [DataRow("82 FF 00 00 00 00 00 00 FF FF 00 00 00 00", DisplayName = "65535 in eight bytes")]
    [DataRow("82 FF 80 00 00 00 00 00 00 00 00 00 00 00", DisplayName = "2^63")]
    public void Read_AViolation_Is1002(string hex)
    {
        Reading.Expect(hex, ["violation 1002"]);
        Reading.Expect(hex + "81 80 00 00 00 00", ["violation 1002"]);
    }

    [TestMethod]
    public void Read_AMessageWithinAMessage_Is1002() =>
        Reading.Expect("01 80 00 00 00 00 81 80 00 00 00 00", ["violation 1002"]);

    [TestMethod]
    public void Read_AMaskOfAServer_Is1002() => Reading.Expect("81 80 00 00 00 00", ["violation 1002"], isServer: false);

    [TestMethod]
    [DataRow("81 01 80", DisplayName = "a continuation byte alone")]
    [DataRow("01 01 C3  80 01 28", DisplayName = "split over frames")]
    [DataRow("81 02 C0 AF", DisplayName = "overlong")]
    [DataRow("81 03 ED A0 80", DisplayName = "a surrogate")]
    [DataRow("81 04 F4 90 80 80", DisplayName = "beyond U+10FFFF")]
    [DataRow("81 02 61 C3", DisplayName = "cut off at the end")]
    [DataRow("01 01 C3  80 00", DisplayName = "cut off at the end of the last frame")]
    public void Read_TextThatIsNoUtf8_Is1007(string hex)
    {
        Reading.Expect(hex, ["violation 1007"], isServer: false);
        Reading.Expect(hex, ["violation 1007"], isServer: false, takesParts: true);
    }

    [TestMethod]
    public void Read_TextThatCannotBecomeUtf8_IsRefusedBeforeTheFrameEnds()
    {
        // A frame of 100 bytes, of which three have come: F4 90 is beyond U+10FFFF whatever follows (Autobahn 6.4).
        CollectionAssert.AreEqual(new[] { "violation 1007" }, new Reading(isServer: false).Feed([0x81, 100, (byte)'a', 0xF4, 0x90]).Told);
    }

    [TestMethod]
    public void Read_AboveALimit_Is1009()
    {
        Reading Limited() => new(isServer: false, maxFrame: 200, maxMessage: 300);
        CollectionAssert.AreEqual(new[] { "violation 1009" }, Limited().Feed([0x82, 126, 0, 201]).Told, "a frame, by its header");
        byte[] part = [0x02, 126, 0, 150, .. new byte[150]];
        CollectionAssert.AreEqual(new[] { "violation 1009" }, Limited().Feed(part, [0x80, 126, 0, 151]).Told, "a message, by its second header");
        Assert.AreEqual(1, Limited().Feed(part, [0x80, 126, 0, 150, .. new byte[150]]).Told.Count(t => t.StartsWith("binary", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Read_ALengthThatIsOnlyClaimed_TakesNoMemory()
    {
        Reading reading = new(isServer: false, maxFrame: 1 << 30, maxMessage: 1 << 30);
        byte[] bytes = [0x82, 127, 0, 0, 0, 0, 0x3F, 0, 0, 0, 1];
        long before = GC.GetAllocatedBytesForCurrentThread();
        reading.Reader.Read(bytes, 0, bytes.Length);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsTrue(allocated < 1000, allocated + " bytes for one");
    }

    [TestMethod]
    public void Read_InParts_HoldsNothingOfALongMessage()
    {
        Reading reading = new(isServer: false, maxFrame: 1000, maxMessage: 1000, takesParts: true);
        byte[] payload = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];
        byte[] bytes = [0x02, 127, 0, 0, 0, 0, 0, 3, 0x0D, 0x40, .. payload, 0x80, 1, 42];
        reading.Feed([.. bytes.Chunk(777)]);
        CollectionAssert.AreEqual(new[] { "binary " + Convert.ToHexString(payload) + "2A" }, reading.Told);
    }

    [TestMethod]
    public void Read_TextOfEveryPlane_IsTold()
    {
        StringBuilder text = new();
        for (int plane = 0; plane <= 16; plane++)
        {
            text.Append(char.ConvertFromUtf32((plane << 16) + 0x41)).Append(char.ConvertFromUtf32((plane << 16) + 0xFFFD));
        }

        byte[] bytes = RawPeer.Text(text.ToString());
        CollectionAssert.AreEqual(new[] { "text " + text }, new Reading().Feed(bytes).Told);
        for (int split = 1; split < bytes.Length; split++)
        {
            CollectionAssert.AreEqual(new[] { "text " + text }, new Reading().Feed(bytes[..split], bytes[split..]).Told, "split at " + split);
        }
    }
}
