using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Projects;
using NanoSurface.Rules;

namespace NanoSurface.Tests;

/// <summary>What a .nfproj says, and what is wrong with it.</summary>
[TestClass]
public sealed class ProjectTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [TestMethod]
    public void Read_OfLinkedSources_FollowsTheirPaths()
    {
        _repository.Write("shared/A.cs", "class A { }");
        _repository.Write("lib/Deep/B.cs", "class B : A { }");
        var project = _repository.WriteProject("lib/Lib.nfproj", ["..\\shared\\A.cs", "Deep\\B.cs"]);

        var report = _repository.Check(project).Single();

        Assert.IsEmpty(report.Findings);
        Assert.AreEqual(2, report.Size!.Types);
    }

    [TestMethod]
    public void Read_OfConditionalConstants_TakesThoseOfRelease()
    {
        const string Properties = """
            <DefineConstants Condition="'$(Configuration)' == 'Debug'">DEBUG</DefineConstants>
            <DefineConstants Condition=" '$(Configuration)|$(Platform)' == 'Release|AnyCPU' ">ONE;$(More)TWO</DefineConstants>
            <DefineConstants Condition="'$(Configuration)' != 'Release' or '$(Platform)' == 'AnyCPU' and '$(CI)' == '1'">$(DefineConstants);THREE</DefineConstants>
            <DefineConstants>$(DefineConstants);FOUR</DefineConstants>
            """;

        var project = ProjectReader.Read(_repository.WriteProject("Lib.nfproj", properties: Properties));

        CollectionAssert.AreEqual(new[] { "ONE", "TWO", "FOUR" }, project.Constants.ToArray());
    }

    [TestMethod]
    [DataRow("<Project><PropertyGroup>", "not XML: ", 1)]
    [DataRow("<Projekt />", "expected the root element <Project>, found <Projekt>", 1)]
    [DataRow("<Project />", "<AssemblyName> is missing", 1)]
    [DataRow("<Project>\n<PropertyGroup><AssemblyName>X</AssemblyName></PropertyGroup>\n</Project>", "<OutputType> is missing", 1)]
    [DataRow("<Project>\n<ItemGroup>\n<Compile Include=\"*.cs\" /></ItemGroup></Project>",
        "expected the name of one file in Include, found '*.cs'", 3)]
    [DataRow("<Project>\n<ItemGroup><Compile /></ItemGroup></Project>", "<Compile> has no Include", 2)]
    [DataRow("<Project>\n<PropertyGroup Condition=\"$(A) and $(B)\" /></Project>", "expected a condition", 2)]
    public void Check_OfAnUnusableProject_SaysWhereAndWhy(string text, string message, int line)
    {
        var report = _repository.Check(_repository.Write("Bad.nfproj", text)).Single();

        var finding = report.Findings.Single();
        Assert.AreEqual(ProjectRules.UnusableProject.Id, finding.Id);
        Assert.StartsWith(message, finding.Message);
        Assert.AreEqual(line, finding.Line);
        Assert.EndsWith("Bad.nfproj", finding.Path);
    }

    [TestMethod]
    public void Check_OfAMissingSource_NamesItAndItsLine()
    {
        var project = _repository.WriteProject("Lib.nfproj", ["Gone.cs"]);

        var finding = _repository.Check(project).Single().Findings.Single();

        Assert.StartsWith("no such file: Gone.cs", finding.Message);
        Assert.Contains("Gone.cs", File.ReadLines(project).ElementAt(finding.Line - 1));
    }

    [TestMethod]
    public void Check_OfAProjectThatReferencesAnother_ChecksTheOtherFirst()
    {
        _repository.Write("a/A.cs", "public class A { }");
        _repository.WriteProject("a/A.nfproj", ["A.cs"]);
        _repository.Write("b/B.cs", "public class B : A { }");
        var project = _repository.WriteProject("b/B.nfproj", ["B.cs"], projects: ["..\\a\\A.nfproj"]);

        var reports = _repository.Check(project);

        CollectionAssert.AreEqual(new[] { "A", "B" }, reports.Select(r => r.Name).ToArray());
        Assert.IsEmpty(reports.SelectMany(r => r.Findings));
    }

    [TestMethod]
    public void Check_OfAProjectWhoseReferenceDoesNotCompile_FindsNoFurtherErrors()
    {
        _repository.Write("a/A.cs", "public class A { Missing M; }");
        _repository.WriteProject("a/A.nfproj", ["A.cs"]);
        _repository.Write("b/B.cs", "public class B : A { }");
        var project = _repository.WriteProject("b/B.nfproj", ["B.cs"], projects: ["..\\a\\A.nfproj"]);

        var reports = _repository.Check(project);

        CollectionAssert.AreEqual(
            new[] { "CS0246" }, reports.SelectMany(r => r.Findings).Select(f => f.Id).Distinct().ToArray());
    }

    [TestMethod]
    public void Check_OfACircle_EndsAndNamesIt()
    {
        _repository.WriteProject("a/A.nfproj", projects: ["..\\b\\B.nfproj"]);
        var project = _repository.WriteProject("b/B.nfproj", projects: ["..\\a\\A.nfproj"]);

        var finding = _repository.Check(project).SelectMany(r => r.Findings).Single();

        Assert.AreEqual("..\\b\\B.nfproj is missing, unusable or references back", finding.Message);
    }

    [TestMethod]
    public void Check_OfAReferenceToSystemNetUnderSrc_IsAFinding()
    {
        string[] references =
        [
            "mscorlib", "System.Net", "System.IO.Streams", "System.Threading", "nanoFramework.Runtime.Events",
            "nanoFramework.System.Text",
        ];
        var core = _repository.WriteProject("src/Core/Core.nfproj", references: references);
        var board = _repository.WriteProject("boards/common/Board.nfproj", references: references);

        var reports = _repository.Check(core, board);

        Assert.AreEqual(ProjectRules.NetworkInCore.Id, reports[0].Findings.Single().Id);
        Assert.IsEmpty(reports[1].Findings);
    }

    [TestMethod]
    public void Check_OfAReferenceWithoutWhatItNeeds_NamesEachMissingOne()
    {
        var project = _repository.WriteProject("Lib.nfproj", references: ["mscorlib", "System.IO.Streams"]);

        var finding = _repository.Check(project).Single().Findings.Single();

        Assert.AreEqual(ProjectRules.MissingReference.Id, finding.Id);
        Assert.StartsWith("System.IO.Streams needs nanoFramework.System.Text", finding.Message);
    }

    [TestMethod]
    [DataRow("1.17.11", "1.17.0")]
    [DataRow("packages\\nano", "..\\packages\\nano")]
    [DataRow("lib\\mscorlib.dll", "lib\\corlib.dll")]
    public void Check_OfAHintPathThatLeadsElsewhere_SaysWhereItShould(string right, string wrong)
    {
        var path = _repository.WriteProject("Lib.nfproj", references: ["mscorlib"]);
        File.WriteAllText(path, File.ReadAllText(path).Replace(right, wrong));

        var finding = _repository.Check(path).Single().Findings.Single();

        Assert.AreEqual(ProjectRules.HintPath.Id, finding.Id);
        Assert.StartsWith(
            "expected packages/nanoFramework.CoreLibrary.1.17.11/lib/mscorlib.dll, found ", finding.Message);
    }

    [TestMethod]
    public void Check_OfAnAssemblyWithoutFacts_IsAFinding()
    {
        var path = _repository.WriteProject("Lib.nfproj", references: ["mscorlib"]);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"mscorlib\"", "\"System.Linq\""));

        var findings = _repository.Check(path).Single().Findings;

        Assert.Contains(f => f.Id == ProjectRules.UnknownAssembly.Id, findings);
    }

    [TestMethod]
    public void Check_OfATestProject_TakesTheLauncherFromTheTestFramework()
    {
        var path = _repository.WriteProject("Tests.nfproj", references: ["mscorlib", "nanoFramework.TestFramework"]);
        var text = File.ReadAllText(path);
        var start = text.IndexOf("    <Reference Include=\"nanoFramework.TestFramework\"", StringComparison.Ordinal);
        var end = text.IndexOf("</Reference>", start, StringComparison.Ordinal) + "</Reference>".Length;
        var launcher = text[start..end].Replace("Include=\"nanoFramework.TestFramework", "Include=\"nanoFramework.UnitTestLauncher")
            .Replace("nanoFramework.TestFramework.dll", "nanoFramework.UnitTestLauncher.exe");
        File.WriteAllText(path, text.Insert(end, "\n" + launcher));

        Assert.IsEmpty(_repository.Check(path).Single().Findings);
    }

    [TestMethod]
    public void Check_OfAProjectWithoutAnId_IsAFinding()
    {
        var path = _repository.WriteProject("Lib.nfproj");
        var lines = File.ReadAllLines(path).Where(l => !l.Contains("<ProjectGuid>", StringComparison.Ordinal));
        File.WriteAllLines(path, lines);

        Assert.StartsWith("<ProjectGuid> is missing", _repository.Check(path).Single().Findings.Single().Message);
    }

    [TestMethod]
    public void Projects_OfARepository_LeaveOutWhatIsBuilt()
    {
        foreach (var folder in new[] { "src/A", "artifacts/A", "packages/A", "src/A/bin", "src/A/obj", ".hidden" })
        {
            _repository.WriteProject($"{folder}/A.nfproj");
        }
        var repository = new Repository(_repository.Root);

        CollectionAssert.AreEqual(
            new[] { "src/A/A.nfproj" }, repository.Projects(".nfproj").Select(repository.Relative).ToArray());
    }
}
