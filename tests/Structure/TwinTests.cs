using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.Api;
using NanoSurface.Projects;
using NanoSurface.Rules;

namespace IoTNet.Structure.Tests;

/// <summary>X.csproj and X.nfproj stand side by side; what can only run on a device has a .nfproj alone.</summary>
[TestClass]
public class TwinTests
{
    [TestMethod]
    public void DesktopProjects_OfNanoCode_HaveANanoTwin()
    {
        Lists.AssertSame(
            House.Desktop.Where(p => p.IsNanoCode).Select(p => Name(p.Path)),
            House.Nano.Where(p => !IsForDevicesOnly(p)).Select(p => Name(p.Path)));
    }

    [TestMethod]
    public void NanoProjects_WithoutADesktopTwin_AreThoseOfABoard()
    {
        foreach (var project in House.Nano.Where(IsForDevicesOnly))
        {
            // What runs anywhere is developed and tested on the desktop.
            Assert.MatchesRegex("^(boards/(esp32|stm32)/|tests/Conformance/Device/)", House.Relative(project.Path));
        }
    }

    [TestMethod]
    public void NanoProjects_OfTheHouse_ReferenceWhatIsThere()
    {
        var findings = House.Nano.SelectMany(p => ProjectRules.Check(p, House.Repository, ApiSet.BuiltIn));

        Assert.AreEqual("", string.Join("\n", findings));
    }

    [TestMethod]
    public void NanoProjects_OfTheHouse_HaveIdsOfTheirOwn()
    {
        CollectionAssert.AllItemsAreUnique(House.Nano.Select(p => p.Id).ToArray());
    }

    private static bool IsForDevicesOnly(NanoProject project) => !File.Exists(Path.ChangeExtension(project.Path, ".csproj"));

    private static string Name(string project) => House.Relative(Path.ChangeExtension(project, null));
}
