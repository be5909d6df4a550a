using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace IoTNet.Structure.Tests;

[TestClass]
public class RepositoryTests
{
    private static readonly string[] TopLevel =
    [
        "src", "tests", "boards", "tools", "IoTNet.sln", "nuget.config", "README.md", "LICENSE", "global.json",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
    ];

    /// <summary>What a build leaves there; .gitignore names them.</summary>
    private static readonly string[] Built = ["artifacts", "packages", "TestResults"];

    [TestMethod]
    public void TopLevel_OfTheRepository_HoldsNothingElse()
    {
        var others = Directory.EnumerateFileSystemEntries(House.Repository.Root).Select(p => Path.GetFileName(p))
            .Where(n => !n.StartsWith('.')).Except(TopLevel).Except(Built);

        Assert.AreEqual("", string.Join("\n", others));
    }

    [TestMethod]
    public void NuGetConfig_OfTheRepository_NamesNoSource()
    {
        var settings = XDocument.Load(Path.Combine(House.Repository.Root, "nuget.config")).Root!;

        CollectionAssert.AreEqual(new[] { "config" }, settings.Elements().Select(e => e.Name.LocalName).ToArray());
        CollectionAssert.AreEqual(
            new[] { "repositoryPath=packages" },
            settings.Descendants("add").Select(a => $"{a.Attribute("key")?.Value}={a.Attribute("value")?.Value}").ToArray());
    }

    [TestMethod]
    [DataRow("Directory.Build.props")]
    [DataRow("Directory.Build.targets")]
    [DataRow("Directory.Packages.props")]
    public void DesktopSettings_OfTheRepository_DoNotReachANanoProject(string file)
    {
        var groups = XDocument.Load(Path.Combine(House.Repository.Root, file)).Root!.Elements();

        foreach (var group in groups)
        {
            Assert.Contains("'$(MSBuildProjectExtension)' == '.csproj'", group.Attribute("Condition")?.Value ?? "");
        }
    }

    [TestMethod]
    public void Sources_OfNanoCode_HoldNoUnfinishedBusiness()
    {
        // In two parts, so that this line is not found by a search for the word.
        const string Word = "TO" + "DO";
        var found = House.Nano.SelectMany(p => p.Sources).Select(s => s.Path).Distinct()
            .Where(p => Regex.IsMatch(File.ReadAllText(p), $@"\b{Word}\b", RegexOptions.IgnoreCase));

        Assert.AreEqual("", string.Join("\n", found.Select(House.Relative)));
    }
}
