namespace IoTNet.Bench;

/// <summary>Values into bytes and back, on one thread and without a network.</summary>
internal static class DataContests
{
    public static IReadOnlyList<Result> Run(Pace pace, string filter, Action<string> progress)
    {
        progress($"{pace.Rounds} rounds of {pace.Turn.TotalMilliseconds} ms each; {Pinning.Description}");
        Pinning.Apply();
        var results = new List<Result>();
        using var python = Python.Start(progress);
        foreach (var row in StructRows.All(python).Concat(DnsRows.All()).Concat(JsonRows.All()))
        {
            if (row.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))
            {
                var result = row.Measure(pace);
                results.Add(result);
                progress($"  {result.Name}: {Report.Number(result.Ours)} {result.Unit}");
            }
        }

        return results;
    }
}

/// <summary>Work that both do; what one call gives is compared before, as only equal work can be compared.</summary>
/// <param name="Target">The least ratio.</param>
/// <param name="Reference">The peer's call.</param>
/// <param name="Ours">The same work.</param>
internal sealed record DataRow(string Name, double Target, Func<int> Reference, Func<int> Ours)
{
    /// <summary>Where the peer is not called but plays for itself.</summary>
    public Func<Game>? ReferenceGame { get; init; }

    public Result Measure(Pace pace)
    {
        if (Reference() is var theirs && Ours() is var own && theirs != own)
        {
            throw new InvalidOperationException($"{Name}: the peer gives {theirs}, IoTNet {own}");
        }

        var result = Contest.Run(Name, "calls/s", Target, pace, ReferenceGame ?? (() => new CallGame(Reference)), () => new CallGame(Ours));
        return result with
        {
            ReferenceBytes = ReferenceGame == null ? CallGame.Allocated(Reference) : null,
            OurBytes = CallGame.Allocated(Ours),
        };
    }
}
