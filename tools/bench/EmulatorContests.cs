using System.Diagnostics;
using IoTNet.Emulator;

namespace IoTNet.Bench;

/// <summary>What emulated boards cost: two of them against the host's own loopback, and a hundred in one process.</summary>
internal static class EmulatorContests
{
    private const int Seed = 1;
    private const int Crowd = 100;

    public static IReadOnlyList<Result> Run(Pace pace, Action<string> progress)
    {
        progress($"{pace.Rounds} rounds of {pace.Turn.TotalMilliseconds} ms each; {Pinning.Description}");
        var results = new List<Result>();

        void Add(Result result)
        {
            results.Add(result);
            progress($"  {result.Name}: {Report.Number(result.Ours)} {result.Unit}");
        }

        // First, as it measures the memory of a process that has not done much yet.
        foreach (var result in MeasureCrowd())
        {
            Add(result);
        }

        using var network = new EmulatedNetwork(Seed);
        var wide = TwoBoards(network, "wide", BoardProfile.Unlimited);
        var small = TwoBoards(network, "esp32", BoardProfile.Esp32);

        Add(Contest.Run("TCP stream, two boards", "MB/s", 0.25, pace,
            () => new OneWay(RawWires.Tcp()), () => new OneWay(IoTNetWires.Tcp(wide))));
        Add(Contest.Run("TCP stream, two ESP32", "MB/s", 0, pace,
            () => new OneWay(RawWires.Tcp()), () => new OneWay(IoTNetWires.Tcp(small))));
        Add(Contest.Run("TCP echo, 1 B, two boards", "round trips/s", 1 / 3.0, pace,
            () => new PingPong(RawWires.Tcp(), 1), () => new PingPong(IoTNetWires.Tcp(wide), 1)));
        Add(Contest.Run("UDP echo, 64 B, two boards", "round trips/s", 0, pace,
            () => new PingPong(RawWires.Udp(), 64), () => new PingPong(IoTNetWires.Udp(wide), 64)));
        foreach (var result in Allocations.Measure("two boards", wide))
        {
            Add(result);
        }

        return results;
    }

    private static Ends TwoBoards(EmulatedNetwork network, string name, BoardProfile profile)
    {
        var near = network.AddBoard(name + " 1", profile);
        var far = network.AddBoard(name + " 2", profile);
        return new Ends(near.Stacks, near.Options.Address, far.Stacks, far.Options.Address);
    }

    // A hundred boards, each with a program that answers an echo, all asked by one more.
    private static IEnumerable<Result> MeasureCrowd()
    {
        using var network = new EmulatedNetwork(Seed);
        var asker = network.AddBoard("asker", BoardProfile.Unlimited);
        Ask(network, asker, Answer(network, "warm-up"));
        var memoryBefore = ResidentBytes();
        var boards = new EmulatedBoard[Crowd];
        var times = new double[Crowd];
        for (var i = 0; i < Crowd; i++)
        {
            boards[i] = network.AddBoard("board " + i);
            boards[i].PowerOff();
            var start = Stopwatch.GetTimestamp();
            boards[i].PowerOn();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        var answers = Array.ConvertAll(boards, Answer);
        Array.ForEach(answers, answer => Ask(network, asker, answer));
        var memory = (ResidentBytes() - memoryBefore) / (double)Crowd / (1 << 20);
        var median = Contest.Median(times);
        yield return new Result($"memory of a board, {Crowd} that answer an echo", "MiB", null, memory, null, null, "<= 4 MiB", memory <= 4);
        yield return new Result("a board powers on, median", "ms", null, median, null, null, "<= 10 ms", median <= 10);
    }

    private static EmulatedBoard Answer(EmulatedNetwork network, string name) => Answer(network.AddBoard(name));

    private static EmulatedBoard Answer(EmulatedBoard board)
    {
        using var ready = new ManualResetEventSlim();
        board.Run(() =>
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Any, 7));
            listener.Listen(1);
            ready.Set();
            var buffer = new byte[64];
            using var connection = listener.Accept();
            for (var count = connection.Receive(buffer); count > 0; count = connection.Receive(buffer))
            {
                connection.Send(buffer, count, SocketFlags.None);
            }
        });
        ready.Wait();
        return board;
    }

    private static void Ask(EmulatedNetwork network, EmulatedBoard asker, EmulatedBoard board)
    {
        using var socket = new Socket(asker.Stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveTimeout = 5000;
        socket.Connect(new IPEndPoint(board.Options.Address, 7), 5000);
        socket.Send([1, 2, 3]);
        if (socket.Receive(new byte[3], 0, 3, SocketFlags.WaitAll) != 3)
        {
            throw new InvalidOperationException($"{board} of {network.Boards.Count} does not answer");
        }
    }

    // The resident set, from statm(5): pages.
    private static long ResidentBytes()
    {
        GC.Collect();
        return long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1]) * Environment.SystemPageSize;
    }
}
