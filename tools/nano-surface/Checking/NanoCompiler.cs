using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NanoSurface.Projects;

namespace NanoSurface.Checking;

/// <summary>The compiler, set as the device's toolchain sets it.</summary>
public static class NanoCompiler
{
    /// <param name="constants">Defined on top of the project's own and NANOFRAMEWORK_1_0.</param>
    public static CSharpCompilation Compile(
        NanoProject project, IEnumerable<MetadataReference> references, IReadOnlyList<string> constants)
    {
        var options = new CSharpCompilationOptions(
            project.IsExe ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release, deterministic: true,
            // So that a pointer gets the rule's advice rather than the compiler's "use /unsafe".
            allowUnsafe: true);
        return CSharpCompilation.Create(project.AssemblyName, Parse(project, constants), references, options);
    }

    private static List<SyntaxTree> Parse(NanoProject project, IReadOnlyList<string> constants)
    {
        var options = new CSharpParseOptions(
            // With None, the compiler takes every using line for a use of each assembly that knows the namespace.
            LanguageVersion.CSharp9, DocumentationMode.Parse,
            preprocessorSymbols: ["NANOFRAMEWORK_1_0", .. project.Constants, .. constants]);
        return project.Sources.Where(s => File.Exists(s.Path)).DistinctBy(s => s.Path)
            .Select(s => CSharpSyntaxTree.ParseText(ReadSource(s.Path), options, s.Path)).ToList();
    }

    private static SourceText ReadSource(string path)
    {
        using var stream = File.OpenRead(path);
        return SourceText.From(stream);
    }
}
