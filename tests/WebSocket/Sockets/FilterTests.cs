namespace IoTNet.Tests.WebSockets.Sockets;

/// <summary>The hook for TLS: a filter of its own between the socket and the WebSocket, on either side.</summary>
[TestClass]
public sealed class FilterTests
{
    [TestMethod]
    public void Wss_ThroughAFilter_IsAWebSocket()
    {
        using World world = new();
        WebSocketServer server = world.ServeEcho();
        server.Tcp.Use((connection, next) =>
        {
            connection.UseFilter(new XorFilter());
            next(connection);
        });
        WebSocket? client = null;
        string? name = null;
        WebSocketClientOptions options = new()
        {
            Tls = host =>
            {
                name = host;
                return new XorFilter();
            },
        };
        WebSocketClient.Connect(world.Loop, World.Uri(server).Replace("ws:", "wss:", StringComparison.Ordinal), options, (socket, error) => client = socket);
        world.Until(() => client != null, "not connected");
        Assert.AreEqual("127.0.0.1", name);
        byte[]? got = null;
        client!.Binary += (_, buffer, offset, count) => got = buffer.AsSpan(offset, count).ToArray();
        byte[] sent = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];
        client.SendBinary(sent, 0, sent.Length);
        world.Until(() => got != null, "no echo");
        CollectionAssert.AreEqual(sent, got);
    }

    private sealed class XorFilter : IConnectionFilter
    {
        private FilterPort? _port;

        public void OnBegin(FilterPort port) => _port = port;

        public void OnReceived(byte[] buffer, int offset, int count)
        {
            byte[] bytes = Changed(buffer, offset, count);
            _port!.Deliver(bytes, 0, count);
        }

        public void OnWrite(byte[] buffer, int offset, int count) => _port!.Send(Changed(buffer, offset, count), 0, count);

        public void OnPeerEnded() => _port!.DeliverEnd();

        public void OnEnd()
        {
        }

        public void OnClosed()
        {
        }

        private static byte[] Changed(byte[] buffer, int offset, int count) => [.. buffer.AsSpan(offset, count).ToArray().Select(b => (byte)(b ^ 0x55))];
    }
}
