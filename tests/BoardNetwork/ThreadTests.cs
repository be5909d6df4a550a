namespace IoTNet.Boards.Tests;

/// <summary>The network with its thread: start, waiting, stop at any moment.</summary>
[TestClass]
public class ThreadTests
{
    private const int LongMs = 10_000;

    [TestMethod]
    public void Start_OfALinkThatConnects_ReturnsWhenUp()
    {
        ScriptedLink link = new() { Address = Bench.First };
        BoardNetwork network = Make(link);

        network.Start(LongMs);

        Assert.IsTrue(network.IsUp);
        Assert.AreEqual($"up, {Bench.First}", network.ToString());
        Assert.IsTrue(network.Stop(LongMs));
    }

    [TestMethod]
    public void Start_ThatTakesTooLong_SaysWhereItStandsAndGoesOn()
    {
        ScriptedLink link = new ScriptedLink { Address = Bench.First }.Answers(NetworkReason.WrongPassword);
        BoardNetwork network = Make(link, new NetworkSettings { Ssid = "home", RetryInitialMs = 3_600_000, RetryMaximumMs = 3_600_000 });
        using ManualResetEventSlim waiting = new();
        network.StateChanged += (_, state, _) =>
        {
            if (state == NetworkState.Retrying)
            {
                waiting.Set();
            }
        };
        Assert.IsFalse(network.TryStart(0));
        Assert.IsTrue(waiting.Wait(LongMs));

        Assert.AreEqual("waiting to try again (wrong password)", network.ToString());
        network.RetryNow();

        Assert.IsTrue(network.WaitUp(LongMs));
        Assert.IsTrue(network.Stop(LongMs));
    }

    [TestMethod]
    public void Start_WithoutSuccess_ThrowsInWords()
    {
        BoardNetwork network = Make(new ScriptedLink(), new NetworkSettings());

        TimeoutException e = Assert.ThrowsExactly<TimeoutException>(() => network.Start(50));

        Assert.StartsWith("Wi-Fi is not up after 50 ms: down", e.Message);
        Assert.IsTrue(network.Stop(LongMs));
    }

    [TestMethod]
    public void Start_Twice_IsRefused()
    {
        BoardNetwork network = Make(new ScriptedLink { Address = Bench.First });
        network.Start(LongMs);

        Assert.ThrowsExactly<InvalidOperationException>(() => network.TryStart(0));
        Assert.IsTrue(network.Stop(LongMs));
        Assert.ThrowsExactly<InvalidOperationException>(() => network.TryStart(0));
    }

    [TestMethod]
    public void Stop_BeforeTheStartAndTwice_DoesNothing()
    {
        ScriptedLink link = new();
        BoardNetwork network = Make(link);

        Assert.IsTrue(network.Stop(0));
        Assert.IsTrue(network.Stop(0));

        Assert.IsEmpty(link.Calls);
    }

    [TestMethod]
    public void Stop_WhileUp_LeavesClosesAndTellsNothing()
    {
        ScriptedLink link = new() { Address = Bench.First };
        BoardNetwork network = Make(link);
        network.Start(LongMs);
        int events = 0;
        network.StateChanged += (_, _, _) => Interlocked.Increment(ref events);
        network.WentDown += (_, _, _) => Interlocked.Increment(ref events);

        Assert.IsTrue(network.Stop(LongMs));

        Assert.AreEqual(0, events);
        Assert.AreEqual(NetworkState.Down, network.State);
        Assert.AreEqual(IPAddress.Any, network.Address);
        Assert.IsFalse(network.WaitUp(0));
        Assert.AreEqual("close", link.Calls[^1]);
        Assert.Contains("disconnect", link.Calls);
    }

    [TestMethod]
    public void Stop_WhileConnecting_EndsItAndNothingIsToldAfter()
    {
        using ManualResetEventSlim connecting = new(), goOn = new();
        ScriptedLink link = new() { Address = Bench.First, WhileConnecting = () => { connecting.Set(); goOn.Wait(); } };
        BoardNetwork network = Make(link);
        List<NetworkState> states = [];
        network.StateChanged += (_, state, _) => { lock (states) { states.Add(state); } };
        Assert.IsFalse(network.TryStart(0));
        Assert.IsTrue(connecting.Wait(LongMs));

        Assert.IsFalse(network.Stop(0), "the link is not done yet");
        Assert.IsTrue(link.Has("disconnect"), "which ends a real link's waiting");
        goOn.Set();

        Assert.IsTrue(network.Stop(LongMs));
        CollectionAssert.AreEqual(new[] { NetworkState.Connecting }, states);
        Assert.AreEqual(NetworkState.Down, network.State);
        Assert.IsFalse(network.WaitUp(0));
    }

    // The network's thread is on its way into Connect as Stop disconnects: the link had nothing to end yet.
    [TestMethod]
    public void Stop_JustBeforeALinkConnects_EndsThatConnect()
    {
        int leaves = 0;
        bool hasEnded = false;
        using ManualResetEventSlim connecting = new();
        ScriptedLink link = new()
        {
            WhileDisconnecting = () => Interlocked.Increment(ref leaves),
            WhileConnecting = () =>
            {
                connecting.Set();
                Assert.IsTrue(SpinWait.SpinUntil(() => Volatile.Read(ref leaves) > 0, LongMs));
                hasEnded = SpinWait.SpinUntil(() => Volatile.Read(ref leaves) > 1, LongMs);
            },
        };
        BoardNetwork network = Make(link);
        Assert.IsFalse(network.TryStart(0));
        Assert.IsTrue(connecting.Wait(LongMs));

        Assert.IsTrue(network.Stop(2 * LongMs));
        Assert.IsTrue(hasEnded, "the link waits for its own end");
    }

