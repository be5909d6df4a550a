using System.Globalization;
using System.Security;
using System.Text;

namespace IoTNet.Cli;

/// <summary>A bar for each app, of its assemblies one after the other, as an SVG picture.</summary>
internal static class FootprintPicture
{
    private const string Own = "the app itself";
    private const string Others = "others";
    private const int LabelWidth = 136;
    private const int BarWidth = 640;
    private const int NumberWidth = 90;
    private const int RowHeight = 30;
    private const int BarHeight = 20;
    private const int LegendColumns = 4;
    private const int Margin = 12;

    // Okabe and Ito's colours and lighter ones of them: told apart by the colour-blind as well.
    private static readonly string[] s_colors =
    [
        "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#999999",
        "#7fb8d8", "#f2cf7f", "#7fceb9", "#e5bcd3", "#aad9f4", "#eaae7f", "#f7f1a0", "#cccccc",
    ];

    public static string Draw(Inventory inventory)
    {
        var names = inventory.Apps.SelectMany(Parts).GroupBy(p => p.Name).Where(g => g.Key != Own)
            .OrderByDescending(g => g.Sum(p => p.Bytes)).Select(g => g.Key).Take(s_colors.Length - 2).Append(Own).ToList();
        if (inventory.Apps.SelectMany(Parts).Any(p => !names.Contains(p.Name)))
        {
            names.Add(Others);
        }
        var legendRows = (names.Count + LegendColumns - 1) / LegendColumns;
        var width = LabelWidth + BarWidth + NumberWidth + (2 * Margin);
        var height = (inventory.Apps.Count * RowHeight) + (legendRows * 18) + (3 * Margin);
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">""");
        Line(svg, $"""<title>The .pe bytes of each app, by assembly</title>""");
        Line(svg, $"""<rect width="{width}" height="{height}" fill="#ffffff"/>""");
        var largest = Math.Max(1, inventory.Apps.Select(a => a.PeBytes).DefaultIfEmpty().Max());
        for (var i = 0; i < inventory.Apps.Count; i++)
        {
            DrawApp(svg, inventory.Apps[i], Margin + (i * RowHeight), largest, names);
        }
        var top = (inventory.Apps.Count * RowHeight) + (2 * Margin);
        for (var i = 0; i < names.Count; i++)
        {
            var x = Margin + (i % LegendColumns * (width - (2 * Margin)) / LegendColumns);
            var y = top + (i / LegendColumns * 18);
            Line(svg, $"""<rect x="{x}" y="{y}" width="12" height="12" fill="{Color(i)}"/><text x="{x + 18}" y="{y + 11}">{Escape(names[i])}</text>""");
        }
        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void DrawApp(StringBuilder svg, AppCost app, int y, int largest, List<string> names)
    {
        Line(svg, $"""<text x="{Margin}" y="{y + 15}">{Escape(app.Name)}</text>""");
        double x = Margin + LabelWidth;
        foreach (var (name, bytes) in Parts(app).OrderBy(p => IndexOf(p.Name)))
        {
            var length = (double)BarWidth * bytes / largest;
            Line(svg, $"""<rect x="{x:0.#}" y="{y}" width="{length:0.#}" height="{BarHeight}" fill="{Color(IndexOf(name))}"><title>{Escape(name)} {bytes:N0}</title></rect>""");
            x += length;
        }
        Line(svg, $"""<text x="{x + 6:0.#}" y="{y + 15}">{app.PeBytes:N0}</text>""");

        int IndexOf(string name) => names.Contains(name) ? names.IndexOf(name) : names.IndexOf(Others);
    }

    /// <summary>Its assemblies; the program and what is of no use to other apps as one.</summary>
    private static IEnumerable<(string Name, int Bytes)> Parts(AppCost app) => app.Assemblies
        .GroupBy(a => a.Project == app.Project || Inventory.IsApp(a.Project) ? Own : a.Name)
        .Select(g => (g.Key, g.Sum(a => a.PeBytes)));

    private static string Color(int index) => s_colors[index % s_colors.Length];

    private static string Escape(string text) => SecurityElement.Escape(text);

    private static void Line(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
