using System.Text;

namespace IoTNet.Tests.WebSockets.Http;

[TestClass]
public sealed class UpgradeTests
{
    [TestMethod]
    public void Upgrade_IsAnsweredAsTheRfcSays()
    {
        using World world = new();
        RawPeer peer = world.Raw(world.ServeEcho());
        peer.Send(RawPeer.Upgrade());
        Assert.AreEqual("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", peer.ReadHead());
    }

    [TestMethod]
    [DataRow("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 8", 426)]
    [DataRow("Sec-WebSocket-Version: 13\r\n", "", 426)]
    [DataRow("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", "", 400)]
    [DataRow("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ==", 400)]
    [DataRow("Connection: Upgrade", "Connection: keep-alive", 400)]
    [DataRow("GET /", "POST /", 400)]
    [DataRow("GET /", "GET /other", 404)]
    [DataRow("Host: board\r\n", "Host: board\r\nOrigin: http://evil.example\r\n", 403)]
    [DataRow("Upgrade: websocket", "Upgrade: h2c", 426)]
    [DataRow("HTTP/1.1", "HTTP/1.0", 426)]
    public void Upgrade_ThatIsWrong_IsRefused(string right, string wrong, int status)
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => (o.Path, o.Origins) = ("/", ["http://board.local"]));
        RawPeer peer = world.Raw(server);
        string request = RawPeer.Upgrade();
        StringAssert.Contains(request, right);
        peer.Send(request.Replace(right, wrong, StringComparison.Ordinal));
        string head = peer.ReadAnswer().Head;
        StringAssert.StartsWith(head, "HTTP/1.1 " + status + " ");
        Assert.AreEqual(status == 426, head.Contains("Sec-WebSocket-Version: 13\r\n", StringComparison.Ordinal));
        Assert.AreEqual(0, server.ClientCount);
    }

    [TestMethod]
    [DataRow("Connection: Upgrade", "connection:keep-alive, UPGRADE")]
    [DataRow("Upgrade: websocket", "upgrade: WebSocket")]
    [DataRow("Host: board\r\n", "Host: board\r\nOrigin: http://BOARD.local\r\n")]
    public void Upgrade_InOtherWords_IsAccepted(string usual, string other)
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => o.Origins = ["http://other", "http://board.local"]);
        RawPeer peer = world.Raw(server);
        peer.Send(RawPeer.Upgrade().Replace(usual, other, StringComparison.Ordinal));
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 101 ");
        Assert.AreEqual(1, server.ClientCount);
    }

    [TestMethod]
    public void Frames_ThatComeWithTheHandshake_AreNotLost()
    {
        using World world = new();
        WebSocketServer server = world.ServeEcho();
        byte[] all = [.. Encoding.ASCII.GetBytes(RawPeer.Upgrade()), .. RawPeer.Text("one"), .. RawPeer.Text("two")];
        int first = Encoding.ASCII.GetByteCount(RawPeer.Upgrade());
        foreach (int split in Enumerable.Range(0, all.Length + 1))
        {
            RawPeer peer = world.Raw(server);
            peer.SendAlone(all[..split]);
            peer.SendAlone(all[split..]);
            StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 101 ");
            Assert.AreEqual("one", Encoding.ASCII.GetString(peer.ReadFrame().Payload), $"split at {split} of {first}");
            Assert.AreEqual("two", Encoding.ASCII.GetString(peer.ReadFrame().Payload), $"split at {split} of {first}");
            peer.Close();
        }
    }

    [TestMethod]
    public void Accept_LaterOn_LosesNothing()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        WebSocketUpgrade? asked = null;
        server.Route("/later", null, upgrade => asked = upgrade);
        RawPeer peer = world.Raw(server);
        peer.Send([.. Encoding.ASCII.GetBytes(RawPeer.Upgrade("/later?id=7", "Sec-WebSocket-Protocol: a, b\r\n")), .. RawPeer.Text("one")]);
        world.Until(() => asked != null, "not asked");
        peer.SendAlone(RawPeer.Text("two"));
        Assert.AreEqual(0, server.ClientCount);
        Assert.AreEqual("7", asked!.Request.GetQuery("id"));
        Assert.ThrowsExactly<ArgumentException>(() => asked.Accept("c"));
        WebSocket socket = asked.Accept("b")!;
        List<string> told = [];
        socket.Text += (s, buffer, offset, count) => told.Add(World.TextOf(buffer, offset, count));
        Assert.ThrowsExactly<InvalidOperationException>(() => asked.Refuse(403, ""));
        peer.Send(RawPeer.Text("three"));
        world.Until(() => told.Count == 3, "frames were lost");
        CollectionAssert.AreEqual(new[] { "one", "two", "three" }, told);
        StringAssert.Contains(peer.ReadHead(), "Sec-WebSocket-Protocol: b\r\n");
        Assert.AreEqual("b", socket.Protocol);
        Assert.AreEqual(1, server.ClientCount);
        Assert.AreEqual("/later", socket.Request.Path);
    }

    [TestMethod]
    public void Upgrade_BehindRequestsThatWereHeldBack_IsAccepted()
    {
        using World world = new();
        WebSocketServer server = world.ServeEcho(o => (o.Path, o.MaxHeadBytes) = ("/live", 256));
        HttpResponse? waiting = null;
        server.Request += (_, response) => waiting = response;
        RawPeer peer = world.Raw(server);
        peer.Send("GET /a HTTP/1.1\r\nHost: b\r\n\r\n");
        world.Until(() => waiting != null, "no request");
        peer.SendAlone([.. Encoding.ASCII.GetBytes(RawPeer.Upgrade("/live")), .. RawPeer.Text("one"), .. RawPeer.Text(new string('x', 300))]);
        Assert.IsTrue(waiting!.Request.Connection.IsPaused);
        waiting.Send(204);
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 204 ");
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 101 ");
        peer.Send(RawPeer.Text("two"));
        Assert.AreEqual("one", Encoding.ASCII.GetString(peer.ReadFrame().Payload));
        Assert.AreEqual(300, peer.ReadFrame().Payload.Length);
        Assert.AreEqual("two", Encoding.ASCII.GetString(peer.ReadFrame().Payload));
    }

    [TestMethod]
    public void Accept_WhenTheClientHasLeft_GivesNull()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        WebSocketUpgrade? asked = null;
        server.Route("/*", null, upgrade => asked = upgrade);
        RawPeer peer = world.Raw(server);
        peer.Send(RawPeer.Upgrade());
        world.Until(() => asked != null, "not asked");
        peer.Close();
        world.Until(() => asked!.IsAborted, "the end was not told");
        Assert.IsNull(asked!.Accept(null));
        asked.Refuse(403, "");
        Assert.AreEqual(0, server.ClientCount);
    }

    [TestMethod]
    public void Refuse_GivesItsAnswer()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        server.Route("/socket.io/*", null, upgrade => upgrade.Refuse(403, "application/json", "{\"code\":4}"));
        RawPeer peer = world.Raw(server);
        peer.Send(RawPeer.Upgrade("/socket.io/?EIO=4"));
        (string head, string body) = peer.ReadAnswer();
        StringAssert.StartsWith(head, "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n");
        Assert.AreEqual("{\"code\":4}", body);
        peer.ReadEnd();
    }

    [TestMethod]
    [DataRow("", null)]
    [DataRow("Sec-WebSocket-Protocol: x\r\n", null)]
    [DataRow("Sec-WebSocket-Protocol: chat, superchat\r\n", "superchat")]
    [DataRow("Sec-WebSocket-Protocol: x\r\nSec-WebSocket-Protocol: chat\r\n", "chat")]
    public void Protocols_AreTakenInTheServersOrder(string header, string? chosen)
    {
        using World world = new();
        RawPeer peer = world.Raw(world.Serve(o => o.Protocols = ["superchat", "chat"]));
        peer.Send(RawPeer.Upgrade("/", header));
        string head = peer.ReadHead();
        StringAssert.StartsWith(head, "HTTP/1.1 101 ");
        Assert.AreEqual(chosen != null, head.Contains("Sec-WebSocket-Protocol: " + chosen + "\r\n", StringComparison.Ordinal), head);
    }

    [TestMethod]
    public void ClientCount_IsThatOfOpenWebSockets()
    {
        using World world = new();
        WebSocketServer server = world.ServeEcho(o => o.Path = "/live");
        server.Route("/info", (request, response) => response.Send(200, null, server.ClientCountFor(request).ToString(null, null)), null);
        Assert.AreEqual(0, server.ClientCount);
        RawPeer one = world.Raw(server);
        one.Send(RawPeer.Upgrade("/live"));
        one.ReadHead();
        RawPeer two = world.Raw(server);
        two.Send(RawPeer.Upgrade("/live"));
        two.ReadHead();
        RawPeer page = world.Raw(server);
        page.Send("GET /info HTTP/1.1\r\nHost: b\r\n\r\n");
        Assert.AreEqual("2", page.ReadAnswer().Body);
        page.Send("GET /info HTTP/1.0\r\nHost: b\r\n\r\n");
        Assert.AreEqual("-1", page.ReadAnswer().Body, "a client of HTTP/1.0 cannot have a WebSocket");
        one.Close();
        world.Until(() => server.ClientCount == 1, "the count stays " + server.ClientCount);
    }
}
