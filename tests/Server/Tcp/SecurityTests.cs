namespace IoTNet.Tests.Server.Tcp;

/// <summary>Who opens the sockets of secured servers and connectors, and what their URIs look like.</summary>
[TestClass]
public sealed class SecurityTests
{
    [TestMethod]
    [DataRow("127.0.0.1:0")]
    [DataRow("tls://127.0.0.1:0")]
    [DataRow("tcp://127.0.0.1:0")]
    [DataRow("0")]
    public void Server_WithSecurity_ListensOnItsSocket(string uri) => Run(world =>
    {
        Recorder security = new();
        TcpServer server = world.Keep(new TcpServer(world.Loop, uri, new TcpServerOptions { Security = security }));
        CollectionAssert.AreEqual(new[] { "InterNetwork, host null" }, security.Asked);
        Assert.AreEqual("tls://127.0.0.1:" + Port(server), server.Address);
        world.Connect(server, out Connection connection);
        Assert.AreEqual(server.Address, connection.LocalAddress);
        Assert.StartsWith("tls://127.0.0.1:", connection.RemoteAddress);
        Assert.HasCount(1, security.Asked, "an accepted socket is not opened");
    });

    [TestMethod]
    public void Server_OfAUnixPath_IsOpenedBySecurity() => Run(world =>
    {
        Recorder security = new();
        TcpServer server = world.Keep(new TcpServer(world.Loop, "unix://@secured", new TcpServerOptions { Security = security }));
        CollectionAssert.AreEqual(new[] { "Unix, host null" }, security.Asked);
        Assert.AreEqual("unix://@secured", server.Address);
    });

    [TestMethod]
    public void Server_WhoseSecurityFails_NamesTheUri() => Run(world =>
    {
        Recorder security = new() { Failure = Errno.EPROTONOSUPPORT };
        SocketException error = Assert.ThrowsExactly<SocketException>(
            () => new TcpServer(world.Loop, "tls://127.0.0.1:0", new TcpServerOptions { Security = security }));
        Assert.AreEqual(Errno.EPROTONOSUPPORT, error.Errno);
        Assert.AreEqual("Failed to listen on \"tls://127.0.0.1:0\": no TLS here", error.Message);
    });

    [TestMethod]
    [DataRow("tls://127.0.0.1:{0}", "127.0.0.1")]
    [DataRow("tcp://127.0.0.1:{0}", "127.0.0.1")]
    [DataRow("localhost:{0}", "localhost")]
    public void Connect_WithSecurity_AsksForTheHostOfTheUri(string uri, string host) => Run(world =>
    {
        TcpServer server = world.ServeEcho();
        Recorder security = new();
        TcpConnector connector = new(world.Loop, new ConnectionOptions { Security = security });
        Connection connection = Connect(world, connector, string.Format(null, uri, Port(server)));
        Assert.AreEqual("InterNetwork, host " + host, security.Asked[^1]);
        Assert.AreEqual("tls://127.0.0.1:" + Port(server), connection.RemoteAddress);
        connection.Close();
    });

    [TestMethod]
    public void Connect_ToAnIPv6Address_AsksForItWithoutBrackets() => Run(world =>
    {
        TcpServer server = world.Keep(new TcpServer(world.Loop, "[::1]:0"));
        Recorder security = new();
        TcpConnector connector = new(world.Loop, new ConnectionOptions { Security = security });
        Connect(world, connector, "tls://[::1]:" + Port(server)).Close();
        CollectionAssert.AreEqual(new[] { "InterNetworkV6, host ::1" }, security.Asked);
    });

    [TestMethod]
    public void Connect_ToAUnixPath_AsksForThisHost() => Run(world =>
    {
        world.Keep(new TcpServer(world.Loop, "unix://@plain"));
        Recorder security = new();
        TcpConnector connector = new(world.Loop, new ConnectionOptions { Security = security });
        Connect(world, connector, "unix://@plain").Close();
        CollectionAssert.AreEqual(new[] { "Unix, host localhost" }, security.Asked);
    });

    [TestMethod]
    public void Connector_WithASecurityOfItsOwn_LeavesThatOfTheOptions() => Run(world =>
    {
        TcpServer server = world.ServeEcho();
        Recorder ofTheOptions = new();
        Recorder own = new();
        ConnectionOptions options = new() { Security = ofTheOptions };
        string uri = "127.0.0.1:" + Port(server);
        Connect(world, new TcpConnector(world.Loop, options, own), uri).Close();
        Connect(world, new TcpConnector(world.Loop, options, null), uri).Close();
        Assert.HasCount(1, own.Asked);
        Assert.IsEmpty(ofTheOptions.Asked);
    });

    [TestMethod]
    public void Connect_WhoseSecurityFails_TellsTheHandler() => Run(world =>
    {
        TcpConnector connector = new(world.Loop, new ConnectionOptions { Security = new Recorder { Failure = Errno.EPROTONOSUPPORT } });
        SocketException? error = null;
        connector.Connect("tls://127.0.0.1:1", 5000, (_, e) => error = e);
        world.Until(() => error != null, "the handler was not called");
        Assert.AreEqual(Errno.EPROTONOSUPPORT, error!.Errno);
        Assert.Contains("127.0.0.1:1 EPROTONOSUPPORT", error.Message);
    });

    [TestMethod]
    public void TlsScheme_WithoutSecurity_IsRefusedInWords() => Run(world =>
    {
        const string Expected = "Invalid URI \"tls://127.0.0.1:1\" (EINVAL): the scheme tls needs the option Security.";
        string uri = "tls://127.0.0.1:1";
        Assert.AreEqual(Expected, Assert.ThrowsExactly<ArgumentException>(() => new TcpServer(world.Loop, uri)).Message);
        Assert.AreEqual(Expected, Assert.ThrowsExactly<ArgumentException>(() => new TcpConnector(world.Loop).Connect(uri, 1000, (_, _) => { })).Message);
        Assert.AreEqual(Expected, Assert.ThrowsExactly<ArgumentException>(() => TcpConnector.Check(uri, null)).Message);
    });

    private static void Run(Action<World> test) => World.Run("loopback", test, "");

    private static string Port(TcpServer server) => ((IPEndPoint)server.Socket.LocalEndPoint).Port.ToString(null, null);

    private static Connection Connect(World world, TcpConnector connector, string uri)
    {
        Connection? connected = null;
        SocketException? failure = null;
        connector.Connect(uri, 10_000, (connection, error) => (connected, failure) = (connection, error));
        world.Until(() => connected != null || failure != null, "neither connected nor failed");
        Assert.IsNull(failure, failure?.Message);
        return connected!;
    }

    /// <summary>Opens plain sockets and notes what it was asked for.</summary>
    private sealed class Recorder : ISocketSecurity
    {
        public Errno Failure { get; init; }

        public List<string> Asked { get; } = [];

        public Socket Open(NetworkStack stacks, AddressFamily family, string host)
        {
            Asked.Add(family + ", host " + (host ?? "null"));
            return Failure == Errno.None ? new Socket(stacks, family, SocketType.Stream, ProtocolType.Unspecified)
                : throw new SocketException(Failure, "no TLS here");
        }
    }
}
