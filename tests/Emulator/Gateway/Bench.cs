using System.Net.Sockets;
using NetEndPoint = System.Net.IPEndPoint;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Emulator.Tests;

/// <summary>A network with a gateway and one board without limits, and what tests do with them. Dispose checks that the
/// boards' programs ended well and left no socket.</summary>
internal sealed class Bench : IDisposable
{
    /// <summary>Bounds what must happen soon.</summary>
    internal const int PatienceMs = 20_000;

    private readonly List<BoardProgram> _programs = [];

    internal Bench(GatewayOptions? options = null)
    {
        Network = new EmulatedNetwork(seed: 1);
        Gateway = Network.AddGateway(options);
        Board = Network.AddBoard("board1", BoardProfile.Unlimited);
    }

    internal EmulatedNetwork Network { get; }

    internal HostGateway Gateway { get; }

    internal EmulatedBoard Board { get; }

    /// <summary>The host as boards see it.</summary>
    internal static IPAddress Host { get; } = IPAddress.Parse("10.0.2.2");

    internal static IPEndPoint LoopbackPort(int port = 0) => new(IPAddress.Loopback, port);

    /// <summary>Opens a forward to a board at any free port of 127.0.0.1.</summary>
    internal Forward Forward(ProtocolType protocol, int boardPort, EmulatedBoard? board = null)
    {
        return Network.AddForward(new Forward
        {
            Protocol = protocol,
            Host = LoopbackPort(),
            Board = (board ?? Board).Name,
            BoardPort = boardPort,
        });
    }

    /// <summary>Runs a program on a board; the test fails when it does.</summary>
    internal BoardProgram Run(Action program, EmulatedBoard? board = null)
    {
        BoardProgram running = (board ?? Board).Run(program);
        _programs.Add(running);
        return running;
    }

    /// <summary>Runs an echo server for so many connections, one after another or all at once, each to its end.</summary>
    internal void RunTcpEcho(int port, int connections = 1, EmulatedBoard? board = null)
    {
        Socket listener = new((board ?? Board).Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, port));
        listener.Listen(Socket.MaxBacklog);
        Run(
            () =>
            {
                Thread[] threads = new Thread[connections];
                using Socket closed = listener;
                for (int i = 0; i < connections; i++)
                {
                    Assert.IsTrue(listener.Accept(PatienceMs, out Socket connection));
                    threads[i] = new Thread(() => EchoUntilEnd(connection)) { IsBackground = true };
                    threads[i].Start();
                }

                Array.ForEach(threads, thread => Assert.IsTrue(thread.Join(PatienceMs), "an echo hangs"));
            },
            board);
    }

    /// <summary>Runs a UDP echo server for so many datagrams.</summary>
    internal void RunUdpEcho(int port, int datagrams)
    {
        Socket socket = new(Board.Stacks, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = PatienceMs };
        socket.Bind(new IPEndPoint(IPAddress.Any, port));
        Run(() =>
        {
            using Socket closed = socket;
            byte[] buffer = new byte[2048];
            for (int i = 0; i < datagrams; i++)
            {
                EndPoint from = new IPEndPoint(IPAddress.Any, 0);
                int count = socket.ReceiveFrom(buffer, ref from);
                socket.SendTo(buffer, count, SocketFlags.None, from);
            }
        });
    }

    /// <summary>A connection of the host's to a forward.</summary>
    internal static NetSocket Connect(Forward forward)
    {
        NetSocket socket = new(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp)
        {
            ReceiveTimeout = PatienceMs,
            SendTimeout = PatienceMs,
        };
        socket.Connect(new NetEndPoint(System.Net.IPAddress.Loopback, forward.Host.Port));
        return socket;
    }

    /// <summary>A host's listener at a free port of 127.0.0.1.</summary>
    internal static TcpListener Listen()
    {
        TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start(128);
        return listener;
    }

    internal static int PortOf(TcpListener listener) => ((NetEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Receives so many bytes of the host's socket.</summary>
    internal static byte[] ReceiveAll(NetSocket socket, int count)
    {
        byte[] bytes = new byte[count];
        int received = 0;
        while (received < count)
        {
            int part = socket.Receive(bytes, received, count - received, System.Net.Sockets.SocketFlags.None);
            Assert.AreNotEqual(0, part, $"the stream ended after {received} of {count} bytes");
            received += part;
        }

        return bytes;
    }

    /// <summary>Waits for all programs; each must have ended without an exception.</summary>
    internal void JoinPrograms()
    {
        foreach (BoardProgram program in _programs)
        {
            Assert.IsTrue(program.Join(PatienceMs), "a program hangs");
            Assert.IsNull(program.Failure, "a program failed: " + program.Failure);
        }

        _programs.Clear();
    }

    public void Dispose()
    {
        try
        {
            JoinPrograms();
            foreach (EmulatedBoard board in Network.Boards)
            {
                Assert.AreEqual(0, board.GetState().OpenSockets, "open sockets of " + board.Name);
            }
        }
        finally
        {
            Network.Dispose();
        }
    }

    private static void EchoUntilEnd(Socket connection)
    {
        byte[] buffer = new byte[16384];
        connection.ReceiveTimeout = PatienceMs;
        int count;
        while ((count = connection.TryReceive(buffer, 0, buffer.Length, SocketFlags.None)) > 0)
        {
            if (connection.TrySend(buffer, 0, count, SocketFlags.None) < 0)
            {
                break;
            }
        }

        connection.Close();
    }
}
