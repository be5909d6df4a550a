using IoTNet.Apps;
using IoTNet.Boards;

namespace IoTNet.Cli;

/// <summary>A board that apps can run on here.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="Missing">Why it cannot run on this machine; null when it can.</param>
/// <param name="MakeStack">Makes its network stack.</param>
internal sealed record Board(string Name, string Description, Func<string?> Missing, Func<INetworkStack> MakeStack);

/// <summary>The boards and apps that the command line knows: a new one is a line here.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Board> Boards { get; } =
    [
        new("host", "this machine's own network, through System.Net", AlwaysThere, () => new SystemNetStack()),
        new("loopback", "a network in memory; only the app itself can reach it", AlwaysThere, () => new LoopbackStack()),
    ];

    public static IReadOnlyList<Func<IApp>> Apps { get; } =
    [
        () => new EchoApp(),
    ];

    private static string? AlwaysThere() => null;
}
