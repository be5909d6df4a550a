using System.Globalization;
using System.Text;

namespace IoTNet.Emulator;

/// <summary>SVG, piece by piece; all text is escaped here and nowhere else.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _svg = new();

    public void Raw(string markup) => _svg.Append(markup).Append('\n');

    public void Line(string kind, int x1, int y1, int x2, int y2) =>
        Raw(Invariant($"<line class=\"{kind}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"));

    public void Box(string kind, int x, int y, int width, int height, int corner = 0) =>
        Raw(Invariant($"<rect class=\"{kind}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{corner}\"/>"));

    public void Dot(string kind, int x, int y, int radius) => Raw(Invariant($"<circle class=\"{kind}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));

    /// <summary>An arrow's head that points to (x, y), to the right (1) or to the left (-1).</summary>
    public void Head(string kind, int x, int y, int direction) =>
        Raw(Invariant($"<path class=\"{kind} head\" d=\"M{x} {y}l{-8 * direction} -4v8z\"/>"));

    // The anchor is start, middle or end.
    public void Text(string kind, int x, int y, string anchor, string text, string muted = "")
    {
        string end = anchor == "start" ? "" : $" text-anchor=\"{anchor}\"";
        string more = muted.Length == 0 ? "" : $"<tspan class=\"muted\" dx=\"7\">{Escape(muted)}</tspan>";
        Raw(Invariant($"<text class=\"{kind}\" x=\"{x}\" y=\"{y}\"{end}>{Escape(text)}{more}</text>"));
    }

    public override string ToString() => _svg.ToString();

    /// <summary>Makes any text fit for XML: what XML 1.0 cannot hold at all becomes a question mark.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => escaped.Append('?'),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
