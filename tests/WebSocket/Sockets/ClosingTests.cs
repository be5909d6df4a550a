namespace IoTNet.Tests.WebSockets.Sockets;

[TestClass]
public sealed class ClosingTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Close_ByEitherSide_IsCleanAndToldToBoth(bool byServer)
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        (WebSocket client, WebSocket accepted) = world.Pair(server);
        List<string> told = [];
        client.Closed += (_, code, reason, wasClean) => told.Add($"{code} {reason} {wasClean}");
        accepted.Closed += (_, code, reason, wasClean) => told.Add($"{code} {reason} {wasClean}");
        (WebSocket from, WebSocket to) = byServer ? (accepted, client) : (client, accepted);
        from.SendText("last");
        string? last = null;
        to.Text += (_, buffer, offset, count) => last = World.TextOf(buffer, offset, count);
        from.Close(4321, "geht heim é");
        from.Close(1000, "again");
        world.Until(() => told.Count == 2, "told " + string.Join(", ", told));
        CollectionAssert.AreEqual(new[] { "4321 geht heim é True", "4321 geht heim é True" }, told);
        Assert.AreEqual("last", last);
        Assert.IsTrue(client.IsClosed && accepted.IsClosed);
        Assert.AreEqual(0, server.Tcp.ConnectionCount);
    }

    [TestMethod]
    public void Close_WithWhatMayNotBeSent_IsRefused()
    {
        using World world = new();
        WebSocket client = world.Connect(world.Serve());
        foreach (int code in (int[])[0, 999, 1004, 1005, 1006, 1015, 2999, 5000])
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => client.Close(code, ""));
        }

        Assert.ThrowsExactly<ArgumentException>(() => client.Close(1000, new string('é', 62)));
        Assert.IsTrue(client.IsOpen);
        client.Close(1000, new string('x', 123));
        world.Until(() => client.IsClosed, "not closed");
    }

    [TestMethod]
    [DataRow("", 1005, "")]
    [DataRow("03E8", 1000, "")]
    [DataRow("03E9627965", 1001, "bye")]
    [DataRow("0BB8", 3000, "")]
    [DataRow("1387C3A9", 4999, "é")]
    public void CloseFrame_OfThePeer_IsAnsweredByItsCode(string payload, int code, string reason)
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        List<string> told = [];
        server.Connection += s => s.Closed += (_, c, r, clean) => told.Add($"{c} {r} {clean}");
        RawPeer peer = world.RawOpen(server);

        // RFC 6455 5.5.1: what follows a close frame is nobody's.
        peer.Send([.. RawPeer.Frame(0x88, Convert.FromHexString(payload)), .. RawPeer.Frame(0xFF, [])]);
        Assert.AreEqual((code, reason), peer.ReadClose());
        peer.Close();
        world.Until(() => told.Count == 1, "the end was not told");
        Assert.AreEqual($"{code} {reason} True", told[0]);
    }

    [TestMethod]
    [DataRow("03", 1002, DisplayName = "one byte")]
    [DataRow("0000", 1002)]
    [DataRow("03E7", 1002, DisplayName = "999")]
    [DataRow("03EC", 1002, DisplayName = "1004")]
    [DataRow("03ED", 1002, DisplayName = "1005")]
    [DataRow("03EE", 1002, DisplayName = "1006")]
    [DataRow("03F7", 1002, DisplayName = "1015")]
    [DataRow("07D0", 1002, DisplayName = "2000")]
    [DataRow("1388", 1002, DisplayName = "5000")]
    [DataRow("03E8FF", 1007, DisplayName = "no UTF-8")]
    [DataRow("03E8C3", 1007, DisplayName = "cut off UTF-8")]
    public void CloseFrame_ThatIsWrong_IsAViolation(string payload, int code)
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        List<string> told = [];
        server.Connection += s =>
        {
            s.Error += (_, error) => told.Add(error.Errno == Errno.ECONNABORTED ? "aborted" : error.Message);
            s.Closed += (_, c, _, clean) => told.Add($"{c} {clean}");
        };
        RawPeer peer = world.RawOpen(server);
        peer.Send(RawPeer.Frame(0x88, Convert.FromHexString(payload)));
        Assert.AreEqual(code, peer.ReadClose().Code);
        peer.Close();
        world.Until(() => told.Count == 2, "the end was not told");
        CollectionAssert.AreEqual(new[] { "aborted", code + " False" }, told);
    }

    [TestMethod]
    public void Violation_IsAnsweredEvenWhenMoreBytesCome()
    {
        using World world = new();
        WebSocketServer server = world.ServeEcho();
        RawPeer peer = world.RawOpen(server);
        peer.Send([.. RawPeer.Text("good"), .. RawPeer.Frame(0x83, []), .. new byte[100_000]]);
        Assert.AreEqual(0x81, peer.ReadFrame().First);
        (int code, string reason) = peer.ReadClose();
        Assert.AreEqual(1002, code);
        StringAssert.Contains(reason, "opcode");
        peer.Close();
        world.Until(() => server.ClientCount == 0, "it stays");
    }

    [TestMethod]
    public void End_WithoutACloseFrame_Is1006()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => o.Tcp.AllowHalfOpen = true);
        List<string> told = [];
        server.Connection += s => s.Closed += (_, code, reason, wasClean) => told.Add($"{code} {wasClean}");
        RawPeer half = world.RawOpen(server);
        half.Send(RawPeer.Text("x")[..3]);
        half.End();
        world.Until(() => told.Count == 1, "the end was not told");
        Assert.AreEqual("1006 False", told[0]);
    }

    [TestMethod]
    public void Abort_IsToldAtOnceHere_AndAsAnErrorThere()
    {
        using World world = new(isHost: true);
        (WebSocket client, WebSocket accepted) = world.Pair(world.Serve());
        List<string> told = [];
        accepted.Closed += (_, code, _, wasClean) => told.Add($"here {code} {wasClean}");
        client.Error += (_, error) => told.Add(error.Errno == Errno.ECONNRESET ? "reset" : error.Message);
        client.Closed += (_, code, _, wasClean) => told.Add($"there {code} {wasClean}");
        accepted.Abort();
        Assert.AreEqual(1, told.Count);
        world.Until(() => told.Count == 3, "the end was not told");
        CollectionAssert.AreEqual(new[] { "here 1006 False", "reset", "there 1006 False" }, told);
    }

    [TestMethod]
    public void Peer_ThatNeverAnswersAClose_IsLeft()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => o.Sockets.CloseTimeoutMs = 30);
        string? told = null;
        server.Connection += s =>
        {
            s.Closed += (_, code, _, wasClean) => told = $"{code} {wasClean}";
            s.Close(1001, "");
        };
        RawPeer peer = world.RawOpen(server);
        world.Until(() => told != null, "it is kept");
        Assert.AreEqual("1006 False", told);
        Assert.AreEqual(1001, peer.ReadClose().Code);
    }

    [TestMethod]
    public void Client_WhoseServerKeepsTheConnection_EndsIt()
    {
        using World world = new();
        (WebSocket client, WebSocket accepted) = world.Pair(world.Serve(), o => o.CloseTimeoutMs = 30);
        Socket silent = accepted.Connection.Detach();
        string? told = null;
        client.Closed += (_, code, _, wasClean) => told = $"{code} {wasClean}";
        byte[] close = RawPeer.Frame(0x88, [3, 0xE8], null);
        Assert.AreEqual(close.Length, silent.TrySend(close, 0, close.Length, SocketFlags.DontWait));
        world.Until(() => told != null, "it is kept");
        Assert.AreEqual("1000 True", told);
        silent.Close();
    }

    [TestMethod]
    public void Peer_ThatIsSilent_GetsAPing_AndIsLeftWithoutAnAnswer()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => (o.Sockets.PingIntervalMs, o.Sockets.PongTimeoutMs) = (40, 200));
        List<string> told = [];
        server.Connection += s =>
        {
            s.Error += (_, error) => told.Add(error.Errno == Errno.ETIMEDOUT ? "timeout" : error.Message);
            s.Closed += (_, code, _, _) => told.Add("closed " + code);
        };
        RawPeer peer = world.RawOpen(server);
        for (int i = 0; i < 3; i++)
        {
            (int first, byte[] payload) = peer.ReadFrame();
            Assert.AreEqual(0x89, first);
            Assert.AreEqual(0, told.Count);
            peer.Send(RawPeer.Frame(0x8A, payload));
        }

        Assert.AreEqual(0x89, peer.ReadFrame().First);
        world.Until(() => told.Count == 2, "it is kept");
        CollectionAssert.AreEqual(new[] { "timeout", "closed 1006" }, told);
    }

    [TestMethod]
    public void Messages_ThatComeWhileClosing_AreDropped()
    {
        using World world = new();
        (WebSocket client, WebSocket accepted) = world.Pair(world.Serve());
        int told = 0;
        accepted.Text += (_, _, _, _) => told++;
        accepted.Close();
        client.SendText("crossing");
        world.Until(() => client.IsClosed && accepted.IsClosed, "not closed");
        Assert.AreEqual(0, told);
    }
}
