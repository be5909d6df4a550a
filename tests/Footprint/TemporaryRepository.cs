using NanoSurface.Api;
using NanoSurface.Projects;

namespace IoTNet.Footprint.Tests;

/// <summary>A working tree with a library, an app that uses it, a program that is made of the app, and a test.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("footprint-tests-");

    public TemporaryRepository()
    {
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        WriteProject("src/Lib/Lib", "public class Lib { public int Twice(int n) { return n * 2; } }");
        WriteProject("boards/common/IoTNet.SystemNet", "public class Stack { }", references: ["mscorlib", "nanoFramework.Runtime.Native", "nanoFramework.Hardware.Stm32"]);
        WriteProject("boards/apps/Common/Apps", "public interface IApp { }");
        WriteProject(
            "boards/apps/Loose/Loose", "public class Loose : IApp { }", projects: ["..\\Common\\Apps.nfproj", "..\\..\\..\\src\\Lib\\Lib.nfproj"]);
        WriteProject("boards/apps/Used/Used", "public class Used : IApp { }", projects: ["..\\Common\\Apps.nfproj"]);
        WriteProject(
            "boards/esp32/Program/Program", "public static class Program { public static void Main() { new Used(); } }",
            projects: ["..\\..\\apps\\Used\\Used.nfproj", "..\\..\\common\\IoTNet.SystemNet.nfproj"], isExe: true);
        WriteProject("tests/Test/Test", "public class Test { }");
    }

    public string Root => _root.FullName;

    public Repository Repository => new(Root);

    public string Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <param name="path">From the root, without an extension.</param>
    public void WriteProject(string path, string source, string[]? references = null, string[]? projects = null, bool isExe = false)
    {
        var name = Path.GetFileName(path);
        var up = string.Concat(Enumerable.Repeat("..\\", path.Count(c => c == '/')));
        Write(path + ".cs", source);
        Write(path + ".nfproj", $"""
            <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
              <PropertyGroup>
                <ProjectGuid>{Guid.NewGuid():B}</ProjectGuid>
                <OutputType>{(isExe ? "Exe" : "Library")}</OutputType>
                <AssemblyName>{name}</AssemblyName>
              </PropertyGroup>
              <ItemGroup><Compile Include="{name}.cs" /></ItemGroup>
              <ItemGroup>{string.Concat((references ?? ["mscorlib"]).Select(r => Reference(r, up)))}</ItemGroup>
              <ItemGroup>{string.Concat((projects ?? []).Select(p => $"<ProjectReference Include=\"{p}\" />"))}</ItemGroup>
            </Project>
            """);
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static string Reference(string name, string up)
    {
        var path = AssemblyPackage.Of(name, ApiSet.BuiltIn)!.HintPath.Replace('/', '\\');
        return $"<Reference Include=\"{name}\"><HintPath>{up}{path}</HintPath></Reference>";
    }
}
