namespace IoTNet.Bench;

/// <summary>What a TLS socket costs above the SslStream that does its cryptography.</summary>
internal static class TlsContests
{
    // It waits by a selector, so that any thread may decrypt; SslStream's caller waits in the system.
    private const double NearlyAsFast = 0.80;

    public static IReadOnlyList<Result> Run(Pace pace, string filter, Action<string> progress)
    {
        progress($"{pace.Rounds} rounds of {pace.Turn.TotalMilliseconds} ms each; {Pinning.Description}");
        var results = new List<Result>();
        var full = new TlsWires(resumes: false);
        var resumed = new TlsWires(resumes: true);

        void Add(string name, string unit, double target, Func<Game> reference, Func<Game> ours)
        {
            if (name.Contains(filter, StringComparison.OrdinalIgnoreCase))
            {
                results.Add(Contest.Run(name, unit, target, pace, reference, ours));
                progress($"  {name}: {Report.Number(results[^1].Ours)} {unit}");
            }
        }

        foreach (var size in new[] { 64, 1024, 16384 })
        {
            Add($"TLS echo, {size} B", "round trips/s", NearlyAsFast,
                () => new PingPong(full.Raw(), size), () => new PingPong(full.Ours(), size));
        }

        Add("TLS stream", "MB/s", NearlyAsFast, () => new OneWay(full.Raw()), () => new OneWay(full.Ours()));
        Add("TLS connections, full handshake", "connections/s", NearlyAsFast, full.RawHandshakes, full.OurHandshakes);
        Add("TLS connections, resumed", "connections/s", NearlyAsFast, resumed.RawHandshakes, resumed.OurHandshakes);
        if ("allocation".Contains(filter, StringComparison.OrdinalIgnoreCase) || filter.Length == 0)
        {
            results.Add(AllocationOf("TLS send + receive, 1 KiB: bytes on the heap", full));
        }

        return results;
    }

    private static Result AllocationOf(string name, TlsWires wires)
    {
        using var raw = wires.Raw();
        using var ours = wires.Ours();
        double reference = PerCall(raw);
        double own = PerCall(ours);
        return new Result(name, "B/call", reference, own, null, null, "<= SslStream's + 16", own <= reference + 16, reference, own);
    }

    private static double PerCall(WirePair pair)
    {
        const int Calls = 5000;
        var buffer = new byte[1024];
        for (var i = 0; i < Calls; i++)
        {
            Once();
        }

        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < Calls; i++)
        {
            Once();
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Calls;

        void Once()
        {
            pair.Near.Send(buffer, 0, buffer.Length);
            pair.Far.ReceiveAll(buffer, buffer.Length);
        }
    }
}
