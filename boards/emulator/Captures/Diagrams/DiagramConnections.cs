namespace IoTNet.Emulator;

/// <summary>The bars along the lanes that show how long each TCP connection lives: full while a side may still send,
/// hollow once it has sent all.</summary>
internal sealed class DiagramConnections
{
    // More bars side by side would reach into the arrows' texts.
    private const int MostBars = 3;

    private readonly Dictionary<int, Bar> _bars = [];
    private readonly int _rows;

    public DiagramConnections(List<DiagramRow> rows, DiagramLanes lanes)
    {
        _rows = rows.Count;
        for (int row = 0; row < rows.Count; row++)
        {
            foreach (DiagramEvent e in rows[row].Events)
            {
                if (e.Protocol == FrameProtocol.Tcp && e.Text.Length == 0 && !e.IsSecond && e.Fate != FrameFate.Corrupted)
                {
                    Note(e, row, lanes);
                }
            }
        }
    }

    public void Draw(SvgText svg, Func<int, int> laneX, Func<int, int> rowY)
    {
        foreach ((int number, Bar bar) in _bars)
        {
            if (bar.End == bar.Start)
            {
                // It lived and ended within one folded row: there is nothing to see, and there may be thousands of them.
                continue;
            }

            int shift = number % MostBars * 9;
            int end = rowY(bar.End < 0 ? _rows - 1 : bar.End) + (bar.End < 0 ? 8 : 0);
            foreach ((int lane, int fin) in new[] { (bar.LaneA, bar.FinA), (bar.LaneB, bar.FinB) })
            {
                int x = laneX(lane) - 3 + (lane == Math.Min(bar.LaneA, bar.LaneB) ? -shift : shift);
                int full = fin < 0 ? end : rowY(fin);
                svg.Box("bar", x, rowY(bar.Start), 6, Math.Max(2, full - rowY(bar.Start)), 2);
                if (full < end)
                {
                    svg.Box("bar hollow", x, full, 6, end - full, 2);
                }
            }
        }
    }

    private void Note(DiagramEvent e, int row, DiagramLanes lanes)
    {
        if (!_bars.TryGetValue(e.Tcp.Connection, out Bar? bar))
        {
            // Of a capture that begins in the middle the bar begins with the first segment.
            bool begins = (e.Tcp.Notes & TcpNotes.Connected) != 0 || (e.Flags & (TcpFlags.Syn | TcpFlags.Rst)) == 0;
            if (!begins)
            {
                return;
            }

            bar = new Bar { Start = row, LaneA = lanes.Of(e.From), LaneB = lanes.Of(e.To) };
            _bars.Add(e.Tcp.Connection, bar);
        }

        bool fromA = lanes.Of(e.From) == bar.LaneA;
        if ((e.Flags & TcpFlags.Fin) != 0)
        {
            bar.FinA = fromA && bar.FinA < 0 ? row : bar.FinA;
            bar.FinB = !fromA && bar.FinB < 0 ? row : bar.FinB;
        }

        if (bar.End < 0 && (e.Tcp.Notes & (TcpNotes.Closed | TcpNotes.Reset)) != 0)
        {
            bar.End = row;
        }
    }

    private sealed class Bar
    {
        public int Start { get; init; }

        public int LaneA { get; init; }

        public int LaneB { get; init; }

        public int FinA { get; set; } = -1;

        public int FinB { get; set; } = -1;

        public int End { get; set; } = -1;
    }
}
