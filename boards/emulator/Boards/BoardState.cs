namespace IoTNet.Emulator;

/// <summary>What can be read of a board at a moment.</summary>
public readonly record struct BoardState
{
    /// <summary>Whether the board has power.</summary>
    public required bool IsOn { get; init; }

    /// <summary>How often it was powered on.</summary>
    public required int PowerCycles { get; init; }

    /// <summary>Open sockets, in-memory ones (AF_UNIX, pairs) not counted.</summary>
    public required int OpenSockets { get; init; }

    /// <summary>TCP control blocks in use: connections, closing ones included, and sockets that are not connected.</summary>
    public required int TcpConnections { get; init; }

    /// <summary>Connections in TIME_WAIT.</summary>
    public required int TcpTimeWaiting { get; init; }

    /// <summary>Frames from the network, since power-on.</summary>
    public required long FramesIn { get; init; }

    /// <summary>Frames to the network, since power-on.</summary>
    public required long FramesOut { get; init; }

    /// <summary>Frames that were lost within the board, since power-on.</summary>
    public required long FramesDropped { get; init; }
}
