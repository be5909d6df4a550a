namespace IoTNet.Emulator;

/// <summary>What a segment means within its connection.</summary>
[Flags]
internal enum TcpNotes
{
    None = 0,

    /// <summary>All or some of its sequence numbers were sent before.</summary>
    Retransmission = 1,

    /// <summary>It asks for a sign of life.</summary>
    KeepAlive = 2,

    /// <summary>It says again what was acknowledged, while data is under way.</summary>
    DuplicateAck = 4,

    /// <summary>The sender takes no more data.</summary>
    ZeroWindow = 8,

    /// <summary>It completes the handshake.</summary>
    Connected = 16,

    /// <summary>The sender has sent all; the other one has not.</summary>
    HalfClosed = 32,

    /// <summary>Both have sent all and know it of each other.</summary>
    Closed = 64,

    /// <summary>The answer to a SYN: nobody serves there.</summary>
    Refused = 128,

    /// <summary>The connection is cut off.</summary>
    Reset = 256,

    /// <summary>Sequence numbers before it were not seen.</summary>
    Gap = 512,
}

/// <summary>A segment as part of its connection.</summary>
/// <param name="Connection">The connection's number, in the order in which they were seen.</param>
/// <param name="Sequence">The first sequence number, counted from the direction's SYN.</param>
/// <param name="Acknowledgment">The acknowledgment number, counted from the other direction's SYN.</param>
/// <param name="Notes">What it means.</param>
internal readonly record struct TcpView(int Connection, uint Sequence, uint Acknowledgment, TcpNotes Notes);
