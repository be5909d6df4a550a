namespace IoTNet.Emulator;

/// <summary>A row of a sequence diagram: a frame, or what stands for several (Events), or a pause before the next row.</summary>
/// <param name="Events">The frames of the row.</param>
/// <param name="Silence">In ticks, for a pause; then there are no frames.</param>
/// <param name="IsCut">Whether the frames are of all kinds, and folded only because the picture would be too long.</param>
internal sealed record DiagramRow(IReadOnlyList<DiagramEvent> Events, long Silence = 0, bool IsCut = false);

/// <summary>Which frames of a capture get a row of their own.</summary>
internal static class DiagramRows
{
    private const int ShownBefore = 2, ShownAfter = 1, LeastFolded = 3;
    private const long SilenceTicks = TimeSpan.TicksPerSecond / 5;

    /// <summary>Folds what is alike, and cuts the middle out when there is still too much.</summary>
    public static List<DiagramRow> Make(List<DiagramEvent> events, int mostRows)
    {
        List<DiagramRow> rows = [];
        int start = 0;
        while (start < events.Count)
        {
            if (start > 0 && events[start].Ticks - events[start - 1].Ticks >= SilenceTicks)
            {
                rows.Add(new DiagramRow([], events[start].Ticks - events[start - 1].Ticks));
            }

            int end = EndOfRun(events, start);
            AddRun(rows, events, start, end);
            start = end;
        }

        return rows.Count <= mostRows ? rows : Cut(rows, mostRows);
    }

    // A run ends with its kind, and with a silence.
    private static int EndOfRun(List<DiagramEvent> events, int start)
    {
        int end = start + 1;
        if (!events[start].IsPlain)
        {
            return end;
        }

        while (end < events.Count && events[end].IsPlain && events[end].Protocol == events[start].Protocol
            && events[end].Ticks - events[end - 1].Ticks < SilenceTicks)
        {
            end++;
        }

        return end;
    }

    private static void AddRun(List<DiagramRow> rows, List<DiagramEvent> events, int start, int end)
    {
        bool folds = end - start >= ShownBefore + LeastFolded + ShownAfter;
        for (int i = start; i < end; i++)
        {
            if (folds && i == start + ShownBefore)
            {
                int folded = end - ShownAfter - i;
                rows.Add(new DiagramRow(events.GetRange(i, folded)));
                i += folded;
            }

            rows.Add(new DiagramRow([events[i]]));
        }
    }

    // How it began is worth more than how it ended, and both more than the middle.
    private static List<DiagramRow> Cut(List<DiagramRow> rows, int mostRows)
    {
        int head = (mostRows - 1) * 2 / 3;
        int tail = mostRows - 1 - head;
        List<DiagramEvent> middle = [.. rows[head..^tail].SelectMany(row => row.Events)];
        return [.. rows[..head], new DiagramRow(middle, IsCut: true), .. rows[^tail..]];
    }
}
