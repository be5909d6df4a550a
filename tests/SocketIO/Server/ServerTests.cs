using System.Collections;

namespace IoTNet.Tests.SocketIO.Server;

[TestClass]
public class ServerTests
{
    [TestMethod]
    public void Clients_BeyondTheLimit_AreRefusedWith503()
    {
        using World world = new();
        SocketIOServer io = world.Serve(o => o.MaxClients = 1);
        (SocketIOClient first, _) = world.Pair(io);
        SocketException? error = null;
        SocketIOClient second = world.Client(io, "", o => o.Reconnection = false);
        second.ConnectError += (_, e) => error = e;
        world.Until(() => error != null, "nothing refuses it");

        Assert.AreEqual(503, ((WebSocketHandshakeException)error!).Status);
        first.Disconnect();
        world.Until(() => io.ClientCount == 0, "the place is not free again");
        second.Connect();
        world.Until(() => second.IsConnected, "it does not get the place");
    }

    [TestMethod]
    public void Rooms_BeyondTheLimit_AreRefusedWithEnobufs()
    {
        using World world = new();
        SocketIOServer io = world.Serve(o => o.MaxRooms = 2);
        (SocketIOClient client, SocketIOSocket socket) = world.Pair(io);
        socket.Join("a");
        socket.Join("b");
        socket.Join("b");
        Assert.AreEqual(Errno.ENOBUFS, Assert.ThrowsExactly<SocketException>(() => socket.Join("c")).Errno);
        CollectionAssert.AreEqual(new[] { "a", "b" }, socket.GetRooms());
        socket.Leave("a");
        Assert.AreEqual(1, io.Sockets.RoomCount);
        socket.Join("c");

        client.Disconnect();
        world.Until(() => !socket.IsConnected, "the server does not notice");
        Assert.AreEqual(0, io.Sockets.RoomCount);
        socket.Join("d");
        Assert.AreEqual(0, io.Sockets.RoomCount);
    }

    [TestMethod]
    public void Emit_BeyondTheBufferedBytes_IsRefusedWithEnobufsAndNothingIsTaken()
    {
        using World world = new();
        SocketIOServer io = world.Serve(o => o.MaxBufferedBytes = 300_000);
        (SocketIOClient client, SocketIOSocket socket) = world.Pair(io);
        int got = 0;
        client.On("x", (_, args) => got += args.GetBytes(1).Length == 10_000 ? 1 : 1000);
        int sent = 0;
        while (socket.TryEmit("x", [sent, new byte[10_000]]) >= 0)
        {
            sent++;
        }

        Assert.IsGreaterThan(10, sent);
        SocketException error = Assert.ThrowsExactly<SocketException>(() => socket.Emit("x", sent, new byte[10_000]));
        Assert.AreEqual(Errno.ENOBUFS, error.Errno);
        Assert.IsFalse(io.Emit("x", sent, new byte[10_000]));
        Assert.IsFalse(socket.Volatile.Emit("x", sent, new byte[1]));
        world.Until(() => got == sent, "not exactly what was taken came");
        Assert.IsTrue(socket.Volatile.Emit("x", sent, new byte[10_000]));
        world.Until(() => got == sent + 1, "a volatile event was lost");
    }

    [TestMethod]
    public void Acks_BeyondTheLimit_AreRefusedWithEnobufs()
    {
        using World world = new();
        SocketIOServer io = world.Serve(o => o.MaxPendingAcks = 2);
        (SocketIOClient client, SocketIOSocket socket) = world.Pair(io);
        List<string> told = [];
        SocketIOAckHandler handler = (args, error) => told.Add(error == null ? "answer" : error.Errno.ToString());
        socket.Emit("x", handler, -1);
        socket.Emit("x", 1, handler, 20);
        Assert.AreEqual(Errno.ENOBUFS, Assert.ThrowsExactly<SocketException>(() => socket.Emit("x", [1, 2], handler, 0)).Errno);
        world.Until(() => told.Count == 1, "the timeout does not come");
        socket.Emit("x", [1, 2], handler, 60_000);
        client.Disconnect();
        world.Until(() => told.Count == 3, "the disconnect is not told");
        CollectionAssert.AreEqual(new[] { "ETIMEDOUT", "ECONNRESET", "ECONNRESET" }, told);
    }

    [TestMethod]
    [DataRow(50_001, 0, DisconnectReason.TransportError)]
    [DataRow(49_000, 49_000, DisconnectReason.ParseError)]
    public void Client_ThatSendsTooMuch_IsClosed(int first, int second, string expected)
    {
        using World world = new();
        SocketIOServer io = world.Serve(o => (o.MaxPayload, o.MaxEventBytes) = (50_000, 90_000));
        (SocketIOClient client, SocketIOSocket socket) = world.Pair(io);
        string? reason = null;
        socket.Disconnected += (_, r) => reason = r;
        client.Emit("x", new byte[first], new byte[second]);
        world.Until(() => reason != null, "it is not closed");
        Assert.AreEqual(expected, reason);
    }

