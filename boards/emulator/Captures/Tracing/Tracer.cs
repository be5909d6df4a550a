using System.Globalization;
using System.Text;

namespace IoTNet.Emulator;

/// <summary>
/// Writes a line for each frame of a switch: when, from whom to whom by the boards' names, the protocol, what it says, and
/// what the cable did to it.
/// </summary>
/// <remarks>
/// <para>The time is in milliseconds since the first frame. The arrow tells the fate at a glance, and the word at the end by
/// name: <c>-></c> it passed, <c>-x</c> it got no further, <c>-!</c> a bit was turned, <c>=></c> it went on twice,
/// <c>~></c> it was held back. A frame that did not simply get out to a device has a second line, with that device behind
/// the word: <c>LOST -> sensor</c>. TCP's numbers count from the connection's start; what is special about a segment stands
/// behind it, in words.</para>
/// <para>Lines are written on the sender's thread, one at a time: a slow writer slows the network down. A writer that fails
/// ends the trace and not the network; <see cref="Flush"/> tells. Members can be called from any thread.</para>
/// </remarks>
public sealed class Tracer : IFrameObserver
{
    private const int FirstWidth = 16, WidestEnd = 44;

    private readonly Lock _lock = new();
    private readonly TextWriter _writer;
    private readonly HostNames _names;
    private readonly TcpTracker _tcp = new();
    private readonly StringBuilder _line = new(200);
    private int _fromWidth = FirstWidth;
    private int _toWidth = FirstWidth;
    private DateTimeOffset _start;
    private bool _started;
    private Exception? _failure;

    /// <summary>Makes a tracer.</summary>
    /// <param name="writer">Takes the lines; the caller's to close.</param>
    /// <param name="nameOf">Names an IP address, or gives null; asked once for each. Without it, or where it gives null,
    /// addresses go by the switch port they were seen at.</param>
    public Tracer(TextWriter writer, Func<IPAddress, string?>? nameOf = null)
        : this(writer, new HostNames(nameOf))
    {
    }

