using System.Text;

namespace IoTNet.Emulator;

/// <summary>
/// Draws a capture as a sequence diagram in SVG: hosts as lanes by the boards' names, frames as arrows with TCP's flags and
/// the payload's size, and what went wrong in colour: lost frames end in a cross, halfway where the sender's cable lost
/// them and close to the receiver where they were lost on the way to it; retransmissions are marked.
/// </summary>
/// <remarks>Long runs of data and acknowledgments are folded into a row, and a capture of any length gives a picture of
/// bounded height. It can watch a switch or be given the frames of a file (<see cref="PcapReader"/>). Members can be called
/// from any thread.</remarks>
public sealed class SequenceDiagram : IFrameObserver
{
    // How many frames may come between a frame and the word of its fate, which a slow cable lets wait.
    private const int LookBack = 1000;

    private readonly Lock _lock = new();
    private readonly HostNames _names;
    private readonly TcpTracker _tcp = new();
    private readonly List<DiagramEvent> _events = [];
    private readonly Dictionary<(int, FrameAddress, uint), long> _firstSent = [];
    private readonly StringBuilder _text = new();

    /// <summary>Makes an empty diagram.</summary>
    /// <param name="names">The names of the addresses; null = those of the switch ports. Used under this diagram's lock only.</param>
    public SequenceDiagram(HostNames? names = null)
    {
        _names = names ?? new HostNames();
    }

    /// <summary>The rows that a picture has at most. Default 250.</summary>
    public int MaxRows { get; init; } = 250;

    /// <summary>The frames that are kept at most; later ones are counted and not drawn. Default 200,000.</summary>
    public int MaxFrames { get; init; } = 200_000;

    /// <summary>What the picture is called. Default: nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>The frames beyond <see cref="MaxFrames"/>.</summary>
    public long Missed { get; private set; }

    /// <inheritdoc/>
    public void Observe(in FrameObservation seen, ReadOnlySpan<byte> frame)
    {
        DecodedFrame decoded = FrameDecoder.Decode(frame);
        lock (_lock)
        {
            bool isSecond = seen.Direction == FrameDirection.ToDevice;
            int hash = HashOf(frame);
            if (isSecond && MetOnTheWayOut(seen, hash, decoded))
            {
                return;
            }

            if (_events.Count >= MaxFrames)
            {
                Missed += isSecond ? 0 : 1;
                return;
            }

            if (decoded.HardwareSource.IsNone)
            {
                return;
            }

            _names.Learn(seen, decoded);
            _events.Add(Keep(seen, hash, decoded));
        }
    }

    /// <summary>Draws what was seen so far.</summary>
    /// <param name="svg">Takes the picture.</param>
    public void WriteTo(TextWriter svg)
    {
        ArgumentNullException.ThrowIfNull(svg);
        lock (_lock)
        {
            svg.Write(new DiagramDrawing(_events, DiagramRows.Make(_events, Math.Max(10, MaxRows)), _names, Title, Missed).Draw());
        }
    }

    // A frame for one receiver is one arrow, which ends where the frame did; one for all goes on to the others, and what one
    // of them does not get is an arrow more.
    private bool MetOnTheWayOut(in FrameObservation seen, int hash, in DecodedFrame frame)
    {
        if (!_names.IsFor(seen.Port, frame))
        {
            return false;
        }

        for (int i = _events.Count - 1; i >= Math.Max(0, _events.Count - LookBack); i--)
        {
            DiagramEvent e = _events[i];
            if (e.Hash == hash && e.Fate == FrameFate.Passed && !e.IsSecond)
            {
                e.Fate = seen.Fate;
                e.At = seen.Port;
                if (seen.Fate.IsDropped() && IsTcp(frame))
                {
                    _tcp.Look(frame, isLost: true);
                    e.Tcp = e.Tcp with { Notes = e.Tcp.Notes & ~(TcpNotes.Connected | TcpNotes.HalfClosed | TcpNotes.Closed) };
                }

                return true;
            }
        }

        return false;
    }

    private static int HashOf(ReadOnlySpan<byte> frame)
    {
        HashCode hash = default;
        hash.AddBytes(frame);
        return hash.ToHashCode();
    }

    private static bool IsTcp(in DecodedFrame frame) => frame.Protocol == FrameProtocol.Tcp && frame.SourcePort + frame.DestinationPort > 0;

    private DiagramEvent Keep(in FrameObservation seen, int hash, in DecodedFrame frame)
    {
        bool isSecond = seen.Direction == FrameDirection.ToDevice;
        bool tcp = IsTcp(frame);
        bool byIP = frame.Protocol != FrameProtocol.Arp && !frame.Source.IsNone && !frame.Source.IsAny;
        DiagramEvent made = new()
        {
            Ticks = seen.Time.UtcTicks,
            From = byIP ? frame.Source : frame.HardwareSource,
            To = byIP && !frame.HardwareDestination.IsGroup ? frame.Destination : frame.HardwareDestination,
            Fate = seen.Fate,
            At = isSecond ? seen.Port : "",
            IsSecond = isSecond,
            Hash = hash,
            Protocol = frame.Protocol,
            FromPort = frame.SourcePort,
            ToPort = frame.DestinationPort,
            PayloadLength = frame.PayloadLength,
            Flags = frame.Flags,
            Tcp = !tcp ? default : isSecond ? _tcp.Look(frame, seen.Fate.IsDropped() && _names.IsFor(seen.Port, frame)) : _tcp.Observe(frame, seen.Fate),
            Window = frame.Window,
            Text = tcp ? "" : Summary(frame),
        };
        if (tcp && !isSecond && (frame.PayloadLength > 0 || (frame.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0))
        {
            (int, FrameAddress, uint) key = (made.Tcp.Connection, made.From, made.Tcp.Sequence);
            if (!_firstSent.TryAdd(key, made.Ticks) && made.IsAgain)
            {
                made.SinceFirst = made.Ticks - _firstSent[key];
            }
        }

        return made;
    }

    private string Summary(in DecodedFrame frame)
    {
        _text.Clear().Append(FrameText.Protocol(frame)).Append(' ');
        FrameText.AppendSummary(_text, frame);
        return _text.ToString();
    }
}
