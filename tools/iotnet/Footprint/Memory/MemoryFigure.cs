extern alias NanoHalf;

using System.Diagnostics;
using NanoStack = NanoHalf::IoTNet.Boards.SystemNetStack;
using NetSocket = System.Net.Sockets.Socket;
using NetAddressFamily = System.Net.Sockets.AddressFamily;
using NetSocketType = System.Net.Sockets.SocketType;
using NetProtocolType = System.Net.Sockets.ProtocolType;

namespace IoTNet.Cli;

/// <summary>What sockets and connections take on a device's heap: measured by opening some on the device's half of
/// boards/common, here, and walking the objects.</summary>
/// <param name="Name">As in the budgets.</param>
/// <param name="Description">For people.</param>
/// <param name="Use">Of <see cref="Further"/> together, those after the first, by class.</param>
/// <param name="Bytes">Of one: the mean, so that what tables grow by has its share. Buffers apart.</param>
/// <param name="BufferBytes">Of one, the mean.</param>
internal sealed record MemoryFigure(string Name, string Description, IReadOnlyDictionary<string, HeapShare> Use, int Bytes, int BufferBytes)
{
    /// <summary>How many are opened after the first.</summary>
    public const int Further = 8;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>Opens, measures and closes, on 127.0.0.1.</summary>
    /// <exception cref="SocketException">This machine has no 127.0.0.1, or no ports.</exception>
    /// <exception cref="TimeoutException">The connections did not come in time.</exception>
    public static IReadOnlyList<MemoryFigure> MeasureAll()
    {
        var stack = new NanoStack(true);
        var stacks = NetworkStack.Use(stack);
        try
        {
            return
            [
                Sockets(stacks, "tcpSocket", "a TCP socket, open", () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)),
                Sockets(stacks, "udpSocket", "a UDP socket, bound", Bound),
                Connections(stacks),
                MessageFigures.Connections(stacks),
                WebFigures.WebSockets(stacks),
                WebFigures.SocketIO(stacks),
            ];
        }
        finally
        {
            // No socket of this program is to open on it any more.
            NetworkStack.Use(new LoopbackStack());
        }
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static MemoryFigure Sockets(NetworkStack stacks, string name, string description, Func<Socket> open)
    {
        // The program's own reference to each socket is not the socket's.
        List<Socket> opened = [];
        HeapUse Walk() => HeapWalk.Of([stacks, .. opened]);
        try
        {
            opened.Add(open());
            var one = Walk();
            for (var i = 0; i < Further; i++)
            {
                opened.Add(open());
            }
            return Of(name, description, Walk().Beyond(one));
        }
        finally
        {
            opened.ForEach(s => s.Close());
        }
    }

    private static MemoryFigure Connections(NetworkStack stacks)
    {
        using var loop = new EventLoop(stacks);
        var server = new TcpServer(loop, "tcp://127.0.0.1:0", new TcpServerOptions { MaxConnections = 1 + Further });
        List<NetSocket> clients = [];
        // Static methods: an app's own objects are not the connection's.
        server.Connection += Serve;
        try
        {
            Connect(server, loop, clients, 1);
            var one = HeapWalk.Of(stacks, loop);
            Connect(server, loop, clients, 1 + Further);
            return Of("idleConnection", "a connection of a TcpServer, idle, with a Data handler", HeapWalk.Of(stacks, loop).Beyond(one));
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
            RunUntil(loop, () => server.ConnectionCount == 0, "connections did not end");
            server.Close();
        }
    }

    private static void Connect(TcpServer server, EventLoop loop, List<NetSocket> clients, int total)
    {
        while (clients.Count < total)
        {
            clients.Add(ConnectTo(((IPEndPoint)server.Socket.LocalEndPoint).Port));
        }
        RunUntil(loop, () => server.ConnectionCount == total, "connections did not come");
    }

    /// <summary>A client of .NET's own, which is not measured.</summary>
    public static NetSocket ConnectTo(int port)
    {
        var client = new NetSocket(NetAddressFamily.InterNetwork, NetSocketType.Stream, NetProtocolType.Tcp)
        {
            ReceiveTimeout = (int)s_limit.TotalMilliseconds,
        };
        client.Connect(System.Net.IPAddress.Loopback, port);
        return client;
    }

    /// <exception cref="TimeoutException">It does not come true; the message begins with the failure.</exception>
    public static void RunUntil(EventLoop loop, Func<bool> isOver, string failure)
    {
        var waited = Stopwatch.StartNew();
        while (!isOver())
        {
            loop.RunOnce(100);
            if (waited.Elapsed > s_limit)
            {
                throw new TimeoutException($"{failure} within {s_limit.TotalSeconds} s");
            }
        }
    }

    private static void Serve(Connection connection) => connection.Data += Ignore;

    private static void Ignore(Connection connection, byte[] buffer, int offset, int count)
    {
    }

    /// <param name="further">What <see cref="Further"/> of them take.</param>
    public static MemoryFigure Of(string name, string description, HeapUse further)
    {
        var total = further.Total;
        return new MemoryFigure(name, description, further.Shares, Mean(total.Bytes), Mean(total.BufferBytes));
    }

    private static int Mean(int bytes) => (bytes + Further - 1) / Further;
}
