using System.Security.Cryptography;
using System.Text;

namespace NanoSurface.Projects;

/// <summary>Writes IoTNet.sln from what is in the tree: every project, in solution folders as on disk.</summary>
/// <remarks>
/// X.csproj and X.nfproj would have one name in one solution folder, which makes the file invalid; the nano ones stand in
/// a folder "nano". Ids come from the path (a .nfproj keeps its own), so that two people get the same file.
/// </remarks>
public static class Solution
{
    private const string FolderType = "{2150E333-8FDC-42A3-9474-1A3956D46DE8}";
    private const string DesktopType = "{9A19103F-16F7-4668-BE54-9A1E7A4F7556}";
    private const string NanoType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";
    private static readonly string[] Configurations = ["Debug|Any CPU", "Release|Any CPU"];

    /// <param name="nanoProjects">All of them, also those whose file is not written yet.</param>
    public static string Write(Repository repository, IEnumerable<NanoProject> nanoProjects)
    {
        var projects = repository.Projects(".csproj").Select(p => Entry.OfDesktop(repository.Relative(p)))
            .Concat(nanoProjects.Select(p => Entry.OfNano(repository.Relative(p.Path), p.Id))).OrderBy(p => p.Path, StringComparer.Ordinal).ToArray();
        var folders = projects.SelectMany(p => Ancestors(p.Folder)).Distinct().Order(StringComparer.Ordinal).ToArray();
        var text = new Lines();
        text.Add("", "Microsoft Visual Studio Solution File, Format Version 12.00", "# Visual Studio Version 17");
        text.Add("VisualStudioVersion = 17.0.31903.59", "MinimumVisualStudioVersion = 10.0.40219.1");
        foreach (var folder in folders)
        {
            var name = folder.Split('/')[^1];
            text.Add($"Project(\"{FolderType}\") = \"{name}\", \"{name}\", \"{IdOf(folder)}\"", "EndProject");
        }
        foreach (var p in projects)
        {
            var path = p.Path.Replace('/', '\\');
            text.Add($"Project(\"{p.Type}\") = \"{p.Name}\", \"{path}\", \"{p.Id}\"", "EndProject");
        }
        text.Add("Global");
        text.Section("SolutionConfigurationPlatforms", "preSolution", Configurations.Select(c => $"{c} = {c}"));
        text.Section("ProjectConfigurationPlatforms", "postSolution", projects.SelectMany(p => p.Configure()));
        text.Section("SolutionProperties", "preSolution", ["HideSolutionNode = FALSE"]);
        text.Section("NestedProjects", "preSolution", folders.Where(f => f.Contains('/'))
            .Select(f => $"{IdOf(f)} = {IdOf(Parent(f))}")
            .Concat(projects.Where(p => p.Folder.Length > 0).Select(p => $"{p.Id} = {IdOf(p.Folder)}")));
        text.Add("EndGlobal");
        return text.ToString();
    }

    private static string Parent(string path) =>
        path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (; folder.Length > 0; folder = Parent(folder))
        {
            yield return folder;
        }
    }

    /// <summary>The id of a project or folder that has none of its own.</summary>
    /// <param name="path">From the root, with slashes.</param>
    public static Guid MakeId(string path) =>
        // Not a secret: only a name of fixed length for a path.
        new(MD5.HashData(Encoding.UTF8.GetBytes(path)), bigEndian: true);

    private static string IdOf(string path) => Text(MakeId(path));

    private static string Text(Guid id) => id.ToString("B").ToUpperInvariant();

    private sealed record Entry(string Path, string Type, string Id, bool IsNano)
    {
        public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

        public string Folder => string.Join('/', Parent(Parent(Path)).Split('/').Append(IsNano ? "nano" : "")
            .Where(s => s.Length > 0));

        public static Entry OfDesktop(string path) => new(path, DesktopType, IdOf(path), false);

        public static Entry OfNano(string path, Guid id) => new(path, NanoType, Text(id), true);

        public IEnumerable<string> Configure() => Configurations.SelectMany(
            c => (IsNano ? ["ActiveCfg", "Build.0", "Deploy.0"] : new[] { "ActiveCfg", "Build.0" })
                .Select(what => $"{Id}.{c}.{what} = {c}"));
    }

    private sealed class Lines
    {
        private readonly StringBuilder _text = new();

        // Visual Studio writes CRLF, and so that it finds nothing to change this does as well.
        public void Add(params string[] lines) => _text.AppendJoin("", lines.Select(l => l + "\r\n"));

        public void Section(string name, string when, IEnumerable<string> lines)
        {
            Add($"\tGlobalSection({name}) = {when}");
            Add([.. lines.Select(l => "\t\t" + l)]);
            Add("\tEndGlobalSection");
        }

        public override string ToString() => _text.ToString();
    }
}
