using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>The tables of the front page, made of what the tests hold the stacks and the emulated boards to.</summary>
internal static class MarkdownTables
{
    /// <summary>What works on which stack.</summary>
    public static string Capabilities() => Table(
        ["", .. Capability.Stacks.Select(stack => stack.Title)],
        Capability.All.Select(row => (string[])[row.Name, .. Capability.Stacks.Select(row.Of)]));

    /// <summary>What the boards' firmware has room for.</summary>
    public static string Limits() => Table(
        ["board", "firmware", .. LimitColumns.Heads],
        BoardProfile.All.Where(profile => profile != BoardProfile.Unlimited)
            .Select(profile => (string[])[$"`{profile.Name}`", profile.Description, .. LimitColumns.Of(profile.Limits)]));

    private static string Table(string[] head, IEnumerable<string[]> rows) => string.Join("\n",
        new[] { head, [.. head.Select(_ => "---")] }.Concat(rows).Select(row => $"| {string.Join(" | ", row)} |")) + "\n";
}
