using IoTNet.Emulator;
using Spectre.Console;

namespace IoTNet.Cli;

/// <summary>What a run says at its start and at its end.</summary>
internal static class RunReport
{
    private static readonly FrameFate[] s_lost =
    [
        FrameFate.Lost, FrameFate.LinkDown, FrameFate.TooLong, FrameFate.Runt, FrameFate.QueueFull, FrameFate.Partitioned,
    ];

    /// <summary>To standard output, one thing a line: a script can read it.</summary>
    public static void WriteStart(RunPlan plan, IReadOnlyList<EmulatedBoard> boards, HostGateway? gateway)
    {
        Console.Out.WriteLine($"seed {plan.Seed}");
        foreach (var board in boards)
        {
            Console.Out.WriteLine($"board {board.Name} {board.Profile.Name} mac {MacOf(board)} ip {AddressOf(board)}; {LimitsOf(board.Profile.Limits)}");
        }

        foreach (var forward in gateway?.Forwards ?? [])
        {
            var protocol = forward.Protocol == ProtocolType.Udp ? "udp" : "tcp";
            Console.Out.WriteLine($"forward {protocol} {forward.Host} -> {forward.Board} {forward.BoardAddress}:{forward.BoardPort}");
        }

        Console.Error.WriteLine($"{plan.Title} on {Count(boards.Count, "board")}; Ctrl-C ends it");
    }

    /// <summary>To standard error, when the apps have ended and the boards still have power.</summary>
    public static void WriteSummary(IReadOnlyList<EmulatedBoard> boards, EmulatedNetwork network)
    {
        var table = Tables.New("board", "sockets left open", "TCP in use", "frames in", "frames out", "dropped by it", "lost on its cable");
        foreach (var board in boards)
        {
            var state = board.GetState();
            table.AddRow(
                new Text(board.Name), Number(state.OpenSockets), Number(state.TcpConnections), Number(state.FramesIn),
                Number(state.FramesOut), Number(state.FramesDropped), Number(LostOnCable(network.PortOf(board))));
        }

        if (network.Gateway is { } gateway)
        {
            var port = network.Switch.Ports.First(p => p.Name == gateway.Options.Name);
            table.AddRow(
                new Text(gateway.Options.Name), new Text(""), new Text(""), Number(gateway.FramesIn), Number(gateway.FramesOut),
                Number(gateway.FramesDropped), Number(LostOnCable(port)));
        }

        Tables.Print(table, Console.Error);
    }

    /// <summary>Frames that did not come through a board's cable, either way.</summary>
    public static long LostOnCable(SwitchPort port) => s_lost.Sum(fate => port.CountFromDevice(fate) + port.CountToDevice(fate));

    public static string MacOf(EmulatedBoard board) =>
        string.Join(':', board.HardwareAddress.GetAddressBytes().Select(b => b.ToString("x2")));

    public static string AddressOf(EmulatedBoard board) => board.Address.ToString();

    private static string LimitsOf(StackLimits limits) =>
        $"{limits.Sockets} sockets, {limits.TcpConnections} TCP, {limits.TcpListeners} listening, {limits.UdpSockets} UDP, " +
        $"{limits.RawSockets} raw";

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static Text Number(long number) => new(number.ToString("N0"));
}