    /// <summary>Makes a tracer that shares its names.</summary>
    /// <param name="writer">Takes the lines; the caller's to close.</param>
    /// <param name="names">The names; used under this tracer's lock only.</param>
    public Tracer(TextWriter writer, HostNames names)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(names);
        _writer = writer;
        _names = names;
    }

    /// <inheritdoc/>
    public void Observe(in FrameObservation seen, ReadOnlySpan<byte> frame)
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                return;
            }

            DecodedFrame decoded = FrameDecoder.Decode(frame);
            _names.Learn(seen, decoded);
            _line.Clear();
            AppendTime(seen.Time);
            AppendEnds(seen, decoded);
            AppendWhat(seen, decoded);
            _line.Append('\n');
            Write();
        }
    }

    /// <summary>Flushes the writer.</summary>
    /// <exception cref="IOException">The writer failed, now or at an earlier line; there is no trace since then.</exception>
    public void Flush()
    {
        lock (_lock)
        {
            if (_failure is null)
            {
                _writer.Flush();
            }
            else
            {
                throw new IOException("The trace ended early, as its writer failed: " + _failure.Message, _failure);
            }
        }
    }

    private void AppendTime(DateTimeOffset time)
    {
        if (!_started)
        {
            _started = true;
            _start = time;
        }

        _line.Append(CultureInfo.InvariantCulture, $"{(time - _start).TotalMilliseconds,12:0.000}  ");
    }

    private void AppendEnds(in FrameObservation seen, in DecodedFrame frame)
    {
        int start = _line.Length;
        if (frame.HardwareSource.IsNone)
        {
            _line.Append(seen.Port);
        }
        else
        {
            AppendEnd(frame.Source.IsNone || frame.Source.IsAny ? frame.HardwareSource : frame.Source, frame.SourcePort);
        }

        Pad(start, ref _fromWidth);
        _line.Append(seen.Fate switch
        {
            FrameFate.Passed => " -> ",
            FrameFate.Corrupted => " -! ",
            FrameFate.Duplicated => " => ",
            FrameFate.Reordered => " ~> ",
            _ => " -x ",
        });
        start = _line.Length;
        AppendEnd(
            frame.Protocol == FrameProtocol.Arp || frame.Destination.IsNone ? frame.HardwareDestination : frame.Destination,
            frame.DestinationPort);
        Pad(start, ref _toWidth);
        _line.Append("  ");
    }

    private void AppendEnd(FrameAddress address, int port)
    {
        string name = _names.NameOf(address);
        bool brackets = port > 0 && address.IsIPv6 && name.Contains(':');
        _line.Append(brackets ? "[" : "").Append(name).Append(brackets ? "]" : "");
        if (port > 0)
        {
            _line.Append(CultureInfo.InvariantCulture, $":{port}");
        }
    }

    // A column is as wide as its widest entry was so far, within reason: lines keep in step without knowing what comes.
    private void Pad(int start, ref int width)
    {
        int used = _line.Length - start;
        width = Math.Max(width, Math.Min(used, WidestEnd));
        _line.Append(' ', Math.Max(0, width - used));
    }

    private void AppendWhat(in FrameObservation seen, in DecodedFrame frame)
    {
        string note = "";
        _line.Append(FrameText.Protocol(frame).PadRight(8));
        if (frame.Protocol == FrameProtocol.Tcp && frame.SourcePort + frame.DestinationPort > 0)
        {
            note = AppendTcp(Follow(seen, frame), frame);
        }
        else
        {
            FrameText.AppendSummary(_line, frame);
        }

        Note(frame.Problem ?? "");
        Note(note);
        Note(FrameText.Fate(seen.Fate));
        _line.Append(seen.Direction == FrameDirection.ToDevice ? " -> " + seen.Port : "");
        while (_line[^1] == ' ')
        {
            _line.Length--;
        }
    }

    // On the way out a segment is not sent again, whatever becomes of it there.
    private TcpView Follow(in FrameObservation seen, in DecodedFrame frame) =>
        seen.Direction == FrameDirection.FromDevice ? _tcp.Observe(frame, seen.Fate)
        : _tcp.Look(frame, isLost: seen.Fate.IsDropped() && _names.IsFor(seen.Port, frame));

    private void Note(string text) => _line.Append(text.Length > 0 ? "  " : "").Append(text);

    private string AppendTcp(TcpView view, in DecodedFrame frame)
    {
        int start = _line.Length;
        FrameText.AppendFlags(_line, frame.Flags);
        PadTo(start + 8);
        string size = frame.PayloadLength == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{frame.PayloadLength:#,0} B");
        _line.Append(CultureInfo.InvariantCulture, $"{size,8}  seq {view.Sequence}");
        if (frame.PayloadLength > 0)
        {
            _line.Append(CultureInfo.InvariantCulture, $"..{view.Sequence + (uint)frame.PayloadLength}");
        }

        PadTo(start + 38);
        if (frame.Has(TcpFlags.Ack))
        {
            _line.Append(CultureInfo.InvariantCulture, $"ack {view.Acknowledgment}");
        }

        PadTo(start + 52);
        _line.Append(CultureInfo.InvariantCulture, $"win {frame.Window}");
        if (frame.MaxSegment >= 0)
        {
            _line.Append(CultureInfo.InvariantCulture, $"  mss {frame.MaxSegment}");
        }

        if (frame.WindowScale >= 0)
        {
            _line.Append(CultureInfo.InvariantCulture, $"  ws {frame.WindowScale}");
        }

        return FrameText.Note(view.Notes);
    }

    private void PadTo(int column) => _line.Append(' ', Math.Max(1, column - _line.Length));

    private void Write()
    {
        try
        {
            foreach (ReadOnlyMemory<char> chunk in _line.GetChunks())
            {
                _writer.Write(chunk.Span);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            _failure = e;
        }
    }
}