    [TestMethod]
    public void Middleware_OfANamespace_RunsInItsOrderAndMayTakeItsTime()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        List<string> steps = [];
        SocketIONext? later = null;
        SocketIOSocket? waiting = null;
        io.Use((socket, next) => { steps.Add("1"); socket.Join("early"); next(); next(); });
        io.Use((socket, next) => { steps.Add("2"); (later, waiting) = (next, socket); });
        io.Connection += _ => steps.Add("connection");
        SocketIOClient client = world.Client(io);
        world.Until(() => later != null, "the middleware does not run");

        Assert.IsFalse(waiting!.IsConnected);
        Assert.AreEqual(0, io.Sockets.Count);
        Assert.IsTrue(io.To("early").Emit("not yet"));
        later!();
        later();
        later(new SocketIOException("too late"));
        world.Until(() => client.IsConnected, "it is not connected");
        Assert.AreEqual("1 2 connection", string.Join(" ", steps));
        Assert.IsTrue(waiting.IsIn("early"));

        SocketIOSocket before = waiting;
        SocketIOClient gone = world.Client(io);
        world.Until(() => waiting != before, "the middleware does not run");
        gone.Disconnect();
        world.Until(() => io.ClientCount == 1, "the server does not notice");
        later();
        Assert.AreEqual(1, io.Sockets.Count);
        Assert.AreEqual(1, io.Sockets.CountOf("early"));
    }

    [TestMethod]
    public void Handler_ThatThrows_ClosesOnlyItsClient()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        (SocketIOClient first, SocketIOSocket socket) = world.Pair(io, "", o => o.Reconnection = false);
        (SocketIOClient second, _) = world.Pair(io);
        socket.On("x", (_, args) => args.GetInt64(0));
        first.Emit("x", "no number");
        world.Until(() => !first.IsConnected, "the client is not closed");
        Assert.IsInstanceOfType<InvalidOperationException>(world.Errors.Single());
        Assert.IsTrue(second.IsConnected);
        Assert.AreEqual(1, io.Sockets.Count);
    }

    [TestMethod]
    public void Handlers_OfAnEvent_AreCalledInTheirOrderUntilTheyAreTakenAway()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        (SocketIOClient client, SocketIOSocket socket) = world.Pair(io);
        List<string> told = [];
        SocketIOHandler first = (_, args) => told.Add("first " + args[0]);
        socket.On("x", first).On("x", (_, args) => told.Add("second " + args.Count)).On("é\"", (_, args) => told.Add(args.Name));
        socket.AnyEvent += (_, args) => told.Add("any " + args.Name);
        client.Emit("x", "a", "b");
        client.Emit("é\"");
        client.Emit("other");
        world.Until(() => told.Count == 6, "not all came");
        socket.Off("x", first);
        client.Emit("x", 1);
        world.Until(() => told.Count == 8, "not all came");
        socket.Off("x", null);
        client.Emit("x", 2);
        client.Emit("other");
        world.Until(() => told.Count == 10, "not all came");
        Assert.AreEqual("any x,first a,second 2,any é\",é\",any other,any x,second 1,any x,any other", string.Join(",", told));
        Assert.ThrowsExactly<ArgumentException>(() => socket.On("disconnect", first));
        Assert.ThrowsExactly<ArgumentException>(() => socket.Emit("connect_error"));
    }

    [TestMethod]
    public void Disconnect_OfTheServer_IsToldOnceWithItsReason()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        (SocketIOClient first, SocketIOSocket socket) = world.Pair(io);
        (_, SocketIOSocket other) = world.Pair(io, "/admin");
        List<string> told = [];
        socket.Join("red");
        socket.Disconnecting += (s, reason) => told.Add(reason + " in " + string.Join(",", s.GetRooms()));
        socket.Disconnected += (s, reason) => told.Add(reason + " in " + string.Join(",", s.GetRooms()));
        other.Disconnected += (_, reason) => told.Add(reason);
        io.In("red").DisconnectSockets(true);
        Assert.IsFalse(socket.Emit("x"));
        socket.Disconnect(false);
        world.Until(() => !first.IsConnected && io.ClientCount == 1, "the client does not notice");
        io.Close();
        io.Close();
        world.Until(() => told.Count == 3, "not all are told");
        Assert.AreEqual("server namespace disconnect in red|server namespace disconnect in |server shutting down", string.Join("|", told));
        Assert.AreEqual(0, io.Of("/admin").Count);
    }

    [TestMethod]
    public void Disconnect_WhoseHandlersThrow_EndsAllTheSame()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        SocketIOClient client = world.Client(io, "", o => o.Reconnection = false);
        SocketIOClient admin = client.Manager.Socket("/admin");
        int ended = 0;
        SocketIOSocketHandler lead = socket =>
        {
            socket.Disconnecting += (s, _) => s.Disconnect(true);
            socket.Disconnected += (_, _) => throw new InvalidOperationException((++ended).ToString());
        };
        io.Connection += lead;
        io.Of("/admin").Connection += lead;
        admin.Connect();
        world.Until(() => client.IsConnected && admin.IsConnected, "they do not connect");
        client.Disconnected += (_, _) => throw new InvalidOperationException((++ended).ToString());
        admin.Disconnected += (_, _) => throw new InvalidOperationException((++ended).ToString());
        Connection connection = io.Sockets.Find(client.Id).Handshake.Request.Connection;
        world.Loop.Post(_ => connection.Abort(), null);
        world.Until(() => ended == 4 && io.ClientCount == 0, "not all have ended: " + ended);
        Assert.AreEqual(0, io.Sockets.Count + io.Of("/admin").Count);
        Assert.IsFalse(client.IsConnected || admin.IsConnected);
    }

    [TestMethod]
    public void Emit_FromWithinAnEmit_DisturbsNothing()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        (SocketIOClient a, SocketIOSocket one) = world.Pair(io);
        (SocketIOClient b, SocketIOSocket two) = world.Pair(io);
        List<string> got = [];
        a.On("left", (_, args) => got.Add("a " + args.GetString(0)));
        b.On("left", (_, args) => got.Add("b " + args.GetString(0)));
        two.Disconnected += (_, reason) => io.Emit("left", reason);

        JsonWriter json = io.BeginEmit("left");
        json.WriteStringValue("outer");
        two.Disconnect(false);
        Assert.IsTrue(io.EndEmit());
        world.Until(() => got.Count == 2, "not all came");
        Assert.AreEqual("a server namespace disconnect,a outer", string.Join(",", got));
        Assert.ThrowsExactly<InvalidOperationException>(() => io.EndEmit());
    }

    [TestMethod]
    public void Values_OfAnyType_ComeAsTheyWereSent()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        (SocketIOClient client, SocketIOSocket socket) = world.Pair(io);
        object[]? got = null;
        client.On("x", (_, args) => got = [.. Enumerable.Range(0, args.Count).Select(i => args[i])]);
        object?[] values = [1, 2L, (byte)3, 1.5f, 2.5, true, null, "é", new byte[] { 1 }, new Hashtable { ["a"] = new ArrayList { new byte[] { 2 } } }];
        socket.Emit("x", values!);
        world.Until(() => got != null, "nothing came");
        Compare.AreSame(new object?[] { 1L, 2L, 3L, 1.5, 2.5, true, null, "é", new byte[] { 1 }, new Hashtable { ["a"] = new ArrayList { new byte[] { 2 } } } }, got);
        Assert.ThrowsExactly<ArgumentException>(() => socket.Emit("x", new object()));
        got = null;
        socket.Emit("x");
        world.Until(() => got != null, "nothing came");
        Assert.IsEmpty(got!);
    }

    [TestMethod]
    public void WriteTo_PassesArgumentsOnAsTheyCame()
    {
        using World world = new();
        (SocketIOClient client, SocketIOSocket socket) = world.Pair(world.Serve());
        socket.On("pass", (s, args) =>
        {
            JsonWriter json = s.BeginEmit("passed");
            args.WriteTo(1, json);
            args.WriteTo(0, json);
            s.EndEmit();
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => args.WriteTo(2, json));
            Assert.ThrowsExactly<ArgumentNullException>(() => args.WriteTo(0, null));
        });
        socket.On("bytes", (_, args) => Assert.ThrowsExactly<InvalidOperationException>(() => args.WriteTo(0, new JsonWriter())));
        string? passed = null;
        client.On("passed", (_, args) => passed = Json.Write(args[0]) + " " + args.GetString(1) + " " + args.Count.ToString());
        client.Emit("bytes", new byte[] { 1, 2 });
        client.Emit("pass", "w\u00f6rd \"1\"", new object[] { 1L, true });
        world.Until(() => passed != null, "nothing came back");
        Assert.AreEqual("[1,true] w\u00f6rd \"1\" 2", passed);
        Assert.IsEmpty(world.Errors);
    }

    [TestMethod]
    public void Events_InSteadyState_AllocateNothing()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        (SocketIOClient client, SocketIOSocket socket) = world.Pair(io, "/admin");
        byte[] part = new byte[64];
        int rounds = 0;
        SocketIOAckHandler done = (args, _) => rounds += (int)args.GetInt64(0);
        socket.On("ping", static (s, args) =>
        {
            JsonWriter json = args.BeginAck();
            json.WriteNumberValue(args.GetInt64(0));
            args.EndAck();
            s.BeginEmit("more").WriteStringValue("wörds");
            s.EndEmit();
            s.Namespace.BeginEmit("all");
            s.Namespace.EndEmit();
        });
        Func<bool> isBack = () => rounds == 1;
        void Round()
        {
            rounds = 0;
            client.BeginEmit("ping").WriteNumberValue(1L);
            client.EndEmit(done, 9000);
            world.Until(isBack, "no answer came");
        }

        for (int i = 0; i < 300; i++)
        {
            Round();
        }

        // The stack in memory, and the runtime beside, may still grow a table: the least of some tries is what an event costs.
        long least = long.MaxValue;
        for (int t = 0; t < 5; t++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                Round();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.AreEqual(0, least, "bytes for 100 events, answers, and two events back");
    }
}
