namespace IoTNet.Tests.SocketIO.Server;

/// <summary>The server's answers, byte by byte.</summary>
[TestClass]
public class ProtocolTests
{
    [TestMethod]
    public void Session_SplitAtEveryPoint_IsUnderstood()
    {
        byte[] all = [.. RawPeer.Text("40"), .. RawPeer.Text("421[\"x\",\"ä\"]"), .. RawPeer.Text("452-2[\"x\",{\"_placeholder\":true,\"num\":1},{\"_placeholder\":true,\"num\":0}]"),
            .. RawPeer.Binary(1, 2), .. RawPeer.Binary()];
        using World world = new();
        SocketIOServer io = Echo(world);
        for (int at = 0; at <= all.Length; at++)
        {
            using RawPeer peer = RawPeer.Open(world, io);
            peer.SendAlone(all[..at]);
            peer.Send(all[at..]);
            StringAssert.StartsWith(peer.ReadText(), "40{\"sid\":\"");
            Assert.AreEqual("431[\"ä\"]", peer.ReadText());
            Assert.AreEqual("462-2[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]", peer.ReadText());
            Assert.AreEqual("<>", peer.ReadText());
            Assert.AreEqual("<0102>", peer.ReadText());
        }
    }

    [TestMethod]
    public void Session_ByteByByte_IsUnderstood()
    {
        using World world = new();
        SocketIOServer io = Echo(world);
        using RawPeer peer = new(world, io);
        foreach (byte one in (byte[])[.. RawPeer.Upgrade(), .. RawPeer.Text("40"), .. RawPeer.Text("451-7[\"x\",{\"_placeholder\":true,\"num\":0}]"), .. RawPeer.Binary(5)])
        {
            peer.SendAlone([one]);
        }

        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 101 ");
        StringAssert.Matches(peer.ReadText(), new(@"^0\{""sid"":""[A-Za-z0-9_-]{20}"",""upgrades"":\[\],""pingInterval"":25000,""pingTimeout"":20000,""maxPayload"":1000000\}$"));
        StringAssert.StartsWith(peer.ReadText(), "40{\"sid\":\"");
        Assert.AreEqual("461-7[{\"_placeholder\":true,\"num\":0}]", peer.ReadText());
        Assert.AreEqual("<05>", peer.ReadText());
    }

    [TestMethod]
    [DataRow("42[\"x\"]", DisplayName = "an event before the connect")]
    [DataRow("41", DisplayName = "a disconnect before the connect")]
    [DataRow("40[]", DisplayName = "a connect with an array")]
    [DataRow("40{\"a\":}", DisplayName = "a connect with no JSON")]
    [DataRow("4", DisplayName = "no type")]
    [DataRow("49", DisplayName = "an unknown type")]
    [DataRow("2", DisplayName = "a ping of the client")]
    [DataRow("8", DisplayName = "an unknown packet of the engine")]
    [DataRow("", DisplayName = "an empty frame")]
    [DataRow("451-[\"x\"]|42[\"x\"]", DisplayName = "text for an attachment")]
    [DataRow("40|40", DisplayName = "a second connect")]
    [DataRow("40|44{\"message\":\"x\"}", DisplayName = "an error from the client")]
    [DataRow("40|42[\"connect\"]", DisplayName = "a reserved event")]
    [DataRow("40|41[]", DisplayName = "a disconnect with a payload")]
    [DataRow("40|42", DisplayName = "an event without a payload")]
    public void Session_ThatViolatesTheProtocol_IsClosed(string packets)
    {
        using World world = new();
        SocketIOServer io = Echo(world);
        using RawPeer peer = RawPeer.Open(world, io);
        foreach (string packet in packets.Split('|'))
        {
            peer.Send(RawPeer.Text(packet));
        }

        string last = peer.ReadText();
        if (last.StartsWith("40{", StringComparison.Ordinal))
        {
            last = peer.ReadText();
        }

        Assert.AreEqual("end", last);
        Assert.AreEqual(0, io.ClientCount);
        Assert.AreEqual(0, io.Sockets.Count);
    }

    [TestMethod]
    public void Session_ThatConnectsToNothing_IsClosedInTime()
    {
        using World world = new();
        SocketIOServer io = world.Serve(o => o.ConnectTimeoutMs = 20);
        using RawPeer peer = RawPeer.Open(world, io);
        Assert.AreEqual("end", peer.ReadText());
        Assert.AreEqual(0, io.ClientCount);
    }

    [TestMethod]
    public void Session_ThatDoesNotAnswerAPing_IsClosedInTime()
    {
        using World world = new();
        SocketIOServer io = Echo(world, o => (o.PingIntervalMs, o.PingTimeoutMs) = (10, 500));
        List<string> reasons = [];
        io.Connection += s => s.Disconnected += (_, reason) => reasons.Add(reason);
        using RawPeer peer = RawPeer.Open(world, io);
        peer.Send(RawPeer.Text("40"));
        List<string> got = [];
        while (got.LastOrDefault() != "end")
        {
            got.Add(peer.ReadText());
            if (got[^1] == "2" && got.Count(t => t == "2") == 1)
            {
                peer.Send(RawPeer.Text("3"));
            }
        }

        Assert.AreEqual(2, got.Count(t => t == "2"), string.Join(" ", got));
        CollectionAssert.AreEqual(new[] { "ping timeout" }, reasons);
    }

