using System.Diagnostics;
using IoTNet.Emulator;

namespace IoTNet.Cli;

/// <summary>A network of emulated boards, from power-on to the last app's end: what <c>run</c> and <c>net</c> both do.</summary>
internal sealed class EmulatedRun : IDisposable
{
    // Ctrl-C is answered within two seconds, whatever an app does.
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(1500);

    // How long a DHCP server may take; a cable may lose a question or two.
    private const int AddressPatienceMs = 10_000;

    private readonly RunPlan _plan;
    private readonly EmulatedNetwork _network;
    private readonly List<EmulatedBoard> _boards = [];
    private readonly List<RunningApp> _apps = [];
    private readonly List<Timer> _partitions = [];
    private Recording? _recording;

    private EmulatedRun(RunPlan plan)
    {
        _plan = plan;
        _network = new EmulatedNetwork(plan.Seed);
    }

    /// <summary>Runs a network until its apps have ended, one has failed, or somebody stops it.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(RunPlan plan)
    {
        if (LwipStack.Unavailability is { } reason)
        {
            Console.Error.WriteLine($"iotnet: {reason} '--board host' works without it.");
            return ExitCode.NotHere;
        }

        BoardLines.TakeOver();
        using var stop = new StopRequest(plan.Limit);
        using var run = new EmulatedRun(plan);
        if (run.Prepare() is not ExitCode.Ok and var problem)
        {
            return problem;
        }

        RunReport.WriteStart(plan, run._boards, run._network.Gateway);
        var time = Stopwatch.StartNew();
        using var server = SnapshotServer.Start(
            () => RunSnapshot.Take(plan.Title, run._network, run._boards, time.ElapsedMilliseconds));
        run.Start();
        var code = run.WaitForEnd(stop.Asked);
        code = run.Stop() || code != ExitCode.Ok ? code : ExitCode.Failed;
        BoardLines.Output.WriteUnfinished();
        BoardLines.Error.WriteUnfinished();
        RunReport.WriteSummary(run._boards, run._network);
        return code;
    }

    public void Dispose()
    {
        // Waits for callbacks under way: they use the network.
        _partitions.ForEach(timer => timer.DisposeAsync().AsTask().Wait());
        _network.Dispose();
        _recording?.Dispose();
    }

    // All that can fail before the first app starts.
    private int Prepare()
    {
        if (HostGateway.Unavailability is { } reason)
        {
            if (_plan.Forwards.Count > 0 || _plan.Boards.Any(board => board.UsesDhcp))
            {
                Console.Error.WriteLine("iotnet: " + reason);
                return ExitCode.NotHere;
            }

            Console.Error.WriteLine("The boards reach only each other: " + reason);
        }

        try
        {
            _recording = new Recording(_network.Switch, _plan.CapturePath, _plan.IsTraced);
            PowerOn();
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is SocketException or IOException or ArgumentException or TimeoutException)
        {
            Console.Error.WriteLine("iotnet: " + e.Message);
            return ExitCode.Failed;
        }
    }

    private void PowerOn()
    {
        if (HostGateway.IsAvailable)
        {
            // Before the boards, which may ask it for their addresses.
            _network.AddGateway(new GatewayOptions { Restricted = _plan.IsRestricted });
        }

        // Boards with an address of their own come first, so that none of the others is given it.
        var boards = _plan.Boards.OrderBy(board => board.Address is null).ToDictionary(plan => plan, Add);
        _boards.AddRange(_plan.Boards.Select(plan => boards[plan]));
        _boards.ForEach(board => board.WaitForAddress(AddressPatienceMs));
        foreach (var forward in _plan.Forwards)
        {
            // Whoever names no board means the first one of the plan, which need not be the first one that got power.
            var isOpen = forward.Board is null && forward.BoardAddress is null;
            _network.AddForward(isOpen ? forward with { Board = _boards[0].Name } : forward);
        }
    }

    private EmulatedBoard Add(BoardPlan plan)
    {
        if (plan.Address is null)
        {
            return _network.AddBoard(plan.Name, plan.Profile, plan.Link, plan.UsesDhcp);
        }

        var options = new BoardOptions
        {
            Name = plan.Name,
            Profile = plan.Profile,
            Address = plan.Address,
            Gateway = EmulatedNetwork.Router,
        };
        return _network.AddBoard(options, plan.Link);
    }

    private void Start()
    {
        foreach (var partition in _plan.Partitions)
        {
            var a = _network.FindBoard(partition.A)!;
            var b = _network.FindBoard(partition.B)!;
            At(partition.From, () => _network.Partition(a, b), $"{a.Name} and {b.Name} do not reach each other from now on");
            if (partition.To is { } end)
            {
                At(end, () => _network.Heal(a, b), $"{a.Name} and {b.Name} reach each other again");
            }
        }

        foreach (var (board, plan) in _boards.Zip(_plan.Boards))
        {
            _apps.AddRange(plan.Apps.Select(app => new RunningApp(board, app)));
        }
    }

    private void At(TimeSpan time, Action action, string message)
    {
        if (time == TimeSpan.Zero)
        {
            // Before the apps start: a timer would let their first frames through.
            action();
            Console.Error.WriteLine(message);
            return;
        }

        _partitions.Add(new Timer(
            _ =>
            {
                action();
                Console.Error.WriteLine(message);
            },
            null,
            time,
            Timeout.InfiniteTimeSpan));
    }

    private int WaitForEnd(Task stop)
    {
        var running = _apps.Select(app => app.Ended).ToList();
        while (running.Count > 0)
        {
            if (Task.WhenAny([stop, .. running]).Result is not Task<int> ended)
            {
                return ExitCode.Ok;
            }

            if (ended.Result != ExitCode.Ok)
            {
                return ended.Result;
            }

            running.Remove(ended);
        }

        return ExitCode.Ok;
    }

    // Gives whether all ended in time, and well.
    private bool Stop()
    {
        foreach (var app in _apps.Where(app => !app.Ended.IsCompleted))
        {
            app.RequestStop();
        }

        Task.WhenAll(_apps.Select(app => app.Ended)).Wait(s_patience);
        foreach (var app in _apps.Where(app => !app.Ended.IsCompleted))
        {
            Console.Error.WriteLine($"iotnet: {app.Name} did not end within {s_patience.TotalMilliseconds} ms; its board loses power");
        }

        return _apps.All(app => app.Ended.IsCompleted && app.Ended.Result == ExitCode.Ok);
    }
}
