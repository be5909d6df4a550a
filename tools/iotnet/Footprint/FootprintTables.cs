using System.Globalization;
using Spectre.Console;

namespace IoTNet.Cli;

/// <summary>Footprints for people.</summary>
internal static class FootprintTables
{
    private const int BarLength = 24;
    private const int LargestTypes = 15;

    public static void WriteAll(
        TextWriter output, Inventory inventory, IReadOnlyList<MemoryFigure> memory, Budgets budgets)
    {
        WriteAssemblies(output, inventory, budgets);
        WriteApps(output, inventory, budgets);
        WriteMemory(output, memory, budgets);
        output.WriteLine("Bytes. .pe: flash, as nanoFramework's metadata processor would write it; IL: of .NET's image; RAM: static, from");
        output.WriteLine("the load on. Sockets and connections beside their buffers, measured on the board's code; lwIP's own not included.");
    }

    public static void WriteApp(TextWriter output, AppCost app, Budget? budget)
    {
        output.WriteLine(app.Name);
        var table = New("assembly", ".pe", "", "RAM");
        foreach (var assembly in app.Assemblies)
        {
            Row(table, assembly.Name, Bytes(assembly.PeBytes), Bar(assembly.PeBytes, app.PeBytes), Bytes(assembly.RamBytes));
        }
        Row(table, "IoTNet's", Bytes(app.PeBytes), Share(app.PeBytes, budget?.Pe), Bytes(app.RamBytes));
        foreach (var package in app.Packages)
        {
            Row(table, package.Name, package.PeBytes is { } bytes ? Bytes(bytes) : "?", "", "");
        }
        Row(table, "with nanoFramework's", Known(app), "", "");
        Tables.Print(table, output);
        WriteTypes(output, app.Assemblies);
    }

    public static void WriteAssembly(TextWriter output, AssemblyCost assembly, Budget? budget)
    {
        output.WriteLine(assembly.Name);
        var table = New("part", "rows", "bytes", "");
        foreach (var part in assembly.Footprint.Pe.Parts.Where(p => p.Bytes > 0).OrderByDescending(p => p.Bytes))
        {
            Row(table, part.Name, part.Rows > 0 ? Bytes(part.Rows) : "", Bytes(part.Bytes), Bar(part.Bytes, assembly.PeBytes));
        }
        Row(table, ".pe", "", Bytes(assembly.PeBytes), Share(assembly.PeBytes, budget?.Pe));
        Tables.Print(table, output);
        var ram = assembly.Footprint.Static;
        output.WriteLine(
            $"Static RAM: {Bytes(ram.Bytes)}, of it the interpreter's tables {Bytes(ram.Tables)}, static fields {Bytes(ram.StaticFields)}, " +
            $"their arrays {Bytes(ram.Arrays)}, their objects {Bytes(ram.Objects)}.");
        WriteTypes(output, [assembly]);
    }

    private static void WriteAssemblies(TextWriter output, Inventory inventory, Budgets budgets)
    {
        var largest = inventory.Assemblies.Max(a => a.PeBytes);
        var table = New("assembly", ".pe", "", "budget", "used", "IL", "code", "metadata", "strings", "RAM", "budget");
        foreach (var assembly in inventory.Assemblies)
        {
            var budget = budgets.OfAssembly(assembly.Project);
            var pe = assembly.Footprint.Pe;
            Row(
                table, assembly.Name, Bytes(assembly.PeBytes), Bar(assembly.PeBytes, largest), Bytes(budget?.Pe),
                Share(assembly.PeBytes, budget?.Pe), Bytes(assembly.IlBytes), Bytes(pe.CodeBytes), Bytes(pe.MetadataBytes),
                Bytes(pe.StringBytes), Bytes(assembly.RamBytes), Bytes(budget?.Ram));
        }
        Tables.Print(table, output);
    }

    private static void WriteApps(TextWriter output, Inventory inventory, Budgets budgets)
    {
        if (inventory.Apps.Count == 0)
        {
            return;
        }
        var largest = inventory.Apps.Max(a => a.PeBytes);
        var table = New("app", ".pe", "", "budget", "used", "RAM", "budget", "with nanoFramework's .pe");
        foreach (var app in inventory.Apps)
        {
            var budget = budgets.OfApp(app.Name);
            Row(
                table, app.Name, Bytes(app.PeBytes), Bar(app.PeBytes, largest), Bytes(budget?.Pe), Share(app.PeBytes, budget?.Pe),
                Bytes(app.RamBytes), Bytes(budget?.Ram), Known(app));
        }
        Tables.Print(table, output);
    }

    private static void WriteMemory(TextWriter output, IReadOnlyList<MemoryFigure> memory, Budgets budgets)
    {
        var table = New("one of", "RAM", "buffers", "budget", "used", "largest");
        foreach (var figure in memory)
        {
            var budget = budgets.OfMemory(figure.Name);
            var largest = figure.Use.OrderByDescending(u => u.Value.Bytes).Take(3)
                .Select(u => $"{u.Key} {Bytes(u.Value.Bytes / MemoryFigure.Further)}");
            Row(
                table, figure.Description, Bytes(figure.Bytes), Bytes(figure.BufferBytes), Bytes(budget), Share(figure.Bytes, budget),
                string.Join(", ", largest));
        }
        Tables.Print(table, output);
    }

    private static void WriteTypes(TextWriter output, IReadOnlyList<AssemblyCost> assemblies)
    {
        var objects = assemblies.SelectMany(a => a.Footprint.Objects).ToLookup(o => o.Type);
        var table = New("largest types", "bytes", "code", "records", "strings", "an object's RAM");
        foreach (var type in assemblies.SelectMany(a => a.Footprint.Pe.Types).OrderByDescending(t => t.Bytes).Take(LargestTypes))
        {
            var shape = objects[type.Name].FirstOrDefault();
            Row(
                table, type.Name, Bytes(type.Bytes), Bytes(type.Code), Bytes(type.Records), Bytes(type.Strings),
                shape is null ? "" : Bytes(shape.Bytes) + (shape.ForeignBase is { } foreign ? $" + {foreign}'s" : ""));
        }
        Tables.Print(table, output);
    }

    private static string Known(AppCost app)
    {
        var unknown = app.Packages.Count(p => p.PeBytes is null);
        return Bytes(app.PeBytes + app.KnownPackageBytes) + (unknown > 0 ? $" + {unknown} of unknown size" : "");
    }

    private static Table New(params string[] columns)
    {
        var table = Tables.New(columns);
        foreach (var column in table.Columns.Skip(1))
        {
            column.NoWrap();
        }
        return table;
    }

    // A number stands to the right, anything else to the left.
    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(
        c => new Text(c) { Justification = c.Length > 0 && (char.IsDigit(c[0]) || c == "?") ? Justify.Right : Justify.Left }));

    private static string Bar(int bytes, int of) => of == 0 ? "" : new('█', Math.Max(1, (int)Math.Round((double)BarLength * bytes / of)));

    private static string Share(int bytes, int? of) => of is { } whole
        ? (bytes / (double)whole).ToString("0 %", CultureInfo.InvariantCulture) + (bytes > whole ? " OVER" : "")
        : "no budget";

    private static string Bytes(int? bytes) => bytes?.ToString("N0", CultureInfo.InvariantCulture) ?? "-";
}
