using IoTNet.Apps;
using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>An app, where it serves and what it is told.</summary>
/// <param name="App">The app, not yet running.</param>
/// <param name="Listen">Where it serves; null = where it usually does.</param>
/// <param name="Arguments">Its own arguments.</param>
internal sealed record AppPlan(IApp App, IPEndPoint? Listen, string[] Arguments);

/// <summary>An emulated board and what runs on it.</summary>
internal sealed record BoardPlan
{
    public required string Name { get; init; }

    public required BoardProfile Profile { get; init; }

    /// <summary>Null = the next free one.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Whether the board asks a DHCP server for its address.</summary>
    public bool UsesDhcp { get; init; }

    /// <summary>What its cable does, each way.</summary>
    public LinkConditions Link { get; init; } = LinkConditions.Perfect;

    public required IReadOnlyList<AppPlan> Apps { get; init; }
}

/// <summary>Two boards that do not reach each other for a while.</summary>
/// <param name="A">A board's name.</param>
/// <param name="B">Another one's.</param>
/// <param name="From">When it begins, from the start of the apps.</param>
/// <param name="To">When it ends; null = never.</param>
internal sealed record PartitionPlan(string A, string B, TimeSpan From, TimeSpan? To);

/// <summary>A network of emulated boards to run, whether it was written on a command line or in a file.</summary>
internal sealed record RunPlan
{
    /// <summary>What it is called in lists: the app's name, or the file's.</summary>
    public required string Title { get; init; }

    /// <summary>Where all random choices come from.</summary>
    public required int Seed { get; init; }

    public required IReadOnlyList<BoardPlan> Boards { get; init; }

    public IReadOnlyList<Forward> Forwards { get; init; } = [];

    /// <summary>Whether the boards reach nothing outside.</summary>
    public bool IsRestricted { get; init; }

    public IReadOnlyList<PartitionPlan> Partitions { get; init; } = [];

    /// <summary>Where the frames go; null = nowhere.</summary>
    public string? CapturePath { get; init; }

    /// <summary>Whether each frame is told in a line.</summary>
    public bool IsTraced { get; init; }

    /// <summary>When to end it; infinite = at a signal.</summary>
    public TimeSpan Limit { get; init; } = Timeout.InfiniteTimeSpan;
}
