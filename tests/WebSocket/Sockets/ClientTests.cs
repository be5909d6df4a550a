using System.Text;

namespace IoTNet.Tests.WebSockets.Sockets;

[TestClass]
public sealed class ClientTests
{
    private const string Good = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {0}\r\n";

    [TestMethod]
    public void Connect_SendsWhatTheRfcAsksFor()
    {
        using World world = new();
        HttpRequest? told = null;
        WebSocketServer server = world.Serve(o => o.Protocols = ["two"]);
        server.Connection += s => told = s.Request;
        WebSocket client = world.Connect(server, o =>
        {
            o.Protocols = ["one", "two"];
            o.Origin = "http://here";
            o.Authorization = HttpCredentials.Basic("user", "pass");
            o.Headers = ["X-Board", "7"];
        }, "/live?x=1");
        Assert.AreEqual("two", client.Protocol);
        Assert.AreEqual("/live?x=1", told!.Target);
        Assert.AreEqual(server.Address["tcp://".Length..], told.GetHeader("Host"));
        Assert.AreEqual("http://here", told.GetHeader("Origin"));
        Assert.AreEqual("one, two", told.GetHeader("Sec-WebSocket-Protocol"));
        Assert.AreEqual("7", told.GetHeader("X-Board"));
        Assert.AreEqual("pass", HttpCredentials.Parse(told.GetHeader("Authorization")).Password);
    }

    [TestMethod]
    [DataRow("http://board/")]
    [DataRow("ws://")]
    [DataRow("ws:///path")]
    [DataRow("ws://board:99999/")]
    [DataRow("ws://board:x/")]
    [DataRow("ws://user:pass@board/")]
    [DataRow("ws://board/#part")]
    [DataRow("ws://board/a b")]
    [DataRow("ws://board/é")]
    [DataRow("ws://[::1/")]
    public void Connect_ToAWrongUri_Throws(string uri)
    {
        using World world = new();
        Assert.ThrowsExactly<ArgumentException>(() => WebSocketClient.Connect(world.Loop, uri, new(), (_, _) => { }));
    }

    [TestMethod]
    [DataRow("ws://board", "board", "tcp://board:80", "/")]
    [DataRow("ws://board:80/x?y=/z", "board", "tcp://board:80", "/x?y=/z")]
    [DataRow("ws://board:8080?q", "board:8080", "tcp://board:8080", "/?q")]
    [DataRow("wss://[::1]/a", "[::1]", "tcp://[::1]:443", "/a")]
    [DataRow("wss://board:80", "board:80", "tcp://board:80", "/")]
    public void Uri_HasItsParts(string uri, string host, string tcp, string target)
    {
        WebSocketUri parsed = WebSocketUri.Parse(uri);
        Assert.AreEqual($"{host} {tcp} {target}", $"{parsed.Host} {parsed.Tcp} {parsed.Target}");
    }

    [TestMethod]
    public void Connect_ByWssWithoutTls_IsRefused()
    {
        using World world = new();
        SocketException error = Assert.ThrowsExactly<SocketException>(() => WebSocketClient.Connect(world.Loop, "wss://127.0.0.1:1/", new(), (_, _) => { }));
        Assert.AreEqual(Errno.EPROTONOSUPPORT, error.Errno);
    }

