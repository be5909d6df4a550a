namespace IoTNet.Structure.Tests;

/// <summary>Which folder's project may reference which. A new arrow is a decision about the design: it is made here, in the
/// open, or not at all.</summary>
internal static class Arrows
{
    /// <summary>The first line whose left side fits decides. A star stands for the rest of the path.</summary>
    private static readonly (string From, string[] To)[] Allowed =
    [
        ("src/IoTNet", []),
        ("src/IoTNet.Server", ["src/IoTNet", "src/IoTNet.Dns", "src/IoTNet.EventLoop"]),
        ("src/IoTNet.Udp", ["src/IoTNet", "src/IoTNet.Dns", "src/IoTNet.EventLoop"]),
        ("src/IoTNet.Messages", ["src/IoTNet", "src/IoTNet.Exchange", "src/IoTNet.Json"]),
        ("src/IoTNet.Messaging", ["src/IoTNet", "src/IoTNet.Dns", "src/IoTNet.EventLoop", "src/IoTNet.Server"]),
        ("src/IoTNet.Messaging.Curve", ["src/IoTNet", "src/IoTNet.Messaging"]),
        ("src/IoTNet.WebSocket", ["src/IoTNet", "src/IoTNet.Dns", "src/IoTNet.EventLoop", "src/IoTNet.Server"]),
        ("src/IoTNet.SocketIO", ["src/IoTNet", "src/IoTNet.Dns", "src/IoTNet.EventLoop", "src/IoTNet.Json", "src/IoTNet.Server", "src/IoTNet.WebSocket"]),
        ("src/*", ["src/IoTNet"]),
        ("boards/common", ["src/*"]),
        ("boards/apps/Common", ["src/*"]),
        ("boards/apps/*", ["src/*", "boards/apps/Common"]),
        ("boards/network", ["src/IoTNet"]),
        ("boards/emulator", ["src/*", "boards/network"]),
        ("boards/esp32", ["src/IoTNet", "boards/network"]),
        ("boards/stm32", ["src/IoTNet", "boards/network"]),
        ("boards/esp32/*", ["src/*", "boards/common", "boards/network", "boards/esp32", "boards/apps/*"]),
        ("boards/stm32/*", ["src/*", "boards/common", "boards/network", "boards/stm32", "boards/apps/*"]),
        ("boards/*", ["src/*", "boards/common", "boards/network", "boards/apps/*"]),
        ("tools/nano-surface", []),
        ("tools/*", ["src/*", "boards/*"]),
        ("tests/Support", ["src/*", "boards/*"]),
        ("tests/*", ["src/*", "boards/*", "tools/*", "tests/Support", "tests/SystemNet/NanoHalf"]),
    ];

    /// <param name="from">A project's folder, from the root, with slashes.</param>
    public static bool Allows(string from, string to) =>
        Allowed.FirstOrDefault(a => Fits(a.From, from)).To?.Any(t => Fits(t, to)) ?? false;

    private static bool Fits(string pattern, string folder) => pattern.EndsWith("/*", StringComparison.Ordinal)
        ? folder.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : folder == pattern;
}
