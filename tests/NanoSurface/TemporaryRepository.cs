using NanoSurface.Api;
using NanoSurface.Checking;
using NanoSurface.Projects;
using NanoSurface.References;

namespace NanoSurface.Tests;

/// <summary>A working tree of its own for one test.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nano-surface-tests-");

    public TemporaryRepository() => Directory.CreateDirectory(Path.Combine(Root, ".git"));

    public string Root => _root.FullName;

    public string Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Writes what every assembly says of itself.</summary>
    public void WriteProduct() => Write("Directory.Build.props", """
        <Project>
          <PropertyGroup>
            <Version>1.2.3</Version><Authors>some people</Authors><Company>Co</Company><Product>Prod</Product>
            <Copyright>(c) "them"</Copyright><PackageLicenseExpression>MIT</PackageLicenseExpression>
          </PropertyGroup>
        </Project>
        """);

    /// <summary>Writes a library that lists the sources.</summary>
    public string WriteProject(
        string path, string[]? sources = null, string[]? references = null, string[]? projects = null,
        string properties = "")
    {
        var up = string.Concat(Enumerable.Repeat("..\\", path.Count(c => c == '/')));
        return Write(path, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
              <PropertyGroup>
                <ProjectGuid>{Guid.NewGuid():B}</ProjectGuid>
                <OutputType>Library</OutputType>
                <AssemblyName>{Path.GetFileNameWithoutExtension(path)}</AssemblyName>
                {properties}
              </PropertyGroup>
              <ItemGroup>
            {Lines(sources ?? [], s => $"    <Compile Include=\"{s}\" />")}
              </ItemGroup>
              <ItemGroup>
            {Lines(references ?? ["mscorlib", "nanoFramework.System.Text"], r => Reference(r, up))}
              </ItemGroup>
              <ItemGroup>
            {Lines(projects ?? [], p => $"    <ProjectReference Include=\"{p}\" />")}
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>Checks one source file, in a project of its own.</summary>
    public AssemblyReport CheckSource(string code, string[]? references = null)
    {
        Write("Snippet.cs", code);
        return Check(WriteProject("Snippet.nfproj", ["Snippet.cs"], references)).Single();
    }

    public IReadOnlyList<AssemblyReport> Check(params string[] projects) =>
        new Checker(new Repository(Root), ReferenceLibrary.BuiltIn, []).Check(projects);

    public void Dispose() => _root.Delete(recursive: true);

    private static string Lines(IEnumerable<string> items, Func<string, string> line) =>
        string.Join("\n", items.Select(line));

    private static string Reference(string name, string up)
    {
        var package = AssemblyPackage.Of(name, ApiSet.BuiltIn)!;
        return $"""
                <Reference Include="{name}">
                  <HintPath>{up}{package.HintPath.Replace('/', '\\')}</HintPath>
                </Reference>
            """;
    }
}
