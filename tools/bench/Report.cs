using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace IoTNet.Bench;

/// <summary>Results as a table for people, or as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <param name="reference">What IoTNet was measured against.</param>
    public static void Write(IReadOnlyList<Result> results, string reference, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(results, s_json));
            return;
        }

        var table = new Table().Border(Console.IsOutputRedirected ? TableBorder.Markdown : TableBorder.Simple);
        table.AddColumns("", reference, "IoTNet", "", "ratio", "by CPU", "target", "");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        var hasBytes = results.Any(r => r.OurBytes is not null);
        if (hasBytes)
        {
            table.AddColumn("B/call: " + reference, column => column.RightAligned());
            table.AddColumn("IoTNet", column => column.RightAligned());
        }

        foreach (var r in results)
        {
            var row = new List<Text>
            {
                new Text(r.Name), new Text(r.Reference is { } value ? Number(value) : ""), new Text(Number(r.Ours)),
                new Text(r.Unit), new Text(Ratio(r.Ratio)), new Text(Ratio(r.ProcessorRatio)), new Text(r.Target),
                new Text(r.Target.Length == 0 ? "" : r.Reached ? "reached" : "MISSED", new Style(r.Reached ? Color.Green : Color.Red)),
            };
            if (hasBytes)
            {
                row.Add(new Text(r.ReferenceBytes is { } theirs ? Number(theirs) : ""));
                row.Add(new Text(r.OurBytes is { } ours ? Number(ours) : ""));
            }

            table.AddRow(row);
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = 160;
        }

        AnsiConsole.Write(table);
    }

    private static string Ratio(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    public static string Number(double value) =>
        value.ToString(value is > 0 and < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture);
}
