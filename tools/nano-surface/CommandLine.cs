using System.CommandLine;
using NanoSurface.Api;
using NanoSurface.Checking;
using NanoSurface.Projects;
using NanoSurface.References;
using NanoSurface.Rules;

namespace NanoSurface;

/// <summary>The commands. Exit codes: 0 clean, 1 findings, 2 the command could not be carried out.</summary>
public sealed class CommandLine(TextWriter output, TextWriter error, string workingDirectory)
{
    public const int Clean = 0;
    public const int Found = 1;
    public const int BadUsage = 2;

    private const string Description = """
        Holds nano code to what nanoFramework has: compiles every .nfproj of the repository against reference assemblies
        with exactly nanoFramework's public API, and refuses what compiles there but does not run on the device.

        Examples:
          nano-surface check                                all nano projects of the repository around this folder
          nano-surface check src/IoTNet/IoTNet.nfproj       one, and the projects that it references
          nano-surface check --define IOTNET_POSIX_NAMES    with a build symbol
          nano-surface check --json                         for machines
          nano-surface rules                                what is refused, why, and what to write instead
          nano-surface emit /tmp/nano                       the reference assemblies, as .dll files
          nano-surface sync-nfproj                          after adding, moving or deleting a source file
          nano-surface sync-sln                             after adding, moving or deleting a project

        Exit code: 0 clean, 1 anything found, 2 the command could not be carried out.
        """;

    public int Run(string[] arguments)
    {
        var root = new RootCommand(Description) { Check(), Rules(), Emit(), SyncProjects(), SyncSolution() };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var parseError in parsed.Errors)
            {
                error.WriteLine($"nano-surface: {parseError.Message}");
            }
            error.WriteLine("Try 'nano-surface --help'.");
            return BadUsage;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (Exception e) when (e is UsageException or IOException or UnauthorizedAccessException
            or InvalidOperationException)
        {
            error.WriteLine($"nano-surface: {e.Message}");
            return BadUsage;
        }
        catch (ProjectException e)
        {
            error.WriteLine($"nano-surface: {e.Path}({e.Line}): {e.Message}");
            return BadUsage;
        }
    }

    private Command Check()
    {
        var projects = new Argument<string[]>("project")
        {
            Description = "A .nfproj; without one, all of the repository",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var define = new Option<string[]>("--define")
        {
            Description = "A build symbol for every project; may be repeated",
            HelpName = "SYMBOL",
        };
        var command = new Command("check", "Compile nano projects and apply the rules") { projects, json, define };
        command.SetAction(parsed =>
        {
            var files = parsed.GetValue(projects)!.Select(Resolve).ToArray();
            var repository = FindRepository(files.FirstOrDefault());
            var checker = new Checker(repository, ReferenceLibrary.BuiltIn, parsed.GetValue(define) ?? []);
            var reports = checker.Check(files.Length > 0 ? files : AllProjects(repository));
            if (parsed.GetValue(json))
            {
                ReportWriter.WriteJson(output, reports, repository);
            }
            else
            {
                ReportWriter.WriteText(output, reports, repository);
            }
            return reports.Any(r => r.Findings.Count > 0) ? Found : Clean;
        });
        return command;
    }

    private Command Rules()
    {
        var command = new Command("rules", "Print the rules");
        command.SetAction(_ =>
        {
            foreach (var rule in RuleTable.All)
            {
                output.WriteLine($"{rule.Id}  {rule.What}");
                output.WriteLine($"         {rule.Why}");
                output.WriteLine($"         {rule.Instead}");
            }
            return Clean;
        });
        return command;
    }

    private Command Emit()
    {
        var folder = new Argument<string>("folder") { Description = "Where to; made when it does not exist" };
        var command = new Command("emit", "Write the reference assemblies") { folder };
        command.SetAction(parsed =>
        {
            var target = Path.GetFullPath(parsed.GetValue(folder)!, workingDirectory);
            Directory.CreateDirectory(target);
            foreach (var assembly in ApiSet.BuiltIn.Assemblies)
            {
                var file = Path.Combine(target, assembly.Name + ".dll");
                File.WriteAllBytes(file, ReferenceWriter.Write(ApiSet.BuiltIn, assembly));
                output.WriteLine($"{file} ({assembly.PackageId} {assembly.PackageVersion})");
            }
            return Clean;
        });
        return command;
    }

    private Command SyncProjects()
    {
        var command = new Command(
            "sync-nfproj", "List in every .nfproj the sources of the .csproj beside it, or of its folder where a board has no .csproj");
        command.SetAction(_ =>
        {
            var repository = FindRepository(null);
            var projects = AllProjects(repository).ToLookup(p => DeviceOnly.Holds(repository, p));
            foreach (var path in projects[true])
            {
                List(path, DeviceOnly.Sources(path), repository);
            }
            var pairs = projects[false].ToDictionary(p => Path.ChangeExtension(p, ".csproj"));
            var orphan = pairs.FirstOrDefault(p => !File.Exists(p.Key));
            if (orphan.Key is not null)
            {
                throw new UsageException($"{repository.Relative(orphan.Value)}: no .csproj of the same name beside it");
            }
            foreach (var desktop in DesktopProject.Evaluate(pairs.Keys))
            {
                List(pairs[desktop.Path], desktop.Sources, repository);
            }
            return Clean;
        });
        return command;
    }

    private void List(string project, IEnumerable<string> sources, Repository repository) => Update(
        project, SourceList.Replace(File.ReadAllText(project), Path.GetDirectoryName(project)!, sources), repository);

    private Command SyncSolution()
    {
        var command = new Command("sync-sln", "Write IoTNet.sln with every project of the repository");
        command.SetAction(_ =>
        {
            var repository = FindRepository(null);
            Update(Path.Combine(repository.Root, "IoTNet.sln"), Solution.Write(repository), repository);
            return Clean;
        });
        return command;
    }

    private void Update(string path, string text, Repository repository)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text)
        {
            return;
        }
        File.WriteAllText(path, text);
        output.WriteLine($"{repository.Relative(path)}: written");
    }

    private string Resolve(string project)
    {
        var path = Path.GetFullPath(project, workingDirectory);
        if (!path.EndsWith(".nfproj", StringComparison.Ordinal))
        {
            throw new UsageException($"expected a .nfproj, found {project}");
        }
        return File.Exists(path) ? path : throw new UsageException($"no such file: {path}");
    }

    private Repository FindRepository(string? project)
    {
        var start = project is null ? workingDirectory : Path.GetDirectoryName(project)!;
        return Repository.Containing(start)
            ?? throw new UsageException($"expected IoTNet.sln or .git in {start} or above it");
    }

    private static IReadOnlyList<string> AllProjects(Repository repository) =>
        repository.Projects(".nfproj") is { Count: > 0 } projects
            ? projects
            : throw new UsageException($"no .nfproj under {repository.Root}");

    private sealed class UsageException(string message) : Exception(message);
}
