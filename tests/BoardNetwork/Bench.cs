namespace IoTNet.Boards.Tests;

/// <summary>A network without a thread: the test makes its steps, and time passes when it says so.</summary>
internal sealed class Bench
{
    public static readonly IPAddress First = IPAddress.Parse("192.168.1.17");
    public static readonly IPAddress Second = IPAddress.Parse("192.168.1.18");

    private readonly Clock _clock = new();

    public Bench(ScriptedLink? link = null, NetworkSettings? settings = null, int seed = 1)
    {
        Link = link ?? new ScriptedLink();
        Network = new BoardNetwork(Link, settings ?? new NetworkSettings { Ssid = "home", Password = "password" }, _clock, new Random(seed));
        Network.StateChanged += (_, state, reason) => Events.Add(reason == NetworkReason.None ? $"{state}" : $"{state} {reason}");
        Network.WentUp += (network, _, _) => Events.Add($"up {network.Address}");
        Network.WentDown += (_, _, _) => Events.Add("down");
    }

    public ScriptedLink Link { get; }

    public BoardNetwork Network { get; }

    /// <summary>The events so far, in order.</summary>
    public List<string> Events { get; } = [];

    /// <summary>What the last step said of when to come again.</summary>
    public int WaitMs { get; private set; }

    /// <summary>Steps until there is something to wait for.</summary>
    public Bench Run()
    {
        for (int steps = 0; steps < 100; steps++)
        {
            WaitMs = Network.Step();
            if (WaitMs != 0)
            {
                return this;
            }
        }

        throw new AssertFailedException("100 steps without a wait: it spins");
    }

    /// <summary>Lets time pass, and steps.</summary>
    public Bench After(int ms)
    {
        _clock.NowMs += ms;
        return Run();
    }

    /// <summary>Lets the wait pass that the last step asked for, and steps.</summary>
    public Bench AfterTheWait()
    {
        Assert.AreNotEqual(-1, WaitMs, "it waits for somebody, not for a time");
        return After(WaitMs);
    }

    /// <summary>Steps until it is up.</summary>
    public Bench RunUp()
    {
        Link.Address = First;
        Run();
        Assert.AreEqual(NetworkState.Up, Network.State);
        Events.Clear();
        Link.Calls.Clear();
        return this;
    }

    public void AssertEvents(params string[] expected)
    {
        CollectionAssert.AreEqual(expected, Events, string.Join(", ", Events));
        Events.Clear();
    }

    public void AssertCalls(params string[] expected)
    {
        CollectionAssert.AreEqual(expected, Link.Calls, string.Join(", ", Link.Calls));
        Link.Calls.Clear();
    }

    private sealed class Clock : INetworkClock
    {
        public long NowMs { get; set; } = 1_000_000;
    }
}
