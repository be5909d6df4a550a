using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>What a board's firmware has room for, as columns of a table.</summary>
internal static class LimitColumns
{
    public static readonly string[] Heads = ["sockets", "TCP", "listening", "UDP", "raw", "segment", "window", "IPv6"];

    public static string[] Of(StackLimits limits) =>
    [
        $"{limits.Sockets}", $"{limits.TcpConnections}", $"{limits.TcpListeners}", $"{limits.UdpSockets}", $"{limits.RawSockets}",
        $"{limits.MaximumSegment}", $"{limits.ReceiveWindow}", limits.HasIPv6 ? "yes" : "no",
    ];
}
