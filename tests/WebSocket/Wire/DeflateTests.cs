using System.IO.Compression;
using System.Text;

namespace IoTNet.Tests.WebSockets.Wire;

[TestClass]
public sealed class DeflateTests
{
    private static readonly DeflateCompressor s_deflate = new();

    // RFC 7692 7.2.3.
    [TestMethod]
    [DataRow("c1 07 f2 48 cd c9 c9 07 00", "text Hello", DisplayName = "one frame")]
    [DataRow("41 03 f2 48 cd  80 04 c9 c9 07 00", "text Hello", DisplayName = "two frames")]
    [DataRow("c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00", "text Hello", DisplayName = "a block that is not compressed")]
    [DataRow("c1 08 f3 48 cd c9 c9 07 00 00", "text Hello", DisplayName = "a last block")]
    [DataRow("c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00", "text Hello", DisplayName = "two blocks")]
    [DataRow("c1 01 00", "text ", DisplayName = "an empty message")]
    [DataRow("42 03 f2 48 cd  89 00  80 04 c9 c9 07 00", "ping |binary 48656C6C6F", DisplayName = "a ping within")]
    [DataRow("c1 02 FF FF", "violation 1007", DisplayName = "no DEFLATE")]
    [DataRow("c1 05 ca 49 01 00 00", "violation 1007", DisplayName = "cut off")]
    [DataRow("c9 00", "violation 1002", DisplayName = "a packed ping")]
    [DataRow("01 01 41 c0 01 00", "violation 1002", DisplayName = "packed from the second frame on")]
    [DataRow("81 01 41 c1 07 f2 48 cd c9 c9 07 00", "text A|text Hello", DisplayName = "one that is, after one that is not")]
    public void Read_TheExamplesOfTheRfc_TellsThem(string hex, string told)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        for (int split = 0; split <= bytes.Length; split++)
        {
            foreach (bool takesParts in (bool[])[false, true])
            {
                Reading reading = new(isServer: false, takesParts: takesParts, compressor: s_deflate);
                reading.Feed(bytes[..split], bytes[split..]);
                CollectionAssert.AreEqual(told.Split('|'), reading.Told, "split at " + split);
            }
        }
    }

    [TestMethod]
    public void Compress_AndBack_IsTheSame()
    {
        Random random = new(3);
        for (int round = 0; round < 300; round++)
        {
            byte[] message = new byte[random.Next(1, 20_000)];
            for (int i = 0; i < message.Length; i++)
            {
                message[i] = (byte)random.Next(round % 3 == 0 ? 256 : 4);
            }

            byte[] packed = new byte[(message.Length * 2) + 100];
            int length = s_deflate.Compress(message, 0, message.Length, packed, packed.Length - 4);
            Assert.IsTrue(length > 0);
            byte[] back = new byte[message.Length];
            Assert.AreEqual(message.Length, s_deflate.Decompress(packed, 0, length, back, back.Length));
            CollectionAssert.AreEqual(message, back);
            if (message.Length > 1)
            {
                Assert.AreEqual(-1, s_deflate.Decompress(packed, 0, length, back, back.Length - 1), "one byte less of room");
            }
        }

        byte[] noise = new byte[1000];
        random.NextBytes(noise);
        Assert.AreEqual(-1, s_deflate.Compress(noise, 0, noise.Length, new byte[2000], noise.Length - 1), "what does not get shorter");
    }

    [TestMethod]
    public void Bomb_IsRefused_WithoutItsMemory()
    {
        using MemoryStream bomb = new();
        using (DeflateStream deflate = new(bomb, CompressionLevel.SmallestSize, true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++)
            {
                deflate.Write(zeros);
            }
        }

        byte[] frame = RawPeer.Frame(0xC2, bomb.ToArray(), null);
        Reading reading = new(isServer: false, maxFrame: 1 << 20, maxMessage: 100_000, compressor: s_deflate);
        long before = GC.GetAllocatedBytesForCurrentThread();
        reading.Feed(frame);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before - frame.Length;
        CollectionAssert.AreEqual(new[] { "violation 1009" }, reading.Told);
        Assert.IsTrue(allocated < 500_000, allocated + " bytes for a limit of 100,000");
    }

    [TestMethod]
    [DataRow("permessage-deflate", true)]
    [DataRow("permessage-deflate; client_max_window_bits", true)]
    [DataRow("permessage-deflate; client_max_window_bits=10; server_no_context_takeover; client_no_context_takeover", true)]
    [DataRow("permessage-deflate; server_max_window_bits=10", false)]
    [DataRow("permessage-deflate; server_max_window_bits=10, permessage-deflate", true)]
    [DataRow("permessage-deflate; server_max_window_bits=15", true)]
    [DataRow("permessage-deflate; client_max_window_bits=16", false)]
    [DataRow("permessage-deflate; server_no_context_takeover; server_no_context_takeover", false)]
    [DataRow("permessage-deflate; server_no_context_takeover=1", false)]
    [DataRow("permessage-deflate; unknown", false)]
    [DataRow("x-webkit-deflate-frame", false)]
    [DataRow(null, false)]
    public void Offer_IsTakenAsTheRfcSays(string? offers, bool expected) => Assert.AreEqual(expected, DeflateOffer.IsAmong(offers));

    [TestMethod]
    [DataRow("permessage-deflate; server_no_context_takeover", true)]
    [DataRow("permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9", true)]
    [DataRow("permessage-deflate", false)]
    [DataRow("permessage-deflate; server_no_context_takeover; client_max_window_bits=10", false)]
    [DataRow("permessage-deflate; server_no_context_takeover, other", false)]
    public void Answer_IsTakenAsTheRfcSays(string answer, bool expected) => Assert.AreEqual(expected, DeflateOffer.IsAnswer(answer));

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    public void Echo_BetweenOurs_IsPackedWhenBothWant(bool client, bool server)
    {
        using World world = new();
        WebSocket socket = world.Connect(world.ServeEcho(o => o.Sockets.Compressor = server ? s_deflate : null), o => o.Compressor = client ? s_deflate : null);
        Assert.AreEqual(client && server, socket.IsCompressed);
        List<string> told = [];
        socket.Text += (_, buffer, offset, count) => told.Add(World.TextOf(buffer, offset, count));
        string[] sent = ["short", new string('é', 3000), string.Concat(Enumerable.Range(0, 5000).Select(i => (char)('a' + (i * i % 26))))];
        foreach (string text in sent)
        {
            socket.SendText(text);
        }

        world.Until(() => told.Count == sent.Length, "no echo");
        CollectionAssert.AreEqual(sent, told);
    }

    [TestMethod]
    public void Message_ThatIsPacked_IsShorterOnTheWire()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => o.Sockets.Compressor = s_deflate);
        server.Connection += s => s.SendText(new string('x', 10_000));
        RawPeer peer = world.Raw(server);
        peer.Send(RawPeer.Upgrade("/", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"));
        StringAssert.Contains(peer.ReadHead(), "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n");
        (int first, byte[] payload) = peer.ReadFrame();
        Assert.AreEqual(0xC1, first);
        Assert.IsTrue(payload.Length < 200, payload.Length + " bytes");
        byte[] text = new byte[10_000];
        Assert.AreEqual(10_000, s_deflate.Decompress(payload, 0, payload.Length, text, text.Length));
        Assert.AreEqual(new string('x', 10_000), Encoding.ASCII.GetString(text));
    }
}
