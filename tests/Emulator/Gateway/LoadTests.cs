using System.Diagnostics;
using System.Net.Sockets;
using NetSocket = System.Net.Sockets.Socket;

namespace IoTNet.Emulator.Tests;

/// <summary>Many connections, many boards, many bytes, and ends at any moment.</summary>
[TestClass]
public sealed class LoadTests
{
    private const int Megabytes10 = 10 << 20;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Connect_A100TimesAtOnceToOneBoard_EachIsAnswered()
    {
        using Bench bench = new();
        bench.RunTcpEcho(7, connections: 100);
        Forward forward = bench.Forward(ProtocolType.Tcp, 7);
        NetSocket[] clients = new NetSocket[100];
        Parallel.For(0, clients.Length, new ParallelOptions { MaxDegreeOfParallelism = 100 }, i => clients[i] = Bench.Connect(forward));

        for (int i = 0; i < clients.Length; i++)
        {
            clients[i].Send([(byte)i, 1, 2]);
        }

        for (int i = 0; i < clients.Length; i++)
        {
            CollectionAssert.AreEqual(new byte[] { (byte)i, 1, 2 }, Bench.ReceiveAll(clients[i], 3));
            clients[i].Dispose();
        }
    }

    [TestMethod]
    public void AddForward_To25Boards_EachLeadsToItsOwn()
    {
        using Bench bench = new();
        List<Forward> forwards = [];
        for (int i = 2; i <= 25; i++)
        {
            _ = bench.Network.AddBoard("board" + i);
        }

        foreach (EmulatedBoard board in bench.Network.Boards)
        {
            Socket listener = new(board.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Any, 7));
            listener.Listen(1);
            bench.Run(
                () =>
                {
                    using Socket closed = listener;
                    Assert.IsTrue(listener.Accept(Bench.PatienceMs, out Socket connection));
                    connection.Send(System.Text.Encoding.ASCII.GetBytes(EmulatedBoard.Current!.Name.PadRight(8)));
                    connection.Close();
                },
                board);
            forwards.Add(bench.Forward(ProtocolType.Tcp, 7, board));
        }

