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
