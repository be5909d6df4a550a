using System.Text;
using IoTNet.Boards;

namespace IoTNet.Tests.WebSockets;

/// <summary>A loop, run by the test's own thread, with servers on it and peers beside it: in memory, or on this machine's
/// network for peers in other processes.</summary>
internal sealed class World : IDisposable
{
    /// <summary>How long anything may take before a test fails; nothing waits for it to be over.</summary>
    public const int PatienceMs = 30_000;

    private readonly List<WebSocketServer> _servers = [];
    private readonly List<Socket> _raw = [];

    public World(bool isHost = false)
    {
        LoopbackStack local = new();
        Stacks = new NetworkStack(isHost ? new SystemNetStack() : local, local);
        Loop = new EventLoop(Stacks);
        Loop.Error += (_, error) => Errors.Add(error);
    }

    public NetworkStack Stacks { get; }

    public EventLoop Loop { get; }

    /// <summary>What handlers threw and nobody else took.</summary>
    public List<Exception> Errors { get; } = [];

    public WebSocketServer Serve(Action<WebSocketServerOptions>? set = null)
    {
        WebSocketServerOptions options = new();
        set?.Invoke(options);
        WebSocketServer server = new(Loop, "127.0.0.1:0", options);
        _servers.Add(server);
        return server;
    }

    /// <summary>A server that sends back what comes.</summary>
    public WebSocketServer ServeEcho(Action<WebSocketServerOptions>? set = null)
    {
        WebSocketServer server = Serve(set);
        WebSocketDataHandler text = static (socket, buffer, offset, count) => socket.SendText(buffer, offset, count);
        WebSocketDataHandler binary = static (socket, buffer, offset, count) => socket.SendBinary(buffer, offset, count);
        server.Connection += socket =>
        {
            socket.Text += text;
            socket.Binary += binary;
        };
        return server;
    }

    public static string Uri(WebSocketServer server, string path = "/") => "ws" + server.Address["tcp".Length..] + path;

    public static int Port(WebSocketServer server) => int.Parse(server.Address[(server.Address.LastIndexOf(':') + 1)..], null);

    /// <summary>Connects our client and waits until it is open.</summary>
    public WebSocket Connect(WebSocketServer server, Action<WebSocketClientOptions>? set = null, string path = "/")
    {
        WebSocket? socket = null;
        SocketException? failure = null;
        WebSocketClientOptions options = new();
        set?.Invoke(options);
        WebSocketClient.Connect(Loop, Uri(server, path), options, (s, e) => (socket, failure) = (s, e));
        Until(() => socket != null || failure != null, "the client did not connect");
        Assert.IsNull(failure, failure?.Message);
        return socket!;
    }

    /// <summary>Connects, and waits until the server has told of its side.</summary>
    public (WebSocket Client, WebSocket Server) Pair(WebSocketServer server, Action<WebSocketClientOptions>? set = null)
    {
        WebSocket? told = null;
        WebSocketHandler handler = s => told = s;
        server.Connection += handler;
        WebSocket client = Connect(server, set);
        Until(() => told != null, "the server told of no WebSocket");
        server.Connection -= handler;
        return (client, told!);
    }

    /// <summary>A peer that speaks bytes.</summary>
    public RawPeer Raw(WebSocketServer server)
    {
        Socket socket = new(Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        _raw.Add(socket);
        int result = socket.TryConnect(server.Tcp.Socket.LocalEndPoint, 0);
        Assert.IsTrue(result == 0 || result == -(int)Errno.EINPROGRESS, "connect: " + result);
        return new RawPeer(this, socket);
    }

    /// <summary>Such a peer, with its handshake done.</summary>
    public RawPeer RawOpen(WebSocketServer server, string path = "/")
    {
        RawPeer peer = Raw(server);
        peer.Send(RawPeer.Upgrade(path));
        StringAssert.StartsWith(peer.ReadHead(), "HTTP/1.1 101 ");
        return peer;
    }

    /// <summary>Runs the loop until something is so.</summary>
    public void Until(Func<bool> isSo, string orElse)
    {
        long end = Environment.TickCount64 + PatienceMs;
        while (!isSo())
        {
            Loop.RunOnce(5);
            if (Environment.TickCount64 > end)
            {
                Assert.Fail(orElse + string.Concat(Errors.Select(e => "\n" + e)));
            }
        }
    }

    /// <summary>Runs the loop until it has nothing to do, for as long as a stack in memory needs.</summary>
    public void Settle()
    {
        while (Loop.RunOnce(0) > 0)
        {
        }
    }

    public void Dispose()
    {
        foreach (WebSocketServer server in _servers)
        {
            server.Close();
            server.CloseConnections();
        }

        foreach (Socket socket in _raw)
        {
            socket.Close();
        }

        Loop.Close();
    }

    public static string TextOf(byte[] buffer, int offset, int count) => Encoding.UTF8.GetString(buffer, offset, count);
}
