using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>One thing that can be said about a board's cable, on the command line and in a topology file alike.</summary>
/// <param name="Name">Its name: <c>--name</c>, or the member of <c>link</c>.</param>
/// <param name="ValueName">What stands for the value in the help.</param>
/// <param name="Description">What it does, in one line.</param>
/// <param name="Expected">The form of the value, for messages.</param>
/// <param name="Apply">Adds it to the conditions; null when the text is not of that form.</param>
internal sealed record LinkSetting(
    string Name, string ValueName, string Description, string Expected, Func<LinkConditions, string, LinkConditions?> Apply);

/// <summary>All that can be said about a cable.</summary>
internal static class LinkSettings
{
    private const string MtuForm = "the longest payload of a frame in bytes, 68 to 1500";

    public static IReadOnlyList<LinkSetting> All { get; } =
    [
        Share("loss", "The share of frames that the boards' cables lose, each way", (c, v) => c with { Loss = v }),
        Time("delay", "How long each frame takes, each way", (c, v) => c with { Delay = v }),
        Time("jitter", "How much longer it takes at most", (c, v) => c with { Jitter = v }),
        Share("reorder", "The share of frames that later ones overtake", (c, v) => c with { Reordering = v }),
        Share("duplicate", "The share of frames that arrive twice", (c, v) => c with { Duplication = v }),
        Share("corrupt", "The share of frames that arrive with one bit turned", (c, v) => c with { Corruption = v }),
        new("bandwidth", "RATE", "How much the cables carry, each way", Quantity.BandwidthForm,
            (c, text) => Quantity.TryBandwidth(text, out var v) ? c with { BandwidthBitsPerSecond = v } : null),

        // RFC 791: every internet module must be able to forward 68 bytes.
        new("mtu", "BYTES", "The longest payload that passes; longer frames are dropped", MtuForm,
            (c, text) => int.TryParse(text, out var v) && v is >= 68 and <= 1500 ? c with { Mtu = v } : null),
    ];

    private static LinkSetting Share(string name, string description, Func<LinkConditions, double, LinkConditions> apply) =>
        new(name, "SHARE", description, Quantity.ShareForm, (c, text) => Quantity.TryShare(text, out var v) ? apply(c, v) : null);

    private static LinkSetting Time(string name, string description, Func<LinkConditions, TimeSpan, LinkConditions> apply) =>
        new(name, "TIME", description, Quantity.TimeForm, (c, text) => Quantity.TryTime(text, out var v) ? apply(c, v) : null);
}
