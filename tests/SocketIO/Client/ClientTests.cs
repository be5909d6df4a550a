namespace IoTNet.Tests.SocketIO.Client;

[TestClass]
public class ClientTests
{
    [TestMethod]
    public void Backoff_WithoutChance_DoublesUpToItsLimit()
    {
        Backoff backoff = new(1000, 5000, 0);
        CollectionAssert.AreEqual(new[] { 1000, 2000, 4000, 5000, 5000 }, Enumerable.Range(0, 5).Select(_ => backoff.NextMs()).ToArray());
        backoff.Reset();
        Assert.AreEqual(1000, backoff.NextMs());
    }

    [TestMethod]
    public void Backoff_WithChance_DiffersByItsPart()
    {
        Backoff backoff = new(1000, 100_000, 50);
        List<int> waits = [];
        for (int i = 0; i < 1000; i++)
        {
            waits.Add(backoff.NextMs());
            backoff.Reset();
        }

        Assert.IsTrue(waits.Min() is >= 500 and < 600, "least " + waits.Min());
        Assert.IsTrue(waits.Max() is <= 1500 and > 1400, "most " + waits.Max());
    }

    [TestMethod]
    public void Events_BeforeTheConnect_AreKeptUpToTheLimit()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        List<long> got = [];
        io.Connection += s => s.On("x", (_, args) => got.Add(args.GetInt64(0)));
        SocketIOClient client = world.Client(io, "", o => o.MaxBufferedEvents = 3);
        SocketException? late = null;
        Assert.IsFalse(client.Emit("x", 1));
        Assert.IsFalse(client.Emit("x", 2));
        Assert.IsFalse(client.Volatile.Emit("x", 3));
        Assert.IsFalse(client.Emit("x", 4));
        Assert.AreEqual(Errno.ENOBUFS, Assert.ThrowsExactly<SocketException>(() => client.Emit("x", 5, (_, error) => late = error, 9000)).Errno);
        world.Until(() => got.Count == 3, "what was kept did not come");
        CollectionAssert.AreEqual(new[] { 1L, 2L, 4L }, got);
        Assert.AreEqual(0, client.WaitingCount);
        Assert.IsNull(late);
    }

    [TestMethod]
    public void Event_WhoseTimeIsOverBeforeTheConnect_IsNotSent()
    {
        using World world = new();
        SocketIOServer io = world.Serve();
        SocketIONext? next = null;
        List<string> got = [];
        io.Use((_, n) => next = n);
        io.Connection += s => s.AnyEvent += (_, args) => got.Add(args.Name);
        SocketIOClient client = world.Client(io);
        SocketException? error = null;
        client.Emit("late", (_, e) => error = e, 1);
        client.Emit("there");
        world.Until(() => error != null && next != null, "no timeout comes");
        Assert.AreEqual(Errno.ETIMEDOUT, error!.Errno);
        next!();
        world.Until(() => got.Count > 0, "nothing came");
        CollectionAssert.AreEqual(new[] { "there" }, got);
    }

    [TestMethod]
    public void Client_OfNobody_GivesUpAfterItsAttempts()
    {
        using World world = new();
        List<int> attempts = [];
        int failedAfter = 0;
        int errors = 0;
        SocketIOClient client = world.Client("http://127.0.0.1:1", o => o.ReconnectionAttempts = 3);
        client.ConnectError += (_, _) => errors++;
        client.Manager.ReconnectAttempt += (_, attempt) => attempts.Add(attempt);
        client.Manager.ReconnectFailed += (_, attempt) => failedAfter = attempt;
        world.Until(() => failedAfter > 0, "it does not give up");
        CollectionAssert.AreEqual(new[] { 1, 2, 3 }, attempts);
        Assert.AreEqual(3, failedAfter);
        Assert.AreEqual(4, errors);
    }

    [TestMethod]
    [DataRow("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":10,\"pingTimeout\":10}|40{\"sid\":\"y\"}", DisconnectReason.PingTimeout)]
    [DataRow("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":10000,\"pingTimeout\":10}|40{\"sid\":\"y\"}|9", DisconnectReason.ParseError)]
    [DataRow("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":10000,\"pingTimeout\":10}|40{\"sid\":\"y\"}|42{}", DisconnectReason.ParseError)]
    [DataRow("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":10000,\"pingTimeout\":10}|40{\"sid\":\"y\"}|40{\"sid\":\"z\"}", DisconnectReason.ParseError)]
    [DataRow("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":10000,\"pingTimeout\":10}|40{\"sid\":\"y\"}|1", DisconnectReason.TransportClose)]
    [DataRow("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":10000,\"pingTimeout\":10}|40{\"sid\":\"y\"}|41", DisconnectReason.IOServerDisconnect)]
    public void Client_OfAServerThatEndsIt_IsToldTheReason(string packets, string expected)
    {
        using World world = new();
        string address = Serve(world, packets);
        List<string> reasons = [];
        SocketIOClient client = world.Client(address, o => o.Reconnection = false);
        client.Disconnected += (_, reason) => reasons.Add(reason);
        world.Until(() => reasons.Count > 0, "nothing ends it");
        CollectionAssert.AreEqual(new[] { expected }, reasons);
        Assert.IsFalse(client.IsConnected);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("0")]
    [DataRow("0{}")]
    [DataRow("0{\"pingInterval\":-1,\"pingTimeout\":10}")]
    [DataRow("40{\"sid\":\"y\"}")]
    [DataRow("0{\"sid\":\"x\",\"pingInterval\":10000,\"pingTimeout\":10}|40")]
    [DataRow("0{\"sid\":\"x\",\"pingInterval\":10000,\"pingTimeout\":10}|40{}")]
    [DataRow("0{\"sid\":\"x\",\"pingInterval\":10000,\"pingTimeout\":10}|44[]")]
    public void Client_OfAServerThatSpeaksSomethingElse_TriesAgain(string packets)
    {
        using World world = new();
        string address = Serve(world, packets);
        SocketIOClient client = world.Client(address);
        int attempts = 0;
        client.Manager.ReconnectAttempt += (_, _) => attempts++;
        world.Until(() => attempts >= 2, "it does not try again");
        Assert.IsFalse(client.IsConnected);
    }

    [TestMethod]
    public void Https_WithSecurityOfTheWebSocket_ConnectsByASocketOfIts()
    {
        using World world = new();
        Recorder ofServer = new();
        Recorder ofClient = new();
        SocketIOServer io = world.Serve(null, http => http.Tcp.Security = ofServer);
        SocketIOClient client = world.Client(World.Uri(io).Replace("http:", "https:", StringComparison.Ordinal), o => o.WebSocket.Security = ofClient);
        world.Until(() => client.IsConnected, "the client did not connect");
        CollectionAssert.AreEqual(new[] { "InterNetwork, host null" }, ofServer.Asked);
        CollectionAssert.AreEqual(new[] { "InterNetwork, host 127.0.0.1" }, ofClient.Asked);
    }

    [TestMethod]
    public void Uri_WithANamespace_NamesIt()
    {
        Assert.AreEqual("ws://h:1/socket.io/?EIO=4&transport=websocket", SocketIOUri.ToWebSocket("http://h:1/admin?x=1", "/socket.io/", null!));
        Assert.AreEqual("wss://h/p/?EIO=4&transport=websocket&t=1", SocketIOUri.ToWebSocket("https://h", "/p/", "t=1"));
        Assert.AreEqual("/admin", SocketIOUri.NamespaceOf("ws://h:1/admin?x=1"));
        Assert.AreEqual("", SocketIOUri.NamespaceOf("wss://h"));
        Assert.AreEqual("", SocketIOUri.NamespaceOf("wss://h?a=/b"));
        Assert.ThrowsExactly<ArgumentException>(() => SocketIOUri.NamespaceOf("h:1/admin"));
    }

    /// <summary>Opens plain sockets and notes what it was asked for.</summary>
    private sealed class Recorder : ISocketSecurity
    {
        public List<string> Asked { get; } = [];

        public Socket Open(NetworkStack stacks, AddressFamily family, string host)
        {
            Asked.Add(family + ", host " + (host ?? "null"));
            return new Socket(stacks, family, SocketType.Stream, ProtocolType.Unspecified);
        }
    }

    // A server of WebSockets that says the same to everybody.
    private static string Serve(World world, string packets)
    {
        WebSocketServer server = new(world.Loop, "127.0.0.1:0");
        server.Connection += socket =>
        {
            foreach (string packet in packets.Split('|'))
            {
                socket.SendText(packet);
            }
        };
        return "http" + server.Address["tcp".Length..];
    }
}
