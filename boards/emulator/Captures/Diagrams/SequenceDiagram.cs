using System.Text;

namespace IoTNet.Emulator;

/// <summary>
/// Draws a capture as a sequence diagram in SVG: hosts as lanes by the boards' names, frames as arrows with TCP's flags and
/// the payload's size, and what went wrong in colour: lost frames end in a cross halfway, retransmissions are marked.
/// </summary>
/// <remarks>Long runs of data and acknowledgments are folded into a row, and a capture of any length gives a picture of
/// bounded height. It can watch a switch or be given the frames of a file (<see cref="PcapReader"/>). Members can be called
/// from any thread.</remarks>
public sealed class SequenceDiagram : IFrameObserver
{
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
    public void Observe(string port, DateTimeOffset time, FrameFate fate, ReadOnlySpan<byte> frame)
    {
        DecodedFrame decoded = FrameDecoder.Decode(frame);
        lock (_lock)
        {
            if (_events.Count >= MaxFrames)
            {
                Missed++;
                return;
            }

            if (decoded.HardwareSource.IsNone)
            {
                return;
            }

            _names.Learn(port, fate, decoded);
            _events.Add(Keep(time, fate, decoded));
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

    private DiagramEvent Keep(DateTimeOffset time, FrameFate fate, in DecodedFrame frame)
    {
        bool tcp = frame.Protocol == FrameProtocol.Tcp && frame.SourcePort + frame.DestinationPort > 0;
        bool byIP = frame.Protocol != FrameProtocol.Arp && !frame.Source.IsNone && !frame.Source.IsAny;
        DiagramEvent made = new()
        {
            Ticks = time.UtcTicks,
            From = byIP ? frame.Source : frame.HardwareSource,
            To = byIP && !frame.HardwareDestination.IsGroup ? frame.Destination : frame.HardwareDestination,
            Fate = fate,
            Protocol = frame.Protocol,
            FromPort = frame.SourcePort,
            ToPort = frame.DestinationPort,
            PayloadLength = frame.PayloadLength,
            Flags = frame.Flags,
            Tcp = tcp ? _tcp.Observe(frame, fate) : default,
            Window = frame.Window,
            Text = tcp ? "" : Summary(frame),
        };
        if (tcp && (frame.PayloadLength > 0 || (frame.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0))
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
