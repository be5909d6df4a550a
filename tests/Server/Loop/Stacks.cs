using IoTNet.Boards;

namespace IoTNet.Tests.Server;

/// <summary>A board on a stack of a kind, and sockets on it, closed at the end.</summary>
internal sealed class Stacks : IDisposable
{
    /// <summary>How long anything may take before a test fails; nothing waits for it to be over.</summary>
    public const int PatienceMs = 20_000;

    private readonly List<Socket> _sockets = [];

    private readonly bool _isUnix;
    private int _names;

    public Stacks(string kind)
    {
        _isUnix = kind == "local";
        UnixStack local = _isUnix ? new UnixStack() : new LoopbackStack();
        Stack = new NetworkStack(kind == "host" ? new SystemNetStack() : _isUnix ? new NullStack() : local, local);
    }

    /// <summary>The kinds of stacks that run without an emulated network and have IP.</summary>
    public static IEnumerable<object[]> All => [["loopback"], ["host"]];

    /// <summary>Those that have streams: also the one in memory beside a network's, with Unix sockets.</summary>
    public static IEnumerable<object[]> OfStreams => [["loopback"], ["host"], ["local"]];

    public NetworkStack Stack { get; }

    public Socket Open() => Keep(new Socket(
        Stack, _isUnix ? AddressFamily.Unix : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified));

    public Socket Open(SocketType type, AddressFamily family = AddressFamily.InterNetwork) =>
        Keep(new Socket(Stack, family, type, ProtocolType.Unspecified));

    public Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    public Socket Listener(int backlog = 16)
    {
        Socket listener = Open();
        listener.Bind(_isUnix ? new UnixEndPoint("/listener" + ++_names) : new IPEndPoint(IPAddress.Loopback, 0));
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
