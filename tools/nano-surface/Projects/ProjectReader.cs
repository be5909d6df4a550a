using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace NanoSurface.Projects;

/// <summary>Reads a .nfproj as the Release build would see it.</summary>
/// <remarks>
/// MSBuild itself is of no help: without the nanoFramework project system half of its imports are missing. So this knows
/// just what such a file holds, and refuses what it does not know (a glob, an unknown condition) instead of guessing.
/// </remarks>
public sealed partial class ProjectReader
{
    private readonly string _path;
    private readonly Dictionary<string, string> _properties = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Configuration"] = "Release",
        ["Platform"] = "AnyCPU",
    };

    private readonly List<ProjectItem> _sources = [];
    private readonly List<ProjectItem> _projects = [];
    private readonly List<AssemblyReference> _references = [];

    private ProjectReader(string path) => _path = path;

    /// <exception cref="ProjectException">The file is missing, is not XML, or says something that is not understood.
    /// </exception>
    public static NanoProject Read(string path) => new ProjectReader(Path.GetFullPath(path)).Read();

    private NanoProject Read()
    {
        var root = Load();
        if (root.Name.LocalName != "Project")
        {
            throw Error(root, $"expected the root element <Project>, found <{root.Name.LocalName}>");
        }
        foreach (var group in root.Elements().Where(Holds))
        {
            foreach (var element in group.Elements().Where(Holds))
            {
                Read(group.Name.LocalName, element);
            }
        }
        return new NanoProject(
            _path, Required(root, "AssemblyName"), Property("RootNamespace"), Property("Description"),
            Required(root, "OutputType") is "Exe" or "exe", Property("IsTestProject") is "true", ReadId(root),
            Property("DefineConstants").Split(';', ',', ' ')
                .Where(c => c.Length > 0).Distinct().ToArray(),
            _sources, _references, _projects);
    }

    private XElement Load()
    {
        try
        {
            return XDocument.Load(_path, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException e)
        {
            throw new ProjectException(_path, e.LineNumber, $"not XML: {e.Message}");
        }
        catch (IOException e)
        {
            throw new ProjectException(_path, 1, e.Message);
        }
    }

    private void Read(string group, XElement element)
    {
        switch (group, element.Name.LocalName)
        {
            case ("PropertyGroup", var name):
                _properties[name] = Expand(element.Value.Trim());
                break;
            case ("ItemGroup", "Compile"):
                _sources.Add(Item(element));
                break;
            case ("ItemGroup", "ProjectReference"):
                _projects.Add(Item(element));
                break;
            case ("ItemGroup", "Reference"):
                _references.Add(Reference(element));
                break;
        }
    }

    private ProjectItem Item(XElement element)
    {
        var include = Expand(Include(element));
        if (include.AsSpan().IndexOfAny('*', '?', ';') >= 0)
        {
            throw Error(element, $"expected the name of one file in Include, found '{include}'");
        }
        return new ProjectItem(include, FullPath(include), Line(element));
    }

    private AssemblyReference Reference(XElement element)
    {
        var hint = element.Elements().SingleOrDefault(e => e.Name.LocalName == "HintPath")?.Value.Trim();
        var name = Include(element).Split(',')[0].Trim();
        return new AssemblyReference(name, hint is null ? null : FullPath(Expand(hint)), Line(element));
    }

    private string Include(XElement element) => element.Attribute("Include")?.Value
        ?? throw Error(element, $"<{element.Name.LocalName}> has no Include");

    private string FullPath(string path) =>
        Path.GetFullPath(path.Replace('\\', '/'), Path.GetDirectoryName(_path)!);

    private string Property(string name) => _properties.GetValueOrDefault(name, "");

    private string Required(XElement root, string name) => Property(name) is { Length: > 0 } value
        ? value
        : throw Error(root, $"<{name}> is missing");

    private Guid ReadId(XElement root) => Property("ProjectGuid") switch
    {
        "" => Guid.Empty,
        var text when Guid.TryParse(text, out var id) => id,
        var text => throw Error(root, $"expected a GUID in <ProjectGuid>, found '{text}'"),
    };

    private string Expand(string text) => PropertyUse().Replace(text, m => Property(m.Groups["name"].Value));

    private bool Holds(XElement element) => element.Attribute("Condition")?.Value is not { } condition
        || Or().Split(condition).Any(part => And().Split(part).All(term => Holds(element, term)));

    private bool Holds(XElement element, string term)
    {
        // The only files that such a project asks for are those of the project system, which is not here.
        if (ExistsTerm().Match(term) is { Success: true } exists)
        {
            return exists.Groups["not"].Success;
        }
        return Comparison().Match(term) is { Success: true } comparison
            ? Equal(comparison) == (comparison.Groups["operator"].Value == "==")
            : throw Error(element, $"expected a condition 'A' == 'B', 'A' != 'B' or Exists('A'), found {term}");
    }

    private bool Equal(Match comparison) => string.Equals(
        Expand(comparison.Groups["left"].Value), Expand(comparison.Groups["right"].Value),
        StringComparison.OrdinalIgnoreCase);

    private ProjectException Error(XElement element, string message) => new(_path, Line(element), message);

    private static int Line(XElement element) => ((IXmlLineInfo)element).LineNumber;

    [GeneratedRegex(@"\$\((?<name>\w+)\)")]
    private static partial Regex PropertyUse();

    [GeneratedRegex(@"\s+or\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"^\s*(?<not>!)?\s*Exists\s*\(\s*'[^']*'\s*\)\s*$")]
    private static partial Regex ExistsTerm();

    [GeneratedRegex(@"^\s*'(?<left>[^']*)'\s*(?<operator>==|!=)\s*'(?<right>[^']*)'\s*$")]
    private static partial Regex Comparison();
}
