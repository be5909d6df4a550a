using IoTNet.Emulator;
using IoTNet.Tests;

namespace IoTNet.Cli;

/// <summary>A line of the table of what the stacks can do.</summary>
/// <param name="Name">What it is about, as Markdown.</param>
/// <param name="Of">What a stack has of it.</param>
internal sealed record Capability(string Name, Func<StackCapabilities, string> Of)
{
    /// <summary>The stacks, as columns.</summary>
    public static IReadOnlyList<StackCapabilities> Stacks { get; } =
        [new MemoryCapabilities(), new HostCapabilities(), new LwipCapabilities(true, BoardProfile.Unlimited.Limits.Sockets), new DeviceCapabilities(BoardProfile.Esp32.Limits.Sockets)];

    /// <summary>The lines. The answers are those that the conformance suite holds the stacks to.</summary>
    public static IReadOnlyList<Capability> All { get; } =
    [
        Everywhere("TCP and UDP over IPv4"),
        new("IPv6", stack => stack.HasIPv6 ? IPv6Boards(stack) : "no: nanoFramework's `IPEndPoint` is IPv4's alone"),
        new("AF_UNIX", stack => stack.HasSystemUnix ? "yes" : "in memory"),
        new("`Socket.Pair`", _ => "in memory"),
        Everywhere("bounded connect and accept, non-blocking mode"),
        new("`Poller` over many sockets", stack => stack.HasOwnSelector ? "yes" : "yes, a look every 10 ms"),
        new("`EventLoop` waits without looking", stack => !stack.HasOwnSelector ? "no: a look every 10 ms"
            : stack is HostCapabilities ? "on Linux (epoll)" : "yes"),
        new("half-close (`Shutdown(Send)`)", stack => stack.HasHalfClose ? "yes" : "no: `EOPNOTSUPP`"),
        Everywhere("`SendMsg`/`ReceiveMsg` with several buffers"),
        new("control data (where a datagram was sent to)", stack => YesNo(stack.HasOption(
            SocketOptionLevel.IP, SocketOptionName.PacketInformation))),
        new("the real length of a datagram that was cut", stack => YesNo(stack.HasRealLength)),
        new("a refused datagram is `ECONNREFUSED`", stack => YesNo(stack.HasPortUnreachable)),
        new("a datagram socket's peer taken away again", stack => YesNo(stack.CanDissolve)),
        new("urgent data (`OutOfBand`)", stack => YesNo(stack.HasOutOfBand)),
        new("raw sockets", stack => !stack.HasRaw ? "no" : stack is HostCapabilities ? "with the right to" : "as the firmware"),
        new("TLS", stack => stack.Tls),
    ];

    private static Capability Everywhere(string name) => new(name, _ => "yes");

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string IPv6Boards(StackCapabilities stack)
    {
        var with = BoardProfile.All.Where(profile => profile.Limits.HasIPv6).Select(profile => $"`{profile.Name}`");
        return stack is LwipCapabilities ? $"on {string.Join(", ", with)}; the real boards' firmware has none" : "yes";
    }
}
