using NanoSurface.Api;
using NanoSurface.Projects;
using NanoSurface.References;
using NanoSurface.Rules;

namespace NanoSurface.Sync;

/// <summary>The nano projects of the repository as they should be. One with a .csproj beside it says what that says; one
/// without, for code that only a device can run, keeps its own names, constants and project references.</summary>
internal sealed class NanoProjects
{
    private readonly Repository _repository;
    private readonly Dictionary<string, NanoProject> _files = [];
    private readonly Dictionary<string, NanoProject> _projects = [];

    public NanoProjects(
        Repository repository, ReferenceLibrary library, IReadOnlyList<DesktopProject> desktop, List<Finding> problems)
    {
        _repository = repository;
        var desktopProjects = desktop.ToDictionary(d => Path.ChangeExtension(d.Path, ".nfproj"));
        foreach (var path in repository.Projects(".nfproj"))
        {
            var file = ProjectReader.Read(path);
            _files.Add(path, file);
            if (!desktopProjects.TryGetValue(path, out var twin))
            {
                Add(file with { Sources = SourcesOf(file), ProjectReferences = Sorted(file.ProjectReferences.Select(r => r.Path)) });
            }
            else if (!twin.IsNanoCode)
            {
                problems.Add(Problem(path, "the .csproj of the same name beside it does not say <NanoCode>true</NanoCode>"));
                Add(file);
            }
        }
        foreach (var (path, project) in desktopProjects.Where(d => d.Value.IsNanoCode))
        {
            Add(Twin(path, project));
        }
        Complete(library, problems);
    }

    /// <summary>By path.</summary>
    public IReadOnlyList<NanoProject> All => _projects.Values.OrderBy(p => p.Path, StringComparer.Ordinal).ToArray();

    private void Add(NanoProject project) => _projects.Add(project.Path, project with
    {
        Id = project.Id != Guid.Empty ? project.Id : Solution.MakeId(_repository.Relative(project.Path)),
    });

    private NanoProject Twin(string path, DesktopProject desktop)
    {
        var id = _files.TryGetValue(path, out var file) ? file.Id : Guid.Empty;
        var twin = new NanoProject(
            path, desktop.IsTest ? "NFUnitTest" : desktop.AssemblyName, desktop.RootNamespace, desktop.Description, IsExe: false,
            desktop.IsTest, id, desktop.Constants, [], [],
            Sorted(desktop.ProjectReferences.Select(r => Path.ChangeExtension(r, ".nfproj"))));
        // The file may not be written yet.
        var own = desktop.IsTest ? [] : new[] { twin.AssemblyInfo };
        return twin with { Sources = Items(desktop.Sources.Union(own)) };
    }

    private void Complete(ReferenceLibrary library, List<Finding> problems)
    {
        var finder = new ReferenceFinder(library, _projects);
        foreach (var project in All.Where(p => p.IsImage))
        {
            _projects[project.Path] = project with
            {
                ProjectReferences = Sorted(finder.Referenced(project).Select(p => p.Path)
                    .Union(project.ProjectReferences.Select(r => r.Path))),
            };
        }
        foreach (var project in All)
        {
            var found = finder.Find(project);
            // Those above it are open with it, and not at fault.
            if (found is null && !finder.Compiles(project))
            {
                problems.Add(Problem(
                    project.Path, "does not compile for nanoFramework, so its references stay as they are: see 'nano-surface check'"));
            }
            var names = found?.AsEnumerable() ?? Known(project, library.Apis);
            _projects[project.Path] = project with
            {
                References = names.Concat(project.IsTest ? [AssemblyPackage.TestLauncher] : []).Distinct()
                    .Order(StringComparer.OrdinalIgnoreCase).Select(n => new AssemblyReference(n, null, 1)).ToArray(),
            };
        }
    }

    private IEnumerable<string> Known(NanoProject project, ApiSet apis) =>
        _files.TryGetValue(project.Path, out var file)
            ? file.References.Select(r => r.Name).Where(n => apis.Find(n) is not null)
            : ["mscorlib"];

    /// <summary>Every .cs file of the folder and those below it that have no project of their own; and what the file lists from
    /// elsewhere.</summary>
    private ProjectItem[] SourcesOf(NanoProject project)
    {
        var sources = project.Sources.Where(s => s.Include.StartsWith("..", StringComparison.Ordinal)).Select(s => s.Path)
            .Concat(project.IsTest ? [] : new[] { project.AssemblyInfo }).ToList();
        void Visit(DirectoryInfo folder)
        {
            sources.AddRange(folder.EnumerateFiles("*.cs").Select(f => f.FullName));
            foreach (var child in folder.EnumerateDirectories())
            {
                if (!Repository.HoldsNoSources(child.Name)
                    && !child.EnumerateFiles("*.nfproj").Any() && !child.EnumerateFiles("*.csproj").Any())
                {
                    Visit(child);
                }
            }
        }
        Visit(new DirectoryInfo(project.Folder));
        return Items(sources.Distinct());
    }

    private ProjectItem[] Sorted(IEnumerable<string> paths) =>
        Items(paths.Distinct().OrderBy(_repository.Relative, StringComparer.Ordinal));

    private static ProjectItem[] Items(IEnumerable<string> paths) =>
        paths.Select(p => new ProjectItem(p, p, 1)).ToArray();

    private static Finding Problem(string path, string message) =>
        new(ProjectRules.UnusableProject.Id, message, path, 1, 1);
}
