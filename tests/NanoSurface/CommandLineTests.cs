using System.Text.Json;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Api;
using NanoSurface.Rules;

namespace NanoSurface.Tests;

[TestClass]
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _repository.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [TestMethod]
    public void Check_OfCleanProjects_EndsWithZeroAndATable()
    {
        _repository.Write("src/A/A.cs", "public class A { public string M(bool b) { return b ? \"abc\" : \"é\"; } }");
        _repository.WriteProject("src/A/A.nfproj", ["A.cs"]);
        _repository.WriteProject("src/LongName/LongName.nfproj");

        Assert.AreEqual(CommandLine.Clean, Run("check"));

        string[] expected =
        [
            "project   errors  types  methods  IL bytes  string bytes  .pe bytes",
            "A              0      1        2        22             7        244",
            "LongName       0      0        0         0             0        136",
        ];
        CollectionAssert.AreEqual(expected, Lines());
    }

    [TestMethod]
    public void Check_OfAnAppAndItsProgram_TellsThemApart()
    {
        _repository.WriteProject("apps/A/A.nfproj");
        var program = _repository.WriteProject("board/A/A.nfproj");
        File.WriteAllText(program, File.ReadAllText(program).Replace("<AssemblyName>A<", "<AssemblyName>A.Board<"));

        Assert.AreEqual(CommandLine.Clean, Run("check"));

        CollectionAssert.AreEqual(new[] { "project", "A", "A.Board" }, Lines().Select(l => l.Split(' ')[0]).ToArray());
    }

    [TestMethod]
    public void Check_WithFindings_EndsWithOneAndNamesThemFromTheRoot()
    {
        _repository.Write("src/A/A.cs", "public class A\n{\n    int M() { return checked(1 + Missing); }\n}");
        _repository.WriteProject("src/A/A.nfproj", ["A.cs"]);

        Assert.AreEqual(CommandLine.Found, Run("check"));

        var lines = Lines();
        Assert.AreEqual("src/A/A.cs(3,22): error NANO006: " + LanguageRules.Checked.Message, lines[0]);
        Assert.StartsWith("src/A/A.cs(3,34): error CS0103: ", lines[1]);
        Assert.AreEqual("A             2      -        -         -             -          -", lines[3]);
    }

    [TestMethod]
    public void Check_WithJson_PrintsOneDocument()
    {
        _repository.Write("src/A/A.cs", "public class A { decimal _m; }");
        _repository.WriteProject("src/A/A.nfproj", ["A.cs"]);

        Assert.AreEqual(CommandLine.Found, Run("check", "--json"));

        using var document = JsonDocument.Parse(_output.ToString());
        var assembly = document.RootElement.GetProperty("assemblies")[0];
        Assert.AreEqual("A", assembly.GetProperty("name").GetString());
        Assert.AreEqual("src/A/A.nfproj", assembly.GetProperty("project").GetString());
        Assert.IsFalse(assembly.GetProperty("compiled").GetBoolean());
        var errors = assembly.GetProperty("errors").EnumerateArray().ToArray();
        Assert.HasCount(document.RootElement.GetProperty("errors").GetInt32(), errors);
        var finding = errors.Single(e => e.GetProperty("id").GetString() == "NANO030");
        Assert.AreEqual("src/A/A.cs", finding.GetProperty("file").GetString());
        Assert.AreEqual(1, finding.GetProperty("line").GetInt32());
        Assert.AreEqual(18, finding.GetProperty("column").GetInt32());
    }

    [TestMethod]
    public void Check_OfOneProject_LeavesTheOthersOut()
    {
        var project = _repository.WriteProject("src/A/A.nfproj");
        _repository.WriteProject("src/B/B.nfproj", ["Gone.cs"]);

        Assert.AreEqual(CommandLine.Clean, Run("check", Path.GetRelativePath(_repository.Root, project)));
    }

    [TestMethod]
    public void Check_WithASymbol_CompilesWhatItGuards()
    {
        _repository.Write("src/A/A.cs", "#if IOTNET_POSIX_NAMES\n#error seen\n#endif");
        _repository.WriteProject("src/A/A.nfproj", ["A.cs"]);

        Assert.AreEqual(CommandLine.Clean, Run("check"));
        Assert.AreEqual(CommandLine.Found, Run("check", "--define", "IOTNET_POSIX_NAMES"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("bogus")]
    [DataRow("check --bogus")]
    [DataRow("check Gone.nfproj")]
    [DataRow("check A.csproj")]
    [DataRow("check")]
    [DataRow("emit")]
    public void Run_OfSomethingItCannotDo_EndsWithTwoAndSaysWhy(string arguments)
    {
        Assert.AreEqual(CommandLine.BadUsage, Run(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.AreEqual("", _output.ToString());
        Assert.StartsWith("nano-surface: ", _error.ToString());
    }

    [TestMethod]
    public void Run_OutsideARepository_EndsWithTwo()
    {
        var command = new CommandLine(_output, _error, Path.GetPathRoot(_repository.Root)!);

        Assert.AreEqual(CommandLine.BadUsage, command.Run(["check"]));
        Assert.Contains("expected IoTNet.sln or .git", _error.ToString());
    }

    [TestMethod]
    public void Help_OfTheTool_HoldsExamples()
    {
        Assert.AreEqual(CommandLine.Clean, Run("--help"));

        Assert.Contains("nano-surface check src/IoTNet/IoTNet.nfproj", _output.ToString());
    }

    [TestMethod]
    public void Rules_OfTheTool_NameEveryRule()
    {
        Assert.AreEqual(CommandLine.Clean, Run("rules"));

        foreach (var rule in RuleTable.All)
        {
            Assert.Contains($"{rule.Id}  {rule.What}", _output.ToString());
        }
    }

    [TestMethod]
    public void Emit_IntoANewFolder_WritesEveryReferenceAssembly()
    {
        Assert.AreEqual(CommandLine.Clean, Run("emit", "out/refs"));

        CollectionAssert.AreEquivalent(
            ApiSet.BuiltIn.Assemblies.Select(a => a.Name + ".dll").ToArray(),
            Directory.GetFiles(Path.Combine(_repository.Root, "out/refs")).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public void Sync_Twice_WritesOnce()
    {
        _repository.WriteProduct();
        _repository.Write("src/A/A.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework><NanoCode>true</NanoCode><Description>An A.</Description>
              </PropertyGroup>
            </Project>
            """);

        Assert.AreEqual(CommandLine.Clean, Run("sync"), _error.ToString() + _output);
        Assert.AreEqual(CommandLine.Clean, Run("sync"));

        CollectionAssert.AreEquivalent(
            new[]
            {
                "src/A/A.nfproj: written", "src/A/A.nuspec: written", "src/A/packages.config: written",
                "src/A/Properties/AssemblyInfo.cs: written", "IoTNet.sln: written",
            },
            Lines());
    }

    [TestMethod]
    public void Sync_OfWhatDoesNotCompile_EndsWithOneAndNamesTheProject()
    {
        _repository.WriteProduct();
        _repository.Write("boards/apps/A/A.cs", "class A { Missing M; }");
        _repository.WriteProject("boards/apps/A/A.nfproj");

        Assert.AreEqual(CommandLine.Found, Run("sync"));

        Assert.StartsWith("boards/apps/A/A.nfproj: error NANO105: does not compile for nanoFramework", Lines()[^1]);
    }

    private int Run(params string[] arguments) =>
        new CommandLine(_output, _error, _repository.Root).Run(arguments);

    private string[] Lines() =>
        _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
