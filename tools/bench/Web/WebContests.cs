namespace IoTNet.Bench;

/// <summary>Echo servers on the host's stack, each a process on the processor that the load generator leaves to them.</summary>
internal sealed class WebContests : IDisposable
{
    private const int Idle = 1000;
    private const double TimesWs = 1.5;
    private const double TimesSocketIO = 2;
    private static readonly int[] s_sizes = [1, 125, 1024, 64 * 1024];
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1.5);

    private readonly Pair _ws;
    private readonly Pair _socketIO;

    private WebContests(Pair ws, Pair socketIO)
    {
        _ws = ws;
        _socketIO = socketIO;
    }

    /// <summary>Starts the servers; null, and a word about it, where node or a package is missing.</summary>
    public static WebContests? Start(Action<string> say)
    {
        var script = Path.Combine("Web", "echo.cjs");
        var ws = EchoChild.StartNode(script, "ws", say);
        var socketIO = EchoChild.StartNode(script, "socket.io", say);
        if (ws is null || socketIO is null)
        {
            ws?.Dispose();
            socketIO?.Dispose();
            return null;
        }

        say($"ws {ws.About}");
        say($"socket.io {socketIO.About}");
        return new WebContests(new Pair("ws", false, TimesWs, ws, EchoChild.Start("WebSocketServer", WebServers.WebSockets)),
            new Pair("socket.io", true, TimesSocketIO, socketIO, EchoChild.Start("SocketIOServer", WebServers.SocketIO)));
    }

    /// <param name="filter">Only the rows whose name contains this.</param>
    public IReadOnlyList<Result> Run(Pace pace, string filter, Action<string> progress)
    {
        progress($"{pace.Rounds} rounds of {pace.Turn.TotalMilliseconds} ms each; each server is a process on processor {Pinning.Last}, "
            + $"the load generator is on processor {Pinning.First}");
        var results = new List<Result>();

        void Add(string name, Func<string, IEnumerable<Result>> run)
        {
            if (name.Contains(filter, StringComparison.OrdinalIgnoreCase))
            {
                var measured = run(name).ToArray();
                results.AddRange(measured);
                progress($"  {name}: {Report.Number(measured[0].Ours)} {measured[0].Unit}");
            }
        }

        // First, as it measures the memory of processes that have not done much yet.
        foreach (var pair in new[] { _ws, _socketIO })
        {
            Add($"{pair.Name}, an idle connection of {Idle:#,0}", name => MeasureIdle(name, pair));
        }

        foreach (var pair in new[] { _ws, _socketIO })
        {
            foreach (var connections in new[] { 1, 100 })
            {
                foreach (var size in s_sizes)
                {
                    var beginning = $"{pair.Name}, {connections} connection{(connections == 1 ? "" : "s")}, {Size(size)}: ";
                    var oneByOne = new WebShape(pair.IsSocketIO, size, 1, 1);
                    var batches = new WebShape(pair.IsSocketIO, size, size > 1024 ? 2 : 64, 2);
                    Add(beginning + "round trips", name => Compare(name, pair, oneByOne, connections, pace));
                    Add(beginning + "messages", name => Compare(name, pair, batches, connections, pace));
                    Add(beginning + "allocated", name => Allocated(name, pair, batches, connections, pace));
                }
            }
        }

        return results;
    }

    public void Dispose()
    {
        _ws.Dispose();
        _socketIO.Dispose();
    }

    private static string Size(int bytes) => bytes < 1024 ? $"{bytes} B" : $"{bytes / 1024} KiB";

    private static IEnumerable<Result> MeasureIdle(string name, Pair pair)
    {
        var theirs = IdleConnection(pair.Reference, pair);
        var ours = IdleConnection(pair.Ours, pair);
        yield return new Result(name + ": heap", "B", theirs.Heap, ours.Heap, ours.Heap / theirs.Heap, null, "", true);
        yield return new Result(name + ": resident set", "B", theirs.Resident, ours.Resident, ours.Resident / theirs.Resident, null, "", true);
    }

    private static Memory IdleConnection(EchoChild server, Pair pair)
    {
        // What is made once, with the first connections, does not count.
        var shape = new WebShape(pair.IsSocketIO, 125, 1, 1);
        using var first = new WebLoad(server, shape, 20);
        server.Measure();
        var before = server.Measure();
        using var load = new WebLoad(server, shape, Idle);
        return (server.Measure() - before) / Idle;
    }

    private static IEnumerable<Result> Compare(string name, Pair pair, WebShape shape, int connections, Pace pace)
    {
        pair.WarmUp(shape, s_warmUp);
        var (theirs, ours) = Contest.Play(pace, () => new WebLoad(pair.Reference, shape, connections),
            () => new WebLoad(pair.Ours, shape, connections), false);
        yield return Contest.Compare(name, "/s", pair.Target, theirs, ours);
        yield return new Result(name + ", the server's processor time", "us/message", Microseconds(theirs), Microseconds(ours),
            Contest.Median(ours.Zip(theirs, (o, t) => t.Processor / o.Processor)), null, "", true);
    }

    private static double Microseconds(Rate[] rates) => Contest.Median(rates.Select(r => 1e6 / r.Processor));

    private static IEnumerable<Result> Allocated(string name, Pair pair, WebShape shape, int connections, Pace pace)
    {
        pair.WarmUp(shape, s_warmUp);
        using var load = new WebLoad(pair.Ours, shape, connections);
        load.Play(2 * pace.Turn);
        var bytes = pair.Ours.AllocatedBy(() =>
        {
            load.Play(2 * pace.Turn);
            return load.Answered;
        });
        yield return new Result(name, "B/message", null, bytes, null, null, "0 B", bytes < 0.5);
    }

    /// <summary>Two servers that speak the same.</summary>
    private sealed record Pair(string Name, bool IsSocketIO, double Target, EchoChild Reference, EchoChild Ours) : IDisposable
    {
        private readonly HashSet<int> _warm = [];

        // Until the just-in-time compilers have made their final code and heaps have their size, once for each size of messages;
        // in the server's own time, as a busy machine needs longer for it.
        public void WarmUp(WebShape shape, TimeSpan processorTime)
        {
            if (!_warm.Add(shape.Bytes))
            {
                return;
            }

            foreach (var server in new[] { Reference, Ours })
            {
                using var load = new WebLoad(server, shape with { Batch = 2, Window = 2 }, 100);
                for (var until = server.ProcessorTime + processorTime; server.ProcessorTime < until;)
                {
                    load.Play(TimeSpan.FromMilliseconds(100));
                }
            }
        }

        public void Dispose()
        {
            Reference.Dispose();
            Ours.Dispose();
        }
    }
}
