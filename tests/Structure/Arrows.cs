namespace IoTNet.Structure.Tests;

/// <summary>Which folder's project may reference which. A new arrow is a decision about the design: it is made here, in the
/// open, or not at all.</summary>
internal static class Arrows
{
    /// <summary>The first line whose left side fits decides. A star stands for the rest of the path.</summary>
    private static readonly (string From, string[] To)[] Allowed =
    [
        ("src/IoTNet", []),
        ("src/IoTNet.Loopback", ["src/IoTNet", "src/IoTNet.Unix"]),
        ("src/IoTNet.Names", ["src/IoTNet", "src/IoTNet.Dns"]),
        ("src/IoTNet.Server", ["src/IoTNet", "src/IoTNet.Dns", "src/IoTNet.EventLoop"]),
        ("src/IoTNet.Udp", ["src/IoTNet", "src/IoTNet.Dns", "src/IoTNet.EventLoop"]),
        ("src/IoTNet.Messages", ["src/IoTNet", "src/IoTNet.Exchange", "src/IoTNet.Json"]),
        ("src/IoTNet.Messaging.Core", ["src/IoTNet"]),
        ("src/IoTNet.Messaging", ["src/IoTNet", "src/IoTNet.Dns", "src/IoTNet.EventLoop", "src/IoTNet.Server", "src/IoTNet.Messaging.Core"]),
        ("src/IoTNet.Messaging.PubSub", ["src/IoTNet", "src/IoTNet.Messaging.Core"]),
        ("src/IoTNet.Messaging.ReqRep", ["src/IoTNet", "src/IoTNet.Messaging.Core"]),
        ("src/IoTNet.Messaging.Security", ["src/IoTNet", "src/IoTNet.Messaging.Core"]),
        ("src/IoTNet.Messaging.Curve", ["src/IoTNet", "src/IoTNet.Messaging.Core", "src/IoTNet.Messaging.Security"]),
        ("src/IoTNet.Messaging.Polling", ["src/IoTNet", "src/IoTNet.Messaging.Core", "src/IoTNet.Messaging"]),
        ("src/IoTNet.Messaging.Monitoring", ["src/IoTNet", "src/IoTNet.Messaging.Core", "src/IoTNet.Messaging"]),
        ("src/IoTNet.Http.Core", ["src/IoTNet", "src/IoTNet.Server"]),
        ("src/IoTNet.Http", ["src/IoTNet", "src/IoTNet.EventLoop", "src/IoTNet.Server", "src/IoTNet.Http.Core"]),
        ("src/IoTNet.WebSocket", ["src/IoTNet", "src/IoTNet.EventLoop", "src/IoTNet.Server", "src/IoTNet.Http.Core"]),
        ("src/IoTNet.WebSocket.Server", ["src/IoTNet", "src/IoTNet.EventLoop", "src/IoTNet.Server", "src/IoTNet.Http.Core", "src/IoTNet.Http", "src/IoTNet.WebSocket"]),
        ("src/IoTNet.WebSocket.Client", ["src/IoTNet", "src/IoTNet.EventLoop", "src/IoTNet.Server", "src/IoTNet.Http.Core", "src/IoTNet.Dns", "src/IoTNet.WebSocket"]),
        ("src/IoTNet.SocketIO", ["src/IoTNet", "src/IoTNet.EventLoop", "src/IoTNet.Json", "src/IoTNet.WebSocket"]),
        ("src/IoTNet.SocketIO.Server",
            ["src/IoTNet", "src/IoTNet.EventLoop", "src/IoTNet.Server", "src/IoTNet.Http.Core", "src/IoTNet.Json", "src/IoTNet.Http", "src/IoTNet.WebSocket", "src/IoTNet.WebSocket.Server", "src/IoTNet.SocketIO"]),
        ("src/IoTNet.SocketIO.Client",
            ["src/IoTNet", "src/IoTNet.EventLoop", "src/IoTNet.Server", "src/IoTNet.Http.Core", "src/IoTNet.Dns", "src/IoTNet.Json", "src/IoTNet.WebSocket", "src/IoTNet.WebSocket.Client", "src/IoTNet.SocketIO"]),
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
        ("tools/iotnet", ["src/*", "boards/*", "tools/nano-surface"]),
        ("tools/*", ["src/*", "boards/*"]),
        ("tests/Support", ["src/*", "boards/*"]),
        ("tests/*", ["src/*", "boards/*", "tools/*", "tests/Support", "tests/Apps/Specimens"]),
    ];

    /// <param name="from">A project's folder, from the root, with slashes.</param>
    public static bool Allows(string from, string to) =>
        Allowed.FirstOrDefault(a => Fits(a.From, from)).To?.Any(t => Fits(t, to)) ?? false;

    private static bool Fits(string pattern, string folder) => pattern.EndsWith("/*", StringComparison.Ordinal)
        ? folder.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : folder == pattern;
}
