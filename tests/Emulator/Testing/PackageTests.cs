using System.Diagnostics;
using System.IO.Compression;

namespace IoTNet.Emulator.Tests;

/// <summary>The package does for a project elsewhere what the source does here.</summary>
[TestClass]
public sealed class PackageTests
{
    private const int LimitMs = 120_000;

    private static readonly string s_root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
    private static readonly string s_configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static readonly DirectoryInfo s_folder = Directory.CreateTempSubdirectory("iotnet-package-");

    [ClassInitialize]
    public static void Pack(TestContext _)
    {
        string project = Path.Combine(s_root, "boards", "emulator", "IoTNet.Emulator.csproj");
        DotNet("pack", project, "--no-build", "-c", s_configuration, "-o", s_folder.FullName);
    }

    [ClassCleanup]
    public static void Clean() => s_folder.Delete(recursive: true);

    [TestMethod]
    public void Package_InAProjectOfItsOwn_RunsTheSample()
    {
        foreach (string source in Directory.GetFiles(Path.Combine(s_root, "tests", "Samples", "Sensor"), "*.cs"))
        {
            File.Copy(source, Path.Combine(s_folder.FullName, Path.GetFileName(source)));
        }

        Write("nuget.config", NuGetConfiguration);
        Write("Sample.csproj", Project);
        Write("Program.cs", MainProgram);
        Assert.Contains("the sample ran", DotNet("run", "-p:UseSharedCompilation=false"));
    }

    [TestMethod]
    public void Package_OfTheEmulator_HoldsEveryLibraryAndNeedsNoOtherPackage()
    {
        // Each library that is a package for devices, as far as the desktop can build it.
        string[] libraries = [.. new[] { "src", "boards" }
            .SelectMany(room => Directory.GetFiles(Path.Combine(s_root, room), "*.nuspec", SearchOption.AllDirectories))
            .Where(path => File.Exists(Path.ChangeExtension(path, ".csproj")))
            .Select(path => Path.GetFileNameWithoutExtension(path))];
        Assert.IsGreaterThan(5, libraries.Length);

        using ZipArchive package = ZipFile.OpenRead(s_folder.GetFiles("IoTNet.Emulator.*.nupkg").Single().FullName);
        string[] expected = [.. libraries.Append("IoTNet.Emulator").SelectMany(name => new[] { $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" })];
        CollectionAssert.AreEquivalent(
            expected, package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal)).ToArray());
        using StreamReader manifest = new(package.GetEntry("IoTNet.Emulator.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", manifest.ReadToEnd());
    }

    /// <summary>No source but the folder itself: nothing is fetched.</summary>
    private const string NuGetConfiguration = """
        <configuration>
          <packageSources>
            <clear />
            <add key="here" value="." />
          </packageSources>
        </configuration>
        """;

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <UseAppHost>false</UseAppHost>
            <RestorePackagesPath>packages</RestorePackagesPath>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="IoTNet.Emulator" Version="*" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>The sample, without its test framework, which would have to be fetched.</summary>
    private const string MainProgram = """
        new SensorTests().Send_OverALossyLink_DeliversEachReadingOnce();
        Console.WriteLine("the sample ran");

        class TestClassAttribute : Attribute;

        class TestMethodAttribute : Attribute;

        static class CollectionAssert
        {
            public static void AreEqual(byte[] expected, System.Collections.ArrayList actual)
            {
                if (!expected.SequenceEqual(actual.Cast<byte>()))
                {
                    throw new Exception("the readings differ");
                }
            }
        }
        """;

    private static void Write(string name, string text) => File.WriteAllText(Path.Combine(s_folder.FullName, name), text);

    private static string DotNet(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = s_folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // No build node may stay behind.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            Assert.IsTrue(Task.WaitAll([output, error, process.WaitForExitAsync()], LimitMs), "dotnet " + arguments[0] + " ends");
            Assert.AreEqual(0, process.ExitCode, output.Result + error.Result);
            return output.Result;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
