using System.Net.NetworkInformation;

namespace IoTNet.Emulator.Tests;

/// <summary>Two boards' stacks on a cable, 10.0.0.1 and 10.0.0.2, and what tests do with them. Dispose checks that both
/// have as many open sockets as at first: none.</summary>
internal sealed class TwoBoards : IDisposable
{
    /// <summary>Bounds what must happen soon.</summary>
    internal const int PatienceMs = 10_000;

    private readonly List<Socket> _sockets = [];
    private readonly List<Thread> _threads = [];
    private Exception? _failure;

    internal TwoBoards(StackLimits? limits = null)
    {
        A = Start(Cable.A, 1, limits);
        B = Start(Cable.B, 2, limits);
        OnA = new NetworkStack(A, new UnixStack());
        OnB = new NetworkStack(B, new UnixStack());
    }

    internal Cable Cable { get; } = new();

    internal LwipStack A { get; }

    internal LwipStack B { get; }

    internal NetworkStack OnA { get; }

    internal NetworkStack OnB { get; }

    internal static LwipStack Start(IFrameWire wire, int number, StackLimits? limits = null)
    {
        return new LwipStack(
            new LwipConfiguration
            {
                Name = "board " + number,
                HardwareAddress = new PhysicalAddress([2, 0, 0, 0, 0, (byte)number]),
                Address = IPAddress.Parse("10.0.0." + number),
                Limits = limits ?? BoardProfile.Unlimited.Limits,
            },
            wire);
    }

    internal static IPEndPoint At(int board, int port) => new(IPAddress.Parse("10.0.0." + board), port);

    /// <summary>A board's link-local address, made of its Ethernet address (RFC 4291 appendix A).</summary>
    internal static IPEndPoint At6(int board, int port) => new(IPAddress.Parse("fe80::ff:fe00:" + board), port);

    internal Socket Tcp(NetworkStack on) => Add(new Socket(on, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));

    internal Socket Udp(NetworkStack on) => Add(new Socket(on, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));

    internal Socket Open(NetworkStack on, AddressFamily family, SocketType type, ProtocolType protocol = ProtocolType.Unspecified)
    {
        return Add(new Socket(on, family, type, protocol));
    }

    internal Socket Add(Socket socket)
    {
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        socket.ReceiveTimeout = PatienceMs;
        return socket;
    }

    /// <summary>A listener on a port of board B.</summary>
    internal Socket Listener(int port = 7, int backlog = 8)
    {
        Socket listener = Tcp(OnB);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(At(2, port));
        listener.Listen(backlog);
        return listener;
    }

    /// <summary>A connection from A to B.</summary>
    internal void Connect(out Socket client, out Socket server)
    {
        Socket listener = Listener();
        client = Tcp(OnA);
        client.Connect(listener.LocalEndPoint, PatienceMs);
        Assert.IsTrue(listener.Accept(PatienceMs, out server));
        Add(server);
        listener.Close();
    }

    /// <summary>Waits until both boards have handled what the other one sent before: frames are handled in their order, so a
    /// datagram there and one back come last.</summary>
    internal void Settle()
    {
        using Socket a = new(OnA, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using Socket b = new(OnB, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        a.Bind(At(1, 0));
        b.Bind(At(2, 0));
        a.ReceiveTimeout = b.ReceiveTimeout = PatienceMs;
        _ = a.SendTo([1], b.LocalEndPoint);
        Assert.AreEqual(1, b.Receive(new byte[1]));
        _ = b.SendTo([1], a.LocalEndPoint);
        Assert.AreEqual(1, a.Receive(new byte[1]));
    }

    /// <summary>A thread that ends with the test, which fails when the thread does.</summary>
    internal Thread Run(ThreadStart body)
    {
        Thread thread = new(() => Guard(body)) { IsBackground = true };
        thread.Start();
        _threads.Add(thread);
        return thread;
    }

    public void Dispose()
    {
        lock (_sockets)
        {
            _sockets.ForEach(socket => socket.Close());
        }

        foreach (Thread thread in _threads)
        {
            Assert.IsTrue(thread.Join(PatienceMs), "a thread hangs");
        }

        int open = A.OpenSockets + B.OpenSockets;
        A.Dispose();
        B.Dispose();
        Assert.AreEqual(0, open, "open sockets");
        Assert.IsNull(_failure, "a thread of the test failed: " + _failure);
    }

    // An exception that leaves a thread ends the process, and with it every other test.
    private void Guard(ThreadStart body)
    {
        try
        {
            body();
        }
        catch (Exception e)
        {
            _ = Interlocked.CompareExchange(ref _failure, e, null);
        }
    }
}
