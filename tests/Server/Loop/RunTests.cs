namespace IoTNet.Tests.Server;

[TestClass]
public sealed class RunTests
{
    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Post_FromManyThreads_IsDoneInEachOnesOrder(string stack)
    {
        const int threads = 4, each = 5_000;
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack, new EventLoopOptions { PostLimit = 1 << 16 });
        int[] next = new int[threads];
        bool inOrder = true;
        Thread[] posters = [.. Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            for (int i = 0; i < each; i++)
            {
                loop.Post(state => inOrder &= next[t]++ == (int)state && loop.IsLoopThread, i);
            }
        }))];
        loop.RunBeside(() =>
        {
            Array.ForEach(posters, p => p.Start());
            Array.ForEach(posters, p => p.Join());
        });
        Assert.IsTrue(inOrder);
        CollectionAssert.AreEqual(Enumerable.Repeat(each, threads).ToArray(), next, "Stop leaves nothing undone");
    }

    [TestMethod]
    public void Post_AboveTheLimit_IsRefusedUntilTheLoopHasWorked()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack, new EventLoopOptions { PostLimit = 9 });
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < 9; i++)
            {
                loop.Post(_ => { }, null);
            }

            Assert.AreEqual(-(int)Errno.ENOBUFS, loop.TryPost(_ => { }, null));
            StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => loop.Post(_ => { }, null)).Message, "9 posts");
            Assert.AreEqual(9, loop.RunOnce(-1));
        }
    }

    [TestMethod]
    public void Post_InAPost_IsDoneInTheNextRound()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        List<object> calls = [];
        loop.Post(_ => loop.Post(calls.Add, 2), null);
        loop.Post(calls.Add, 1);
        Assert.AreEqual(2, loop.RunOnce(-1));
        Assert.AreEqual(1, loop.RunOnce(-1));
        CollectionAssert.AreEqual(new object[] { 1, 2 }, calls);
    }

    [TestMethod]
    public void Error_OfEveryCallback_IsReportedAndTheLoopLives()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        List<object> sources = [];
        loop.Error += (source, error) => sources.Add(source + ":" + error.Message);
        loop.Watch(server, PollEvents.In, new Watcher((w, _) =>
        {
            w.Events = PollEvents.None;
            throw new IOException("watch");
        }));
        new LoopTimer(loop, _ => throw new IOException("timer"), null).Start(0, 0);
        loop.Post(_ => throw new IOException("post"), "state");
        loop.Post(_ => loop.RunOnce(0), "again");
        client.Send([1]);
        Assert.AreEqual(4, loop.Settle());
        CollectionAssert.AreEqual(
            new[]
            {
                "IoTNet.SocketWatch:watch", "IoTNet.LoopTimer:timer", "state:post",
                "again:The loop runs already: this is one of its callbacks.",
            },
            sources);
    }

    [TestMethod]
    public void Run_OfACallbackThatThrowsWithoutAHandler_ThrowsAndMayGoOn()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        int calls = 0;
        Bomb[] bombs = [.. Enumerable.Range(0, 4).Select(_ => new Bomb())];
        foreach (Bomb bomb in bombs)
        {
            board.Pair(out Socket client, out Socket server);
            Assert.AreEqual(-(int)Errno.EAGAIN, loop.Receive(server, new byte[1], 0, 1, SocketFlags.None, bomb, out _));
            client.Send([1]);
        }

        loop.Post(_ => throw new IOException("post"), null);
        loop.Post(_ => calls++, null);
        loop.Post(_ => loop.Stop(), null);
        for (int i = 0; i < 5; i++)
        {
            Assert.ThrowsExactly<IOException>(loop.Run);
            Assert.IsFalse(loop.IsLoopThread);
        }

        loop.Run();
        Assert.AreEqual(1, calls);
        Assert.IsTrue(bombs.All(b => b.Events == 1), "no event is lost");
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Stop_FromAnotherThread_DoesWhatWasPostedAndDropsTheRest(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket _, out Socket server);
        SocketWatch watch = loop.Watch(server, PollEvents.In, new Watcher((_, _) => Assert.Fail("nothing came")));
        LoopTimer timer = new(loop, _ => Assert.Fail("not due"), null);
        timer.Start(1_000_000, 0);
        bool done = false;
        using ManualResetEventSlim isRunning = new();
        loop.Post(_ => isRunning.Set(), null);
        loop.RunBeside(() =>
        {
            Assert.IsTrue(isRunning.Wait(Stacks.PatienceMs));
            loop.Post(_ => done = true, null);
            loop.Stop();
            Assert.AreEqual(-(int)Errno.ECANCELED, loop.TryPost(_ => { }, null));
        });
        Assert.IsTrue(done && loop.IsStopping && watch.IsClosed && !timer.IsRunning && !server.IsClosed);
        Assert.ThrowsExactly<ObjectDisposedException>(loop.Run);
        Assert.ThrowsExactly<ObjectDisposedException>(() => loop.Post(_ => { }, null));
        Assert.ThrowsExactly<ObjectDisposedException>(() => loop.Watch(server, PollEvents.In, new Watcher((_, _) => { })));
        Assert.ThrowsExactly<ObjectDisposedException>(() => timer.Start(0, 0));
    }

    // A callback does not know that another thread has stopped the loop meanwhile, and cannot ask in time.
    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Stop_WhileACallbackRuns_TakesAndDropsWhatItBegins(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        client.Send([1]);
        LoopTimer timer = new(loop, _ => Assert.Fail("not due any more"), null);
        SocketWatch? first = null, second = null;
        loop.Post(_ =>
        {
            Thread other = new(loop.Stop);
            other.Start();
            other.Join();
            timer.Start(0, 0);
            first = loop.Watch(server, PollEvents.In, new Watcher((_, _) => Assert.Fail("no event after Stop")));
        }, null);
        loop.Post(_ => second = loop.Watch(client, PollEvents.In, new Watcher((_, _) => Assert.Fail("no event after Stop"))), null);
        loop.Run();
        Assert.IsTrue(first!.IsClosed && second!.IsClosed && !timer.IsRunning && !server.IsClosed);
        Assert.ThrowsExactly<ObjectDisposedException>(() => timer.Start(0, 0));
        Assert.ThrowsExactly<ObjectDisposedException>(() => loop.Watch(server, PollEvents.In, new Watcher((_, _) => { })));
    }

    // An abort's caller, after the loop has dropped its watches.
    [TestMethod]
    public void Stop_AndAWatchThatAnAbortBegins_LeavesNoWatch()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        SocketWatch? watch = null;
        Caller caller = new(_ => watch = loop.Watch(client, PollEvents.In, new Watcher((_, _) => Assert.Fail("no event after Stop"))));
        Assert.AreEqual(-(int)Errno.EAGAIN, loop.Receive(server, new byte[1], 0, 1, SocketFlags.None, caller, out _));
        loop.Post(_ => loop.Stop(), null);
        loop.Run();
        Assert.IsTrue(watch!.IsClosed);
    }

    [TestMethod]
    public void Stop_InEveryKindOfCallback_EndsRun()
    {
        foreach (string kind in new[] { "watch", "timer", "post", "select" })
        {
            using Stacks board = new("loopback");
            EventLoop loop = new(board.Stack);
            board.Pair(out Socket client, out Socket server);
            client.Send([1]);
            switch (kind)
            {
                case "watch":
                    loop.Watch(server, PollEvents.In, new Watcher((_, _) => loop.Close()));
                    break;
                case "timer":
                    new LoopTimer(loop, _ => loop.Stop(), null).Start(0, 1);
                    break;
                case "post":
                    loop.Post(_ => loop.Dispose(), null);
                    break;
                default:
                    server.TryReceive(new byte[1], 0, 1, SocketFlags.None);
                    loop.Receive(server, new byte[1], 0, 1, SocketFlags.None, new Caller(_ => loop.Stop()), out _);
                    client.Send([1]);
                    break;
            }

            loop.Run();
            Assert.IsTrue(loop.IsStopping, kind);
            loop.Close();
        }
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Run_WithNothingToDo_MakesNoRounds(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket _, out Socket server);
        loop.Watch(server, PollEvents.In, new Watcher((_, _) => Assert.Fail("nothing came")));
        int rounds = 0;
        new LoopTimer(loop, _ => loop.Stop(), null).Start(400, 0);
        loop.Post(_ => rounds = loop.Rounds, null);
        loop.Run();
        rounds = loop.Rounds - rounds;
        Assert.IsTrue(rounds <= 8, rounds + " looks in 400 ms");
    }

    [TestMethod]
    public void Options_OutOfRange_AreRefused()
    {
        using Stacks board = new("loopback");
        foreach (EventLoopOptions wrong in new EventLoopOptions[]
            { new() { PostLimit = 0 }, new() { PostLimit = 65_537 }, new() { EventsPerWait = 0 }, new() { EventsPerWait = 4097 } })
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new EventLoop(board.Stack, wrong));
        }

        Assert.ThrowsExactly<ArgumentNullException>(() => new EventLoop(null));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new EventLoop(board.Stack).RunOnce(-2));
    }

    private sealed class Bomb : ISelectCaller
    {
        public int Events { get; private set; }

        public void OnSelect(SelectEvent selected)
        {
            Events++;
            throw new IOException("select");
        }
    }
}
