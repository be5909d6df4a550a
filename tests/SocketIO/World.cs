using System.Text;
using IoTNet.Boards;

namespace IoTNet.Tests.SocketIO;

/// <summary>A loop, run by the test's own thread, with servers and clients on it: in memory, or on this machine's network for
/// peers in other processes.</summary>
internal sealed class World : IDisposable
{
    /// <summary>How long anything may take before a test fails; nothing waits for it to be over.</summary>
    public const int PatienceMs = 30_000;

    private readonly List<SocketIOServer> _servers = [];
    private readonly List<SocketIOManager> _managers = [];

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

    public SocketIOServer Serve(Action<SocketIOServerOptions>? set = null, Action<WebSocketServerOptions>? setHttp = null)
    {
        WebSocketServerOptions http = new();
        setHttp?.Invoke(http);
        SocketIOServerOptions options = new();
        set?.Invoke(options);
        WebSocketServer server = new(Loop, "127.0.0.1:0", http);
        server.Error += (_, error) => Errors.Add(error);
        SocketIOServer io = new(Loop, server, options);
        _servers.Add(io);
        return io;
    }

    public static string Uri(SocketIOServer io, string path = "") => "http" + io.Http.Address["tcp".Length..] + path;

    /// <summary>Our client, which connects, but is not waited for.</summary>
    public SocketIOClient Client(string uri, Action<SocketIOClientOptions>? set = null)
    {
        SocketIOClientOptions options = new() { ReconnectionDelayMs = 5, ReconnectionDelayMaxMs = 50 };
        set?.Invoke(options);
        SocketIOClient client = SocketIOClient.Connect(Loop, uri, options);
        _managers.Add(client.Manager);
        return client;
    }

    public SocketIOClient Client(SocketIOServer io, string path = "", Action<SocketIOClientOptions>? set = null) => Client(Uri(io, path), set);

    /// <summary>Connects our client, and gives both ends.</summary>
    public (SocketIOClient Client, SocketIOSocket Socket) Pair(SocketIOServer io, string path = "", Action<SocketIOClientOptions>? set = null)
    {
        SocketIOSocket? told = null;
        SocketIOSocketHandler handler = s => told = s;
        SocketIONamespace of = io.Of(path);
        of.Connection += handler;
        SocketIOClient client = Client(io, path, set);
        Until(() => told != null && client.IsConnected, "the client did not connect");
        of.Connection -= handler;
        return (client, told!);
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

    public void Dispose()
    {
        foreach (SocketIOManager manager in _managers)
        {
            manager.Close();
        }

        foreach (SocketIOServer io in _servers)
        {
            io.Close();
            io.Http.Close();
            io.Http.CloseConnections();
        }

        Loop.Close();
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
