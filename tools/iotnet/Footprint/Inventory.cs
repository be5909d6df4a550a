using NanoSurface.Checking;
using NanoSurface.Footprint;
using NanoSurface.Projects;
using NanoSurface.References;

namespace IoTNet.Cli;

/// <summary>A nano assembly of this repository.</summary>
/// <param name="Name">Of the project's file (several projects may make an assembly of one name); where there are more of that
/// name, with the folders.</param>
/// <param name="Project">Its .nfproj from the root, without the extension.</param>
/// <param name="IlBytes">Of the methods' bodies in .NET's image.</param>
internal sealed record AssemblyCost(string Name, string Project, int IlBytes, AssemblyFootprint Footprint)
{
    public int PeBytes => Footprint.Pe.Bytes;

    public int RamBytes => Footprint.Static.Bytes;
}

/// <summary>One of nanoFramework's assemblies.</summary>
/// <param name="PeBytes">Null when it is not known.</param>
internal sealed record PackageCost(string Name, int? PeBytes);

/// <summary>What one program puts on a device.</summary>
/// <param name="Name">As an assembly's.</param>
/// <param name="Project">Its .nfproj from the root, without the extension.</param>
/// <param name="Assemblies">IoTNet's own, the largest first.</param>
/// <param name="Packages">nanoFramework's, by name.</param>
internal sealed record AppCost(
    string Name, string Project, IReadOnlyList<AssemblyCost> Assemblies, IReadOnlyList<PackageCost> Packages)
{
    public int PeBytes => Assemblies.Sum(a => a.PeBytes);

    public int RamBytes => Assemblies.Sum(a => a.RamBytes);

    public int KnownPackageBytes => Packages.Sum(p => p.PeBytes ?? 0);
}

/// <summary>All nano assemblies of a repository but those of its tests, and the apps that are made of them.</summary>
/// <param name="Assemblies">The largest first.</param>
internal sealed record Inventory(IReadOnlyList<AssemblyCost> Assemblies, IReadOnlyList<AppCost> Apps)
{
    private const string BoardStack = "boards/common/IoTNet.SystemNet";

    /// <summary>Compiles everything.</summary>
    /// <exception cref="InvalidOperationException">Something is not fit for the device.</exception>
    /// <exception cref="ProjectException">A project file is of no use.</exception>
    public static Inventory Take(Repository repository)
    {
        var paths = repository.Projects(".nfproj")
            .Where(p => !repository.Relative(p).StartsWith("tests/", StringComparison.Ordinal)).ToArray();
        var reports = new Checker(repository, ReferenceLibrary.BuiltIn, []) { AppliesRules = false }.Check(paths);
        if (reports.FirstOrDefault(r => r.Footprint is null) is { } broken)
        {
            throw new InvalidOperationException(
                $"{repository.Relative(broken.ProjectPath)} is not fit for the device: {broken.Findings[0].Message}; " +
                "'nano-surface check' says more");
        }
        var names = Names([.. reports.Select(r => Key(repository, r.ProjectPath))]);
        var assemblies = reports.ToDictionary(r => r.ProjectPath, r => MakeAssembly(Key(repository, r.ProjectPath), names, r));
        var projects = reports.ToDictionary(r => r.ProjectPath, r => ProjectReader.Read(r.ProjectPath));
        return new Inventory(
            [.. assemblies.Values.OrderByDescending(a => a.PeBytes).ThenBy(a => a.Project, StringComparer.Ordinal)],
            FindApps(projects, assemblies));
    }

    /// <summary>Whether a project of this path from the root is an app of boards/apps.</summary>
    public static bool IsApp(string key) => key.StartsWith("boards/apps/", StringComparison.Ordinal)
        && !key.StartsWith("boards/apps/Common/", StringComparison.Ordinal);

    private static AssemblyCost MakeAssembly(string key, Dictionary<string, string> names, AssemblyReport report) =>
        new(names[key], key, report.Size!.IlBytes, report.Footprint!);

    /// <summary>Every program; and every app of boards/apps that no program is made of, with the board's stack that one would
    /// add.</summary>
    private static AppCost[] FindApps(Dictionary<string, NanoProject> projects, Dictionary<string, AssemblyCost> assemblies)
    {
        var programs = projects.Values.Where(p => p.IsExe).ToArray();
        var built = programs.SelectMany(p => Closure(p, projects)).Select(p => p.Path).ToHashSet();
        var loose = projects.Values.Where(p => !built.Contains(p.Path) && IsApp(assemblies[p.Path].Project)).ToArray();
        var stack = projects.Values.Where(p => assemblies[p.Path].Project == BoardStack).ToArray();
        var found = programs.Select(p => (Project: p, Parts: Closure(p, projects).ToArray()))
            .Concat(loose.Select(p => (Project: p, Parts: stack.Prepend(p).SelectMany(q => Closure(q, projects)).Distinct().ToArray())))
            .ToArray();
        var names = Names([.. found.Select(f => assemblies[f.Project.Path].Project)]);
        return [.. found.Select(f => MakeApp(f.Project, f.Parts)).OrderByDescending(a => a.PeBytes).ThenBy(a => a.Name, StringComparer.Ordinal)];

        AppCost MakeApp(NanoProject project, NanoProject[] parts)
        {
            var key = assemblies[project.Path].Project;
            return new AppCost(names[key], key, [.. parts.Select(p => assemblies[p.Path]).OrderByDescending(a => a.PeBytes)], Packages(parts));
        }
    }

    /// <summary>The last part of each key; with the folders that it is in, but for boards/, where others end so as well:
    /// boards/esp32/Chat/Chat becomes esp32/Chat.</summary>
    private static Dictionary<string, string> Names(string[] keys)
    {
        var ends = keys.ToLookup(Path.GetFileName);
        return keys.ToDictionary(k => k, k => ends[Path.GetFileName(k)].Count() == 1 ? Path.GetFileName(k) : Shortened(k));
    }

    private static string Shortened(string key)
    {
        const string Boards = "boards/";
        var folder = Path.GetDirectoryName(key)!;
        var shorter = Path.GetFileName(folder) == Path.GetFileName(key) ? folder : key;
        return shorter.StartsWith(Boards, StringComparison.Ordinal) ? shorter[Boards.Length..] : shorter;
    }

    private static HashSet<NanoProject> Closure(NanoProject project, Dictionary<string, NanoProject> projects)
    {
        HashSet<NanoProject> found = [];
        Visit(project);
        return found;

        void Visit(NanoProject next)
        {
            if (found.Add(next))
            {
                next.ProjectReferences.Select(r => projects[r.Path]).ToList().ForEach(Visit);
            }
        }
    }

    // A project references all that its references need: nano-surface sees to that.
    private static PackageCost[] Packages(IEnumerable<NanoProject> projects) =>
    [
        .. projects.SelectMany(p => p.References).Select(r => r.Name).Distinct().Order(StringComparer.Ordinal)
            .Select(n => new PackageCost(n, PackageSizes.PeBytesOf(n))),
    ];

    private static string Key(Repository repository, string path) => Path.ChangeExtension(repository.Relative(path), null);
}
