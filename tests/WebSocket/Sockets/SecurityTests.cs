namespace IoTNet.Tests.WebSockets.Sockets;

/// <summary>Who opens the sockets of wss:// and ws://.</summary>
[TestClass]
public sealed class SecurityTests
{
    [TestMethod]
    public void Wss_WithSecurity_ConnectsByASocketOfIts()
    {
        using World world = new();
        WebSocketServer server = world.ServeEcho();
        Recorder security = new();
        WebSocket client = Connect(world, World.Uri(server).Replace("ws:", "wss:", StringComparison.Ordinal), security);
        CollectionAssert.AreEqual(new[] { "InterNetwork, host 127.0.0.1" }, security.Asked);
        byte[]? got = null;
        client.Binary += (_, buffer, offset, count) => got = buffer.AsSpan(offset, count).ToArray();
        client.SendBinary([1, 2, 3], 0, 3);
        world.Until(() => got != null, "no echo");
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, got);
    }

    [TestMethod]
    public void Ws_WithSecurity_IsPlain()
    {
        using World world = new();
        Recorder security = new();
        Connect(world, World.Uri(world.ServeEcho()), security);
        Assert.IsEmpty(security.Asked);
    }

    [TestMethod]
    public void Server_WithSecurityOfItsTcp_ListensOnASocketOfIts()
    {
        using World world = new();
        Recorder ofServer = new();
        WebSocketServer server = world.ServeEcho(o => o.Tcp.Security = ofServer);
        CollectionAssert.AreEqual(new[] { "InterNetwork, host null" }, ofServer.Asked);
        Assert.StartsWith("tls://127.0.0.1:", server.Address);
        WebSocket client = Connect(world, World.Uri(server).Replace("ws:", "wss:", StringComparison.Ordinal), new Recorder());
        string? got = null;
        client.Text += (_, buffer, offset, count) => got = System.Text.Encoding.UTF8.GetString(buffer, offset, count);
        client.SendText("21.5");
        world.Until(() => got != null, "no echo");
        Assert.AreEqual("21.5", got);
        Assert.HasCount(1, ofServer.Asked, "an accepted socket is not opened");
    }

    private static WebSocket Connect(World world, string uri, Recorder security)
    {
        WebSocket? client = null;
        SocketException? failure = null;
        WebSocketClient.Connect(world.Loop, uri, new WebSocketClientOptions { Security = security },
            (socket, error) => (client, failure) = (socket, error));
        world.Until(() => client != null || failure != null, "neither connected nor failed");
        Assert.IsNull(failure, failure?.Message);
        return client!;
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
}
