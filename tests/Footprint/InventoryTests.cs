using IoTNet.Cli;

namespace IoTNet.Footprint.Tests;

[TestClass]
public sealed class InventoryTests : IDisposable
{
    private readonly TemporaryRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [TestMethod]
    public void Take_OfARepository_HasEveryNanoProjectButThoseOfTests()
    {
        var inventory = Inventory.Take(_repository.Repository);

        CollectionAssert.AreEquivalent(
            new[]
            {
                "boards/apps/Common/Apps", "boards/apps/Loose/Loose", "boards/apps/Used/Used", "boards/common/IoTNet.SystemNet",
                "boards/esp32/Program/Program", "src/Lib/Lib",
            },
            inventory.Assemblies.Select(a => a.Project).ToArray());
        CollectionAssert.AreEqual(
            inventory.Assemblies.Select(a => a.PeBytes).OrderDescending().ToArray(), inventory.Assemblies.Select(a => a.PeBytes).ToArray());
    }

    [TestMethod]
    public void Take_OfARepository_MakesAppsOfProgramsAndOfLooseApps()
    {
        var apps = Inventory.Take(_repository.Repository).Apps.ToDictionary(a => a.Name);

        CollectionAssert.AreEquivalent(new[] { "Program", "Loose" }, apps.Keys);
        CollectionAssert.AreEquivalent(
            new[] { "Program", "Used", "Apps", "IoTNet.SystemNet" }, apps["Program"].Assemblies.Select(a => a.Name).ToArray());
        CollectionAssert.AreEquivalent(
            new[] { "Loose", "Lib", "Apps", "IoTNet.SystemNet" }, apps["Loose"].Assemblies.Select(a => a.Name).ToArray(),
            "the board's stack is added");
        Assert.AreEqual(apps["Loose"].Assemblies.Sum(a => a.PeBytes), apps["Loose"].PeBytes);
        Assert.AreEqual(apps["Loose"].Assemblies.Sum(a => a.RamBytes), apps["Loose"].RamBytes);
    }

    [TestMethod]
    public void Take_OfAnApp_NamesNanoFrameworksAssemblies()
    {
        var app = Inventory.Take(_repository.Repository).Apps.Single(a => a.Name == "Loose");

        CollectionAssert.AreEqual(
            new PackageCost[] { new("mscorlib", 32_452), new("nanoFramework.Hardware.Stm32", null), new("nanoFramework.Runtime.Native", 1_620) },
            app.Packages.ToArray());
        Assert.AreEqual(32_452 + 1_620, app.KnownPackageBytes);
    }

    [TestMethod]
    public void Take_WithTwoProgramsOfAName_TellsThemApartByTheirPaths()
    {
        _repository.WriteProject(
            "boards/stm32/Program/Program", "public static class Program { public static void Main() { } }", isExe: true);

        var inventory = Inventory.Take(_repository.Repository);

        CollectionAssert.AreEquivalent(new[] { "esp32/Program", "stm32/Program", "Loose" }, inventory.Apps.Select(a => a.Name).ToArray());
        CollectionAssert.IsSubsetOf(new[] { "esp32/Program", "stm32/Program", "Lib" }, inventory.Assemblies.Select(a => a.Name).ToArray());
    }

    [TestMethod]
    public void Take_OfWhatDoesNotCompile_SaysWhichAndWhy()
    {
        _repository.WriteProject("src/Bad/Bad", "public class Bad : Missing { }");

        var e = Assert.ThrowsExactly<InvalidOperationException>(() => Inventory.Take(_repository.Repository));

        Assert.Contains("src/Bad/Bad.nfproj", e.Message);
        Assert.Contains("Missing", e.Message);
    }
}
