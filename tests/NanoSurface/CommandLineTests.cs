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
            "project   errors  types  methods  IL bytes  string bytes",
            "A              0      1        2        22             7",
            "LongName       0      0        0         0             0",
        ];
        CollectionAssert.AreEqual(expected, Lines());
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
        Assert.AreEqual("A             2      -        -         -             -", lines[3]);
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
    public void SyncNfproj_AfterAFileWasAdded_ListsWhatTheDesktopProjectHolds()
    {
        _repository.Write("src/A/A.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><Compile Remove="Left/**" /><Compile Include="../Shared.cs" /></ItemGroup>
            </Project>
            """);
        foreach (var source in new[] { "src/Shared.cs", "src/A/B.cs", "src/A/A.cs", "src/A/Left/Out.cs", "src/A/obj/O.cs" })
        {
            _repository.Write(source, "");
        }
        var project = _repository.WriteProject("src/A/A.nfproj", ["Gone.cs", "B.cs"]);

        Assert.AreEqual(CommandLine.Clean, Run("sync-nfproj"), _error.ToString());
        Assert.AreEqual("src/A/A.nfproj: written", Lines().Single());

        CollectionAssert.AreEqual(
            new[] { "..\\Shared.cs", "A.cs", "B.cs" }, NanoSurface.Projects.ProjectReader.Read(project).Sources.Select(s => s.Include).ToArray());
    }

    [TestMethod]
    public void SyncNfproj_WithoutADesktopProject_EndsWithTwo()
    {
        _repository.WriteProject("src/A/A.nfproj");

        Assert.AreEqual(CommandLine.BadUsage, Run("sync-nfproj"));
        Assert.Contains("src/A/A.nfproj: no .csproj of the same name beside it", _error.ToString());
    }

    [TestMethod]
    public void SyncNfproj_OfABoardsOwnProject_ListsItsFolderWithoutOtherProjects()
    {
        foreach (var source in new[] { "Link.cs", "Properties/Info.cs", "Echo/Program.cs", "obj/O.cs" })
        {
            _repository.Write("boards/esp32/" + source, "");
        }
        var board = _repository.WriteProject("boards/esp32/Board.nfproj", ["Gone.cs"]);
        var app = _repository.WriteProject("boards/esp32/Echo/Echo.nfproj");

        Assert.AreEqual(CommandLine.Clean, Run("sync-nfproj"), _error.ToString());

        CollectionAssert.AreEqual(new[] { "Link.cs", "Properties\\Info.cs" }, Includes(board));
        CollectionAssert.AreEqual(new[] { "Program.cs" }, Includes(app));
    }

    [TestMethod]
    public void SyncSln_Twice_WritesOnce()
    {
        _repository.Write("src/A/A.csproj", "<Project />");
        _repository.WriteProject("src/A/A.nfproj");

        Assert.AreEqual(CommandLine.Clean, Run("sync-sln"));
        Assert.AreEqual(CommandLine.Clean, Run("sync-sln"));

        Assert.AreEqual("IoTNet.sln: written", Lines().Single());
        var solution = File.ReadAllText(Path.Combine(_repository.Root, "IoTNet.sln"));
        Assert.Contains("\"A\", \"src\\A\\A.csproj\"", solution);
        Assert.Contains("\"A\", \"src\\A\\A.nfproj\"", solution);
    }

    private static string[] Includes(string project) =>
        NanoSurface.Projects.ProjectReader.Read(project).Sources.Select(s => s.Include).ToArray();

    private int Run(params string[] arguments) =>
        new CommandLine(_output, _error, _repository.Root).Run(arguments);

    private string[] Lines() =>
        _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
