using System.Collections;

namespace IoTNet.Tests.SocketIO.Interop;

/// <summary>Our client against npm's socket.io.</summary>
[TestClass]
public class NpmServerTests
{
    private static readonly object?[][] Values =
    [
        [], [null], [true, false], [0L, -1L, 1.5, 9007199254740991L], [""], [new string('x', 70000)], ["\u0001\t\"\\/ ä € \U0001F600"],
        [new Hashtable()], [new ArrayList()], [new Hashtable { ["a"] = new ArrayList { 1L, new Hashtable { ["b"] = null } }, ["na\"me"] = "v" }],
        [new byte[] { 1, 2, 3 }], [Array.Empty<byte>()], [new byte[] { 0 }, "between", Pattern(70000)],
        [new Hashtable { ["a"] = new ArrayList { new Hashtable { ["b"] = Pattern(10) } }, ["c"] = new byte[] { 9 } }],
    ];

    [TestMethod]
    public void Emit_OfAnyValue_ComesBackByAckAndByEvent()
    {
        using World world = new(isHost: true);
        using NodePeer node = new("server_peer.cjs");
        SocketIOClient client = Connect(world, node);
        List<object[]> back = [];
        client.On("back", (_, args) => back.Add(TestServer.All(args)));

        foreach (object?[] values in Values)
        {
            Compare.AreSame(values, Ask(world, client, "echo", values));
            back.Clear();
            client.Emit("back", values!);
            world.Until(() => back.Count > 0, "no event came back");
            Compare.AreSame(values, back[0]);
        }
    }

    [TestMethod]
    public void Connect_WithAuthQueryAndHeaders_TellsThemToTheServer()
    {
        using World world = new(isHost: true);
        using NodePeer node = new("server_peer.cjs");
        SocketIOClient client = Connect(world, node, "/admin", o =>
        {
            o.Auth = new Hashtable { ["token"] = "ä" };
            o.Query = "token=a%20b";
            o.WebSocket.Headers = ["X-Agent", "board"];
        });

        Hashtable who = (Hashtable)Ask(world, client, "who")[0];

        Assert.AreEqual(client.Id, who["id"]);
        Assert.AreEqual("/admin", who["path"]);
        Assert.AreEqual("ä", ((Hashtable)who["auth"]!)["token"]);
        Assert.AreEqual("a b", who["query"]);
        Assert.AreEqual("board", who["agent"]);
    }

    [TestMethod]
    public void Connect_ThatIsRefused_GivesTheServersErrorAndIsNotTriedAgain()
    {
        using World world = new(isHost: true);
        using NodePeer node = new("server_peer.cjs");
        string port = node.ReadLine(world);
        List<SocketException> errors = [];
        SocketIOClient secret = world.Client("http://127.0.0.1:" + port + "/secret", o => o.Auth = new Hashtable { ["token"] = "wrong" });
        secret.ConnectError += (_, error) => errors.Add(error);
        world.Until(() => errors.Count == 1, "no connect error came");

        Assert.AreEqual("unauthorized", errors[0].Message);
        Assert.AreEqual(7L, ((Hashtable)((SocketIOException)errors[0]).Details)["code"]);
        Assert.IsFalse(secret.IsActive);

        SocketIOClient nowhere = secret.Manager.Socket("/nowhere");
        nowhere.ConnectError += (_, error) => errors.Add(error);
        nowhere.Connect();
        world.Until(() => errors.Count == 2, "no connect error came");
        Assert.AreEqual("Invalid namespace", errors[1].Message);

        secret.Auth = new Hashtable { ["token"] = "right" };
        secret.Connect();
        world.Until(() => secret.IsConnected, "it did not connect");
        Assert.HasCount(2, errors);
    }

    [TestMethod]
    public void Ack_AskedForByTheServer_IsAnsweredAtOnceAndLater()
    {
        using World world = new(isHost: true);
        using NodePeer node = new("server_peer.cjs");
        SocketIOClient client = Connect(world, node);
        client.On("question", (_, args) =>
        {
            Assert.IsTrue(args.HasAck);
            Assert.IsTrue(args.Ack(args.GetInt64(0) + args.GetInt64(1), new byte[] { 9 }));
            Assert.IsFalse(args.Ack("twice"));
        });
        client.On("never", static (_, _) => { });

        Compare.AreSame(new object[] { new ArrayList { 5L, new byte[] { 9 } } }, Ask(world, client, "ask", 2L, 3L));
        Compare.AreSame(new object[] { "operation has timed out" }, Ask(world, client, "ask never"));

        SocketException? failure = null;
        client.Emit("nobody", (args, error) => failure = error, 20);
        world.Until(() => failure != null, "the acknowledgement did not time out");
        Assert.AreEqual(Errno.ETIMEDOUT, failure!.Errno);
    }

    [TestMethod]
    public void Emit_OfAThousandEvents_KeepsTheirOrder()
    {
        using World world = new(isHost: true);
        using NodePeer node = new("server_peer.cjs");
        SocketIOClient client = Connect(world, node);
        List<long> got = [];
        client.On("number", (_, args) => got.Add(args.GetInt64(0)));
        for (long i = 0; i < 1000; i++)
        {
            client.Emit("number", i);
        }

        world.Until(() => got.Count == 1000, "not all came back");
        CollectionAssert.AreEqual(Enumerable.Range(0, 1000).Select(i => (long)i).ToList(), got);
    }

