namespace NanoSurface.Api;

/// <summary>The NuGet package that brings an assembly, and the assembly's file in it.</summary>
/// <param name="File">In the package's folder lib.</param>
public sealed record AssemblyPackage(string Id, string Version, string File)
{
    /// <summary>Runs the tests of a test project; it has no API, and comes with the test framework.</summary>
    public const string TestLauncher = "nanoFramework.UnitTestLauncher";

    /// <summary>What every test project references, whatever its sources use.</summary>
    public const string TestFramework = "nanoFramework.TestFramework";

    /// <summary>The packages that are not called as their assembly is, with or without "nanoFramework." before it. The one place
    /// for names; the one place for versions is the first line of an assembly's facts.</summary>
    private static readonly (string Assembly, string Package)[] Named =
    [
        ("mscorlib", "nanoFramework.CoreLibrary"),
        (TestLauncher, TestFramework),
    ];

    /// <summary>Null when the assembly's API is not known.</summary>
    public static AssemblyPackage? Of(string assembly, ApiSet apis)
    {
        var described = assembly == TestLauncher ? TestFramework : assembly;
        return apis.Find(described) is { } api
            ? new AssemblyPackage(IdOf(assembly), api.Version.ToString(3), assembly + (assembly == TestLauncher ? ".exe" : ".dll"))
            : null;
    }

    /// <summary>Where the package is unpacked to, from the repository's root, with slashes.</summary>
    public string HintPath => $"packages/{Id}.{Version}/lib/{File}";

    private static string IdOf(string assembly) =>
        Named.FirstOrDefault(n => n.Assembly == assembly).Package
        ?? (assembly.StartsWith("nanoFramework.", StringComparison.Ordinal) ? assembly : "nanoFramework." + assembly);
}
