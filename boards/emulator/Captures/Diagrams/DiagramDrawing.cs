using System.Globalization;
using System.Text;

namespace IoTNet.Emulator;

/// <summary>Lays a sequence diagram out and draws it.</summary>
internal sealed class DiagramDrawing
{
    private const int Left = 96, Top = 92, HeaderHeight = 40, RowHeight = 30, NotesWidth = 250, BeforeReceiver = 24;

    private readonly SvgText _svg = new();
    private readonly StringBuilder _label = new();
    private readonly List<DiagramEvent> _events;
    private readonly List<DiagramRow> _rows;
    private readonly DiagramLanes _lanes;
    private readonly string _title;
    private readonly long _missed;
    private readonly int _spacing;
    private readonly int _width;
    private readonly int _height;
    private readonly long _start;
    private readonly bool _inSeconds;
    private int _lastFromPort = -1;
    private int _lastToPort = -1;

    public DiagramDrawing(List<DiagramEvent> events, List<DiagramRow> rows, HostNames names, string title, long missed)
    {
        _events = events;
        _rows = rows;
        _lanes = new DiagramLanes(events, names);
        _title = title;
        _missed = missed;
        _spacing = _lanes.Count <= 3 ? 360 : _lanes.Count <= 5 ? 260 : 210;
        _width = Left + 80 + (Math.Max(1, _lanes.Count - 1) * _spacing) + 40 + NotesWidth;
        _height = Top + HeaderHeight + 20 + (rows.Count * RowHeight) + 20 + HeaderHeight + 20;
        _start = events.Count > 0 ? events[0].Ticks : 0;
        _inSeconds = Duration > 5 * TimeSpan.TicksPerSecond;
    }

    private long Duration => _events.Count > 0 ? _events[^1].Ticks - _start : 0;

    private int NotesX => LaneX(Math.Max(1, _lanes.Count - 1)) + 24;

    public string Draw()
    {
        _svg.Raw(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{_width}\" height=\"{_height}\" viewBox=\"0 0 {_width} {_height}\" role=\"img\">"));
        _svg.Raw($"<title>{SvgText.Escape(_title.Length > 0 ? _title : "Capture")}</title>");
        _svg.Raw(DiagramStyle.Css);
        _svg.Box("page", 0, 0, _width, _height);
        DrawSummary();
        DrawLanes();
        new DiagramConnections(_rows, _lanes).Draw(_svg, LaneX, RowY);
        for (int i = 0; i < _rows.Count; i++)
        {
            DrawRow(_rows[i], RowY(i));
        }

