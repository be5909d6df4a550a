using System.Text;

namespace IoTNet.Tests.WebSockets.Sockets;

[TestClass]
public sealed class WebSocketTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(125)]
    [DataRow(126)]
    [DataRow(65535)]
    [DataRow(65536)]
    [DataRow(1 << 20)]
    public void Echo_OfAnySize_ComesBack(int size)
    {
        using World world = new();
        WebSocket client = world.Connect(world.ServeEcho());
        byte[] sent = [.. Enumerable.Range(0, size).Select(i => (byte)(i * 31))];
        byte[] kept = [.. sent];
        byte[]? got = null;
        client.Binary += (_, buffer, offset, count) => got = buffer.AsSpan(offset, count).ToArray();
        client.SendBinary(sent, 0, size);
        world.Until(() => got != null, "no echo");
        CollectionAssert.AreEqual(sent, got);
        CollectionAssert.AreEqual(kept, sent, "sending changed the caller's bytes");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("hello")]
    [DataRow("é€😀")]
    [DataRow("a\uD800b")]
    public void SendText_OfAString_IsUtf8(string text)
    {
        using World world = new();
        (WebSocket client, WebSocket server) = world.Pair(world.Serve());
        foreach (string sent in (string[])[text, new string('x', 120) + text, string.Concat(Enumerable.Repeat(text + "é", 9000))])
        {
            foreach ((WebSocket from, WebSocket to) in ((WebSocket, WebSocket)[])[(client, server), (server, client)])
            {
                string? got = null;
                WebSocketDataHandler handler = (_, buffer, offset, count) => got = World.TextOf(buffer, offset, count);
                to.Text += handler;
                from.SendText(sent);
                world.Until(() => got != null, "no message");
                Assert.AreEqual(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(sent)), got);
                to.Text -= handler;
            }
        }
    }

    [TestMethod]
    public void Send_AtTheServer_GivesTheBytesOfTheRfc()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        WebSocket? socket = null;
        server.Connection += s => socket = s;
        RawPeer peer = world.RawOpen(server);
        socket!.SendText("Hello");
        socket.SendPart("Hel"u8.ToArray(), 0, 3, true, false);
        socket.Ping("Hello"u8.ToArray(), 0, 5);
        Assert.ThrowsExactly<InvalidOperationException>(() => socket.SendText("within"));
        socket.SendPart("xlo"u8.ToArray(), 1, 2, true, true);
        socket.SendBinary([1, 2], 0, 2);
        socket.Close(1000, "x");
        Assert.AreEqual("810548656C6C6F" + "010348656C" + "890548656C6C6F" + "80026C6F" + "82020102" + "880303E878", Convert.ToHexString(peer.Read(7 + 5 + 7 + 4 + 4 + 5)));
        Assert.IsFalse(socket.IsOpen);
        Assert.IsFalse(socket.SendText("late"));
        Assert.AreEqual(-(int)Errno.EPIPE, socket.TrySendText("late"));
    }

    [TestMethod]
    public void Frames_OfTheClient_AreMaskedByAKeyOfTheirOwn()
    {
        using World world = new();
        (WebSocket client, WebSocket server) = world.Pair(world.Serve());
        List<byte> wire = [];
        Socket raw = server.Connection.Detach();
        client.SendText("Hello");
        client.SendText("Hello");
        byte[] bytes = new byte[100];
        world.Until(() =>
        {
            int count = raw.TryReceive(bytes, 0, bytes.Length, SocketFlags.DontWait);
            wire.AddRange(bytes.AsSpan(0, Math.Max(count, 0)));
            return wire.Count == 22;
        }, "the frames did not come");
        Assert.AreEqual("8185", Convert.ToHexString([.. wire[..2]]));
        CollectionAssert.AreNotEqual(wire[2..6], wire[13..17], "both frames have the same key");
        byte[] text = [.. wire[6..11].Select((b, i) => (byte)(b ^ wire[2 + (i & 3)]))];
        Assert.AreEqual("Hello", Encoding.ASCII.GetString(text));
        raw.Close();
    }

    [TestMethod]
    public void Frames_ThatAHandlerSends_GoOutInOneWrite()
    {
        using World world = new();
        WebSocketServer server = world.ServeEcho();
        RawPeer peer = world.RawOpen(server);
        Socket accepted = null!;
        server.ForEach(s => accepted = s.Connection.Socket);
        peer.Send([.. RawPeer.Text("one"), .. RawPeer.Text("two"), .. RawPeer.Text("three")]);
        Assert.IsNotNull(accepted);
        Assert.AreEqual("8103" + "6F6E65" + "8103" + "74776F" + "8105" + "7468726565", Convert.ToHexString(peer.Read(17)));
    }

    [TestMethod]
    public void Parts_AreToldAsTheyCome()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => (o.Sockets.MaxFrameBytes, o.Sockets.MaxMessageBytes) = (1000, 1000));
        List<string> told = [];
        server.Connection += s => s.Part += (_, buffer, offset, count, isText, isLast) => told.Add((isText ? "text " : "binary ") + World.TextOf(buffer, offset, count) + (isLast ? "." : ""));
        RawPeer peer = world.RawOpen(server);
        byte[] frame = RawPeer.Frame(0x01, "hello"u8.ToArray());
        peer.SendAlone(frame[..8]);
        peer.SendAlone(frame[8..]);
        peer.SendAlone(RawPeer.Frame(0x80, []));
        CollectionAssert.AreEqual(new[] { "text he", "text llo", "text ." }, told);
        long count = 0;
        server.ForEach(s => s.Part += (_, _, _, n, _, _) => count += n);
        peer.Send(RawPeer.Frame(0x82, new byte[500_000]));
        world.Until(() => count == 500_000, "the parts did not come");
    }

    [TestMethod]
    public void Pings_AreAnsweredAndTold_AlsoByTheHundred()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        int pings = 0;
        server.Connection += s => s.PingReceived += (_, _, _, _) => pings++;
        RawPeer peer = world.RawOpen(server);
        byte[] payload = [.. Enumerable.Range(0, 125).Select(i => (byte)i)];
        for (int i = 0; i < 300; i++)
        {
            peer.Send(RawPeer.Frame(0x89, payload));
            if (i % 10 == 9)
            {
                for (int j = 0; j < 10; j++)
                {
                    (int first, byte[] pong) = peer.ReadFrame();
                    Assert.AreEqual(0x8A, first);
                    CollectionAssert.AreEqual(payload, pong);
                }
            }
        }

        Assert.AreEqual(300, pings);
    }

    [TestMethod]
    public void Pings_OfAPeerThatReadsNoPong_TakeNoMemory()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => (o.Tcp.LowWaterBytes, o.Tcp.HighWaterBytes, o.Tcp.MaxBufferedBytes) = (500, 1000, 4000));
        WebSocket? socket = null;
        int pings = 0;
        server.Connection += s =>
        {
            socket = s;
            s.PingReceived += (_, _, _, _) => pings++;
        };
        RawPeer peer = world.RawOpen(server);
        byte[] flood = [.. Enumerable.Repeat(RawPeer.Frame(0x89, new byte[125]), 100).SelectMany(f => f)];
        for (int i = 0; i < 50; i++)
        {
            peer.SendAlone(flood);
            Assert.IsTrue(socket!.BufferedBytes <= 4000, socket.BufferedBytes + " bytes wait");
        }

        Assert.AreEqual(5000, pings);
        Assert.IsTrue(socket!.IsOpen);
    }

    [TestMethod]
    public void PeerThatReadsNothing_IsHeldOff_AndDrained()
    {
        using World world = new();
        WebSocketServer server = world.Serve(o => (o.Tcp.LowWaterBytes, o.Tcp.HighWaterBytes, o.Tcp.MaxBufferedBytes) = (500, 1000, 4000));
        (WebSocket client, WebSocket socket) = world.Pair(server);
        client.Pause();
        byte[] bytes = new byte[900];
        int sent = 0;
        int drained = 0;
        long got = 0;
        socket.Drain += _ => drained++;
        client.Binary += (_, _, _, count) => got += count;
        while (socket.SendBinary(bytes, 0, bytes.Length))
        {
            sent++;
            Assert.IsTrue(sent < 100_000, "never held off");
        }

        sent++;
        Assert.IsTrue(socket.BufferedBytes > 1000);
        Assert.AreEqual(-(int)Errno.ENOBUFS, socket.TrySend(new byte[4000], 0, 4000, false));
        SocketException error = Assert.ThrowsExactly<SocketException>(() => socket.SendBinary(new byte[4000], 0, 4000));
        Assert.AreEqual(Errno.ENOBUFS, error.Errno);
        Assert.AreEqual(0, drained);
        client.Resume();
        world.Until(() => got == sent * 900L, "not all came");
        Assert.AreEqual(1, drained);
        Assert.IsTrue(socket.SendBinary(bytes, 0, bytes.Length));
    }

    [TestMethod]
    public void Pause_WithinAMessage_KeepsTheNextOnes()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        List<string> told = [];
        WebSocket? socket = null;
        server.Connection += s =>
        {
            socket = s;
            s.Text += (_, buffer, offset, count) =>
            {
                told.Add(World.TextOf(buffer, offset, count));
                s.Pause();
            };
        };
        RawPeer peer = world.RawOpen(server);
        peer.SendAlone([.. RawPeer.Text("one"), .. RawPeer.Text("two"), .. RawPeer.Text("three")[..5]]);
        peer.SendAlone([.. RawPeer.Text("three")[5..], .. RawPeer.Text("four")]);
        foreach (int expected in (int[])[1, 2, 3, 4])
        {
            world.Until(() => told.Count == expected, "told " + told.Count);
            world.Settle();
            Assert.AreEqual(expected, told.Count);
            socket!.Resume();
        }

        CollectionAssert.AreEqual(new[] { "one", "two", "three", "four" }, told);
    }

    [TestMethod]
    public void Handler_ThatThrows_ClosesItsWebSocketOnly()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        List<string> errors = [];
        server.Error += (_, error) => errors.Add(error.Message);
        server.Connection += s => s.Text += (_, _, _, _) => throw new InvalidOperationException("bad");
        (WebSocket one, _) = world.Pair(server);
        (WebSocket two, _) = world.Pair(server);
        int code = 0;
        one.Closed += (_, c, _, _) => code = c;
        one.SendText("x");
        world.Until(() => code != 0, "not closed");
        Assert.AreEqual(1006, code);
        CollectionAssert.AreEqual(new[] { "bad" }, errors);
        Assert.IsTrue(two.IsOpen);
        Assert.AreEqual(1, server.ClientCount);
    }

    [TestMethod]
    public void ForEach_MayCloseAny()
    {
        using World world = new();
        WebSocketServer server = world.Serve();
        WebSocket[] clients = [.. Enumerable.Range(0, 5).Select(_ => world.Connect(server))];
        world.Until(() => server.ClientCount == 5, "not all came");
        List<WebSocket> seen = [];
        server.ForEach(s =>
        {
            seen.Add(s);
            if (seen.Count == 2)
            {
                // Itself, the one before and the next one: the last is not told of any more.
                WebSocket next = s.After;
                s.Abort();
                next.Abort();
                seen[0].Abort();
            }
        });
        Assert.AreEqual(4, seen.Count);
        server.CloseSockets(1001, "bye");
        world.Until(() => clients.All(c => c.IsClosed) && server.ClientCount == 0, "not all are closed");
    }

    [TestMethod]
    public void Echo_InSteadyState_AllocatesNothing()
    {
        using World world = new();
        WebSocketServer server = world.ServeEcho();
        WebSocket client = world.Connect(server);
        byte[] small = new byte[125];
        byte[] large = new byte[200_000];
        int got = 0;
        client.Binary += (_, _, _, _) => got++;
        client.Text += (_, _, _, _) => got++;
        client.PongReceived += (_, _, _, _) => got++;

        // By methods of its own: what a local function captures is made where it is declared.
        Func<bool> isBack = () => got == 4;
        void Round()
        {
            got = 0;
            client.SendBinary(small, 0, small.Length);
            client.SendText("a text that is sent each time");
            client.Ping(small, 0, 10);
            client.SendPart(large, 0, 100, false, false);
            client.SendPart(large, 0, large.Length, false, true);
            while (!isBack())
            {
                world.Loop.RunOnce(5);
            }
        }

        for (int i = 0; i < 50; i++)
        {
            Round();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Round();
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
