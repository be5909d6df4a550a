using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>An app at work on an emulated board.</summary>
internal sealed class RunningApp
{
    private readonly EmulatedBoard _board;
    private readonly AppPlan _plan;

    public RunningApp(EmulatedBoard board, AppPlan plan)
    {
        _board = board;
        _plan = plan;
        var result = ExitCode.Failed;
        var program = board.Run(() => result = plan.App.Run(new BoardConsole(board.Name, plan)), plan.App.Name);
        Ended = program.Ended.ContinueWith(
            _ =>
            {
                if (program.Failure is { } failure)
                {
                    BoardLines.Error.Write(board.Name, $"{plan.App.Name} ended with an exception: {failure}");
                }

                return result;
            },
            TaskScheduler.Default);
    }

    /// <summary>The app and its board, for messages.</summary>
    public string Name => $"{_plan.App.Name} on {_board.Name}";

    /// <summary>Completes with the app's result; never fails.</summary>
    public Task<int> Ended { get; }

    /// <summary>Asks the app to end, as code of its board: it may need a socket for that.</summary>
    public void RequestStop()
    {
        _board.Run(_plan.App.Stop, "stop");
    }
}
