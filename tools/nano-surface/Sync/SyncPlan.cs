using NanoSurface.Projects;
using NanoSurface.References;
using NanoSurface.Rules;

namespace NanoSurface.Sync;

/// <summary>One file as it should be.</summary>
/// <param name="Path">In full.</param>
public sealed record SyncedFile(string Path, string Text)
{
    public bool IsCurrent => File.Exists(Path) && File.ReadAllText(Path) == Text;
}

/// <summary>All that the device's toolchain and NuGet want to read and that follows from something else: every .nfproj, its
/// packages.config, AssemblyInfo.cs and .nuspec, and IoTNet.sln.</summary>
/// <param name="Problems">What could not be decided; the files are as good as they can be without it.</param>
public sealed record SyncPlan(IReadOnlyList<SyncedFile> Files, IReadOnlyList<Finding> Problems)
{
    /// <param name="desktop">What MSBuild makes of every .csproj of the repository.</param>
    /// <exception cref="ProjectException">A .nfproj cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Directory.Build.props lacks something.</exception>
    public static SyncPlan Make(
        Repository repository, ReferenceLibrary library, IReadOnlyList<DesktopProject> desktop)
    {
        var product = Product.Read(repository.Root);
        var problems = new List<Finding>();
        var projects = new NanoProjects(repository, library, desktop, problems).All;
        var files = new List<SyncedFile>();
        foreach (var project in projects)
        {
            files.Add(new SyncedFile(project.Path, ProjectFile.Write(project, library.Apis, repository)));
            if (PackageFiles.IsPackage(project, repository))
            {
                files.Add(Nuspec(project, projects, repository, product, library, problems));
            }
        }
        foreach (var folder in projects.GroupBy(p => p.Folder))
        {
            files.Add(new SyncedFile(folder.First().PackagesConfig, PackageFiles.WriteConfig(
                folder.SelectMany(p => p.References).Select(r => r.Name), library.Apis)));
            // A test project's assembly is called as every other one's: nobody asks what it is.
            if (folder.FirstOrDefault(p => !p.IsTest) is { } project)
            {
                files.Add(new SyncedFile(project.AssemblyInfo, AssemblyInfoFile.Write(
                    project.AssemblyName, Friends(project, projects, desktop), product)));
            }
        }
        files.Add(new SyncedFile(Path.Combine(repository.Root, "IoTNet.sln"), Solution.Write(repository, projects)));
        return new SyncPlan(files, problems);
    }

    private static SyncedFile Nuspec(
        NanoProject project, IReadOnlyList<NanoProject> all, Repository repository, Product product,
        ReferenceLibrary library, List<Finding> problems)
    {
        void Report(string message) =>
            problems.Add(new Finding(ProjectRules.UnusableProject.Id, message, project.Path, 1, 1));
        if (project.Description.Length == 0)
        {
            Report("expected a <Description> in the project: its package shows it");
        }
        var references = all.Where(p => project.ProjectReferences.Any(r => r.Path == p.Path)).ToArray();
        foreach (var other in references.Where(r => !PackageFiles.IsPackage(r, repository)))
        {
            Report($"it is a package, so it cannot reference {other.Name}, which is none");
        }
        var text = PackageFiles.WriteNuspec(
            project, references.Select(r => r.AssemblyName), Readme(project.Folder, repository), product, library.Apis);
        return new SyncedFile(Path.ChangeExtension(project.Path, ".nuspec"), text);
    }

    /// <summary>The nearest one; the repository's own holds for what has none.</summary>
    private static string Readme(string folder, Repository repository)
    {
        var path = Path.Combine(folder, "README.md");
        return File.Exists(path) || folder == repository.Root ? path : Readme(Path.GetDirectoryName(folder)!, repository);
    }

    private static string[] Friends(
        NanoProject project, IReadOnlyList<NanoProject> all, IReadOnlyList<DesktopProject> desktop)
    {
        var names = all.Where(p => !p.IsTest).Select(p => p.AssemblyName).ToHashSet();
        return desktop.Where(d => d.IsNanoCode && Path.GetDirectoryName(d.Path) == project.Folder)
            .SelectMany(d => d.Friends).Where(names.Contains).Distinct().Order(StringComparer.Ordinal).ToArray();
    }
}
