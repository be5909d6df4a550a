namespace IoTNet.Emulator;

/// <summary>What a firmware's network stack has room for. The emulated stack enforces it: an exhausted pool answers
/// ENFILE, a full queue drops, a full backlog leaves a connection request unanswered, as on the board.</summary>
public sealed record StackLimits
{
    /// <summary>Sockets of all kinds (MEMP_NUM_NETCONN), 1 to 4,096.</summary>
    public required int Sockets { get; init; }

    /// <summary>TCP control blocks (MEMP_NUM_TCP_PCB): connections, those that are still closing included, and stream sockets
    /// that do not listen. Those in TIME_WAIT make room when there is no other.</summary>
    public required int TcpConnections { get; init; }

    /// <summary>Listening TCP control blocks (MEMP_NUM_TCP_PCB_LISTEN).</summary>
    public required int TcpListeners { get; init; }

    /// <summary>UDP control blocks (MEMP_NUM_UDP_PCB).</summary>
    public required int UdpSockets { get; init; }

    /// <summary>Raw control blocks (MEMP_NUM_RAW_PCB); 0 = the firmware has no raw sockets.</summary>
    public required int RawSockets { get; init; }

    /// <summary>Largest TCP segment in bytes (TCP_MSS), up to 1,460.</summary>
    public required int MaximumSegment { get; init; }

    /// <summary>TCP receive window in bytes (TCP_WND), up to 65,535.</summary>
    public required int ReceiveWindow { get; init; }

    /// <summary>TCP send buffer in bytes (TCP_SND_BUF), up to 65,535.</summary>
    public required int SendBuffer { get; init; }

    /// <summary>Datagrams that wait in a socket to be received (DEFAULT_UDP_RECVMBOX_SIZE); more are dropped.</summary>
    public required int DatagramQueue { get; init; }

    /// <summary>Whether the firmware is built with IPv6.</summary>
    public required bool HasIPv6 { get; init; }

    /// <summary>Bytes for managed objects and buffers, for people to compare with; not enforced. 0 = whatever the module's
    /// RAM leaves free.</summary>
    public required int HeapBytes { get; init; }

    /// <summary>Whether segments have to be made smaller than lwIP's desktop build makes them.</summary>
    internal bool ShapesSegments => MaximumSegment < 1460 || ReceiveWindow < LwipTcpPcb.MaxWindow;
}
