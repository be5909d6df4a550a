namespace IoTNet.Bench;

/// <summary>How long to measure.</summary>
internal sealed record Pace(int Rounds, TimeSpan Turn);

/// <summary>One line of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">In what.</param>
/// <param name="Reference">What it is measured against: its median; null when there is nothing to compare.</param>
/// <param name="Ours">IoTNet's median.</param>
/// <param name="Ratio">The median of the rounds' ratios, ours / reference.</param>
/// <param name="ProcessorRatio">The same by processor time: what the ratio would be were the machine otherwise idle.</param>
/// <param name="Target">What is to be reached, for people.</param>
/// <param name="Reached">Whether it was.</param>
/// <param name="ReferenceBytes">What one call of the reference leaves on the heap, where that was measured.</param>
/// <param name="OurBytes">What one call of IoTNet does.</param>
internal sealed record Result(
    string Name, string Unit, double? Reference, double Ours, double? Ratio, double? ProcessorRatio,
    string Target, bool Reached, double? ReferenceBytes = null, double? OurBytes = null);

/// <summary>Two contestants take turns within one run, so that whatever else the machine does meets both.</summary>
internal static class Contest
{
    /// <param name="pinned">Whether to move the calling thread, and with it those that it starts, to one processor.</param>
    public static Result Run(
        string name, string unit, double target, Pace pace, Func<Game> makeReference, Func<Game> makeOurs, bool pinned = true)
    {
        var (reference, ours) = Play(pace, makeReference, makeOurs, pinned);
        return Compare(name, unit, target, reference, ours);
    }

    /// <summary>The rates of each round.</summary>
    public static (Rate[] Reference, Rate[] Ours) Play(Pace pace, Func<Game> makeReference, Func<Game> makeOurs, bool pinned)
    {
        if (pinned)
        {
            Pinning.Apply();
        }

        using var reference = makeReference();
        using var ours = makeOurs();

        // Long enough for the just-in-time compiler to make its final code of both.
        var warmUp = TimeSpan.FromMilliseconds(Math.Max(600, 4 * pace.Turn.TotalMilliseconds));
        for (var i = 0; i < 2; i++)
        {
            reference.Play(warmUp / 2);
            ours.Play(warmUp / 2);
        }

        var referenceRates = new Rate[pace.Rounds];
        var ourRates = new Rate[pace.Rounds];
        for (var i = 0; i < pace.Rounds; i++)
        {
            // ABBA: who comes first changes, should that be of any advantage.
            if (i % 2 == 0)
            {
                referenceRates[i] = reference.Play(pace.Turn);
            }

            ourRates[i] = ours.Play(pace.Turn);
            if (i % 2 != 0)
            {
                referenceRates[i] = reference.Play(pace.Turn);
            }
        }

        return (referenceRates, ourRates);
    }

    /// <summary>A line of the table, of the rounds' rates.</summary>
    public static Result Compare(string name, string unit, double target, Rate[] reference, Rate[] ours)
    {
        var ratio = Median(ours.Zip(reference, (o, r) => o.Wall / r.Wall));
        var processorRatio = Median(ours.Zip(reference, (o, r) => o.Processor / r.Processor));
        return new Result(name, unit, Median(reference.Select(r => r.Wall)), Median(ours.Select(r => r.Wall)), ratio,
            processorRatio, target == 0 ? "" : $"ratio >= {target:0.00}", ratio >= target);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
