using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoSurface.References;
using NanoSurface.Sync;

namespace IoTNet.Structure.Tests;

/// <summary>What the device's toolchain and NuGet read is what follows from the desktop projects and the tables.</summary>
[TestClass]
public class SyncTests
{
    private static readonly SyncPlan s_plan =
        SyncPlan.Make(House.Repository, ReferenceLibrary.BuiltIn, House.Desktop);

    [TestMethod]
    public void Sync_OfTheHouse_WouldWriteNothing()
    {
        var stale = s_plan.Files.Where(f => !f.IsCurrent).Select(f => House.Relative(f.Path) + FirstDifference(f));

        Assert.AreEqual("", string.Join("\n", stale), Lists.Remedy);
    }

    [TestMethod]
    public void Sync_OfTheHouse_LeavesNothingOpen()
    {
        Assert.AreEqual("", string.Join("\n", s_plan.Problems));
    }

    [TestMethod]
    public void Files_ThatSyncWrites_AreAllThatThereAre()
    {
        string[] extensions = [".nfproj", ".nuspec"];
        Lists.AssertSame(
            s_plan.Files.Where(f => extensions.Contains(Path.GetExtension(f.Path))).Select(f => House.Relative(f.Path)),
            extensions.SelectMany(House.Repository.Projects).Select(House.Relative));
    }

    private static string FirstDifference(SyncedFile file)
    {
        if (!File.Exists(file.Path))
        {
            return ": missing";
        }
        var expected = file.Text.Split('\n');
        var actual = File.ReadAllText(file.Path).Split('\n');
        var same = expected.Zip(actual).TakeWhile(lines => lines.First == lines.Second).Count();
        return $"({same + 1}): expected '{expected.ElementAtOrDefault(same)}', found '{actual.ElementAtOrDefault(same)}'";
    }
}
