using System.Globalization;
using IoTNet.Boards;

namespace IoTNet.Bench;

/// <summary>The servers that this program can be, started as a child (<see cref="EchoChild"/>).</summary>
internal static class EchoServers
{
    public const string Ours = "iotnet";
    public const string SystemNet = "system-net";
    public const string StackAlone = "stack";
    public static readonly string[] Kinds = [Ours, SystemNet, StackAlone, WebServers.WebSockets, WebServers.SocketIO];
    private const int MostConnections = 2000;

    /// <summary>Serves until the standard input ends; answers each of its lines with heap, resident set and allocated bytes.</summary>
    public static int Run(string kind)
    {
        var port = kind switch
        {
            Ours => StartOurs(),
            SystemNet => StartSystemNet(),
            StackAlone => StartStackAlone(),
            WebServers.WebSockets => OnLoop(WebServers.StartWebSockets),
            WebServers.SocketIO => OnLoop(WebServers.StartSocketIO),
            _ => throw new ArgumentException($"expected {string.Join(", ", Kinds)}, not {kind}"),
        };
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"port {port}"));
        while (Console.In.ReadLine() != null)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            var resident = long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{heap} {resident} {allocated}"));
        }

        // The servers' threads end with the process.
        return 0;
    }

    private static int StartOurs() => OnLoop((loop, _) =>
    {
        var server = new TcpServer(loop, "tcp://127.0.0.1:0", new TcpServerOptions { MaxConnections = MostConnections, Backlog = Socket.MaxBacklog });
        ConnectionDataHandler echo = (connection, buffer, offset, count) => connection.Write(buffer, offset, count);
        server.Connection += connection => connection.Data += echo;
        return ((IPEndPoint)server.Socket.LocalEndPoint).Port;
    });

    private static int OnLoop(Func<EventLoop, int, int> start)
    {
        var loop = new EventLoop(NetworkStack.Use(new SystemNetStack(true, MostConnections)));
        var port = start(loop, MostConnections);
        Background(loop.Run);
        return port;
    }

    // Awaiting a ValueTask allocates nothing for each call, and needs no thread while it waits.
    private static int StartSystemNet()
    {
        var listener = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork,
            System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen(Socket.MaxBacklog);
        _ = AcceptAll(listener);
        return ((System.Net.IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private static async Task AcceptAll(System.Net.Sockets.Socket listener)
    {
        while (true)
        {
            _ = Echo(await listener.AcceptAsync());
        }
    }

    private static async Task Echo(System.Net.Sockets.Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[new ConnectionOptions().BufferBytes];
            for (int count; (count = await socket.ReceiveAsync(buffer)) > 0;)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await socket.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }
        }
    }

    // Connections that the stack holds and nothing above it: each gets one echo, and is idle then.
    private static int StartStackAlone()
    {
        var stack = new SystemNetStack(true, MostConnections);
        var listener = stack.Open(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var address = new IPEndPoint(IPAddress.Loopback, 0).Serialize();
        stack.Bind(listener, address);
        stack.Listen(listener, Socket.MaxBacklog);
        stack.GetLocalAddress(listener, address);
        var buffer = new byte[Load.Size];
        Background(() =>
        {
            while (true)
            {
                var connection = stack.Accept(listener, null, -1);
                for (var left = Load.Size; left > 0;)
                {
                    var flags = SocketFlags.None;
                    var count = stack.Receive(connection, buffer, 0, left, ref flags, null, -1);
                    stack.Send(connection, buffer, 0, count, SocketFlags.None, null, -1);
                    left -= count;
                }
            }
        });
        return address.Port;
    }

    private static void Background(ThreadStart run) => new Thread(run) { IsBackground = true }.Start();
}
