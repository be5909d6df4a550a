using System.Diagnostics;

namespace NanoSurface.Projects;

/// <summary>What MSBuild makes of a .csproj: full paths, globs resolved, generated sources left out.</summary>
public sealed record DesktopProject(
    string Path, bool IsNanoCode, IReadOnlyList<string> Sources, IReadOnlyList<string> ProjectReferences)
{
    /// <summary>Asks MSBuild about all the projects at once.</summary>
    /// <exception cref="InvalidOperationException">MSBuild cannot load one; the text is its own.</exception>
    public static IReadOnlyList<DesktopProject> Evaluate(IReadOnlyCollection<string> projects)
    {
        var folder = Directory.CreateTempSubdirectory("nano-surface-");
        try
        {
            var projectList = System.IO.Path.Combine(folder.FullName, "projects");
            var itemList = System.IO.Path.Combine(folder.FullName, "items");
            File.WriteAllLines(projectList, projects);
            RunMSBuild(projectList, itemList);
            var items = File.ReadLines(itemList).Select(l => l.Split('|')).ToLookup(p => p[0]);
            return projects.Select(p => Describe(p, items[p])).ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DesktopProject Describe(string path, IEnumerable<string[]> items)
    {
        var byKind = items.ToLookup(i => i[1], i => i[2]);
        // Without an answer its sources are unknown, which is not the same as none.
        if (!byKind["Project"].Any())
        {
            throw new InvalidOperationException($"dotnet msbuild said nothing about {path}");
        }
        return new DesktopProject(
            path, byKind["NanoCode"].Any(), byKind["Compile"].Distinct().ToArray(),
            byKind["ProjectReference"].Distinct().ToArray());
    }

    private static void RunMSBuild(string projectList, string itemList)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
            ArgumentList =
            {
                "msbuild", System.IO.Path.Combine(AppContext.BaseDirectory, "Evaluate.proj"), "-nologo", "-verbosity:quiet",
                // A node that outlives the command would keep our end of its output open.
                "-nodeReuse:false",
                $"-property:ProjectList={projectList}", $"-property:ItemList={itemList}",
            },
        };
        // Set by the dotnet command that started this one; they would lead the new one to the wrong SDK's files.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment.Remove("MSBUILD_EXE_PATH");
        start.Environment.Remove("MSBuildExtensionsPath");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet msbuild ended with {process.ExitCode}: {output.Trim()}");
        }
    }
}
