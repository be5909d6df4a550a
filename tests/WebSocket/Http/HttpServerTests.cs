using System.Text;

namespace IoTNet.Tests.WebSockets.Http;

[TestClass]
public sealed class HttpServerTests
{
    private static readonly byte[] s_page = Encoding.UTF8.GetBytes("<h1>board</h1>");

    [TestMethod]
    public void Request_OfAPage_IsAnswered()
    {
        using World world = new();
        RawPeer peer = world.Raw(Pages(world));
        peer.Send("GET / HTTP/1.1\r\nHost: board\r\n\r\n");
        Assert.AreEqual("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 14\r\n\r\n", peer.ReadHead());
        CollectionAssert.AreEqual(s_page, peer.Read(14));
    }

    [TestMethod]
    [DataRow("GET /nowhere HTTP/1.1\r\nHost: b\r\n\r\n", 404)]
    [DataRow("GET /live HTTP/1.1\r\nHost: b\r\n\r\n", 426)]
    [DataRow("POST / HTTP/1.1\r\nHost: b\r\n\r\n", 405)]
    [DataRow("GET / HTTP/1.1\r\n\r\n", 400, DisplayName = "no Host")]
    [DataRow("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, DisplayName = "two Hosts")]
    [DataRow("GET / HTTP/2.0\r\nHost: b\r\n\r\n", 505)]
    [DataRow("GET / HTTP/1.1 \r\nHost: b\r\n\r\n", 400)]
    [DataRow("GET  / HTTP/1.1\r\nHost: b\r\n\r\n", 400)]
    [DataRow("GET\r\nHost: b\r\n\r\n", 400)]
    [DataRow(" GET / HTTP/1.1\r\nHost: b\r\n\r\n", 400)]
    [DataRow("G@T / HTTP/1.1\r\nHost: b\r\n\r\n", 400)]
    [DataRow("GET /b\u00E9 HTTP/1.1\r\nHost: b\r\n\r\n", 400)]
    [DataRow("GET /\u200Dec HTTP/1.1\r\nHost: b\r\n\r\n", 400, DisplayName = "a character that cultures ignore")]
    [DataRow("GET board HTTP/1.1\r\nHost: b\r\n\r\n", 400)]
    [DataRow("GET / HTTP/1.1\nHost: b\n\n", 400, DisplayName = "bare LF")]
    [DataRow("GET / HTTP/1.1\r\nHost : b\r\n\r\n", 400, DisplayName = "space before the colon")]
    [DataRow("GET / HTTP/1.1\r\nHost: b\r\n folded\r\n\r\n", 400, DisplayName = "obs-fold")]
    [DataRow("GET / HTTP/1.1\r\nHost: b\r\nA\r\n\r\n", 400, DisplayName = "no colon")]
    [DataRow("GET / HTTP/1.1\r\nHost: b\r\n: a\r\n\r\n", 400, DisplayName = "no name")]
    [DataRow("GET / HTTP/1.1\r\nHost: b\r\nA: a\u0001\r\n\r\n", 400, DisplayName = "control character")]
    [DataRow("GET / HTTP/1.1\r\nHost: b\r\nA: a\rb\r\n\r\n", 400, DisplayName = "bare CR")]
    [DataRow("POST / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n", 411)]
    [DataRow("POST / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: -1\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: 3x\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: 99999999999999999999\r\n\r\n", 400)]
    [DataRow("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: 1001\r\n\r\n", 413)]
    public void Request_OfAnyOtherKind_IsAnsweredPlainly(string request, int status)
    {
        foreach (bool isSlow in (bool[])[false, true])
        {
            using World world = new();
            RawPeer peer = world.Raw(Pages(world));
            foreach (byte[] piece in Encoding.UTF8.GetBytes(request).Chunk(isSlow ? 1 : 10_000))
            {
                peer.SendAlone(piece);
            }

            (string head, string body) = peer.ReadAnswer();
            StringAssert.StartsWith(head, "HTTP/1.1 " + status + " ");
            if (status == 426)
            {
                StringAssert.Contains(head, "Sec-WebSocket-Version: 13\r\n");
            }

            if (status is not (404 or 405))
            {
                StringAssert.Contains(head, "Connection: close\r\n");
                peer.ReadEnd();
            }
        }
    }

    [TestMethod]
    public void Request_WithTooLongOrTooManyHeaders_Is431()
    {
        foreach (string headers in (string[])["A: " + new string('a', 3000), string.Concat(Enumerable.Repeat("A: a\r\n", 30)), new string('a', 3000)])
        {
            using World world = new();
            RawPeer peer = world.Raw(Pages(world));
            peer.Send("GET / HTTP/1.1\r\nHost: b\r\n" + headers + "\r\n\r\n");
            StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 431 ");
        }
    }

    [TestMethod]
    public void Request_ThatComesAByteNowAndThen_Is408()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => o.HeadTimeoutMs = 60);
        RawPeer peer = world.Raw(server);
        string head = "GET / HTTP/1.1\r\nHost: b\r\nA: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        int sent = 0;

        // Each byte comes in time; the whole does not.
        LoopTimer slow = new(world.Loop, _ => peer.Send(head.Substring(sent++ % head.Length, 1)), null);
        slow.Start(0, 10);
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 408 ");
        slow.Stop();
        Assert.IsTrue(sent > 0, "nothing of the head was sent");
        world.Until(() => server.Tcp.ConnectionCount == 0, "the connection is kept");
    }

