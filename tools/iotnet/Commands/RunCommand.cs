using System.CommandLine;

namespace IoTNet.Cli;

/// <summary><c>iotnet run</c>: an app on a board, until a signal ends it.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var app = new Argument<string>("APP") { Description = "The app to run; 'iotnet apps' lists them" };
        var arguments = new Argument<string[]>("ARGUMENT")
        {
            Description = "What the app itself takes, such as clients=2; 'iotnet apps' tells",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var board = new Option<string>("--board")
        {
            Description = "The board to run it on; 'iotnet boards' lists them",
            HelpName = "BOARD",
            DefaultValueFactory = _ => "host",
        };
        var listen = new Option<string?>("--listen")
        {
            Description = "Where to serve; port 0 takes any free one. Without it: where the app usually does",
            HelpName = "ADDRESS:PORT",
        };
        var seconds = CommonOptions.For();
        var network = new NetworkOptions();
        var command = new Command("run", "Runs an app on a board until Ctrl-C or SIGTERM") { app, arguments, board, listen, seconds };
        foreach (var option in network.All)
        {
            command.Add(option);
        }

        command.SetAction(parsed => CommonOptions.Guard(() =>
        {
            var name = parsed.GetRequiredValue(app);
            var kind = Catalog.FindBoard(parsed.GetRequiredValue(board));
            var address = parsed.GetValue(listen) is { } text ? CommonOptions.ReadListen(text, "--listen") : null;
            var limit = CommonOptions.ReadSeconds(parsed.GetValue(seconds));
            AppPlan MakeApp() => new(Catalog.MakeApp(name), address, parsed.GetValue(arguments) ?? []);
            var first = MakeApp();
            if (kind.Profile is { } profile)
            {
                return EmulatedRun.Run(network.ReadPlan(parsed, first.App.Name, profile, MakeApp, limit));
            }

            network.CheckUnused(parsed, kind);
            return HostRun.Run(kind, first, limit);
        }));
        return command;
    }
}