        _svg.Raw("</svg>");
        return _svg.ToString();
    }

    private int LaneX(int lane) => Left + 80 + (lane * _spacing);

    private static int RowY(int row) => Top + HeaderHeight + 20 + (row * RowHeight) + 22;

    private void DrawSummary()
    {
        int lost = _events.Count(e => e.Fate.IsDropped());
        int again = _events.Count(e => e.IsAgain);
        _svg.Text("title", 24, 34, "start", _title.Length > 0 ? _title : "Capture");
        string text = string.Create(CultureInfo.InvariantCulture, $"{_events.Count(e => !e.IsSecond):#,0} frames in {Time(Duration)}")
            + (lost > 0 ? string.Create(CultureInfo.InvariantCulture, $", {lost:#,0} dropped") : "")
            + (again > 0 ? string.Create(CultureInfo.InvariantCulture, $", {again:#,0} sent again") : "")
            + (_missed > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {_missed:#,0} more are not drawn") : "");
        _svg.Text("small", 24, 54, "start", text);
        int x = 24;
        Legend(ref x, "data", "data", "");
        Legend(ref x, "ack", "ACK only", "");
        Legend(ref x, "open", "begin, end", "");
        Legend(ref x, "again", "sent again", "");
        Legend(ref x, "lost", "dropped", "cross");
        Legend(ref x, "bad", "bit turned", "");
    }

    private void Legend(ref int x, string kind, string text, string form)
    {
        _svg.Line(kind + " arrow", x, 74, x + 22, 74);
        if (form == "cross")
        {
            Cross(kind, x + 24, 74, 4);
        }
        else
        {
            _svg.Head(kind, x + 26, 74, 1);
        }

        _svg.Text("small", x + 33, 78, "start", text);
        x += 46 + (text.Length * 7);
    }

    private void DrawLanes()
    {
        int bottom = _height - HeaderHeight - 20;
        _svg.Text("time", Left - 8, Top + 25, "end", _inSeconds ? "s" : "ms");
        for (int lane = 0; lane < _lanes.Count; lane++)
        {
            int x = LaneX(lane);
            _svg.Line("lane", x, Top + HeaderHeight, x, bottom);
            foreach (int y in new[] { Top, bottom })
            {
                bool alone = _lanes.Address(lane).Length == 0;
                _svg.Box("host", x - 75, y, 150, HeaderHeight, 6);
                _svg.Text("name", x, y + (alone ? 25 : 18), "middle", Shorten(_lanes.Name(lane), 20));
                _svg.Text("small", x, y + 33, "middle", Shorten(_lanes.Address(lane), 24));
            }
        }
    }

    private void DrawRow(DiagramRow row, int y)
    {
        if (row.Events.Count == 0)
        {
            DrawSilence(row.Silence, y);
        }
        else if (row.Events.Count == 1 && !row.IsCut)
        {
            DrawEvent(row.Events[0], y);
        }
        else
        {
            DrawFold(row, y);
        }
    }

    private void DrawSilence(long ticks, int y)
    {
        // The lanes are hidden below: time is not to scale here.
        for (int lane = 0; lane < _lanes.Count; lane++)
        {
            _svg.Box("page", LaneX(lane) - 6, y - 18, 12, 22);
            _svg.Line("pause", LaneX(lane), y - 18, LaneX(lane), y + 4);
        }

        _svg.Text("silence", (LaneX(0) + LaneX(Math.Max(1, _lanes.Count - 1))) / 2, y - 4, "middle", Time(ticks) + " of silence");
    }

    private void DrawFold(DiagramRow row, int y)
    {
        int left = row.Events.Min(e => e.To.IsGroup ? 0 : Math.Min(_lanes.Of(e.From), _lanes.Of(e.To)));
        int right = row.Events.Max(e => e.To.IsGroup ? _lanes.Count - 1 : Math.Max(_lanes.Of(e.From), _lanes.Of(e.To)));
        _svg.Text("time", Left - 8, y + 1, "end", Stamp(row.Events[0].Ticks));
        _svg.Box("fold", LaneX(left) + 8, y - 17, Math.Max(60, LaneX(right) - LaneX(left) - 16), 23, 5);
        _svg.Text("foldtext", (LaneX(left) + LaneX(right)) / 2, y - 1, "middle", FoldText(row, left, right));
    }

    // "... 37 segments, 53,280 B, 12 ms"; between two lanes with the bytes of each direction.
    private string FoldText(DiagramRow row, int left, int right)
    {
        string kind = row.IsCut ? "frames" : row.Events[0].Protocol == FrameProtocol.Udp ? "datagrams" : "segments";
        long rightward = row.Events.Where(e => _lanes.Of(e.From) == left).Sum(e => (long)e.PayloadLength);
        long all = row.Events.Sum(e => (long)e.PayloadLength);
        string bytes = right - left > 1 || row.IsCut || rightward == 0 || rightward == all
            ? Invariant($"{all:#,0} B{(right - left > 1 || row.IsCut || all == 0 ? "" : rightward == 0 ? " \u2190" : " \u2192")}")
            : Invariant($"{rightward:#,0} B \u2192, {all - rightward:#,0} B \u2190");
        int dropped = row.Events.Count(e => e.Fate.IsDropped());
        int again = row.Events.Count(e => e.IsAgain);
        return Invariant($"\u2026 {row.Events.Count:#,0} {kind}, {bytes}, {Time(row.Events[^1].Ticks - row.Events[0].Ticks)}")
            + (dropped > 0 ? Invariant($", {dropped:#,0} dropped") : "") + (again > 0 ? Invariant($", {again:#,0} sent again") : "");
    }

    private void DrawEvent(DiagramEvent e, int y)
    {
        string kind = Kind(e);
        _svg.Text("time", Left - 8, y + 4, "end", Stamp(e.Ticks));
        _svg.Raw("<g>");
        _svg.Raw($"<title>{SvgText.Escape(Tooltip(e))}</title>");
        int from = _lanes.Of(e.From);
        int to = e.At.Length > 0 ? _lanes.Named(e.At) : -1;
        if (to < 0 && e.To.IsGroup)
        {
            DrawToAll(e, kind, from, y);
        }
        else
        {
            DrawArrow(e, kind, from, to < 0 ? _lanes.Of(e.To) : to, y);
        }

        _svg.Raw("</g>");
        string note = NoteText(e);
        if (note.Length > 0)
        {
            _svg.Text(kind + " note", NotesX, y + 4, "start", note);
        }
    }

    private void DrawToAll(DiagramEvent e, string kind, int from, int y)
    {
        int left = LaneX(0), right = LaneX(Math.Max(1, _lanes.Count - 1)), x = LaneX(from);
        if (e.Fate.IsDropped())
        {
            int end = x + (from == _lanes.Count - 1 && from > 0 ? -_spacing / 2 : _spacing / 2);
            _svg.Line(kind + " arrow", x, y, end, y);
            Cross(kind, end, y, 6);
        }
        else
        {
            _svg.Line(kind + " arrow", left, y, right, y);
            for (int lane = 0; lane < Math.Max(2, _lanes.Count); lane++)
            {
                if (lane != from)
                {
                    _svg.Head(kind, LaneX(lane), y, lane > from ? 1 : -1);
                }
            }
        }

        _svg.Dot(kind + " dot", x, y, 4);
        int near = from < _lanes.Count - 1 || from == 0 ? x + (_spacing / 2) : x - (_spacing / 2);
        _svg.Text(kind + " label", near, y - 6, "middle", Shorten(e.Text, _spacing / 7), "to all");
    }

    private void DrawArrow(DiagramEvent e, string kind, int from, int to, int y)
    {
        int x1 = LaneX(from), x2 = LaneX(to);
        if (from == to)
        {
            _svg.Dot(kind + " dot", x1, y, 4);
            _svg.Text(kind + " label", x1 + 10, y - 6, "start", Label(e));
            return;
        }

        int direction = to > from ? 1 : -1;
        if (e.Fate.IsDropped())
        {
            // Halfway where the sender's cable lost it, close to the receiver where it was lost on the way out.
            int end = e.At.Length > 0 ? x2 - (BeforeReceiver * direction) : (x1 + x2) / 2;
            _svg.Line(kind + " arrow", x1, y, end, y);
            Cross(kind, end, y, 6);
        }
        else
        {
            string style = e.Fate == FrameFate.Reordered ? " late" : "";
            _svg.Line($"{kind} arrow{style}", x1, y, x2 - (6 * direction), y);
            _svg.Head(kind, x2, y, direction);
            if (e.Fate == FrameFate.Duplicated)
            {
                _svg.Line(kind + " arrow", x1, y + 5, x2 - (6 * direction), y + 5);
                _svg.Head(kind, x2, y + 5, direction);
            }
        }

        // Of a frame that the sender's cable lost the text stands over the half that there is.
        int labelX = e.Fate.IsDropped() && e.At.Length == 0 ? x1 + ((x2 - x1) / 4) : (x1 + x2) / 2;
        _svg.Text(kind + " label", labelX, y - 6, "middle", Label(e), Numbers(e));
        DrawPorts(e, x1, x2, y, direction);
    }

    // The ports are written where the conversation changes, not at each of its arrows.
    private void DrawPorts(DiagramEvent e, int x1, int x2, int y, int direction)
    {
        bool same = (e.FromPort, e.ToPort) == (_lastFromPort, _lastToPort) || (e.ToPort, e.FromPort) == (_lastFromPort, _lastToPort);
        (_lastFromPort, _lastToPort) = (e.FromPort, e.ToPort);
        if (e.FromPort > 0 && !same && Math.Abs(x2 - x1) >= 300)
        {
            _svg.Text("port", x1 + (9 * direction), y - 5, direction > 0 ? "start" : "end", Invariant($":{e.FromPort}"));
            _svg.Text("port", x2 - (11 * direction), y - 5, direction > 0 ? "end" : "start", Invariant($":{e.ToPort}"));
        }
    }

    private void Cross(string kind, int x, int y, int size)
    {
        _svg.Line(kind + " cross", x - size, y - size, x + size, y + size);
        _svg.Line(kind + " cross", x - size, y + size, x + size, y - size);
    }

    private string Label(DiagramEvent e)
    {
        if (e.Text.Length > 0)
        {
            return Shorten(e.Text, _spacing / 7);
        }

        _label.Clear();
        FrameText.AppendFlags(_label, e.Flags);
        if (e.PayloadLength > 0)
        {
            FrameText.AppendSize(_label.Append("  "), e.PayloadLength);
        }

        return _label.ToString();
    }

    private string Numbers(DiagramEvent e)
    {
        return e.Text.Length > 0 || _spacing < 250 ? ""
            : e.PayloadLength > 0 ? Invariant($"{e.Tcp.Sequence}..{e.Tcp.Sequence + (uint)e.PayloadLength}")
            : e.Flags == TcpFlags.Ack ? Invariant($"{e.Tcp.Acknowledgment}") : "";
    }

    private static string Tooltip(DiagramEvent e)
    {
        return e.Text.Length > 0 ? e.Text
            : Invariant($"port {e.FromPort} to {e.ToPort}, {e.Flags}, {e.PayloadLength} B, seq {e.Tcp.Sequence}, ack {e.Tcp.Acknowledgment}, window {e.Window}");
    }

    private string NoteText(DiagramEvent e)
    {
        TcpNotes notes = e.Tcp.Notes;
        string meaning = (notes & TcpNotes.Connected) != 0 ? "connected"
            : (notes & TcpNotes.HalfClosed) != 0 ? Shorten(_lanes.Name(_lanes.Of(e.From)), 18) + " has sent all"
            : (notes & TcpNotes.Closed) != 0 ? "closed"
            : e.IsAgain ? "again" + (e.SinceFirst >= 0 ? ", after " + Time(e.SinceFirst) : "")
            : e.Text.Length > 0 ? "" : FrameText.Note(notes);
        string fate = e.Fate switch
        {
            FrameFate.Passed => "",
            FrameFate.Corrupted => "one bit turned",
            FrameFate.Duplicated => "delivered twice",
            _ => FrameText.Fate(e.Fate).ToLowerInvariant(),
        };
        fate += e.At.Length > 0 ? " \u2192 " + Shorten(e.At, 18) : "";
        return fate + (fate.Length > 0 && meaning.Length > 0 ? "; " : "") + meaning;
    }

    private static string Kind(DiagramEvent e)
    {
        return e.Fate.IsDropped() ? "lost"
            : e.Fate == FrameFate.Corrupted || (e.Flags & TcpFlags.Rst) != 0 ? "bad"
            : e.IsAgain ? "again"
            : (e.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 || (e.Tcp.Notes & (TcpNotes.Connected | TcpNotes.Closed)) != 0 && e.PayloadLength == 0 ? "open"
            : e.PayloadLength > 0 && e.Protocol is FrameProtocol.Tcp or FrameProtocol.Udp ? "data"
            : "ack";
    }

    private string Stamp(long ticks)
    {
        double value = (double)(ticks - _start) / (_inSeconds ? TimeSpan.TicksPerSecond : TimeSpan.TicksPerMillisecond);
        return Invariant($"{value:#,0.000}");
    }

    private static string Time(long ticks)
    {
        double ms = (double)ticks / TimeSpan.TicksPerMillisecond;
        return ms >= 10_000 ? Invariant($"{ms / 1000:0.0} s") : ms >= 1000 ? Invariant($"{ms / 1000:0.00} s")
            : ms >= 10 ? Invariant($"{ms:0} ms") : ms >= 1 ? Invariant($"{ms:0.0} ms") : Invariant($"{ms * 1000:0} \u00B5s");
    }

    private static string Shorten(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "\u2026";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