    [TestMethod]
    [DataRow("GET", "EIO=4&transport=polling", 400, 0, false)]
    [DataRow("GET", "EIO=4&transport=carrier", 400, 0, true)]
    [DataRow("GET", "EIO=4", 400, 0, true)]
    [DataRow("GET", "EIO=4&transport=websocket", 400, 3, true)]
    [DataRow("GET", "EIO=3&transport=polling", 400, 5, true)]
    [DataRow("GET", "EIO=4&transport=polling&sid=x", 400, 1, true)]
    [DataRow("POST", "EIO=4&transport=polling", 400, 2, true)]
    public void Request_ThatIsWrong_IsAnsweredWithTheProtocolsNumber(string method, string query, int status, int code, bool polling)
    {
        using World world = new();
        SocketIOServer io = Echo(world, o => o.AllowPolling = polling);
        using RawPeer peer = new(world, io);
        (int got, string body) = peer.Ask(method, query);
        Assert.AreEqual(status, got);
        StringAssert.StartsWith(body, "{\"code\":" + code + ",\"message\":\"");
    }

    [TestMethod]
    [DataRow("EIO=3&transport=websocket", 5)]
    [DataRow("EIO=4&transport=polling", 0)]
    [DataRow("EIO=4&transport=websocket&sid=nobody", 1)]
    public void Upgrade_ThatIsWrong_IsRefused(string query, int code)
    {
        using World world = new();
        SocketIOServer io = Echo(world, o => o.AllowPolling = true);
        using RawPeer peer = new(world, io);
        peer.Send(RawPeer.Upgrade(query));
        (int status, string body) = peer.ReadAnswer();
        Assert.AreEqual(400, status);
        StringAssert.StartsWith(body, "{\"code\":" + code + ",\"message\":\"");
    }

    [TestMethod]
    public void Poll_OfPackets_JoinsThemAndWaitsForMore()
    {
        using World world = new();
        SocketIOServer io = Echo(world, o => o.AllowPolling = true);
        SocketIOSocket? socket = null;
        io.Connection += s => socket = s;
        using RawPeer get = new(world, io);
        using RawPeer post = new(world, io);
        (int status, string hello) = get.Ask("GET", "EIO=4&transport=polling");
        Assert.AreEqual(200, status);
        StringAssert.Contains(hello, "\"upgrades\":[\"websocket\"]");
        string sid = "EIO=4&transport=polling&sid=" + hello.Split('"')[3];

        Assert.AreEqual((200, "ok"), post.Ask("POST", sid, "40\u001e421[\"x\",1]\u001e451-2[\"x\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID"));
        (_, string packets) = get.Ask("GET", sid);
        string[] parts = packets.Split('\u001e');
        StringAssert.StartsWith(parts[0], "40{\"sid\":\"");
        CollectionAssert.AreEqual(new[] { "431[1]", "461-2[{\"_placeholder\":true,\"num\":0}]", "bAQID" }, parts[1..]);

        get.Send(World.Utf8($"GET /socket.io/?{sid} HTTP/1.1\r\nHost: board\r\n\r\n"));
        while (world.Loop.RunOnce(0) > 0)
        {
        }

        Assert.IsTrue(socket!.IsPolling);
        Assert.IsTrue(socket.Volatile.Emit("now"));
        Assert.IsFalse(socket.Volatile.Emit("not now"));
        Assert.AreEqual((200, "42[\"now\"]"), get.ReadAnswer());

        // A second one at a time is a violation, and ends both.
        get.Send(World.Utf8($"GET /socket.io/?{sid} HTTP/1.1\r\nHost: board\r\n\r\n"));
        while (world.Loop.RunOnce(0) > 0)
        {
        }

        Assert.AreEqual(400, post.Ask("GET", sid).Status);
        Assert.AreEqual((200, "1"), get.ReadAnswer());
        Assert.AreEqual(400, post.Ask("GET", sid).Status);
        Assert.AreEqual(0, io.ClientCount);
    }

    [TestMethod]
    public void Post_ThatIsNoBase64_ClosesTheSession()
    {
        using World world = new();
        SocketIOServer io = Echo(world, o => o.AllowPolling = true);
        using RawPeer get = new(world, io);
        string sid = "EIO=4&transport=polling&sid=" + get.Ask("GET", "EIO=4&transport=polling").Body.Split('"')[3];
        get.Ask("POST", sid, "40\u001e451-[\"x\"]\u001eb!");
        Assert.AreEqual(0, io.ClientCount);
        Assert.AreEqual(400, get.Ask("GET", sid).Status);
    }

    private static SocketIOServer Echo(World world, Action<SocketIOServerOptions>? set = null)
    {
        SocketIOServer io = world.Serve(set);
        io.Connection += socket => socket.On("x", (s, args) => args.Ack([.. Enumerable.Range(0, args.Count).Select(i => args[i])]));
        return io;
    }
}
