using System.Diagnostics;

namespace IoTNet.Bench;

/// <summary>Echo servers on the host's stack: IoTNet's TcpServer on one loop, System.Net.Sockets with async, node's net.</summary>
internal static class ServerContests
{
    private const int Idle = 1000;
    private const double MostIdleBytes = 2048;
    private const int WarmUpRequests = 100_000;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<ServerResult> Run(Pace pace, int[] counts, Action<string> progress)
    {
        progress($"{pace.Rounds} rounds of {pace.Turn.TotalMilliseconds} ms each; each server is a process on processor {Pinning.Last}, " +
            $"the load generator is on processor {Pinning.First}: {Load.Size} B, one request at a time on each connection");
        var results = new List<ServerResult>();
        using var ours = EchoChild.Start("IoTNet", EchoServers.Ours);
        using var theirs = EchoChild.Start("System.Net", EchoServers.SystemNet);
        using var node = EchoChild.StartNode(Path.Combine("Server", "echo_server.js"), "", progress);
        EchoChild?[] servers = [ours, theirs, node];

        // First, as it measures the memory of processes that have not done much yet.
        results.AddRange(MeasureIdle(servers));
        progress("  warming up");
        Array.ForEach(servers, WarmUp);
        foreach (var count in counts)
        {
            results.AddRange(Measure(servers, count, pace, progress));
        }

        return results;
    }

    private static IEnumerable<ServerResult> MeasureIdle(EchoChild?[] servers)
    {
        using var stack = EchoChild.Start("the stack alone", EchoServers.StackAlone);
        var each = Array.ConvertAll([.. servers, stack], IdleConnection);
        var beside = each[0]!.Value.Heap - each[3]!.Value.Heap;
        yield return new ServerResult($"an idle connection of {Idle}: heap", "B", each[0]!.Value.Heap, each[1]!.Value.Heap, each[2]?.Heap);
        yield return new ServerResult("its heap beside the stack's own", "B", beside, null, null, $"<= {MostIdleBytes:#,0} B", beside <= MostIdleBytes);
        yield return new ServerResult("its resident set", "B", each[0]!.Value.Resident, each[1]!.Value.Resident, each[2]?.Resident);
    }

    private static Memory? IdleConnection(EchoChild? server)
    {
        if (server == null)
        {
            return null;
        }

        // What is made once, with the first connections, does not count.
        using var first = new Load(server, 20);
        server.Measure();
        var before = server.Measure();
        using var load = new Load(server, Idle);
        return (server.Measure() - before) / Idle;
    }

    // Until the just-in-time compilers have made their final code, counted in requests: a busy machine needs longer for them.
    private static void WarmUp(EchoChild? server)
    {
        if (server == null)
        {
            return;
        }

        using var load = new Load(server, 100);
        var start = Stopwatch.GetTimestamp();
        for (long answered = 0; answered < WarmUpRequests && Stopwatch.GetElapsedTime(start) < s_warmUp; answered += load.Answered)
        {
            load.Play(TimeSpan.FromMilliseconds(250));
        }
    }

    private static IEnumerable<ServerResult> Measure(EchoChild?[] servers, int connections, Pace pace, Action<string> progress)
    {
        var loads = Array.ConvertAll(servers, server => server == null ? null : new Load(server, connections));
        try
        {
            Array.ForEach(loads, load => load?.Play(2 * pace.Turn));
            var turns = new Turn?[pace.Rounds][];
            for (var i = 0; i < pace.Rounds; i++)
            {
                // Who comes first changes, should that be of any advantage.
                turns[i] = new Turn?[loads.Length];
                for (var k = 0; k < loads.Length; k++)
                {
                    var at = (i + k) % loads.Length;
                    turns[i][at] = loads[at]?.Play(pace.Turn);
                }
            }

            progress("  " + Name(connections, string.Join(", ", servers.Select((s, at) => s == null
                ? "no node" : $"{s.Name} {Report.Number(Median(turns, at, t => t.Rate)!.Value)}")) + " requests/s"));
            return Results(turns, connections).Append(Allocated(servers[0]!, loads[0]!, pace, connections)).ToArray();
        }
        finally
        {
            Array.ForEach(loads, load => load?.Dispose());
        }
    }

    private static IEnumerable<ServerResult> Results(Turn?[][] turns, int connections)
    {
        ServerResult Of(string what, string unit, Func<Turn, double> value) => new(Name(connections, what), unit,
            Median(turns, 0, value)!.Value, Median(turns, 1, value), Median(turns, 2, value))
        {
            ToSystemNet = Ratio(turns, 1, value),
            ToNode = Ratio(turns, 2, value),
        };

        var rate = Of("answers", "requests/s", t => t.Rate);
        yield return rate.ToNode is { } toNode ? rate with { Target = ">= node", Reached = toNode >= 1 } : rate;
        yield return Of("half of them within", "us", t => t.MedianUs);
        yield return Of("99 % within", "us", t => t.P99Us);
        yield return Of("the server's processor time", "us/request", t => t.ProcessorUs);
    }

    private static ServerResult Allocated(EchoChild server, Load load, Pace pace, int connections)
    {
        var bytes = server.AllocatedBy(() =>
        {
            load.Play(2 * pace.Turn);
            return load.Answered;
        });
        return new ServerResult(Name(connections, "allocated"), "B/request", bytes, null, null, "0 B", bytes < 0.5);
    }

    private static string Name(int connections, string what) => $"{connections:#,0} connection{(connections == 1 ? "" : "s")}: {what}";

    private static double? Median(Turn?[][] turns, int at, Func<Turn, double> value) =>
        turns[0][at] == null ? null : Contest.Median(turns.Select(t => value(t[at]!.Value)));

    private static double? Ratio(Turn?[][] turns, int at, Func<Turn, double> value) =>
        turns[0][at] == null ? null : Contest.Median(turns.Select(t => value(t[0]!.Value) / value(t[at]!.Value)));
}
