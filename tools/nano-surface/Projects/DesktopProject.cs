using System.Diagnostics;

namespace NanoSurface.Projects;

/// <summary>What MSBuild makes of a .csproj: full paths, globs resolved, generated sources left out.</summary>
/// <param name="Constants">Those of the repository's own, which start with IOTNET_.</param>
/// <param name="Friends">The assemblies that see the internal members.</param>
/// <param name="Description">Empty when the project gives none.</param>
public sealed record DesktopProject(
    string Path, bool IsNanoCode, bool IsTest, string AssemblyName, string RootNamespace, string Description,
    IReadOnlyList<string> Constants, IReadOnlyList<string> Friends,
    IReadOnlyList<string> Sources, IReadOnlyList<string> ProjectReferences)
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
            var items = File.ReadLines(itemList).Select(l => l.Split('|', 4)).ToLookup(p => p[0]);
            return projects.Select(p => Describe(p, items[p])).ToArray();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DesktopProject Describe(string path, IEnumerable<string[]> items)
    {
        var paths = items.ToLookup(i => i[1], i => i[2]);
        var texts = items.ToLookup(i => i[1], i => i[3].Trim());
        // Without an answer its sources are unknown, which is not the same as none.
        if (!paths["AssemblyName"].Any())
        {
            throw new InvalidOperationException($"dotnet msbuild said nothing about {path}");
        }
        return new DesktopProject(
            path, paths["NanoCode"].Any(), paths["Test"].Any(), texts["AssemblyName"].Single(), texts["RootNamespace"].Single(),
            texts["Description"].Single(),
            texts["DefineConstants"].Single().Split(';').Where(c => c.StartsWith("IOTNET_", StringComparison.Ordinal)).Distinct().ToArray(),
            texts["InternalsVisibleTo"].ToArray(),
            paths["Compile"].Distinct().ToArray(), paths["ProjectReference"].Distinct().ToArray());
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
