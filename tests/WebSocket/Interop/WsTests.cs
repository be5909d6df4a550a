namespace IoTNet.Tests.WebSockets.Interop;

/// <summary>npm's ws, the client and the server that most of the world uses.</summary>
[TestClass]
public sealed class WsTests
{
    [TestMethod]
    [DataRow("sizes", false, 65539)]
    [DataRow("few", false, 22)]
    [DataRow("few", true, 22)]
    [DataRow("text", false, 302)]
    [DataRow("text", true, 302)]
    [DataRow("fragments", false, 198)]
    [DataRow("fragments", true, 198)]
    [DataRow("pings", false, 10000)]
    [DataRow("codes", false, 16)]
    public void Client_DoesItsTaskWithOurServer(string task, bool isPacked, int expected)
    {
        using World world = new(isHost: true);
        List<string> closes = [];
        int packed = 0;
        WebSocketServer server = world.ServeEcho(o => o.Sockets.Compressor = isPacked ? new DeflateCompressor() : null);
        server.Connection += s =>
        {
            packed += s.IsCompressed ? 1 : 0;
            s.Closed += (_, code, reason, wasClean) => closes.Add($"{code} {reason} {wasClean}");
        };
        using Peer peer = Peer.Node("ws_peer.cjs", "ws", "client", World.Uri(server), task, isPacked ? "--deflate" : "");
        string told = peer.Line(world, 0);
        StringAssert.StartsWith(told, "done " + expected + " " + (task == "codes" ? "0" : "4000") + " ");
        Assert.AreEqual(isPacked ? 1 : 0, packed);
        world.Until(() => server.ClientCount == 0, "it stays");
        if (task == "codes")
        {
            CollectionAssert.Contains(closes, "3999 because 3999 True");
            Assert.AreEqual(16, closes.Count(c => c.EndsWith(" True", StringComparison.Ordinal)));
        }
        else
        {
            CollectionAssert.AreEqual(new[] { "4000 done True" }, closes);
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Server_EchoesToOurClient(bool isPacked)
    {
        using World world = new(isHost: true);
        using Peer peer = Serve(world, out string uri, isPacked);
        WebSocket client = Open(world, uri, o =>
        {
            o.Protocols = ["other", "board"];
            o.Compressor = isPacked ? new DeflateCompressor() : null;
        });
        Assert.AreEqual("board", client.Protocol);
        Assert.AreEqual(isPacked, client.IsCompressed);
        int sent = 0;
        int got = 0;
        byte[] pattern = [.. Enumerable.Range(0, (1 << 20) + 1).Select(i => (byte)((i * 31) + (i >> 8)))];
        int[] sizes = [.. Enumerable.Range(0, 300), 1000, 5000, 65535, 65536, 65537, 1 << 20];
        client.Binary += (_, buffer, offset, count) =>
        {
            Assert.AreEqual(sizes[got], count);
            Assert.IsTrue(buffer.AsSpan(offset, count).SequenceEqual(pattern.AsSpan(got & 1, count)), "size " + count);
            got++;
        };
        foreach (int size in sizes)
        {
            client.SendBinary(pattern, sent++ & 1, size);
            world.Until(() => got > sent - 20, "no echo of " + size);
        }

        world.Until(() => got == sent, "not all came");
        string text = string.Concat(Enumerable.Range(0, 17).Select(plane => char.ConvertFromUtf32((plane << 16) + 0x1234)));
        List<string> texts = [];
        client.Text += (_, buffer, offset, count) => texts.Add(World.TextOf(buffer, offset, count));
        client.SendText(text);
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < bytes.Length; i++)
        {
            client.SendPart(bytes, i, 1, true, i == bytes.Length - 1);
        }

        world.Until(() => texts.Count == 2, "no text");
        CollectionAssert.AreEqual(new[] { text, text }, texts);
        client.Close(4321, "bye");
        Assert.AreEqual("close 4321 bye", peer.Line(world, 1));
        world.Until(() => client.IsClosed, "not closed");
    }

    [TestMethod]
    [DataRow("close/1000", "1000 because True")]
    [DataRow("close/1001", "1001 because True")]
    [DataRow("close/4999", "4999 because True")]
    [DataRow("terminate", "1006  False")]
    public void Server_ThatEnds_IsToldOf(string path, string expected)
    {
        using World world = new(isHost: true);
        using Peer peer = Serve(world, out string uri);
        string? told = null;
        Open(world, uri + path).Closed += (_, code, reason, wasClean) => told = $"{code} {reason} {wasClean}";
        world.Until(() => told != null, "the end was not told");
        Assert.AreEqual(expected, told);
    }

    [TestMethod]
    [DataRow("8180000000", 1002, DisplayName = "masked")]
    [DataRow("C100", 1002, DisplayName = "RSV1")]
    [DataRow("8300", 1002, DisplayName = "reserved opcode")]
    [DataRow("897E007E", 1002, DisplayName = "ping of 126")]
    [DataRow("8101FF", 1007, DisplayName = "no UTF-8")]
    [DataRow("0101C3800128", 1007, DisplayName = "no UTF-8, in fragments")]
    [DataRow("827F0000000100000000", 1009, DisplayName = "a frame of 4 GiB")]
    public void Server_ThatBreaksARule_IsClosedWithACode(string hex, int code)
    {
        using World world = new(isHost: true);
        using Peer peer = Serve(world, out string uri);
        string? told = null;
        WebSocket client = Open(world, uri + "raw/" + hex + (code == 1002 ? "00" : ""));
        client.Closed += (_, c, _, wasClean) => told = c + " " + wasClean;
        StringAssert.StartsWith(peer.Line(world, 1), "close " + code + " ");
        world.Until(() => told != null, "not closed");
        Assert.AreEqual(code + " False", told);
    }

    [TestMethod]
    public void Server_ThatFloodsPings_GetsItsPongs()
    {
        using World world = new(isHost: true);
        using Peer peer = Serve(world, out string uri);
        bool all = false;
        Open(world, uri + "pings/5000").Text += (_, _, _, _) => all = true;
        world.Until(() => all, "pongs are missing");
    }

    [TestMethod]
    public void Server_ThatRefuses_IsToldOf()
    {
        using World world = new(isHost: true);
        using Peer peer = Serve(world, out string uri);
        SocketException? failure = null;
        WebSocketClient.Connect(world.Loop, uri + "refused", new(), (_, error) => failure = error);
        world.Until(() => failure != null, "no end");
        Assert.AreEqual(401, ((WebSocketHandshakeException)failure!).Status);
    }

    private static Peer Serve(World world, out string uri, bool isPacked = false)
    {
        Peer peer = Peer.Node("ws_peer.cjs", "ws", "server", isPacked ? "--deflate" : "");
        uri = "ws://127.0.0.1:" + peer.Line(world, 0) + "/";
        return peer;
    }

    private static WebSocket Open(World world, string uri, Action<WebSocketClientOptions>? set = null)
    {
        WebSocketClientOptions options = new();
        set?.Invoke(options);
        WebSocket? socket = null;
        SocketException? failure = null;
        WebSocketClient.Connect(world.Loop, uri, options, (s, e) =>
        {
            (socket, failure) = (s, e);
            s?.Pause();
        });
        world.Until(() => socket != null || failure != null, "no end");
        Assert.IsNull(failure, failure?.Message);

        // The events are set when this returns.
        socket!.Resume();
        return socket;
    }
}
