using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NanoSurface.Api;
using NanoSurface.Footprint;
using NanoSurface.Projects;
using NanoSurface.References;
using NanoSurface.Rules;

namespace NanoSurface.Checking;

/// <summary>Compiles nano projects against the reference assemblies and applies the rules.</summary>
/// <param name="constants">Defined in every project, on top of its own and NANOFRAMEWORK_1_0.</param>
public sealed class Checker(Repository repository, ReferenceLibrary library, IReadOnlyList<string> constants)
{
    private readonly Dictionary<string, CSharpCompilation?> _compilations = [];
    private readonly List<AssemblyReport> _reports = [];

    /// <summary>Whether the rules on code are applied, which takes a third of the time; default yes. Not needed for the sizes
    /// of what is checked elsewhere.</summary>
    public bool AppliesRules { get; init; } = true;

    /// <summary>Checks the projects and those that they reference, each once, referenced ones first.</summary>
    public IReadOnlyList<AssemblyReport> Check(IEnumerable<string> projects)
    {
        foreach (var project in projects)
        {
            Visit(Path.GetFullPath(project));
        }
        return _reports;
    }

    /// <returns>Null when the project file is of no use.</returns>
    private CSharpCompilation? Visit(string path)
    {
        if (_compilations.TryGetValue(path, out var known))
        {
            return known;
        }
        // Until it is done a project stands for "of no use", which ends a circle of references.
        _compilations.Add(path, null);
        NanoProject project;
        try
        {
            project = ProjectReader.Read(path);
        }
        catch (ProjectException e)
        {
            var rule = ProjectRules.UnusableProject;
            var finding = new Finding(rule.Id, $"{e.Message} ({rule.Message})", e.Path, e.Line, 1);
            _reports.Add(AssemblyReport.Failed(Path.GetFileNameWithoutExtension(path), path, [finding]));
            return null;
        }
        var findings = ProjectRules.Check(project, repository, library.Apis).ToList();
        var compilation = Compile(project, findings);
        _compilations[path] = compilation;
        _reports.Add(Report(project, compilation, findings));
        return compilation;
    }

    private CSharpCompilation Compile(NanoProject project, List<Finding> findings)
    {
        var references = project.References.Select(r => library.Apis.Find(r.Name)).OfType<ApiAssembly>().Distinct()
            .Select(library.Get).ToList();
        foreach (var referenced in project.ProjectReferences)
        {
            if (Visit(referenced.Path) is { } compilation)
            {
                references.Add(compilation.ToMetadataReference());
            }
            else
            {
                findings.Add(new Finding(
                    ProjectRules.UnusableProject.Id, $"{referenced.Include} is missing, unusable or references back",
                    project.Path, referenced.Line, 1));
            }
        }
        return NanoCompiler.Compile(project, references, constants);
    }

    private AssemblyReport Report(NanoProject project, CSharpCompilation compilation, List<Finding> findings)
    {
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(
            image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        findings.AddRange(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d =>
            d.Location.IsInSource
                ? Finding.At(d.Id, d.GetMessage(), d.Location)
                : new Finding(d.Id, d.GetMessage(), project.Path, 1, 1)));
        if (AppliesRules)
        {
            findings.AddRange(compilation.SyntaxTrees.SelectMany(t => SourceFindings(t, compilation)));
        }
        if (!result.Success)
        {
            return AssemblyReport.Failed(project.AssemblyName, project.Path, findings);
        }
        image.Position = symbols.Position = 0;
        using var module = ModuleDefinition.ReadModule(image, new ReaderParameters
        {
            SymbolStream = symbols,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            ReadSymbols = true,
        });
        if (AppliesRules)
        {
            findings.AddRange(IlRules.Check(module, project.Path, findings.Select(f => f.Id).ToHashSet()));
        }
        var footprint = findings.Count == 0 ? AssemblyFootprint.Measure(module) : null;
        return AssemblyReport.Measured(project.AssemblyName, project.Path, findings, image.ToArray(), footprint);
    }

    private static IEnumerable<Finding> SourceFindings(SyntaxTree tree, CSharpCompilation compilation)
    {
        var model = compilation.GetSemanticModel(tree);
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            foreach (var rule in RuleTable.OnSource)
            {
                if (rule.Match!(node, model) is { RawKind: not 0 } part)
                {
                    yield return Finding.At(rule.Id, rule.Message, part.GetLocation()!);
                }
            }
        }
    }
}
