using IoTNet.Boards;

namespace IoTNet.Tests.Server;

/// <summary>A board on a stack of a kind, and sockets on it, closed at the end.</summary>
internal sealed class Stacks : IDisposable
{
    /// <summary>How long anything may take before a test fails; nothing waits for it to be over.</summary>
    public const int PatienceMs = 20_000;

    private readonly List<Socket> _sockets = [];

    public Stacks(string kind)
    {
        LoopbackStack local = new();
        Stack = new NetworkStack(kind == "host" ? new SystemNetStack() : local, local);
    }

    /// <summary>The kinds of stacks that run without an emulated network.</summary>
    public static IEnumerable<object[]> All => [["loopback"], ["host"]];

    public NetworkStack Stack { get; }

    public Socket Open(SocketType type = SocketType.Stream, AddressFamily family = AddressFamily.InterNetwork) =>
        Keep(new Socket(Stack, family, type, ProtocolType.Unspecified));

    public Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    public Socket Listener(int backlog = 16)
    {
        Socket listener = Open();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
        return listener;
    }

    /// <summary>Opens two connected streams.</summary>
    public void Pair(out Socket client, out Socket server)
    {
        Socket listener = Listener();
        client = Open();
        client.Connect(listener.LocalEndPoint, PatienceMs);
        server = Keep(listener.Accept());
        listener.Close();
    }

    public void Dispose()
    {
        foreach (Socket socket in _sockets)
        {
            socket.Close();
        }
    }
}

/// <summary>Calls a delegate.</summary>
internal sealed class Watcher(Action<SocketWatch, PollEvents> action) : ISocketWatcher
{
    public void OnReady(SocketWatch watch, PollEvents events) => action(watch, events);
}