    [TestMethod]
    [DataRow("HTTP/1.1 404 Not Found\r\n\r\n", 404)]
    [DataRow("HTTP/1.1 302 Found\r\nLocation: ws://elsewhere/\r\n\r\n", 302)]
    [DataRow("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200)]
    [DataRow("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", 101)]
    [DataRow(Good + "Sec-WebSocket-Protocol: other\r\n\r\n", 101)]
    [DataRow(Good + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", 101)]
    [DataRow("SSH-2.0-OpenSSH\r\n\r\n", 0)]
    [DataRow("HTTP/1.1 101\nUpgrade: websocket\n\n", 0)]
    public void Connect_ToAServerThatAnswersOtherwise_Fails(string answer, int status)
    {
        SocketException error = FailureOf(answer, null);
        Assert.AreEqual(status, ((WebSocketHandshakeException)error).Status, error.Message);
        Assert.AreEqual(Errno.ECONNREFUSED, error.Errno);
        Assert.AreEqual(status == 302, error.Message.Contains("ws://elsewhere/", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Connect_ToAServerWithALongHead_Fails() =>
        Assert.IsInstanceOfType<WebSocketHandshakeException>(FailureOf("HTTP/1.1 101 Yes\r\nA: " + new string('a', 3000), o => o.MaxHeadBytes = 1000));

    [TestMethod]
    public void Connect_ToASilentServer_TimesOut() =>
        Assert.AreEqual(Errno.ETIMEDOUT, FailureOf("", o => o.ConnectTimeoutMs = 50).Errno);

    [TestMethod]
    public void Connect_ToAServerThatEnds_IsReset() =>
        Assert.AreEqual(Errno.ECONNRESET, FailureOf(null, null).Errno);

    [TestMethod]
    public void Connect_ToNobody_IsRefused()
    {
        using World world = new();
        SocketException? failure = null;
        WebSocketClient.Connect(world.Loop, "ws://127.0.0.1:9/", new(), (_, e) => failure = e);
        world.Until(() => failure != null, "no end");
        Assert.AreEqual(Errno.ECONNREFUSED, failure!.Errno);
        StringAssert.Contains(failure.Message, "ws://127.0.0.1:9/");
    }

    [TestMethod]
    public void Connect_ThatIsCancelled_IsSilent()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        int told = 0;
        PendingWebSocket pending = WebSocketClient.Connect(world.Loop, World.Uri(server), new(), (_, _) => told++);
        pending.Cancel();
        WebSocketServer silent = world.Serve();
        silent.Route("/*", null, _ => { });
        pending = WebSocketClient.Connect(world.Loop, World.Uri(silent), new(), (_, _) => told++);
        world.Until(() => silent.Tcp.ConnectionCount == 1, "not accepted");
        pending.Cancel();
        pending.Cancel();
        world.Until(() => silent.Tcp.ConnectionCount == 0, "the connection is kept");
        Assert.AreEqual(0, told);
    }

    [TestMethod]
    public void Frames_ThatComeWithTheAnswer_AreNotLost_AtAnySplit()
    {
        using World world = new();
        byte[] frames = [.. RawPeer.Frame(0x81, "one"u8.ToArray(), null), .. RawPeer.Frame(0x81, "two"u8.ToArray(), null)];
        int length = Encoding.ASCII.GetByteCount(string.Format(null, Good, new string('x', 28)) + "\r\n") + frames.Length;
        for (int split = 0; split < length; split += split == 0 ? 1 : 3)
        {
            List<string> told = [];
            WebSocket? client = null;
            byte[]? rest = null;
            Connection? accepted = null;
            TcpServer server = Fake(world, (connection, key) =>
            {
                byte[] all = [.. Encoding.ASCII.GetBytes(string.Format(null, Good, HandshakeKey.AcceptOf(key)) + "\r\n"), .. frames];
                accepted = connection;
                connection.Write(all, 0, split);
                rest = all[split..];
            });
            WebSocketClient.Connect(world.Loop, "ws" + server.Address["tcp".Length..], new(), (socket, error) =>
            {
                client = socket;
                socket.Text += (_, buffer, offset, count) => told.Add(World.TextOf(buffer, offset, count));
            });
            world.Until(() => rest != null, "no request");
            world.Settle();
            accepted!.Write(rest!, 0, rest!.Length);
            world.Until(() => told.Count == 2, "frames were lost, split at " + split);
            CollectionAssert.AreEqual(new[] { "one", "two" }, told);
            client!.Abort();
            server.Close();
        }
    }

    private static SocketException FailureOf(string? answer, Action<WebSocketClientOptions>? set)
    {
        using World world = new();
        TcpServer server = Fake(world, (connection, key) =>
        {
            if (answer == null)
            {
                connection.Close();
                return;
            }

            byte[] bytes = Encoding.ASCII.GetBytes(answer.Replace("{0}", HandshakeKey.AcceptOf(key), StringComparison.Ordinal));
            connection.Write(bytes, 0, bytes.Length);
        });
        WebSocketClientOptions options = new();
        set?.Invoke(options);
        SocketException? failure = null;
        WebSocketClient.Connect(world.Loop, "ws" + server.Address["tcp".Length..], options, (socket, error) => failure = error ?? new SocketException(Errno.EISCONN));
        world.Until(() => failure != null, "no end");
        server.Close();
        server.CloseConnections();
        return failure!;
    }

    /// <summary>A server that answers as the test says, once it has a whole request.</summary>
    private static TcpServer Fake(World world, Action<Connection, string> answer)
    {
        TcpServer server = new(world.Loop, "127.0.0.1:0");
        server.Connection += connection => connection.Data += (c, buffer, offset, count) =>
        {
            string request = Encoding.ASCII.GetString(buffer, offset, count);
            int key = request.IndexOf("Sec-WebSocket-Key: ", StringComparison.Ordinal) + "Sec-WebSocket-Key: ".Length;
            answer(c, request.Substring(key, 24));
        };
        return server;
    }
}
