using System.Diagnostics;

namespace IoTNet.Emulator.Tests;

/// <summary>The package does for a project elsewhere what the source does here.</summary>
[TestClass]
public sealed class PackageTests
{
    private const int LimitMs = 120_000;

    private static readonly string s_root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));
    private static readonly string s_configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    [TestMethod]
    public void Package_InAProjectOfItsOwn_RunsTheSample()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("iotnet-package-");
        try
        {
            Pack("src/IoTNet/IoTNet.csproj", folder);
            Pack("src/IoTNet.Loopback/IoTNet.Loopback.csproj", folder);
            Pack("boards/emulator/IoTNet.Emulator.csproj", folder);
            foreach (string source in Directory.GetFiles(Path.Combine(s_root, "tests", "Samples", "Sensor"), "*.cs"))
            {
                File.Copy(source, Path.Combine(folder.FullName, Path.GetFileName(source)));
            }

            Write(folder, "nuget.config", NuGetConfiguration);
            Write(folder, "Sample.csproj", Project);
            Write(folder, "Program.cs", MainProgram);
            Assert.Contains("the sample ran", DotNet(folder, "run", "-p:UseSharedCompilation=false"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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
            <PackageReference Include="IoTNet.Emulator" Version="0.1.0" />
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

    private static void Pack(string project, DirectoryInfo to)
    {
        _ = DotNet(to, "pack", Path.Combine(s_root, project), "--no-build", "-c", s_configuration, "-o", to.FullName);
    }

    private static void Write(DirectoryInfo folder, string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);

    private static string DotNet(DirectoryInfo folder, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder.FullName,
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
