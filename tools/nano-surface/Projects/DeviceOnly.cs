namespace NanoSurface.Projects;

/// <summary>Projects that there are for the device alone: a board's own means do not exist in .NET, so no .csproj stands
/// beside the .nfproj, and its folder says what it compiles.</summary>
public static class DeviceOnly
{
    private static readonly string[] Folders = ["boards/esp32/", "boards/stm32/"];

    /// <summary>Whether a project is of this kind: by where it is.</summary>
    public static bool Holds(Repository repository, string project) =>
        Folders.Any(f => repository.Relative(project).StartsWith(f, StringComparison.Ordinal));

    /// <summary>The .cs files in the project's folder and below, but those below a folder with a project of its own, and those that
    /// the project lists from elsewhere; full paths.</summary>
    public static IReadOnlyList<string> Sources(string project) => ProjectReader.Read(project).Sources
        .Where(s => s.Include.StartsWith("..", StringComparison.Ordinal)).Select(s => s.Path)
        .Concat(Below(new DirectoryInfo(Path.GetDirectoryName(project)!)).Order(StringComparer.Ordinal)).ToArray();

    private static IEnumerable<string> Below(DirectoryInfo folder)
    {
        foreach (var source in folder.EnumerateFiles("*.cs"))
        {
            yield return source.FullName;
        }
        foreach (var child in folder.EnumerateDirectories().Where(c => !IsElsewhere(c)))
        {
            foreach (var source in Below(child))
            {
                yield return source;
            }
        }
    }

    private static bool IsElsewhere(DirectoryInfo folder) =>
        Repository.HoldsNoSources(folder.Name) || folder.EnumerateFiles("*.*proj").Any();
}
