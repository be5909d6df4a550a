using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>A run at a moment, as it goes to those who watch.</summary>
internal sealed record RunSnapshot(int ProcessId, string Title, int Seed, long ElapsedMs, BoardSnapshot[] Boards)
{
    /// <summary>The longest message, in bytes.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    // As many as a screen could show; a board without limits may have a thousand.
    private const int MostSockets = 64;

    public static RunSnapshot Take(string title, EmulatedNetwork network, IEnumerable<EmulatedBoard> boards, long elapsedMs) =>
        new(Environment.ProcessId, title, network.Seed, elapsedMs, [.. boards.Select(board => Take(board, network.PortOf(board)))]);

    private static BoardSnapshot Take(EmulatedBoard board, SwitchPort port)
    {
        var state = board.GetState();
        var sockets = board.IsOn ? board.Stack.GetSockets() : [];
        return new BoardSnapshot(
            board.Name,
            board.Profile.Name,
            board.Address.ToString(),
            $"{state.OpenSockets} of {board.Profile.Limits.Sockets}",
            $"{state.TcpConnections} of {board.Profile.Limits.TcpConnections}",
            state.FramesIn,
            state.FramesOut,
            port.BytesToDevice,
            port.BytesFromDevice,
            state.FramesDropped,
            RunReport.LostOnCable(port),
            [.. sockets.Take(MostSockets).Select(socket => new SocketLine($"{socket}", socket.ReceivableBytes))]);
    }
}

/// <summary>A board at a moment; counts are since its power-on.</summary>
internal sealed record BoardSnapshot(
    string Name, string Profile, string Address, string Sockets, string Tcp, long FramesIn, long FramesOut, long BytesIn, long BytesOut,
    long Dropped, long Lost, SocketLine[] SocketLines);

/// <summary>A socket: protocol, addresses and state, and the bytes that wait to be received.</summary>
internal sealed record SocketLine(string Text, int QueuedBytes);
