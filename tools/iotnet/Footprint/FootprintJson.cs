using System.Text.Encodings.Web;
using System.Text.Json;

namespace IoTNet.Cli;

/// <summary>Footprints for programs: one JSON document, all numbers in bytes.</summary>
internal static class FootprintJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(
        TextWriter output, Inventory inventory, IReadOnlyList<MemoryFigure> memory, Budgets budgets, IReadOnlyList<string> failures)
    {
        var document = new
        {
            assemblies = inventory.Assemblies.Select(a => Of(a, budgets.OfAssembly(a.Project))),
            apps = inventory.Apps.Select(a => Of(a, budgets.OfApp(a.Name))),
            memory = memory.Select(m => new
            {
                m.Name,
                m.Bytes,
                m.BufferBytes,
                budget = budgets.OfMemory(m.Name),
                classes = m.Use.ToDictionary(u => u.Key, u => Math.Round((double)u.Value.Bytes / MemoryFigure.Further, 1)),
            }),
            failures,
        };
        output.WriteLine(JsonSerializer.Serialize(document, s_options));
    }

    private static object Of(AssemblyCost assembly, Budget? budget)
    {
        var (pe, ram, objects) = assembly.Footprint;
        return new
        {
            assembly.Name,
            assembly.Project,
            assembly.PeBytes,
            assembly.IlBytes,
            pe.CodeBytes,
            pe.MetadataBytes,
            pe.StringBytes,
            parts = pe.Parts.ToDictionary(p => p.Name, p => p.Bytes),
            assembly.RamBytes,
            ram = new { ram.Tables, ram.StaticFields, ram.Arrays, ram.Objects },
            budget,
            types = pe.Types.Select(t => new { t.Name, t.Bytes, t.Code, t.Records, t.Strings }),
            objects = objects.Select(o => new { o.Type, o.Bytes, o.ForeignBase }),
        };
    }

    private static object Of(AppCost app, Budget? budget) => new
    {
        app.Name,
        app.Project,
        app.PeBytes,
        app.RamBytes,
        budget,
        assemblies = app.Assemblies.Select(a => a.Project),
        packages = app.Packages.Select(p => new { p.Name, p.PeBytes }),
    };
}
