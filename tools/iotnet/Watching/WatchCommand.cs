using System.CommandLine;
using Spectre.Console;

namespace IoTNet.Cli;

/// <summary><c>iotnet watch</c>: a live view of a run in another terminal.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var process = new Argument<int?>("PROCESS")
        {
            Description = "The process of the run, when there are several",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("watch", "Shows a run of emulated boards while it goes on; every second, until it ends or Ctrl-C") { process };
        command.SetAction(parsed => CommonOptions.Guard(() =>
        {
            using var run = Find(parsed.GetValue(process));
            if (run is null)
            {
                Console.Error.WriteLine(
                    "iotnet: there is no run to watch; start one in another terminal: iotnet run EchoServer --board esp32");
                return ExitCode.Failed;
            }

            using var stop = new StopRequest(Timeout.InfiniteTimeSpan);
            if (Console.IsOutputRedirected)
            {
                Follow(run, stop.Asked, (now, before) =>
                {
                    foreach (var line in WatchView.Lines(now, before))
                    {
                        Console.Out.WriteLine(line);
                    }
                });
            }
            else
            {
                AnsiConsole.Live(new Text("")).AutoClear(false).Start(screen =>
                    Follow(run, stop.Asked, (now, before) => screen.UpdateTarget(WatchView.Tables(now, before))));
            }

            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Follow(SnapshotClient run, Task stop, Action<RunSnapshot, RunSnapshot?> show)
    {
        RunSnapshot? before = null;
        do
        {
            if (run.Ask() is not { } now)
            {
                return;
            }

            show(now, before);
            before = now;
        }
        while (!stop.Wait(s_interval));
    }

    private static SnapshotClient? Find(int? wanted)
    {
        int[] processes = wanted is { } one ? [one] : WatchFolder.Runs();
        (int Process, SnapshotClient Client)[] runs =
        [
            .. processes.Select(id => (id, SnapshotClient.Connect(id))).Where(run => run.Item2 is not null).Select(run => (run.id, run.Item2!)),
        ];
        if (runs.Length <= 1)
        {
            return runs.FirstOrDefault().Client;
        }

        var list = string.Join("", runs.Select(run => $"\n  iotnet watch {run.Process}    {run.Client.Ask()?.Title}"));
        Array.ForEach(runs, run => run.Client.Dispose());
        throw new UsageException($"there are {runs.Length} runs; say which one:{list}");
    }
}
