using System.Text;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Cli;

/// <summary>What the connections of web servers take.</summary>
internal static class WebFigures
{
    // RFC 6455 1.2, in as few headers as there may be: the server keeps the request, and browsers send longer ones.
    private const string Upgrade = " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    // Masked with 0: Socket.IO's connect to the namespace "/".
    private static readonly byte[] s_connect = [0x81, 0x82, 0, 0, 0, 0, .. "40"u8];

    /// <summary>WebSockets of a server.</summary>
    public static MemoryFigure WebSockets(NetworkStack stacks)
    {
        using var loop = new EventLoop(stacks);
        var server = new WebSocketServer(loop, "127.0.0.1:0");
        server.Connection += Serve;
        return Measure(
            "webSocket", "a WebSocket connection, idle, with a Text handler", stacks, loop, server, "/", [], () => server.ClientCount);
    }

    /// <summary>Clients in the namespace "/" of a Socket.IO server.</summary>
    public static MemoryFigure SocketIO(NetworkStack stacks)
    {
        using var loop = new EventLoop(stacks);
        var io = new SocketIOServer(loop, "127.0.0.1:0", new SocketIOServerOptions());
        io.Connection += Serve;
        return Measure(
            "socketIOConnection", "a Socket.IO connection, idle, with one event's handler", stacks, loop, io.Http,
            "/socket.io/?EIO=4&transport=websocket", s_connect, () => io.Sockets.Count);
    }

    private static MemoryFigure Measure(
        string name, string description, NetworkStack stacks, EventLoop loop, WebSocketServer server, string target, byte[] first, Func<int> count)
    {
        List<NetSocket> clients = [];
        void Connect(int total)
        {
            while (clients.Count < total)
            {
                var client = MemoryFigure.ConnectTo(int.Parse(server.Address.AsSpan(server.Address.LastIndexOf(':') + 1)));
                clients.Add(client);
                client.Send([.. Encoding.ASCII.GetBytes("GET " + target + Upgrade), .. first]);
                MemoryFigure.RunUntil(loop, () => count() == clients.Count, "connections did not come");
            }
        }

        try
        {
            Connect(1);
            var one = HeapWalk.Of(stacks, loop);
            Connect(1 + MemoryFigure.Further);
            return MemoryFigure.Of(name, description, HeapWalk.Of(stacks, loop).Beyond(one));
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
            MemoryFigure.RunUntil(loop, () => server.ClientCount == 0, "connections did not end");
            server.Close();
        }
    }

    private static void Serve(WebSocket socket) => socket.Text += Ignore;

    private static void Serve(SocketIOSocket socket) => socket.On("light", Ignore);

    private static void Ignore(WebSocket socket, byte[] buffer, int offset, int count)
    {
    }

    private static void Ignore(SocketIOSocket socket, SocketIOArgs args)
    {
    }
}
