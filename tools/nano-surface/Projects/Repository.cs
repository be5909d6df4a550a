namespace NanoSurface.Projects;

/// <summary>The working tree: where it starts, which nano projects are in it, how its files are called.</summary>
public sealed class Repository(string root)
{
    private static readonly string[] NotSources = ["artifacts", "packages", "bin", "obj", "node_modules"];

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The nearest folder at or above <paramref name="start"/> that holds IoTNet.sln or .git; null if none does.
    /// </summary>
    public static Repository? Containing(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            // In a linked worktree .git is a file.
            var git = Path.Combine(folder.FullName, ".git");
            if (File.Exists(Path.Combine(folder.FullName, "IoTNet.sln")) || Directory.Exists(git) || File.Exists(git))
            {
                return new Repository(folder.FullName);
            }
        }
        return null;
    }

    /// <summary>Every project file with the extension (with its dot), sorted.</summary>
    public IReadOnlyList<string> Projects(string extension) =>
        Files(new DirectoryInfo(Root), extension).Order(StringComparer.Ordinal).ToArray();

    /// <summary>The path from the root, with slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Whether a folder of this name holds what tools have made, or is hidden.</summary>
    internal static bool HoldsNoSources(string folder) => folder.StartsWith('.') || NotSources.Contains(folder);

    private static IEnumerable<string> Files(DirectoryInfo folder, string extension)
    {
        foreach (var file in folder.EnumerateFiles("*" + extension))
        {
            yield return file.FullName;
        }
        foreach (var child in folder.EnumerateDirectories().Where(c => !HoldsNoSources(c.Name)))
        {
            foreach (var file in Files(child, extension))
            {
                yield return file;
            }
        }
    }
}
