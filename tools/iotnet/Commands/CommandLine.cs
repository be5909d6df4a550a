using System.CommandLine;
using System.CommandLine.Help;

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
            NetCommand.Create(),
            WatchCommand.Create(),
            CaptureCommand.Create(),
            FootprintCommand.Create(),
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
}
