namespace IoTNet.Bench;

/// <summary>IoTNet's side: servers that give back what comes.</summary>
internal static class WebServers
{
    public const string WebSockets = "websocket";
    public const string SocketIO = "socket-io";

    /// <returns>The port.</returns>
    public static int StartWebSockets(EventLoop loop, int maxConnections)
    {
        var server = new WebSocketServer(loop, "127.0.0.1:0", Options(maxConnections));
        WebSocketDataHandler echo = (socket, buffer, offset, count) => socket.SendText(buffer, offset, count);
        server.Connection += socket => socket.Text += echo;
        return Port(server);
    }

    /// <returns>The port.</returns>
    public static int StartSocketIO(EventLoop loop, int maxConnections)
    {
        var http = new WebSocketServer(loop, "127.0.0.1:0", Options(maxConnections));
        var server = new SocketIOServer(loop, http, new SocketIOServerOptions { MaxClients = maxConnections, PingIntervalMs = NoPingMs });
        SocketIOHandler echo = (socket, args) =>
        {
            args.WriteTo(0, socket.BeginEmit("m"));
            socket.EndEmit();
        };
        server.Connection += socket => socket.On("m", echo);
        return Port(http);
    }

    // Pings would be among the answers, which are counted by their bytes; node's server has the same.
    private const int NoPingMs = 24 * 60 * 60 * 1000;

    private static WebSocketServerOptions Options(int maxConnections)
    {
        var options = new WebSocketServerOptions();
        options.Sockets.PingIntervalMs = 0;
        options.Tcp.MaxConnections = maxConnections;
        options.Tcp.Backlog = Socket.MaxBacklog;
        return options;
    }

    private static int Port(WebSocketServer server) => int.Parse(server.Address[(server.Address.LastIndexOf(':') + 1)..],
        System.Globalization.CultureInfo.InvariantCulture);
}
