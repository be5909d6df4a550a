namespace IoTNet.Cli;

/// <summary>An app on this machine itself.</summary>
internal static class HostRun
{
    public static int Run(Board board, AppPlan plan, TimeSpan limit)
    {
        if (board.Missing() is { } reason)
        {
            Console.Error.WriteLine($"iotnet: board {board.Name} cannot run here: {reason}");
            return ExitCode.NotHere;
        }

        using var stop = new StopRequest(limit);
        stop.Asked.ContinueWith(_ => plan.App.Stop(), TaskScheduler.Default);
        Console.Error.WriteLine($"{plan.App.Name} on {board.Name}; Ctrl-C ends it");
        INetworkStack network = board.MakeStack!();
        NetworkStack.Use(network, network as ILocalStack ?? new UnixStack());
        return plan.App.Run(new HostConsole(plan));
    }
}