    [TestMethod]
    public void Disconnect_OfEitherSide_IsToldWithItsReason()
    {
        using World world = new(isHost: true);
        using NodePeer node = new("server_peer.cjs");
        SocketIOClient client = Connect(world, node);
        SocketIOClient admin = client.Manager.Socket("/admin");
        List<string> reasons = [];
        client.Disconnected += (_, reason) => reasons.Add(reason);
        List<string> left = [];
        client.On("left", (_, args) => left.Add(args.GetString(0) + " " + args.GetString(1)));
        admin.Connect();
        world.Until(() => admin.IsConnected, "it did not connect");

        string id = admin.Id;
        admin.Disconnect();
        world.Until(() => left.Count == 1, "the server does not tell of the disconnect");
        Assert.AreEqual(id + " client namespace disconnect", left[0]);
        Assert.IsTrue(client.IsConnected);

        client.Emit("kick", false);
        world.Until(() => reasons.Count == 1, "no disconnect came");
        Assert.AreEqual(DisconnectReason.IOServerDisconnect, reasons[0]);
        Assert.IsFalse(client.IsActive);

        client.Connect();
        world.Until(() => client.IsConnected, "it did not connect again");
        client.Disconnect();
        Assert.AreEqual(DisconnectReason.IOClientDisconnect, reasons[1]);
        Assert.IsFalse(client.Manager.IsOpen);
    }

    [TestMethod]
    public void Client_WhoseCableWasCut_ConnectsAgainAndSendsWhatWaited()
    {
        using World world = new(isHost: true);
        using NodePeer node = new("server_peer.cjs");
        SocketIOClient client = Connect(world, node);
        List<string> reasons = [];
        client.Disconnected += (c, reason) =>
        {
            reasons.Add(reason);
            for (long i = 0; i < 100; i++)
            {
                Assert.IsFalse(c.Emit("number", i));
            }
        };
        List<long> got = [];
        client.On("number", (_, args) => got.Add(args.GetInt64(0)));
        int reconnected = 0;
        client.Manager.Reconnected += (_, attempt) => reconnected = attempt;
        SocketException? lost = null;
        string first = client.Id;
        client.Emit("nobody", (_, error) => lost = error, -1);
        client.Emit("cut");
        world.Until(() => got.Count == 100, "what waited did not come back");

        CollectionAssert.AreEqual(Enumerable.Range(0, 100).Select(i => (long)i).ToList(), got);
        Assert.IsTrue(reasons[0] is DisconnectReason.TransportClose or DisconnectReason.TransportError, reasons[0]);
        Assert.AreEqual(Errno.ECONNRESET, lost!.Errno);
        Assert.AreNotEqual(first, client.Id);
        Assert.AreEqual(1, reconnected);
    }

    [TestMethod]
    public void Client_WhoseServerIsRestarted_ConnectsAgain()
    {
        using World world = new(isHost: true);
        string port;
        SocketIOClient client;
        int errors = 0;
        using (NodePeer node = new("server_peer.cjs"))
        {
            port = node.ReadLine(world);
            client = world.Client("http://127.0.0.1:" + port);
            client.ConnectError += (_, _) => errors++;
            world.Until(() => client.IsConnected, "it did not connect");
        }

        world.Until(() => !client.IsConnected && errors >= 3, "the loss was not noticed, or not tried again");
        using NodePeer other = new("server_peer.cjs", "--port", port);
        Assert.AreEqual(port, other.ReadLine(world));
        world.Until(() => client.IsConnected, "it did not connect again");
        Compare.AreSame(new object[] { 1L }, Ask(world, client, "echo", 1L));
    }

    [TestMethod]
    public void Client_OfAServerThatPings_StaysConnected()
    {
        using World world = new(isHost: true);
        using NodePeer node = new("server_peer.cjs", "--ping", "30");
        SocketIOClient client = Connect(world, node);
        string? lost = null;
        client.Disconnected += (_, reason) => lost = reason;

        // Longer than the server waits for a pong.
        long end = Environment.TickCount64 + 2500;
        world.Until(() => Environment.TickCount64 > end, "");
        Assert.IsNull(lost);
        Assert.IsTrue(client.IsConnected);
    }

    private static byte[] Pattern(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 31) + (i >> 8)))];

    private static SocketIOClient Connect(World world, NodePeer node, string path = "", Action<SocketIOClientOptions>? set = null)
    {
        SocketIOClient client = world.Client("http://127.0.0.1:" + node.ReadLine(world) + path, set);
        world.Until(() => client.IsConnected, "our client did not connect");
        return client;
    }

    private static object[] Ask(World world, SocketIOClient client, string name, params object?[] values)
    {
        object[]? answer = null;
        SocketException? failure = null;
        client.Emit(name, values!, (args, error) => (answer, failure) = (args == null ? null : TestServer.All(args), error), 9000);
        world.Until(() => answer != null || failure != null, "no acknowledgement came");
        Assert.IsNull(failure, failure?.Message);
        return answer!;
    }
}
