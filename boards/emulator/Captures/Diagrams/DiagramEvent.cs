namespace IoTNet.Emulator;

/// <summary>A frame as a sequence diagram keeps it: values only, words are made when it is drawn.</summary>
internal sealed class DiagramEvent
{
    public required long Ticks { get; init; }

    public required FrameAddress From { get; init; }

    /// <summary>To whom; a group for all.</summary>
    public required FrameAddress To { get; init; }

    public required FrameFate Fate { get; set; }

    /// <summary>The port on whose way out it met its fate; empty for the sender's cable.</summary>
    public string At { get; set; } = "";

    /// <summary>Whether it is only what became of a frame on its way out, and that frame has an event of its own.</summary>
    public bool IsSecond { get; init; }

    /// <summary>Tells the frame from others by its bytes.</summary>
    public int Hash { get; init; }

    public required FrameProtocol Protocol { get; init; }

    public int FromPort { get; init; }

    public int ToPort { get; init; }

    public int PayloadLength { get; init; }

    public TcpFlags Flags { get; init; }

    public TcpView Tcp { get; set; }

    public int Window { get; init; }

    /// <summary>How long after the first one this one was sent again, in ticks; -1 when it is no such one.</summary>
    public long SinceFirst { get; set; } = -1;

    /// <summary>What the frame says, for all but TCP.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether it is one of many of its kind: data and acknowledgments on their way.</summary>
    public bool IsPlain => Fate == FrameFate.Passed && !To.IsGroup && Protocol switch
    {
        FrameProtocol.Tcp => (Tcp.Notes & ~TcpNotes.DuplicateAck) == 0 && (Flags & (TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Rst)) == 0,
        FrameProtocol.Udp => true,
        _ => false,
    };

    public bool IsAgain => (Tcp.Notes & TcpNotes.Retransmission) != 0;
}
