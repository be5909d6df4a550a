using System.Text;
using System.Text.RegularExpressions;

namespace NanoSurface.Projects;

/// <summary>Writes the list of sources into a .nfproj, which knows no globs.</summary>
public static partial class SourceList
{
    /// <summary>The project's text with exactly these sources, sorted; everything else stays as it is.</summary>
    /// <param name="sources">Full paths.</param>
    public static string Replace(string project, string projectFolder, IEnumerable<string> sources)
    {
        var list = string.Join("\n", sources.Select(s => Include(projectFolder, s)).Order(StringComparer.Ordinal)
            .Select(include => "    " + Element(include)));
        var old = CompileElements().Matches(project);
        var text = new StringBuilder(project);
        if (old.Count == 0)
        {
            var end = project.LastIndexOf("</Project>", StringComparison.Ordinal);
            var firstGroup = project.IndexOf("  <ItemGroup", StringComparison.Ordinal);
            return text.Insert(firstGroup >= 0 ? firstGroup : end, $"  <ItemGroup>\n{list}\n  </ItemGroup>\n").ToString();
        }
        for (var i = old.Count - 1; i >= 0; i--)
        {
            text.Remove(old[i].Index, old[i].Length);
        }
        return text.Insert(old[0].Index, list + "\n").ToString();
    }

    private static string Include(string folder, string source) =>
        Path.GetRelativePath(folder, source).Replace('/', '\\');

    // Visual Studio shows a file from elsewhere under the name in Link.
    private static string Element(string include) => include.StartsWith("..", StringComparison.Ordinal)
        ? $"<Compile Include=\"{include}\"><Link>{include.Split('\\')[^1]}</Link></Compile>"
        : $"<Compile Include=\"{include}\" />";

    [GeneratedRegex(@"[ \t]*<Compile\s[^>]*?(/>|>.*?</Compile>)[ \t]*\r?\n", RegexOptions.Singleline)]
    private static partial Regex CompileElements();
}
