using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NanoSurface.Api;
using NanoSurface.Checking;
using NanoSurface.Projects;
using NanoSurface.References;

namespace NanoSurface.Sync;

/// <summary>Finds out which of nanoFramework's assemblies a project must reference, by compiling it against all of them.
/// </summary>
/// <param name="projects">All of the repository, by path.</param>
internal sealed class ReferenceFinder(ReferenceLibrary library, IReadOnlyDictionary<string, NanoProject> projects)
{
    private readonly Dictionary<string, CSharpCompilation?> _compilations = [];
    private readonly Dictionary<string, bool> _compiles = [];
    private readonly Dictionary<string, IReadOnlySet<string>> _found = [];

    /// <summary>The names of the assemblies that the project's sources use, and of all that those need in turn; of an image
    /// also those of the projects that go into it. Null when the project, or one that it references, does not compile, which
    /// leaves it open.</summary>
    public IReadOnlySet<string>? Find(NanoProject project)
    {
        if (!_found.TryGetValue(project.Path, out var found))
        {
            found = Used(project);
            if (found is null)
            {
                return null;
            }
            _found.Add(project.Path, found);
        }
        if (!project.IsImage)
        {
            return found;
        }
        var inside = Referenced(project).Select(Find).ToArray();
        return inside.Contains(null) ? null : inside.SelectMany(i => i!).Concat(found).ToHashSet();
    }

    /// <summary>The projects that a project references, and those that they reference, each once; what is missing is left
    /// out.</summary>
    public IReadOnlyList<NanoProject> Referenced(NanoProject project)
    {
        var all = new List<NanoProject>();
        var seen = new HashSet<string>();
        void Add(NanoProject from)
        {
            foreach (var reference in from.ProjectReferences)
            {
                if (seen.Add(reference.Path) && projects.TryGetValue(reference.Path, out var to))
                {
                    all.Add(to);
                    Add(to);
                }
            }
        }
        Add(project);
        return all;
    }

    /// <summary>Whether a project's own sources are in order.</summary>
    public bool Compiles(NanoProject project)
    {
        if (!_compiles.TryGetValue(project.Path, out var compiles))
        {
            compiles = Compile(project)?.GetDiagnostics().All(d => d.Severity != DiagnosticSeverity.Error) ?? false;
            _compiles.Add(project.Path, compiles);
        }
        return compiles;
    }

    private HashSet<string>? Used(NanoProject project)
    {
        // Of a compilation over one with errors, the compiler says that it uses every assembly.
        if (Compile(project) is not { } compilation || !Compiles(project) || !Referenced(project).All(Compiles))
        {
            return null;
        }
        var used = compilation.GetUsedAssemblyReferences().ToHashSet();
        var names = library.Apis.Assemblies.Where(a => used.Contains(library.Get(a))).Select(a => a.Name).Append("mscorlib");
        return [.. library.Apis.WithNeeded(project.IsTest ? names.Append(AssemblyPackage.TestFramework) : names)];
    }

    /// <returns>Null when the project references itself, by whatever way.</returns>
    private CSharpCompilation? Compile(NanoProject project)
    {
        if (_compilations.TryGetValue(project.Path, out var known))
        {
            return known;
        }
        _compilations.Add(project.Path, null);
        var inner = project.ProjectReferences.Where(r => projects.ContainsKey(r.Path))
            .Select(r => Compile(projects[r.Path])).OfType<CSharpCompilation>().Select(c => c.ToMetadataReference());
        var references = library.Apis.Assemblies.Select(library.Get).Concat(inner);
        return _compilations[project.Path] = NanoCompiler.Compile(project, references, []);
    }
}
