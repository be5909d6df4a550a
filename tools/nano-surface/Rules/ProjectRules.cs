using NanoSurface.Api;
using NanoSurface.Projects;

namespace NanoSurface.Rules;

/// <summary>What a .nfproj must say so that the device's toolchain finds everything.</summary>
public static class ProjectRules
{
    public static readonly Rule NetworkInCore = new(
        "NANO101", "System.Net referenced under src/", "the virtual device cannot load an assembly that references it",
        "go through INetworkStack; boards/common implements it over System.Net");

    public static readonly Rule UnknownAssembly = new(
        "NANO102", "reference to an assembly whose API is not known", "nothing can be checked against it",
        "add its facts to tools/nano-surface/Api");

    public static readonly Rule HintPath = new(
        "NANO103", "HintPath", "the package that nano-surface knows is not where it leads",
        "lead it to the repository's packages folder");

    public static readonly Rule MissingReference = new(
        "NANO104", "reference missing", "an assembly that is referenced needs it, and the device's toolchain does not find it",
        "reference it as well");

    public static readonly Rule UnusableProject = new(
        "NANO105", "project file", "cannot be used as it is", "correct it, or run 'nano-surface sync'");

    public static readonly IReadOnlyList<Rule> All =
        [NetworkInCore, UnknownAssembly, HintPath, MissingReference, UnusableProject];

    public static IEnumerable<Finding> Check(NanoProject project, Repository repository, ApiSet apis)
    {
        if (project.Id == Guid.Empty)
        {
            yield return At(UnusableProject, project, 1, "<ProjectGuid> is missing");
        }
        foreach (var source in project.Sources.Where(s => !File.Exists(s.Path)))
        {
            yield return At(UnusableProject, project, source.Line, $"no such file: {source.Include}");
        }
        foreach (var reference in project.References)
        {
            if (reference.Name == "System.Net"
                && repository.Relative(project.Path).StartsWith("src/", StringComparison.Ordinal))
            {
                yield return At(NetworkInCore, project, reference.Line, null);
            }
            if (AssemblyPackage.Of(reference.Name, apis) is not { } package)
            {
                yield return At(UnknownAssembly, project, reference.Line, reference.Name);
                continue;
            }
            var expected = Path.Combine(repository.Root, package.HintPath);
            if (reference.HintPath != expected)
            {
                yield return At(
                    HintPath, project, reference.Line,
                    $"expected {repository.Relative(expected)}, found {Shown(reference.HintPath, repository)}");
            }
            var needs = apis.Find(reference.Name)?.References ?? [];
            foreach (var needed in needs.Where(n => project.References.All(r => r.Name != n)))
            {
                yield return At(MissingReference, project, reference.Line, $"{reference.Name} needs {needed}");
            }
        }
    }

    private static string Shown(string? hint, Repository repository) =>
        hint is null ? "none" : repository.Relative(hint);

    private static Finding At(Rule rule, NanoProject project, int line, string? detail) =>
        new(rule.Id, detail is null ? rule.Message : $"{detail} ({rule.Message})", project.Path, line, 1);
}
