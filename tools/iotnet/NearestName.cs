namespace IoTNet.Cli;

/// <summary>Helps who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary>Says that there is no such name, which one may have been meant, and which ones there are.</summary>
    public static string Explain(string kind, string wanted, string[] known)
    {
        var nearest = known.MinBy(name => Distance(name.ToUpperInvariant(), wanted.ToUpperInvariant()))!;
        var close = Distance(nearest.ToUpperInvariant(), wanted.ToUpperInvariant()) <= 1 + (wanted.Length / 3);
        var hint = close ? $" Did you mean '{nearest}'?" : "";
        return $"there is no {kind} '{wanted}'.{hint} Known: {string.Join(", ", known)}";
    }

    // Levenshtein's distance, one row at a time.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < to.Length; j++)
            {
                var substituted = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(substituted, 1 + Math.Min(row[j], row[j + 1]));
            }
        }

        return row[^1];
    }
}
