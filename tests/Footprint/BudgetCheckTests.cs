using IoTNet.Cli;
using NanoSurface.Footprint;

namespace IoTNet.Footprint.Tests;

[TestClass]
public class BudgetCheckTests
{
    private static readonly AssemblyCost s_assembly = new("A", "src/A/A", 900, new AssemblyFootprint(
        new PeSize([new PePart(PeParts.Header, 0, 124), new PePart(PeParts.Code, 0, 876)], [new("Big", 700, 100, 0), new("Small", 60, 16, 0)]),
        new StaticMemory(200, 24, 0, 76), []));

    private static readonly AppCost s_app = new("App", "boards/apps/App/App", [s_assembly], []);

    private static readonly Inventory s_inventory = new([s_assembly], [s_app]);

    private static readonly MemoryFigure[] s_memory =
        [new("tcpSocket", "a socket", new Dictionary<string, HeapShare> { ["IoTNet.Socket"] = new(8, 8 * 600, 0) }, 600, 0)];

    [TestMethod]
    public void Run_WithinTheBudgets_FindsNothing()
    {
        Assert.IsEmpty(Check(assembly: (1000, 300), app: (1000, 300), memory: 600));
    }

    [TestMethod]
    public void Run_OfALargeAssembly_SaysByHowMuchAndWhatIsLargest()
    {
        CollectionAssert.AreEqual(
            new[] { "src/A/A: .pe 1,000 bytes, 1 over the budget of 999; largest: Big 800, Small 76" },
            Check(assembly: (999, 300), app: (1000, 300), memory: 600).ToArray());
        CollectionAssert.AreEqual(
            new[] { "src/A/A: static RAM 300 bytes, 200 over the budget of 100; largest: tables 200, objects 76, fields 24" },
            Check(assembly: (1000, 100), app: (1000, 300), memory: 600).ToArray());
    }

    [TestMethod]
    public void Run_OfALargeApp_NamesItsAssemblies()
    {
        CollectionAssert.AreEqual(
            new[]
            {
                "app App: .pe 1,000 bytes, 500 over the budget of 500; largest: A 1,000",
                "app App: static RAM 300 bytes, 1 over the budget of 299; largest: A 300",
            },
            Check(assembly: (1000, 300), app: (500, 299), memory: 600).ToArray());
    }

    [TestMethod]
    public void Run_OfALargeSocket_NamesItsClasses()
    {
        CollectionAssert.AreEqual(
            new[] { "tcpSocket: RAM 600 bytes, 88 over the budget of 512; largest: IoTNet.Socket 600" },
            Check(assembly: (1000, 300), app: (1000, 300), memory: 512).ToArray());
    }

    [TestMethod]
    public void Run_WithoutABudget_AsksForOne()
    {
        var failures = BudgetCheck.Run(Budgets.Parse("""{ "assemblies": {}, "apps": {}, "memory": {} }"""), s_inventory, s_memory);

        Assert.HasCount(3, failures);
        Assert.AreEqual("src/A/A: no budget; give it one in tools/footprint-budgets.json, section 'assemblies'", failures[0]);
        Assert.StartsWith("App: no budget", failures[1]);
        Assert.StartsWith("tcpSocket: no budget", failures[2]);
    }

    [TestMethod]
    public void Run_WithABudgetOfNothing_SaysSo()
    {
        var budgets = Budgets.Parse("""
            {
              "assemblies": { "src/A/A": { "pe": 9999, "ram": 9999 }, "src/A/B": { "pe": 1, "ram": 1 }, "tools/*": { "pe": 1, "ram": 1 } },
              "apps": { "App": { "pe": 9999, "ram": 9999 }, "Ap": { "pe": 1, "ram": 1 } },
              "memory": { "tcpSocket": 9999, "socket": 1 }
            }
            """);

        var failures = BudgetCheck.Run(budgets, s_inventory, s_memory);

        Assert.HasCount(4, failures);
        Assert.AreEqual("budgets: there is no nano project 'src/A/B'; 'iotnet footprint' shows which there are", failures[0]);
        Assert.StartsWith("budgets: there is no nano project 'tools/*'; ", failures[1]);
        Assert.StartsWith("budgets: there is no app 'Ap'; ", failures[2]);
        Assert.StartsWith("budgets: there is no memory figure 'socket'; ", failures[3]);
    }

    private static IReadOnlyList<string> Check((int Pe, int Ram) assembly, (int Pe, int Ram) app, int memory) => BudgetCheck.Run(
        new Budgets(
            [KeyValuePair.Create("src/A/A", new Budget(assembly.Pe, assembly.Ram))],
            [KeyValuePair.Create("App", new Budget(app.Pe, app.Ram))],
            [KeyValuePair.Create("tcpSocket", memory)]),
        s_inventory, s_memory);
}
