using System.CommandLine;
using NanoSurface.Projects;

namespace IoTNet.Cli;

/// <summary><c>iotnet footprint</c>: what a device pays for IoTNet, in flash and RAM, and whether that keeps to the budgets.
/// </summary>
internal static class FootprintCommand
{
    public static Command Create()
    {
        var app = new Option<string?>("--app") { Description = "One app: its assemblies and largest types", HelpName = "NAME" };
        var assembly = new Option<string?>("--assembly")
        {
            Description = "One assembly: the parts of its .pe file and its largest types",
            HelpName = "NAME",
        };
        var check = new Option<bool>("--check") { Description = "Print nothing but what breaks a budget; end with 1 if anything does" };
        var json = new Option<bool>("--json") { Description = "Print all as one JSON document" };
        var svg = new Option<string?>("--svg") { Description = "Write a picture: a bar for each app", HelpName = "FILE" };
        var budgets = new Option<string?>("--budgets") { Description = $"Default: {Budgets.FileName}", HelpName = "FILE" };
        var command = new Command("footprint", "Shows what a device pays in flash and RAM, and holds it to the budgets")
        {
            app, assembly, check, json, svg, budgets,
        };
        command.Validators.Add(result =>
        {
            Option[] views = [app, assembly, check, json];
            if (views.Count(v => result.GetResult(v) is { Implicit: false }) > 1)
            {
                result.AddError("expected one of --app, --assembly, --check and --json, not several");
            }
        });
        command.SetAction(parsed => CommonOptions.Guard(() => Run(new FootprintRequest(
            parsed.GetValue(app), parsed.GetValue(assembly), parsed.GetValue(check), parsed.GetValue(json),
            parsed.GetValue(svg), parsed.GetValue(budgets)))));
        return command;
    }

    private static int Run(FootprintRequest request)
    {
        var repository = Repository.Containing(Environment.CurrentDirectory)
            ?? throw new UsageException($"expected IoTNet.sln or .git in {Environment.CurrentDirectory} or above it");
        var budgets = Budgets.Load(request.Budgets ?? Path.Combine(repository.Root, Budgets.FileName));
        try
        {
            var inventory = Inventory.Take(repository);
            return Show(request, inventory, budgets);
        }
        catch (ProjectException e)
        {
            Console.Error.WriteLine($"iotnet: {e.Path}({e.Line}): {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or SocketException or TimeoutException
            or IOException or System.Net.Sockets.SocketException)
        {
            Console.Error.WriteLine("iotnet: " + e.Message);
        }
        return ExitCode.Failed;
    }

    private static int Show(FootprintRequest request, Inventory inventory, Budgets budgets)
    {
        if (request.Svg is { } file)
        {
            File.WriteAllText(file, FootprintPicture.Draw(inventory));
        }
        if (request.App is { } name)
        {
            foreach (var app in Find(inventory.Apps, a => a.Name, "app", name))
            {
                FootprintTables.WriteApp(Console.Out, app, budgets.OfApp(app.Name));
            }
            return ExitCode.Ok;
        }
        if (request.Assembly is { } wanted)
        {
            foreach (var assembly in Find(inventory.Assemblies, a => a.Name, "nano assembly", wanted))
            {
                FootprintTables.WriteAssembly(Console.Out, assembly, budgets.OfAssembly(assembly.Project));
            }
            return ExitCode.Ok;
        }
        var memory = MemoryFigure.MeasureAll();
        var failures = BudgetCheck.Run(budgets, inventory, memory);
        if (request.Json)
        {
            FootprintJson.Write(Console.Out, inventory, memory, budgets, failures);
            return ExitCode.Ok;
        }
        if (!request.Check)
        {
            FootprintTables.WriteAll(Console.Out, inventory, memory, budgets);
        }
        foreach (var failure in failures)
        {
            (request.Check ? Console.Error : Console.Out).WriteLine(failure);
        }
        return request.Check && failures.Count > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    /// <summary>What is called so; else all whose name ends so, on several boards for instance.</summary>
    private static T[] Find<T>(IReadOnlyList<T> all, Func<T, string> nameOf, string kind, string wanted)
    {
        var found = all.Where(a => nameOf(a).Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found.Length == 0)
        {
            found = [.. all.Where(a => Path.GetFileName(nameOf(a)).Equals(wanted, StringComparison.OrdinalIgnoreCase))];
        }
        return found.Length > 0 ? found : throw new UsageException(NearestName.Explain(kind, wanted, [.. all.Select(nameOf)]));
    }

    private sealed record FootprintRequest(
        string? App, string? Assembly, bool Check, bool Json, string? Svg, string? Budgets);
}