    // Stop disconnects while the network's thread ends by itself.
    [TestMethod]
    public void Stop_WhileTheThreadEnds_LeavesBeforeTheLinkIsClosed()
    {
        int stopper = Environment.CurrentManagedThreadId;
        using ManualResetEventSlim up = new(), leaving = new();
        ScriptedLink link = new() { Address = Bench.First };
        link.WhileDisconnecting = () =>
        {
            if (Environment.CurrentManagedThreadId == stopper)
            {
                leaving.Set();
                // In vain: the close has to wait.
                SpinWait.SpinUntil(() => link.Has("close"), 200);
            }
        };
        BoardNetwork network = Make(link);
        network.WentUp += (_, _, _) =>
        {
            up.Set();
            leaving.Wait(LongMs);
        };
        _ = network.TryStart(0);
        Assert.IsTrue(up.Wait(LongMs));

        Assert.IsTrue(network.Stop(LongMs));
        Assert.AreEqual("close", link.Calls[^1]);
    }

    [TestMethod]
    public void Stop_WhileAnotherThreadStarts_EndsWhatWasStarted()
    {
        for (int i = 0; i < 500; i++)
        {
            ScriptedLink link = new() { Address = Bench.First };
            BoardNetwork network = Make(link);
            using Barrier start = new(2);
            Thread starter = new(() =>
            {
                start.SignalAndWait();
                network.TryStart(0);
            });
            starter.Start();
            start.SignalAndWait();
            Assert.IsTrue(network.Stop(LongMs));
            Assert.IsTrue(starter.Join(LongMs));
            Assert.IsTrue(network.Stop(LongMs));
        }
    }

    [TestMethod]
    public void Stop_WhileConnectingFailsForTheLastTime_OpensNoAccessPoint()
    {
        using ManualResetEventSlim connecting = new(), goOn = new();
        ScriptedLink link = new() { WhileConnecting = () => { connecting.Set(); goOn.Wait(); } };
        BoardNetwork network = Make(
            link.Answers(NetworkReason.NotFound),
            new NetworkSettings { Ssid = "home", AccessPointSsid = "setup", AccessPointAfterFailures = 1 });
        Assert.IsFalse(network.TryStart(0));
        Assert.IsTrue(connecting.Wait(LongMs));

        Assert.IsFalse(network.Stop(0));
        goOn.Set();

        Assert.IsTrue(network.Stop(LongMs));
        Assert.IsFalse(link.Has("open setup"));
    }

    [TestMethod]
    [DataRow(NetworkState.Connecting)]
    [DataRow(NetworkState.GettingAddress)]
    [DataRow(NetworkState.Up)]
    [DataRow(NetworkState.Retrying)]
    [DataRow(NetworkState.AccessPoint)]
    [DataRow(NetworkState.Restarting)]
    public void Stop_FromTheHandlerOfAnyState_IsTheLastEvent(NetworkState last)
    {
        ScriptedLink link = new() { Address = Bench.First, NeedsRestart = last == NetworkState.Restarting };
        bool fails = last is NetworkState.Retrying or NetworkState.AccessPoint or NetworkState.Restarting;
        link.Answers(fails ? [NetworkReason.NotFound] : []);
        BoardNetwork network = Make(link, new NetworkSettings
        {
            Ssid = "home",
            AccessPointSsid = last == NetworkState.Retrying ? null : "setup",
            AccessPointAfterFailures = 1,
        });
        List<NetworkState> states = [];
        network.WentUp += (_, state, _) => states.Add(NetworkState.Down);
        network.StateChanged += (n, state, _) =>
        {
            states.Add(state);
            if (state == last)
            {
                Assert.IsFalse(n.Stop(LongMs), "a handler cannot wait for its own end");
            }
        };

        _ = network.TryStart(0);

        // Another thread's waits for the end.
        Assert.IsTrue(SpinWait.SpinUntil(() => network.State == NetworkState.Down && link.Has("close"), LongMs));
        Assert.IsTrue(network.Stop(LongMs));
        Assert.AreEqual(last, states[^1], string.Join(", ", states));
        Assert.DoesNotContain("restart", link.Calls);
    }

    [TestMethod]
    public void Change_ToldByTheLink_IsSeenAtOnce()
    {
        ScriptedLink link = new() { IsWireless = false, Address = Bench.First };
        BoardNetwork network = Make(link, new NetworkSettings { WatchMs = 3_600_000 });
        using ManualResetEventSlim down = new();
        network.WentDown += (_, _, reason) => down.Set();
        network.Start(LongMs);

        link.IsConnected = false;
        link.Tell();
        Assert.IsTrue(down.Wait(LongMs));
        Assert.AreEqual(NetworkReason.CableOut, network.Reason);
        link.IsConnected = true;
        link.Tell();

        Assert.IsTrue(network.WaitUp(LongMs));
        Assert.IsTrue(network.Stop(LongMs));
    }

    [TestMethod]
    public void Stop_OfALinkThatThrows_EndsAllTheSame()
    {
        ScriptedLink link = new() { Address = Bench.First };
        BoardNetwork network = Make(link);
        network.Start(LongMs);
        link.Throws["disconnect"] = new InvalidOperationException("left");
        link.Throws["close"] = new InvalidOperationException("closed");

        Assert.IsTrue(network.Stop(LongMs));
    }

    private static BoardNetwork Make(ScriptedLink link, NetworkSettings? settings = null) =>
        new(link, settings ?? new NetworkSettings { Ssid = "home" });
}