        foreach (Forward forward in forwards)
        {
            using NetSocket client = Bench.Connect(forward);
            Assert.AreEqual(forward.Board!.PadRight(8), System.Text.Encoding.ASCII.GetString(Bench.ReceiveAll(client, 8)));
        }
    }

    [TestMethod]
    public void Send_Of10MegabytesToABoard_ArrivesWholeAndInOrder()
    {
        using Bench bench = new();
        Forward forward = bench.Forward(ProtocolType.Tcp, 7);
        byte[] bytes = Noise();
        byte[] arrived = new byte[bytes.Length];
        Socket listener = new(bench.Board.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 7));
        listener.Listen(1);
        Stopwatch time = Stopwatch.StartNew();
        bench.Run(() =>
        {
            using Socket closed = listener;
            Assert.IsTrue(listener.Accept(Bench.PatienceMs, out Socket connection));
            connection.ReceiveTimeout = Bench.PatienceMs;
            Assert.AreEqual(arrived.Length, connection.Receive(arrived, 0, arrived.Length, SocketFlags.WaitAll));
            connection.Close();
        });

        using NetSocket client = Bench.Connect(forward);
        client.Send(bytes);
        bench.JoinPrograms();
        Report("host -> board", time);

        Assert.IsTrue(bytes.AsSpan().SequenceEqual(arrived));
    }

    [TestMethod]
    public void Send_Of10MegabytesToTheHost_ArrivesWholeAndInOrder()
    {
        using Bench bench = new();
        using TcpListener listener = Bench.Listen();
        byte[] bytes = Noise();
        Stopwatch time = Stopwatch.StartNew();
        bench.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendTimeout = Bench.PatienceMs };
            socket.Connect(new IPEndPoint(Bench.Host, Bench.PortOf(listener)), Bench.PatienceMs);
            for (int sent = 0; sent < bytes.Length;)
            {
                sent += socket.Send(bytes, sent, bytes.Length - sent, SocketFlags.None);
            }
        });

        using NetSocket connection = listener.AcceptSocket();
        connection.ReceiveTimeout = Bench.PatienceMs;
        byte[] arrived = Bench.ReceiveAll(connection, bytes.Length);
        Report("board -> host", time);

        Assert.IsTrue(bytes.AsSpan().SequenceEqual(arrived));
    }

    [TestMethod]
    public void Dispose_UnderTraffic_LeavesNoDescriptorAndNoThread()
    {
        const int Rounds = 100;
        int descriptors = 0, threads = 0;
        for (int i = 0; i < Rounds; i++)
        {
            RunAndCut();

            // The first rounds start the runtime's own threads and what stays loaded.
            if (i == 10)
            {
                descriptors = Descriptors();
                threads = GatewayThreads();
            }
        }

        Assert.IsLessThanOrEqualTo(descriptors + 5, Descriptors(), "descriptors");
        Assert.AreEqual(threads, GatewayThreads(), "threads named gateway");
    }

    [TestMethod]
    public void Dispose_WhileForwardsAreAdded_EndsEveryCall()
    {
        for (int i = 0; i < 50; i++)
        {
            using EmulatedNetwork network = new(seed: 1);
            HostGateway gateway = network.AddGateway();
            Thread adding = new(() =>
            {
                try
                {
                    while (true)
                    {
                        _ = gateway.AddForward(ProtocolType.Udp, Bench.LoopbackPort(), new IPEndPoint(IPAddress.Parse("10.0.2.15"), 7));
                    }
                }
                catch (ObjectDisposedException)
                {
                    // What the test waits for.
                }
            });
            adding.Start();
            gateway.Dispose();
            Assert.IsTrue(adding.Join(Bench.PatienceMs), "a call hangs");
            Assert.ThrowsExactly<ObjectDisposedException>(() => gateway.RemoveForward(Forward.Parse("tcp:127.0.0.1:1:7")));
        }
    }

    private static byte[] Noise()
    {
        byte[] bytes = new byte[Megabytes10];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static void RunAndCut()
    {
        using EmulatedNetwork network = new(seed: 1);
        HostGateway gateway = network.AddGateway();
        EmulatedBoard board = network.AddBoard("board", BoardProfile.Unlimited);
        using UdpClient host = new(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        host.Client.ReceiveTimeout = Bench.PatienceMs;
        int port = ((System.Net.IPEndPoint)host.Client.LocalEndPoint!).Port;
        Socket listener = new(board.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Any, 7));
        listener.Listen(8);
        Forward forward = network.AddForward(new Forward { Protocol = ProtocolType.Tcp, Host = Bench.LoopbackPort(), BoardPort = 7 });
        using NetSocket client = Bench.Connect(forward);
        Assert.IsTrue(listener.Accept(Bench.PatienceMs, out Socket connection));
        BoardProgram flood = board.Run(() =>
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            byte[] datagram = new byte[1000];
            SocketAddress to = new();
            new IPEndPoint(Bench.Host, port).WriteTo(to);
            while (socket.TrySendTo(datagram, 0, datagram.Length, SocketFlags.None, to) >= 0)
            {
                _ = connection.TrySend(datagram, 0, datagram.Length, SocketFlags.DontWait);
            }
        });

        // Traffic flows; now the gateway goes, then the board.
        System.Net.IPEndPoint? from = null;
        _ = host.Receive(ref from);
        gateway.Dispose();
        board.PowerOff();
        Assert.IsTrue(flood.Join(Bench.PatienceMs), "the board's program hangs");
        Assert.IsNull(flood.Failure, "the board's program failed: " + flood.Failure);
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static int GatewayThreads()
    {
        return Directory.GetDirectories("/proc/self/task").Count(task =>
        {
            try
            {
                return File.ReadAllText(task + "/comm").Trim() == "gateway";
            }
            catch (IOException)
            {
                // It ended meanwhile.
                return false;
            }
        });
    }

    private void Report(string way, Stopwatch time)
    {
        TestContext.WriteLine($"{way}: {Megabytes10 / 1e6 / time.Elapsed.TotalSeconds:F0} MB/s");
    }
}
