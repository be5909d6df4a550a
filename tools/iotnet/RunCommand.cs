using System.CommandLine;
using System.Runtime.InteropServices;
using IoTNet.Apps;

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
        var seconds = new Option<string?>("--for") { Description = "End after so many seconds", HelpName = "SECONDS" };
        var command = new Command("run", "Runs an app on a board until Ctrl-C or SIGTERM")
        {
            app, arguments, board, listen, seconds,
        };
        command.SetAction(parsed =>
        {
            try
            {
                return Run(
                    Find(Catalog.Apps.Select(make => make()), a => a.Name, "app", parsed.GetRequiredValue(app)),
                    Find(Catalog.Boards, b => b.Name, "board", parsed.GetRequiredValue(board)),
                    new RunHost(ReadListen(parsed.GetValue(listen)), parsed.GetValue(arguments) ?? []),
                    ReadSeconds(parsed.GetValue(seconds)));
            }
            catch (UsageException e)
            {
                Console.Error.WriteLine("iotnet: " + e.Message);
                return ExitCode.Usage;
            }
        });
        return command;
    }

    private static int Run(IApp app, Board board, RunHost host, TimeSpan limit)
    {
        if (board.Missing() is { } reason)
        {
            Console.Error.WriteLine($"iotnet: board {board.Name} cannot run here: {reason}");
            return ExitCode.Failed;
        }

        void OnSignal(PosixSignalContext context)
        {
            // The app ends by itself, with its sockets closed; the runtime's own end would not wait for that.
            context.Cancel = true;
            app.Stop();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
        using var timer = new Timer(_ => app.Stop(), null, limit, Timeout.InfiniteTimeSpan);
        host.Log($"{app.Name} on {board.Name}; Ctrl-C ends it");
        NetworkStack.Use(board.MakeStack());
        return app.Run(host);
    }

    private static T Find<T>(IEnumerable<T> all, Func<T, string> nameOf, string kind, string wanted)
    {
        var known = all.ToArray();
        return known.FirstOrDefault(k => nameOf(k).Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException(NearestName.Explain(kind, wanted, [.. known.Select(nameOf)]));
    }

    private static IPEndPoint? ReadListen(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // An address without a port would be served on a port that nobody asked for.
        var hasPort = text.LastIndexOf(':') > text.LastIndexOf(']') && (text.StartsWith('[') || text.Count(c => c == ':') == 1);
        return hasPort && IPEndPoint.TryParse(text, out var endPoint)
            ? endPoint
            : throw new UsageException(
                $"--listen expects ADDRESS:PORT, such as 127.0.0.1:0 or [::1]:4007 (numbers, no names); found '{text}'");
    }

    private static TimeSpan ReadSeconds(string? text) => text is null
        ? Timeout.InfiniteTimeSpan
        : uint.TryParse(text, out var seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000))
            : throw new UsageException($"--for expects a whole number of seconds; found '{text}'");

    private sealed class UsageException(string message) : Exception(message);
}
