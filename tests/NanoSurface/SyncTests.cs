using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Projects;
using NanoSurface.References;
using NanoSurface.Sync;

namespace NanoSurface.Tests;

/// <summary>What follows from a .csproj, or from a .nfproj that stands alone.</summary>
[TestClass]
public sealed class SyncTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public SyncTests() => _repository.WriteProduct();

    public void Dispose() => _repository.Dispose();

    [TestMethod]
    public void Sync_OfADesktopProject_MakesItsTwin()
    {
        _repository.Write("shared/S.cs", "public class S { }");
        _repository.Write("src/A/A.cs", "public class A { }");
        _repository.Write("src/B/B.cs", "public class B : A { }");
        Sync(Desktop("src/A/A.csproj", ["src/A/A.cs"]) with { Description = "An <A>.", Friends = ["B", "A.Tests"] },
            Desktop("src/B/B.csproj", ["src/B/B.cs", "shared/S.cs"], "src/A/A.csproj") with { Constants = ["IOTNET_B"], RootNamespace = "Root" });

        var twin = Read("src/B/B.nfproj");

        Assert.AreEqual(("B", "Root", "IOTNET_B"), (twin.AssemblyName, twin.RootNamespace, twin.Constants.Single()));
        CollectionAssert.AreEqual(
            new[] { "..\\..\\shared\\S.cs", "B.cs", "Properties\\AssemblyInfo.cs" }, twin.Sources.Select(s => s.Include).ToArray());
        CollectionAssert.AreEqual(new[] { "..\\A\\A.nfproj" }, twin.ProjectReferences.Select(r => r.Include).ToArray());
        Assert.AreEqual("An <A>.", Read("src/A/A.nfproj").Description);
        Assert.IsEmpty(_repository.Check(twin.Path).SelectMany(r => r.Findings));
        var attributes = Text("src/A/Properties/AssemblyInfo.cs");
        Assert.Contains("[assembly: InternalsVisibleTo(\"B\")]\n", attributes);
        Assert.DoesNotContain("A.Tests", attributes);
        Assert.Contains("[assembly: AssemblyVersion(\"1.2.3.0\")]\n[assembly: AssemblyFileVersion(\"1.2.3.0\")]\n", attributes);
        Assert.Contains("[assembly: AssemblyCopyright(\"(c) \\\"them\\\"\")]\n", attributes);
    }

    [TestMethod]
    public void Sync_OfAProjectThatIsThere_KeepsItsIdAndNothingElse()
    {
        var id = Read(_repository.WriteProject("src/A/A.nfproj", ["Gone.cs"], ["System.Net"])).Id;

        Sync(Desktop("src/A/A.csproj", []));

        var twin = Read("src/A/A.nfproj");
        Assert.AreEqual(id, twin.Id);
        Assert.AreEqual("mscorlib", twin.References.Single().Name);
        Assert.AreEqual("Properties\\AssemblyInfo.cs", twin.Sources.Single().Include);
    }

    [TestMethod]
    public void Sync_OfNewProjects_GivesEachTheIdOfItsPath()
    {
        Sync(Desktop("src/A/A.csproj", []), Desktop("src/B/B.csproj", []));

        Assert.AreEqual(Solution.MakeId("src/A/A.nfproj"), Read("src/A/A.nfproj").Id);
        Assert.AreEqual(Solution.MakeId("src/B/B.nfproj"), Read("src/B/B.nfproj").Id);
        Assert.Contains(Read("src/B/B.nfproj").Id.ToString().ToUpperInvariant(), Text("IoTNet.sln"));
    }

    [TestMethod]
    [DataRow("using System; public class A { }", "mscorlib")]
    [DataRow("public class A { System.IO.Stream S; }", "mscorlib nanoFramework.System.Text System.IO.Streams")]
    [DataRow("public class A { int O = (int)System.Net.Sockets.SocketType.Stream; }",
        "mscorlib nanoFramework.Runtime.Events nanoFramework.System.Text System.IO.Streams System.Net System.Threading")]
    public void Sync_OfSources_ReferencesWhatTheyUseAndWhatThatNeeds(string code, string expected)
    {
        _repository.Write("boards/common/A.cs", code);

        Sync(Desktop("boards/common/A.csproj", ["boards/common/A.cs"]));

        var project = Read("boards/common/A.nfproj");
        Assert.AreEqual(expected, string.Join(' ', project.References.Select(r => r.Name)));
        Assert.IsEmpty(_repository.Check(project.Path).Single().Findings);
        Assert.HasCount(project.References.Count, XDocument.Parse(Text("boards/common/packages.config")).Root!.Elements());
    }

    [TestMethod]
    public void Sync_OfADeviceProject_TakesTheFilesOfItsFolderAndKeepsItsProjects()
    {
        _repository.Write("boards/b/B.cs", "public class B { nanoFramework.Hardware.Esp32.Sleep.WakeupCause C; }");
        _repository.Write("boards/b/Deep/D.cs", "public class D { }");
        _repository.Write("boards/b/bin/O.cs", "not C#");
        _repository.Write("boards/b/App/Program.cs", "class P { static void Main() { new A(); new B(); } }");
        _repository.Write("boards/a/A.cs", "public class A { System.IO.Stream S; }");
        _repository.WriteProject("boards/a/A.nfproj");
        _repository.Write("boards/shared/S.cs", "public class S { }");
        _repository.WriteProject("boards/b/B.nfproj", ["Gone.cs", "..\\shared\\S.cs"], projects: ["..\\a\\A.nfproj"], properties: "<Description>A board.</Description>");
        var app = _repository.WriteProject("boards/b/App/App.nfproj", projects: ["..\\B.nfproj"]);
        File.WriteAllText(app, File.ReadAllText(app).Replace(">Library<", ">Exe<"));
        // What A and B reference is not A's to say, but an image holds all of it.
        File.WriteAllText(app, File.ReadAllText(app).Replace("..\\B.nfproj\" />", "..\\B.nfproj\" /><ProjectReference Include=\"..\\..\\a\\A.nfproj\" />"));

        Sync();

        var board = Read("boards/b/B.nfproj");
        CollectionAssert.AreEqual(
            new[] { "..\\shared\\S.cs", "B.cs", "Deep\\D.cs", "Properties\\AssemblyInfo.cs" }, board.Sources.Select(s => s.Include).ToArray());
        Assert.AreEqual("..\\a\\A.nfproj", board.ProjectReferences.Single().Include);
        Assert.AreEqual("A board.", board.Description);
        var image = Read("boards/b/App/App.nfproj");
        Assert.IsTrue(image.IsExe);
        Assert.AreEqual(
            "mscorlib nanoFramework.Hardware.Esp32 nanoFramework.Runtime.Events nanoFramework.System.Text System.IO.Streams",
            string.Join(' ', image.References.Select(r => r.Name)));
        Assert.IsEmpty(_repository.Check(image.Path).SelectMany(r => r.Findings));
    }

    [TestMethod]
    public void Sync_OfAnImage_ReferencesEveryProjectThatGoesIntoIt()
    {
        _repository.Write("boards/App/Program.cs", "class P { static void Main() { new B(); } }");
        _repository.Write("src/B/B.cs", "public class B { object O = new A(); }");
        _repository.Write("src/A/A.cs", "public class A { System.IO.Stream S; }");
        var app = _repository.WriteProject("boards/App/App.nfproj", projects: ["..\\..\\src\\B\\B.nfproj"]);
        File.WriteAllText(app, File.ReadAllText(app).Replace(">Library<", ">Exe<"));

        Sync(Desktop("src/A/A.csproj", ["src/A/A.cs"]), Desktop("src/B/B.csproj", ["src/B/B.cs"], "src/A/A.csproj"));

        var image = Read("boards/App/App.nfproj");
        CollectionAssert.AreEqual(
            new[] { "..\\..\\src\\A\\A.nfproj", "..\\..\\src\\B\\B.nfproj" }, image.ProjectReferences.Select(r => r.Include).ToArray());
        Assert.Contains("System.IO.Streams", image.References.Select(r => r.Name));
    }

    [TestMethod]
    public void Sync_OfATestProject_AddsTheFrameworkAndItsLauncher()
    {
        Sync(Desktop("tests/T/T.csproj", []) with { IsTest = true });

        var test = Read("tests/T/T.nfproj");
        Assert.AreEqual("NFUnitTest", test.AssemblyName);
        Assert.AreEqual(
            "mscorlib nanoFramework.TestFramework nanoFramework.UnitTestLauncher", string.Join(' ', test.References.Select(r => r.Name)));
        Assert.HasCount(2, XDocument.Parse(Text("tests/T/packages.config")).Root!.Elements());
        Assert.IsFalse(File.Exists(Path.Combine(_repository.Root, "tests/T/Properties/AssemblyInfo.cs")));
    }

    [TestMethod]
    public void Sync_OfTwoBuildsOfAnAssembly_KeepsThemApartAndPacksOne()
    {
        Sync(Desktop("src/A/A.csproj", []), Desktop("src/A/A.Small.csproj", []) with { AssemblyName = "A", Constants = ["IOTNET_SMALL"] });

        Assert.Contains("<OutputPath>bin\\A.Small\\$(Configuration)\\</OutputPath>", Text("src/A/A.Small.nfproj"));
        Assert.Contains("<BaseIntermediateOutputPath>obj\\A.Small\\</BaseIntermediateOutputPath>", Text("src/A/A.Small.nfproj"));
        Assert.DoesNotContain("OutputPath", Text("src/A/A.nfproj"));
        Assert.IsFalse(File.Exists(Path.Combine(_repository.Root, "src/A/A.Small.nuspec")));
    }

    [TestMethod]
    public void Sync_OfALibrary_PacksItWithWhatItNeeds()
    {
        _repository.Write("src/A/README.md", "# A");
        _repository.Write("src/A/A.cs", "public class A { System.IO.Stream S; }");
        Sync(Desktop("src/A/A.csproj", ["src/A/A.cs"], "src/B/B.csproj"), Desktop("src/B/B.csproj", []));

        var package = XDocument.Parse(Text("src/A/A.nuspec")).Root!;
        CollectionAssert.AreEqual(
            new[] { "nanoFramework.CoreLibrary 1.17.11", "nanoFramework.System.IO.Streams 1.1.96", "nanoFramework.System.Text 1.3.42", "B 1.2.3" },
            Named(package, "dependency").Select(d => $"{d.Attribute("id")!.Value} {d.Attribute("version")!.Value}").ToArray());
        CollectionAssert.AreEqual(
            new[]
            {
                @"bin\Release\A.dll>lib\A.dll", @"bin\Release\A.pdb>lib\A.pdb", @"bin\Release\A.pdbx>lib\A.pdbx",
                @"bin\Release\A.pe>lib\A.pe", @"bin\Release\A.xml>lib\A.xml", @"README.md>docs\README.md",
            },
            Named(package, "file").Select(f => $"{f.Attribute("src")!.Value}>{f.Attribute("target")!.Value}").ToArray());
        Assert.AreEqual("..\\..\\README.md", Named(XDocument.Parse(Text("src/B/B.nuspec")).Root!, "file").Last().Attribute("src")!.Value);
    }

    [TestMethod]
    [DataRow("boards/apps/A/A", false)]
    [DataRow("tests/A/A", false)]
    [DataRow("boards/b/A", true)]
    public void Sync_OfALibraryElsewhere_PacksThoseOfBoards(string project, bool isPacked)
    {
        Sync(Desktop(project + ".csproj", []));

        Assert.AreEqual(isPacked, File.Exists(Path.Combine(_repository.Root, project + ".nuspec")));
    }

    [TestMethod]
    public void Make_OfAPackageWithoutADescription_SaysSo()
    {
        var problem = Plan(Desktop("src/A/A.csproj", []) with { Description = "" }).Problems.Single();

        Assert.AreEqual("expected a <Description> in the project: its package shows it", problem.Message);
    }

    [TestMethod]
    public void Make_OfAPackageThatNeedsWhatIsNone_NamesIt()
    {
        var problem = Plan(Desktop("src/A/A.csproj", [], "tests/B/B.csproj"), Desktop("tests/B/B.csproj", [])).Problems.Single();

        Assert.AreEqual("it is a package, so it cannot reference B, which is none", problem.Message);
    }

    [TestMethod]
    public void Make_BesideADesktopProjectThatIsNoNanoCode_SaysSo()
    {
        _repository.WriteProject("tests/A/A.nfproj");

        var problem = Plan(Desktop("tests/A/A.csproj", []) with { IsNanoCode = false }).Problems.Single();

        Assert.StartsWith("the .csproj of the same name beside it does not say <NanoCode>", problem.Message);
    }

    [TestMethod]
    public void Make_OfSourcesThatDoNotCompile_KeepsTheReferencesAndListsTheSources()
    {
        _repository.Write("src/A/A.cs", "public class A { Missing M; }");
        _repository.WriteProject("src/A/A.nfproj", references: ["mscorlib", "System.IO.Streams"]);

        var plan = Plan(Desktop("src/A/A.csproj", ["src/A/A.cs"]));

        var text = plan.Files.Single(f => f.Path.EndsWith(".nfproj", StringComparison.Ordinal)).Text;
        Assert.Contains("<Reference Include=\"System.IO.Streams\">", text);
        Assert.Contains("<Compile Include=\"A.cs\" />", text);
        Assert.StartsWith("does not compile for nanoFramework", plan.Problems.Single().Message);
    }

    [TestMethod]
    public void Make_OverAProjectThatDoesNotCompile_KeepsTheReferencesAndBlamesThatOne()
    {
        _repository.Write("src/A/A.cs", "public class A { Missing M; }");
        _repository.Write("src/B/B.cs", "public class B { A A; }");
        _repository.WriteProject("src/B/B.nfproj", references: ["mscorlib", "System.IO.Streams"]);

        var plan = Plan(Desktop("src/A/A.csproj", ["src/A/A.cs"]), Desktop("src/B/B.csproj", ["src/B/B.cs"], "src/A/A.csproj"));

        var text = plan.Files.Single(f => f.Path.EndsWith("B.nfproj", StringComparison.Ordinal)).Text;
        Assert.Contains("<Reference Include=\"System.IO.Streams\">", text);
        Assert.DoesNotContain("<Reference Include=\"System.Net\">", text);
        Assert.EndsWith("A.nfproj", plan.Problems.Single().Path);
    }

    [TestMethod]
    [DataRow("<Version>1.2.3</Version>", "", "expected one <Version> with a text")]
    [DataRow("<Authors>some people</Authors>", "<Authors> </Authors>", "expected one <Authors> with a text")]
    [DataRow("<Project>", "<Projekt>", "")]
    public void Make_WithoutWhatAssembliesSayOfThemselves_NamesTheFile(string right, string wrong, string message)
    {
        _repository.Write("Directory.Build.props", Text("Directory.Build.props").Replace(right, wrong));

        var e = Assert.ThrowsExactly<InvalidOperationException>(() => Plan());

        Assert.StartsWith("Directory.Build.props: " + message, e.Message);
    }

    private SyncPlan Plan(params DesktopProject[] desktop)
    {
        foreach (var project in desktop)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(project.Path)!);
        }
        return SyncPlan.Make(new Repository(_repository.Root), ReferenceLibrary.BuiltIn, desktop);
    }

    /// <summary>Writes what follows, and looks whether it follows from itself as well.</summary>
    private void Sync(params DesktopProject[] desktop)
    {
        foreach (var file in Plan(desktop).Files)
        {
            _repository.Write(Path.GetRelativePath(_repository.Root, file.Path), file.Text);
        }
        Assert.AreEqual("", string.Join('\n', Plan(desktop).Files.Where(f => !f.IsCurrent).Select(f => f.Path)));
    }

    private DesktopProject Desktop(string path, string[] sources, params string[] projects) => new(
        Full(path), true, false, Path.GetFileNameWithoutExtension(path), "IoTNet", "Something.", [], [],
        sources.Select(Full).ToArray(), projects.Select(Full).ToArray());

    private string Full(string path) => Path.Combine(_repository.Root, path);

    private string Text(string path) => File.ReadAllText(Full(path));

    private NanoProject Read(string path) => ProjectReader.Read(Full(path));

    private static IEnumerable<XElement> Named(XElement root, string name) =>
        root.Descendants().Where(e => e.Name.LocalName == name);
}
