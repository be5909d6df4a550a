using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Api;
using NanoSurface.Projects;
using NanoSurface.Rules;

namespace IoTNet.Structure.Tests;

/// <summary>X.csproj and X.nfproj stand side by side and say the same.</summary>
[TestClass]
public class TwinTests
{
    [TestMethod]
    public void DesktopProjects_OfNanoCode_HaveANanoTwinAndNoOthersDo()
    {
        CollectionAssert.AreEqual(
            House.Desktop.Where(p => p.IsNanoCode).Select(p => Name(p.Path)).ToArray(),
            House.Twins.Select(p => Name(p.Path)).ToArray());
    }

    [TestMethod]
    public void NanoProjects_OfOneBoard_CompileTheirFolderAndHaveNoTwin()
    {
        foreach (var nano in House.Nano.Except(House.Twins))
        {
            Assert.IsFalse(File.Exists(Path.ChangeExtension(nano.Path, ".csproj")), House.Relative(nano.Path));
            Lists.AssertSame(
                DeviceOnly.Sources(nano.Path).Select(House.Relative), nano.Sources.Select(s => House.Relative(s.Path)),
                "sync-nfproj");
        }
    }

    [TestMethod]
    public void Projects_OfOneName_CompileTheSameSources()
    {
        foreach (var nano in House.Twins)
        {
            var desktop = House.Desktop.Single(d => Name(d.Path) == Name(nano.Path));
            Lists.AssertSame(
                desktop.Sources.Select(House.Relative), nano.Sources.Select(s => House.Relative(s.Path)), "sync-nfproj");
        }
    }

    [TestMethod]
    public void NanoProjects_OfTheHouse_ReferenceWhatIsThere()
    {
        var findings = House.Nano.SelectMany(p => ProjectRules.Check(p, House.Repository, ApiSet.BuiltIn));

        Assert.AreEqual("", string.Join("\n", findings));
    }

    [TestMethod]
    public void PackagesConfig_OfAFolder_NamesThePackagesOfItsProjects()
    {
        foreach (var folder in House.Nano.GroupBy(p => p.PackagesConfig))
        {
            var expected = folder.SelectMany(p => p.References).Select(r => PackageOf(r.Name)).Distinct()
                .Order(StringComparer.OrdinalIgnoreCase).ToArray();

            var packages = XDocument.Load(folder.Key).Root!.Elements("package").ToArray();

            CollectionAssert.AreEqual(
                expected, packages.Select(p => $"{p.Attribute("id")?.Value} {p.Attribute("version")?.Value}").ToArray(),
                House.Relative(folder.Key));
            Assert.IsTrue(packages.All(p => p.Attribute("targetFramework")?.Value == "netnano1.0"), folder.Key);
        }
    }

    [TestMethod]
    public void NanoProjects_WithoutTheProjectSystem_AreBuiltByTheStandIn()
    {
        const string Missing = "!Exists('$(NanoFrameworkProjectSystemPath)NFProjectSystem.CSharp.targets')";
        var standIn = Path.Combine(House.Repository.Root, "tools", "nfproj", "NoNano.targets");
        foreach (var nano in House.Nano)
        {
            var import = XDocument.Load(nano.Path).Root!.Elements().Where(e => e.Name.LocalName == "Import")
                .SingleOrDefault(e => e.Attribute("Condition")?.Value == Missing);

            Assert.IsNotNull(import, $"{Name(nano.Path)}: no Import with the condition {Missing}");
            Assert.AreEqual(
                standIn, Path.GetFullPath(import.Attribute("Project")!.Value.Replace('\\', '/'), nano.Folder));
        }
    }

    [TestMethod]
    public void NanoProjects_OfTheHouse_HaveIdsOfTheirOwn()
    {
        CollectionAssert.AllItemsAreUnique(House.Nano.Select(p => p.Id).ToArray());
    }

    private static string PackageOf(string assembly)
    {
        // The launcher comes in the same package as the test framework.
        var api = ApiSet.BuiltIn.Find(
            assembly == "nanoFramework.UnitTestLauncher" ? "nanoFramework.TestFramework" : assembly)!;
        return $"{api.PackageId} {api.PackageVersion}";
    }

    private static string Name(string project) => House.Relative(Path.ChangeExtension(project, null));
}