    [TestMethod]
    public void Body_ThatDoesNotCome_Is408()
    {
        using World world = new();
        RawPeer peer = world.Raw(world.Serve(o => o.BodyTimeoutMs = 30));
        peer.Send("POST / HTTP/1.1\r\nHost: b\r\nContent-Length: 10\r\n\r\nhalf");
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 408 ");
    }

    [TestMethod]
    public void Connection_BetweenRequests_IsKeptForAWhile()
    {
        using World world = new();
        WebSocketServer server = Pages(world, o => o.KeepAliveMs = 30);
        RawPeer peer = world.Raw(server);
        peer.Send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");
        Assert.AreEqual("<h1>board</h1>", peer.ReadAnswer().Body);
        peer.ReadEnd();
    }

    [TestMethod]
    public void Connection_ThatSaysNothing_IsEnded()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => o.HeadTimeoutMs = 30);
        int accepted = 0;
        server.Tcp.Connection += _ => accepted++;
        world.Raw(server);
        world.Until(() => accepted == 1 && server.Tcp.ConnectionCount == 0, "the connection is kept");
    }

    [TestMethod]
    public void Requests_OnOneConnection_AreAnsweredInTurn()
    {
        using World world = new();
        WebSocketServer server = Pages(world);
        RawPeer peer = world.Raw(server);
        string one = "POST /echo HTTP/1.1\r\nHost: b\r\nContent-Length: 3\r\n\r\none";
        string two = "\r\nPOST /echo HTTP/1.1\r\nHost: b\r\nContent-Length: 5\r\n\r\nthree";
        string last = "GET / HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n";
        byte[] all = Encoding.UTF8.GetBytes(one + two + last);
        for (int split = 0; split <= all.Length; split++)
        {
            peer = world.Raw(server);
            peer.SendAlone(all[..split]);
            peer.SendAlone(all[split..]);
            Assert.AreEqual("one", peer.ReadAnswer().Body, "split at " + split);
            Assert.AreEqual("three", peer.ReadAnswer().Body, "split at " + split);
            Assert.AreEqual("<h1>board</h1>", peer.ReadAnswer().Body, "split at " + split);
            peer.ReadEnd();
            peer.Close();
        }
    }

    [TestMethod]
    public void Request_OfHttp10_EndsTheConnectionUnlessItAsks()
    {
        using World world = new();
        WebSocketServer server = Pages(world);
        RawPeer peer = world.Raw(server);
        peer.Send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        StringAssert.Contains(peer.ReadAnswer().Head, "Connection: keep-alive\r\n");
        peer.Send("GET / HTTP/1.0\r\n\r\n");
        StringAssert.Contains(peer.ReadAnswer().Head, "Connection: close\r\n");
        peer.ReadEnd();
    }

    [TestMethod]
    public void Request_ByHead_HasTheLengthAndNoBody()
    {
        using World world = new();
        RawPeer peer = world.Raw(Pages(world));
        peer.Send("HEAD / HTTP/1.1\r\nHost: b\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: b\r\n\r\n");
        StringAssert.Contains(peer.ReadHead(), "Content-Length: 14\r\n");
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 404 ");
    }

    [TestMethod]
    public void Request_ThatExpectsContinue_IsToldToGoOn()
    {
        using World world = new();
        RawPeer peer = world.Raw(Pages(world));
        peer.Send("POST /echo HTTP/1.1\r\nHost: b\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        Assert.AreEqual("HTTP/1.1 100 Continue\r\n\r\n", peer.ReadHead());
        peer.Send("abc");
        Assert.AreEqual("abc", peer.ReadAnswer().Body);
    }

    [TestMethod]
    public void Answer_ThatComesLater_HoldsTheNextRequestBack()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => o.MaxHeadBytes = 256);
        List<HttpResponse> waiting = [];
        server.Request += (request, response) => waiting.Add(response);
        RawPeer peer = world.Raw(server);
        peer.Send("GET /1 HTTP/1.1\r\nHost: b\r\n\r\n");
        world.Until(() => waiting.Count == 1, "no request");

        // More than may wait: the rest stays in the stack.
        for (int i = 2; i < 60; i++)
        {
            peer.SendAlone(Encoding.UTF8.GetBytes("GET /" + i + " HTTP/1.1\r\nHost: b\r\n\r\n"));
        }

        Assert.AreEqual(1, waiting.Count);
        Assert.IsTrue(waiting[0].Request!.Connection.IsPaused, "nothing holds the client back");
        for (int i = 1; i < 60; i++)
        {
            world.Until(() => waiting.Count == i, "request " + i + " did not come");
            Assert.IsTrue(waiting[i - 1].Send(200, null, waiting[i - 1].Request!.Path));
            Assert.AreEqual("/" + i, peer.ReadAnswer().Body);
        }
    }

    [TestMethod]
    public void Answer_WhoseClientLeft_IsAborted()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        HttpResponse? waiting = null;
        int aborted = 0;
        server.Request += (request, response) =>
        {
            waiting = response;
            response.Aborted += r => aborted += ReferenceEquals(r, response) ? 1 : 100;
        };
        RawPeer peer = world.Raw(server);
        peer.Send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");
        world.Until(() => waiting != null, "no request");
        peer.Close();
        world.Until(() => aborted > 0, "the end was not told");
        Assert.AreEqual(1, aborted);
        Assert.IsTrue(waiting!.IsAborted);
        Assert.IsFalse(waiting.Send(200));
        Assert.AreEqual(0, world.Errors.Count);
    }

    [TestMethod]
    public void Answer_LongerThanWhatMayWait_GoesOutWhole()
    {
        using World world = new();
        byte[] page = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 13))];
        WebSocketServer server = world.Serve(o => (o.Tcp.LowWaterBytes, o.Tcp.HighWaterBytes, o.Tcp.MaxBufferedBytes, o.Tcp.BufferBytes) = (500, 1000, 2000, 512));
        int completed = 0;
        server.Route("/", (request, response) =>
        {
            response.Completed += _ => completed++;
            new HttpPage("image/png", page).Answer(request, response);
            Assert.AreEqual(0, completed & 1, "the buffer is in use");
        }, null);
        RawPeer peer = world.Raw(server);
        for (int i = 0; i < 2; i++)
        {
            peer.Send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");
            StringAssert.Contains(peer.ReadHead(), "Content-Length: 300000\r\n");
            Assert.AreEqual(2 * i, completed);
            CollectionAssert.AreEqual(page, peer.Read(page.Length));
            world.Until(() => completed == (2 * i) + 1, "the end of the answer was not told");
            completed++;
        }

        // The client leaves in the middle: the buffer is free as well, and once.
        peer.Send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");
        peer.ReadHead();
        peer.Close();
        world.Until(() => server.Tcp.ConnectionCount == 0, "the connection is kept");
        Assert.AreEqual(5, completed);
    }

    [TestMethod]
    public void Answer_SentTwice_IsRefused_AndAHeaderWithALineEnd_Too()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        List<Exception> thrown = [];
        server.Request += (request, response) =>
        {
            thrown.Add(Assert.ThrowsExactly<ArgumentException>(() => response.SetHeader("A", "b\r\nSet-Cookie: c")));
            thrown.Add(Assert.ThrowsExactly<ArgumentException>(() => response.SetHeader("A:", "b")));
            response.Send(204);
            thrown.Add(Assert.ThrowsExactly<InvalidOperationException>(() => response.Send(200)));
        };
        RawPeer peer = world.Raw(server);
        peer.Send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");
        Assert.AreEqual("HTTP/1.1 204 No Content\r\n\r\n", peer.ReadHead());
        Assert.AreEqual(3, thrown.Count);
    }

    [TestMethod]
    public void Request_TellsItsParts()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        HttpRequest? told = null;
        server.Request += (request, response) =>
        {
            told = request;
            Assert.AreEqual("a=b", request.GetBodyText());
            response.Send(200);
        };
        RawPeer peer = world.Raw(server);
        peer.Send("POST http://board/x/?EIO=4&name=a+b%20%C3%A9&empty=&flag&bad=%zz HTTP/1.1\r\nHost: board\r\nX-One: 1\r\nx-one:  2 \r\nContent-Length: 3\r\n\r\na=b");
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 200 ");
        Assert.AreEqual("POST", told!.Method);
        Assert.AreEqual("/x/", told.Path);
        Assert.AreEqual("EIO=4&name=a+b%20%C3%A9&empty=&flag&bad=%zz", told.Query);
        Assert.AreEqual("4", told.GetQuery("EIO"));
        Assert.AreEqual("a b é", told.GetQuery("name"));
        Assert.AreEqual("", told.GetQuery("empty"));
        Assert.AreEqual("", told.GetQuery("flag"));
        Assert.AreEqual("%zz", told.GetQuery("bad"));
        Assert.IsNull(told.GetQuery("eio"));
        Assert.AreEqual("1, 2", told.GetHeader("X-ONE"));
        Assert.IsNull(told.GetHeader("X-Two"));
        Assert.AreEqual(4, told.HeaderCount);
        Assert.AreEqual("x-one", told.GetHeaderName(2));
        Assert.AreEqual("2", told.GetHeaderValue(2));
        Assert.IsNull(told.Body);
    }

    [TestMethod]
    public void Authorize_DecidesAboutPagesAndUpgrades()
    {
        using World world = new();
        WebSocketServer server = Pages(world, o => o.Authorize = (request, c) => c != null && ((c.User == "Aladdin" && c.Password == "open:sesame") || c.Token == "t0k"));
        foreach ((string header, bool isRight) in ((string, bool)[])[("", false), ("Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==", true), ("basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==", true),
            ("Basic QWxhZGRpbjpvcGVu", false), ("Basic !!!", false), ("Basic", false), ("Bearer t0k", true), ("Bearer t0", false), ("Digest t0k", false)])
        {
            string line = header.Length == 0 ? "" : "Authorization: " + header + "\r\n";
            RawPeer peer = world.Raw(server);
            peer.Send("GET / HTTP/1.1\r\nHost: b\r\n" + line + "\r\n");
            string head = peer.ReadAnswer().Head;
            StringAssert.StartsWith(head, isRight ? "HTTP/1.1 200 " : "HTTP/1.1 401 ", header);
            Assert.AreEqual(!isRight, head.Contains("WWW-Authenticate: Basic realm=\"board\"", StringComparison.Ordinal), header);
            peer.Send(RawPeer.Upgrade("/live", line));
            StringAssert.StartsWith(peer.ReadHead(), isRight ? "HTTP/1.1 101 " : "HTTP/1.1 401 ", header);
        }

        Assert.AreEqual("Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==", HttpCredentials.Basic("Aladdin", "open:sesame"));
    }

    [TestMethod]
    public void Handler_ThatThrows_ClosesItsConnectionOnly()
    {
        using World world = new();
        WebSocketServer server = Pages(world);
        List<string> errors = [];
        server.Error += (source, error) => errors.Add(error.Message);
        server.Route("/bad", (request, response) => throw new InvalidOperationException("bad"), null);
        RawPeer peer = world.Raw(server);
        RawPeer other = world.Raw(server);
        peer.Send("GET /bad HTTP/1.1\r\nHost: b\r\n\r\n");
        peer.ReadEnd();
        CollectionAssert.AreEqual(new[] { "bad" }, errors);
        other.Send("GET / HTTP/1.1\r\nHost: b\r\n\r\n");
        StringAssert.StartsWith(other.ReadHead(), "HTTP/1.1 200 ");
    }

    private static WebSocketServer Pages(World world, Action<WebSocketServerOptions>? set = null)
    {
        WebSocketServer server = world.Serve(o =>
        {
            (o.Path, o.MaxBodyBytes, o.MaxHeadBytes, o.MaxHeaders) = ("/live", 1000, 2000, 20);
            set?.Invoke(o);
        });
        server.Route("/", new HttpPage("text/html", s_page).Answer, null);
        server.Route("/ec*", (request, response) => response.Send(200, null, request.GetBodyText()), null);
        return server;
    }
}
