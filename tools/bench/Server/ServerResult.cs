using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace IoTNet.Bench;

/// <summary>One line of the servers' table: medians of the rounds.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">In what.</param>
/// <param name="Ours">IoTNet.</param>
/// <param name="SystemNet">System.Net.Sockets; null when that was not measured.</param>
/// <param name="Node">node; null likewise, or where there is none.</param>
/// <param name="Target">What is to be reached, for people.</param>
/// <param name="Reached">Whether it was.</param>
internal sealed record ServerResult(
    string Name, string Unit, double Ours, double? SystemNet, double? Node, string Target = "", bool Reached = true)
{
    /// <summary>The median of the rounds' ratios, ours / System.Net's.</summary>
    public double? ToSystemNet { get; init; }

    /// <summary>The same to node's.</summary>
    public double? ToNode { get; init; }

    public static void Write(IReadOnlyList<ServerResult> results, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(results, new JsonSerializerOptions { WriteIndented = true }));
            return;
        }

        var table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Markdown : TableBorder.Simple);
        table.AddColumns("", "IoTNet", "System.Net", "node", "", "/ System.Net", "/ node", "target", "");
        foreach (var column in table.Columns.Skip(1).Take(3).Concat(table.Columns.Skip(5).Take(2)))
        {
            column.RightAligned();
        }

        foreach (var r in results)
        {
            table.AddRow(new Text(r.Name), new Text(Report.Number(r.Ours)), Cell(r.SystemNet), Cell(r.Node), new Text(r.Unit),
                new Text(Ratio(r.ToSystemNet)), new Text(Ratio(r.ToNode)), new Text(r.Target),
                new Text(r.Target.Length == 0 ? "" : r.Reached ? "reached" : "MISSED", new Style(r.Reached ? Color.Green : Color.Red)));
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160;
        }

        AnsiConsole.Write(table);
    }

    private static Text Cell(double? value) => new(value is { } number ? Report.Number(number) : "");

    private static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";
}
