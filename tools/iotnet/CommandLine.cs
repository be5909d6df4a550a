using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IoTNet.Cli;

/// <summary>The commands, their help, and how a wrong command line is answered.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        // Not a RootCommand: that one is called after the file, and iotnet.dll beside IoTNet.dll would be one assembly too
        // many where the case of a name does not count.
        var help = new HelpOption();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        var root = new Command("iotnet", "Runs IoTNet's apps on the boards of this machine.")
        {
            RunCommand.Create(),
            ListCommands.Boards(),
            ListCommands.Apps(),
            help,
            new VersionOption(),
        };
        root.SetAction(_ =>
        {
            root.Parse(["--help"]).Invoke();
            return ExitCode.Usage;
        });

        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return parsed.Invoke();
        }

        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine($"iotnet: {error.Message}");
        }

        var command = parsed.CommandResult.Command;
        Console.Error.WriteLine($"See '{(command == root ? "iotnet" : $"iotnet {command.Name}")} --help'.");
        return ExitCode.Usage;
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        private static readonly Dictionary<string, string[]> s_examples = new()
        {
            ["run"] =
            [
                "iotnet run EchoServer --listen 127.0.0.1:0      on this machine, any free port; Ctrl-C ends it",
                "iotnet run EchoServer --listen [::1]:4007       IPv6",
                "iotnet run EchoServer --listen 0.0.0.0:4007 clients=2 idle=30",
                "iotnet run EchoServer --listen 127.0.0.1:0 --for 60",
            ],
            ["boards"] = ["iotnet boards"],
            ["apps"] = ["iotnet apps"],
        };

        // Asking for help is never an error, whatever else stands on the line.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            var name = parseResult.CommandResult.Command.Name;
            foreach (var example in s_examples.TryGetValue(name, out var own) ? own : s_examples.Values.Select(e => e[0]))
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
            output.WriteLine("Exit code: 0 all went well, 1 the app failed, 2 the command line was wrong.");
            return ExitCode.Ok;
        }
    }
}
