using IoTNet.Apps;
using IoTNet.Boards;
using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>A board that apps can run on here.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="Missing">Why it cannot run on this machine; null when it can.</param>
internal sealed record Board(string Name, string Description, Func<string?> Missing)
{
    /// <summary>Makes the network stack of a board that is this machine itself; null for an emulated one.</summary>
    public Func<INetworkStack>? MakeStack { get; init; }

    /// <summary>The kind of an emulated board; null for this machine itself.</summary>
    public BoardProfile? Profile { get; init; }
}

/// <summary>The boards and apps that the command line knows: a new one is a line here.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Board> Boards { get; } =
    [
        new("host", "this machine's own network, through System.Net", AlwaysThere) { MakeStack = () => new SystemNetStack() },
        new("loopback", "a network in memory; only the app itself can reach it", AlwaysThere) { MakeStack = () => new LoopbackStack() },
        .. BoardProfile.All.Select(p => new Board(p.Name, p.Description, () => LwipStack.Unavailability) { Profile = p }),
    ];

    public static IReadOnlyList<Func<IApp>> Apps { get; } =
    [
        () => new DashboardApp(),
        () => new DiscoveryApp(),
        () => new EchoApp(),
        () => new NetTestApp(),
        () => new NslookupApp(),
        () => new SensorHubApp(),
        () => new ChatApp(),
    ];

    /// <summary>Makes an app.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static IApp MakeApp(string name) => Find(Apps.Select(make => make()), app => app.Name, "app", name);

    /// <summary>Finds a board.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static Board FindBoard(string name) => Find(Boards, board => board.Name, "board", name);

    /// <summary>Finds the kind of an emulated board.</summary>
    /// <exception cref="UsageException">There is none of that name.</exception>
    public static BoardProfile FindProfile(string name) => Find(BoardProfile.All, profile => profile.Name, "profile", name);

    private static T Find<T>(IEnumerable<T> all, Func<T, string> nameOf, string kind, string wanted)
    {
        var known = all.ToArray();
        return known.FirstOrDefault(k => nameOf(k).Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException(NearestName.Explain(kind, wanted, [.. known.Select(nameOf)]));
    }

    private static string? AlwaysThere() => null;
}
