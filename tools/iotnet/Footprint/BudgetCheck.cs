using System.Globalization;

namespace IoTNet.Cli;

/// <summary>What does not keep to the budgets.</summary>
internal static class BudgetCheck
{
    private const int Named = 5;

    /// <returns>A line each: what is over its budget, by how much, and what is largest in it; what has no budget; and budgets
    /// of what there is not.</returns>
    public static IReadOnlyList<string> Run(Budgets budgets, Inventory inventory, IReadOnlyList<MemoryFigure> memory) =>
    [
        .. inventory.Assemblies.SelectMany(a => OfAssembly(a, budgets.OfAssembly(a.Project))),
        .. inventory.Apps.SelectMany(a => OfApp(a, budgets.OfApp(a.Name))),
        .. memory.SelectMany(m => OfMemory(m, budgets.OfMemory(m.Name))),
        .. budgets.Assemblies.Where(b => !inventory.Assemblies.Any(a => Budgets.Fits(b.Key, a.Project)))
            .Select(b => Unknown("nano project", b.Key)),
        .. budgets.Apps.Where(b => inventory.Apps.All(a => a.Name != b.Key)).Select(b => Unknown("app", b.Key)),
        .. budgets.Memory.Where(b => memory.All(m => m.Name != b.Key)).Select(b => Unknown("memory figure", b.Key)),
    ];

    private static IEnumerable<string> OfAssembly(AssemblyCost assembly, Budget? budget)
    {
        if (budget is null)
        {
            return [Missing(assembly.Project, "assemblies")];
        }
        var memory = assembly.Footprint.Static;
        return
        [
            .. Over(assembly.Project, ".pe", assembly.PeBytes, budget.Pe,
                Largest(assembly.Footprint.Pe.Types.Select(t => (t.Name, t.Bytes)))),
            .. Over(assembly.Project, "static RAM", assembly.RamBytes, budget.Ram, Largest(
                [("tables", memory.Tables), ("fields", memory.StaticFields), ("arrays", memory.Arrays), ("objects", memory.Objects)])),
        ];
    }

    private static IEnumerable<string> OfApp(AppCost app, Budget? budget) => budget is null
        ? [Missing(app.Name, "apps")]
        :
        [
            .. Over("app " + app.Name, ".pe", app.PeBytes, budget.Pe, Largest(app.Assemblies.Select(a => (a.Name, a.PeBytes)))),
            .. Over("app " + app.Name, "static RAM", app.RamBytes, budget.Ram, Largest(app.Assemblies.Select(a => (a.Name, a.RamBytes)))),
        ];

    private static IEnumerable<string> OfMemory(MemoryFigure figure, int? budget) => budget is not { } bytes
        ? [Missing(figure.Name, "memory")]
        : Over(figure.Name, "RAM", figure.Bytes, bytes, Largest(figure.Use.Select(
            u => (u.Key, (u.Value.Bytes + MemoryFigure.Further - 1) / MemoryFigure.Further))));

    private static IEnumerable<string> Over(string what, string unit, int bytes, int budget, string largest) => bytes <= budget
        ? []
        : [$"{what}: {unit} {Bytes(bytes)} bytes, {Bytes(bytes - budget)} over the budget of {Bytes(budget)}; largest: {largest}"];

    private static string Missing(string what, string section) =>
        $"{what}: no budget; give it one in {Budgets.FileName}, section '{section}'";

    private static string Unknown(string kind, string name) =>
        $"budgets: there is no {kind} '{name}'; 'iotnet footprint' shows which there are";

    private static string Largest(IEnumerable<(string Name, int Bytes)> parts) => string.Join(", ", parts
        .OrderByDescending(p => p.Bytes).Take(Named).Where(p => p.Bytes > 0).Select(p => $"{p.Name} {Bytes(p.Bytes)}"));

    private static string Bytes(int bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
