namespace IoTNet.Emulator;

/// <summary>A TCP connection's state (RFC 9293 3.3.2), with lwIP's numbers.</summary>
public enum TcpState
{
    /// <summary>No connection yet, or none any more.</summary>
    Closed,

    /// <summary>Waits for requests.</summary>
    Listen,

    /// <summary>Has asked for a connection.</summary>
    SynSent,

    /// <summary>Has answered a request.</summary>
    SynReceived,

    /// <summary>Connected.</summary>
    Established,

    /// <summary>Has ended its half; the peer has not heard of it yet.</summary>
    FinWait1,

    /// <summary>Has ended its half; the peer's is open.</summary>
    FinWait2,

    /// <summary>The peer has ended its half; this one is open.</summary>
    CloseWait,

    /// <summary>Both have ended their halves at once.</summary>
    Closing,

    /// <summary>Has ended its half after the peer; the peer has not heard of it yet.</summary>
    LastAck,

    /// <summary>Over; the port rests.</summary>
    TimeWait,
}

/// <summary>A socket of a board at a moment, as netstat shows it; also a connection that lwIP has without a socket.</summary>
public sealed record SocketSnapshot
{
    /// <summary>The socket's handle; 0 for a connection without one: nobody has accepted it yet, or it was closed and lwIP
    /// brings it to its end.</summary>
    public required int Handle { get; init; }

    /// <summary>Its type.</summary>
    public required SocketType Type { get; init; }

    /// <summary>Its own address; the unspecified one with port 0 before it has one.</summary>
    public required IPEndPoint Local { get; init; }

    /// <summary>Its peer; null without.</summary>
    public required IPEndPoint? Remote { get; init; }

    /// <summary>Its state; Closed for what is no stream.</summary>
    public required TcpState State { get; init; }

    /// <summary>Bytes that a receive would get; of datagrams those of the first.</summary>
    public required int ReceivableBytes { get; init; }

    /// <summary>Whether lwIP is bringing a connection to its end that its program has closed.</summary>
    public bool IsClosing => Handle == 0 && State is TcpState.FinWait1 or TcpState.FinWait2 or TcpState.Closing
        or TcpState.LastAck or TcpState.TimeWait;

    /// <summary>The socket in a line.</summary>
    /// <returns>For example <c>tcp 10.0.2.15:49153 -> 10.0.2.16:7 Established</c>.</returns>
    public override string ToString()
    {
        string protocol = Type switch { SocketType.Stream => "tcp", SocketType.Dgram => "udp", _ => "raw" };
        string peer = Remote is null ? "" : " -> " + Remote;
        return protocol + " " + Local + peer + (Type == SocketType.Stream ? " " + State : "");
    }
}
