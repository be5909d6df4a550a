using System.Diagnostics;

namespace IoTNet.Emulator.Tests;

/// <summary>Power cycles without end.</summary>
[TestClass]
public sealed class PowerTests
{
    [TestMethod]
    public void PowerOff_AThousandTimesUnderTraffic_LeavesNothingBehind()
    {
        const int cycles = 1000;
        Cable cable = new();
        using EmulatedBoard steady = Board("steady", 1, cable.A);
        using EmulatedBoard cycled = Board("cycled", 2, cable.B);
        steady.PowerOn();
        using Flood flood = new(steady);
        long before = 0;
        for (int i = 0; i < cycles; i++)
        {
            cycled.PowerOn();
            Use(cycled);
            cycled.PowerOff();
            if (i == cycles / 2)
            {
                before = Memory();
            }
        }

        long grown = Memory() - before;
        Assert.AreEqual(cycles, cycled.GetState().PowerCycles);
        Assert.IsTrue(steady.IsOn);

        // lwIP has no call to free its mailbox and its timers: about 2 KB a life. A library or a board that stayed would be
        // 300 KB.
        Assert.IsTrue(grown < 10 << 20, $"{grown / 1024} KB more after {cycles / 2} cycles");
    }

    [TestMethod]
    public void PowerOn_WithoutAnEthernetAddress_LeavesNoLibraryBehind()
    {
        Cable cable = new();
        int before = LoadedLibraries();
        _ = Assert.ThrowsExactly<ArgumentException>(() => new LwipStack(
            new LwipConfiguration { HardwareAddress = new System.Net.NetworkInformation.PhysicalAddress([2, 0, 0, 0, 1]) }, cable.A));
        Assert.AreEqual(before, LoadedLibraries());
    }

    // Each copy of lwIP is a file in memory, which stays open as long as it is loaded.
    private static int LoadedLibraries()
    {
        return Directory.EnumerateFiles("/proc/self/fd").Count(file => new FileInfo(file).LinkTarget?.Contains("liblwip", StringComparison.Ordinal) == true);
    }

    [TestMethod]
    public void PowerOn_OfOneBoard_TakesMilliseconds()
    {
        const int rounds = 51;
        Cable cable = new();
        using EmulatedBoard board = Board("a", 1, cable.A);
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            board.PowerOn();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            board.PowerOff();
        }

        Array.Sort(times);
        Console.WriteLine($"power-on: median {times[rounds / 2]:F2} ms, longest {times[^1]:F2} ms");

        // A bound against accidents, not a measurement: the bench has the figures.
        Assert.IsTrue(times[rounds / 2] < 1000, $"{times[rounds / 2]} ms");
    }

    [TestMethod]
    public void PowerOff_FromManyThreadsAtOnce_IsSafe()
    {
        Cable cable = new();
        for (int i = 0; i < 50; i++)
        {
            using EmulatedBoard board = Board("a", 1, cable.A);
            board.PowerOn();
            Thread[] threads =
            [
                new(board.PowerOff), new(board.Dispose), new(() => Use(board)), new(() => board.GetState()), new(board.PowerOff),
            ];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => Assert.IsTrue(thread.Join(TwoBoards.PatienceMs), "a thread hangs"));
        }
    }

    [TestMethod]
    public void Deliver_AfterDispose_IsHarmless()
    {
        Cable cable = new();
        LwipStack stack = TwoBoards.Start(cable.A, 1);
        stack.Dispose();
        stack.Dispose();
        long dropped = stack.FramesDropped;
        stack.Deliver(new byte[64]);
        Assert.AreEqual(dropped + 1, stack.FramesDropped);
        Assert.AreEqual(-(int)Errno.ENETDOWN, stack.Open(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
    }

    private static EmulatedBoard Board(string name, int number, IFrameWire cable)
    {
        return new EmulatedBoard(
            new BoardOptions { Name = name, Profile = BoardProfile.Unlimited, Address = IPAddress.Parse("10.0.0." + number) }, cable);
    }

    // Something of every kind that a power cut finds: a listener, a connection, one that is being made, data under way.
    private static void Use(EmulatedBoard board)
    {
        try
        {
            Socket listener = Open(board, SocketType.Stream);
            listener.Bind(new IPEndPoint(IPAddress.Any, 7));
            listener.Listen(4);
            Socket client = Open(board, SocketType.Stream);
            client.Connect(listener.LocalEndPoint is IPEndPoint local ? new IPEndPoint(IPAddress.Loopback, local.Port) : null);
            client.Send(new byte[3000]);
            _ = Open(board, SocketType.Stream).TryConnect(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 9), 0);
            Socket datagrams = Open(board, SocketType.Dgram);
            datagrams.Bind(new IPEndPoint(IPAddress.Any, 8));
            _ = datagrams.TrySendTo(new byte[500], 0, 500, SocketFlags.None, new IPEndPoint(IPAddress.Loopback, 8).Serialize());
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // The board went off meanwhile.
        }
    }

    private static Socket Open(EmulatedBoard board, SocketType type)
    {
        return new Socket(board.Stacks, AddressFamily.InterNetwork, type, ProtocolType.Unspecified);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    /// <summary>Datagrams at the other board for as long as it is there, from a thread that does not wait.</summary>
    private sealed class Flood : IDisposable
    {
        private readonly Socket _socket;
        private readonly Thread _thread;
        private bool _stop;

        internal Flood(EmulatedBoard from)
        {
            _socket = Open(from, SocketType.Dgram);
            _thread = new Thread(Run);
            _thread.Start();
        }

        public void Dispose()
        {
            Volatile.Write(ref _stop, true);
            _thread.Join();
            _socket.Close();
        }

        private void Run()
        {
            SocketAddress to = new IPEndPoint(IPAddress.Parse("10.0.0.2"), 8).Serialize();
            byte[] bytes = new byte[100];
            while (!Volatile.Read(ref _stop))
            {
                _ = _socket.TrySendTo(bytes, 0, bytes.Length, SocketFlags.None, to);
                Thread.Yield();
            }
        }
    }
}
