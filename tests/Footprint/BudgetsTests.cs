using IoTNet.Cli;
using NanoSurface.Projects;

namespace IoTNet.Footprint.Tests;

[TestClass]
public class BudgetsTests
{
    [TestMethod]
    public void OfAssembly_WithSeveralThatFit_IsTheFirst()
    {
        var budgets = Budgets.Parse("""
            // a comment
            {
              "assemblies": { "src/A/A": { "pe": 1, "ram": 2 }, "src/*": { "pe": 3, "ram": 4 } },
              "apps": { "App": { "pe": 5, "ram": 6 } },
              "memory": { "tcpSocket": 7 }
            }
            """);

        Assert.AreEqual(new Budget(1, 2), budgets.OfAssembly("src/A/A"));
        Assert.AreEqual(new Budget(3, 4), budgets.OfAssembly("src/A/B"));
        Assert.IsNull(budgets.OfAssembly("srcs/A"));
        Assert.AreEqual(new Budget(5, 6), budgets.OfApp("App"));
        Assert.IsNull(budgets.OfApp("Ap"));
        Assert.AreEqual(7, budgets.OfMemory("tcpSocket"));
        Assert.IsNull(budgets.OfMemory("udpSocket"));
    }

    [TestMethod]
    [DataRow("""[]""", "expected the file: an object in braces, not Array")]
    [DataRow("""{ "assemblies": {}, "apps": {} }""", "expected a section 'memory'")]
    [DataRow("""{ "assemblies": {}, "apps": {}, "memory": {}, "more": {} }""", "the sections assemblies, apps and memory, not 'more'")]
    [DataRow("""{ "assemblies": 1, "apps": {}, "memory": {} }""", "expected assemblies: an object in braces, not Number")]
    [DataRow("""{ "assemblies": { "a": 5 }, "apps": {}, "memory": {} }""", "assemblies: a: an object in braces, not Number")]
    [DataRow("""{ "assemblies": { "a": { "pe": 5 } }, "apps": {}, "memory": {} }""", """assemblies: a: { "pe": BYTES, "ram": BYTES }, not { "pe": 5 }""")]
    [DataRow("""{ "assemblies": { "a": { "pe": 5, "rom": 5 } }, "apps": {}, "memory": {} }""", """assemblies: a: { "pe": BYTES, "ram": BYTES }""")]
    [DataRow("""{ "assemblies": { "a": { "pe": 0, "ram": 5 } }, "apps": {}, "memory": {} }""", "assemblies: a: pe: a whole number of bytes above 0, not 0")]
    [DataRow("""{ "assemblies": { "a": { "pe": 5, "ram": "5" } }, "apps": {}, "memory": {} }""", "assemblies: a: ram: a whole number of bytes above 0, not \"5\"")]
    [DataRow("""{ "assemblies": {}, "apps": {}, "memory": { "x": 1.5 } }""", "memory: x: a whole number of bytes above 0, not 1.5")]
    [DataRow("""{ "assemblies": {}, "apps": {}, "memory": { "x": 99999999999 } }""", "memory: x: a whole number of bytes above 0, not 99999999999")]
    [DataRow("""{ "assemblies": {}, "apps": {}, "memory": { "x": 1, "x": 2 } }""", "memory: 'x' once")]
    public void Parse_OfAWrongFile_SaysWhereAndWhatWasExpected(string json, string message)
    {
        Assert.Contains(message, Assert.ThrowsExactly<FormatException>(() => Budgets.Parse(json)).Message);
    }

    [TestMethod]
    public void Load_OfNoJsonOrNoFile_NamesTheFile()
    {
        using var repository = new TemporaryRepository();
        var broken = repository.Write("broken.json", "{ \"assemblies\": ");
        var missing = Path.Combine(repository.Root, "missing.json");

        Assert.StartsWith(broken + ": ", Assert.ThrowsExactly<UsageException>(() => Budgets.Load(broken)).Message);
        Assert.StartsWith(missing + ": ", Assert.ThrowsExactly<UsageException>(() => Budgets.Load(missing)).Message);
    }

    [TestMethod]
    public void Load_OfTheHouse_HasTheAgreedLimits()
    {
        var root = Repository.Containing(AppContext.BaseDirectory)!.Root;

        var budgets = Budgets.Load(Path.Combine(root, Budgets.FileName));

        Assert.AreEqual(40_960, budgets.OfAssembly("src/IoTNet/IoTNet")!.Pe);
        Assert.AreEqual(24_576, budgets.OfAssembly("src/Anything/Anything")!.Pe);
        Assert.AreEqual(512, budgets.OfMemory("idleConnection"));
    }
}
