namespace IoTNet.Bench;

/// <summary>Message sockets against libzmq: sender and receiver are two threads of one process, for either.</summary>
internal static class MessagingContests
{
    private const double TcpAsFast = 1;
    private const double InprocAsFast = 0.5;
    private const double SlowerTrips = 1.2;
    private const int Large = 64 * 1024;
    private static readonly int[] s_sizes = [1, 100, 1024, Large];

    /// <param name="pinned">Whether all threads share one processor.</param>
    /// <param name="filter">Only the rows whose name contains this.</param>
    public static IReadOnlyList<Result> Run(ZmqPeer peer, Pace pace, bool pinned, string filter, Action<string> progress)
    {
        ReqRep.Use();
        progress($"{pace.Rounds} rounds of {pace.Turn.TotalMilliseconds} ms each; "
            + (pinned ? Pinning.Description : $"{Environment.ProcessorCount} processors for all threads"));
        var results = new List<Result>();

        void Add(string name, Func<string, Result> run)
        {
            if (name.Contains(filter, StringComparison.OrdinalIgnoreCase))
            {
                var result = run(name);
                results.Add(result);
                progress($"  {name}: {Report.Number(result.Ours)} {result.Unit}");
            }
        }

        Result Compare(string name, string unit, double target, MessageShape shape) =>
            Contest.Run(name, unit, target, pace, () => new ZmqMessages(peer, shape), () => new OurMessages(shape), pinned);

        foreach (var size in s_sizes)
        {
            Add($"tcp PUSH-PULL, {Size(size)}", name => Compare(name, "messages/s", TcpAsFast, Tcp(size)));
        }

        foreach (var size in s_sizes)
        {
            Add($"inproc PUSH-PULL, {Size(size)}", name => Compare(name, "messages/s", size == Large ? 0 : InprocAsFast, Inproc(size)));
        }

        // As libzmq's: handed over, not touched.
        Add($"tcp PUSH-PULL, {Size(Large)} frames", name => Compare(name, "messages/s", TcpAsFast, Tcp(Large) with { Frames = true }));
        Add($"inproc PUSH-PULL, {Size(Large)} frames", name => Compare(name, "messages/s", InprocAsFast, Inproc(Large) with { Frames = true }));

        foreach (var size in new[] { 1, 1024 })
        {
            Add($"tcp REQ-REP, {Size(size)}", name => Trips(Compare(name, "", 0, TcpTrips(size)), SlowerTrips));
        }

        foreach (var size in new[] { 1, 1024 })
        {
            Add($"inproc PAIR-PAIR, {Size(size)}", name => Trips(Compare(name, "", 0, InprocTrips(size)), 0));
        }

        foreach (var size in s_sizes)
        {
            Add($"tcp PUSH-PULL allocates, {Size(size)}", name => Allocated(name, Tcp(size)));
            Add($"inproc PUSH-PULL allocates, {Size(size)}", name => Allocated(name, Inproc(size)));
        }

        Add($"tcp PUSH-PULL allocates, {Size(Large)} frames", name => Allocated(name, Tcp(Large) with { Frames = true }));
        Add($"inproc PUSH-PULL allocates, {Size(Large)} frames", name => Allocated(name, Inproc(Large) with { Frames = true }));
        Add("tcp REQ-REP allocates, 1 B", name => Allocated(name, TcpTrips(1)));
        Add("inproc PAIR-PAIR allocates, 1 B", name => Allocated(name, InprocTrips(1)));
        return results;
    }

    private static MessageShape Tcp(int size) => new(true, MessageSocketType.Pull, MessageSocketType.Push, "tcp://127.0.0.1:*", size, false);

    private static MessageShape Inproc(int size) => new(true, MessageSocketType.Pull, MessageSocketType.Push, "inproc://bench", size, false);

    private static MessageShape TcpTrips(int size) => new(false, MessageSocketType.Req, MessageSocketType.Rep, "tcp://127.0.0.1:*", size, false);

    private static MessageShape InprocTrips(int size) => new(false, MessageSocketType.Pair, MessageSocketType.Pair, "inproc://bench", size, false);

    private static string Size(int bytes) => bytes < 1024 ? $"{bytes} B" : $"{bytes / 1024} KiB";

    // A rate as the time that one takes. A target of 0 is none.
    private static Result Trips(Result rate, double target) => rate with
    {
        Unit = "us/round trip",
        Reference = 1e6 / rate.Reference,
        Ours = 1e6 / rate.Ours,
        Ratio = 1 / rate.Ratio,
        ProcessorRatio = 1 / rate.ProcessorRatio,
        Target = target == 0 ? "" : $"ratio <= {target:0.00}",
        Reached = target == 0 || 1 / rate.Ratio <= target,
    };

    private static Result Allocated(string name, MessageShape shape)
    {
        var count = shape.Bytes > 1024 || !shape.IsStream ? 5000 : 50000;
        using var game = new OurMessages(shape);

        // Queues grow to their size first; the runtime's own threads allocate now and then. Rounded: a turn has a clock of its own.
        game.Run(count);
        var bytes = Math.Round(Enumerable.Range(0, 10).Min(_ => game.Allocated(count)), 1);
        return new Result(name, "B/message", null, bytes, null, null, "0 B", bytes == 0);
    }
}
