namespace IoTNet.Tests.Server;

[TestClass]
public sealed class WatchTests
{
    private static readonly Watcher s_nobody = new((_, _) => Assert.Fail("nobody asked for this"));

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Watch_OfASocketThatIsRead_IsToldUntilItIsEmpty(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        byte[] buffer = new byte[4];
        List<PollEvents> seen = [];
        loop.Watch(server, PollEvents.In, new Watcher((w, events) =>
        {
            seen.Add(events);
            Assert.AreEqual(2, w.Socket.TryReceive(buffer, 0, 2, SocketFlags.DontWait));
        }));
        client.Send([1, 2, 3, 4]);
        loop.RunUntil(() => seen.Count == 2);
        Assert.AreEqual(0, loop.Settle());
        CollectionAssert.AreEqual(new[] { PollEvents.In, PollEvents.In }, seen);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Events_SetToNone_AreSilentUntilTheyAreWantedAgain(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        int calls = 0;
        SocketWatch watch = loop.Watch(server, PollEvents.In | PollEvents.Out, new Watcher((w, events) =>
        {
            calls++;
            w.Events = PollEvents.None;
        }));
        client.Send([1]);
        Assert.AreEqual(1, loop.Settle());
        watch.Events = PollEvents.In;
        Assert.AreEqual(1, loop.Settle());
        Assert.AreEqual(2, calls);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Events_NoneOfAConnectionWhosePeerHasGone_DoNotKeepTheLoopBusy(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        PollEvents seen = PollEvents.None;
        SocketWatch watch = loop.Watch(server, PollEvents.None, new Watcher((_, events) => seen = events));
        server.Shutdown(SocketShutdown.Send);
        client.Close();
        Assert.IsTrue(loop.Settle() <= 1, "told once at most");
        Assert.AreEqual(PollEvents.None, seen & (PollEvents.In | PollEvents.Out | PollEvents.Nval));
        server.Close();
        watch.Events = PollEvents.In;
        loop.RunUntil(() => watch.IsClosed);
        Assert.AreEqual(PollEvents.Nval, seen);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Close_InTheCallbackOfAnotherWatch_KeepsBackWhatWasSeenAlready(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        SocketWatch[] watches = new SocketWatch[8];
        int calls = 0;
        for (int i = 0; i < watches.Length; i++)
        {
            board.Pair(out Socket client, out Socket server);
            client.Send([1]);
            Assert.AreEqual(PollEvents.In, server.Wait(PollEvents.In, Stacks.PatienceMs));
            watches[i] = loop.Watch(server, PollEvents.In, new Watcher((w, _) =>
            {
                calls++;
                Assert.IsFalse(w.IsClosed);
                Array.ForEach(watches, other => other.Close());
            }));
        }

        Assert.AreEqual(1, loop.Settle());
        Assert.AreEqual(1, calls);
        Assert.IsTrue(watches.All(w => w.IsClosed && !w.Socket.IsClosed));
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Watch_OfASocketWhoseWatchWasClosedInThisRound_BeginsWithTheNextOne(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        int[] calls = new int[2];
        loop.Watch(server, PollEvents.In, new Watcher((w, _) =>
        {
            calls[0]++;
            w.Close();
            loop.Watch(server, PollEvents.In, new Watcher((second, _) =>
            {
                calls[1]++;
                second.Close();
            }));
        }));
        client.Send([1]);
        Assert.AreEqual(2, loop.Settle());
        CollectionAssert.AreEqual(new[] { 1, 1 }, calls);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Watch_OfASocketClosedElsewhere_IsToldNvalOnce(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket _, out Socket server);
        List<PollEvents> seen = [];
        SocketWatch watch = loop.Watch(server, PollEvents.In, new Watcher((w, events) =>
        {
            seen.Add(events);
            Assert.IsTrue(w.IsClosed);
            loop.Stop();
        }));
        loop.Post(_ => new Thread(server.Close).Start(), null);
        loop.Run();
        CollectionAssert.AreEqual(new[] { PollEvents.Nval }, seen);
        watch.Close();
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Close_OfTheSocketInEveryCallback_LeavesTheLoopWhole(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        Socket listener = board.Listener();
        List<object> errors = [];
        loop.Error += (_, error) => errors.Add(error);
        int accepted = 0, read = 0, wanted = 50;
        loop.Watch(listener, PollEvents.In, new Watcher((_, _) =>
        {
            if (listener.TryAccept(0, out Socket connection) == 0)
            {
                accepted++;
                loop.Watch(board.Keep(connection), PollEvents.In, new Watcher((w, _) =>
                {
                    read++;
                    w.Socket.Close();
                    w.Close();
                    w.Events = PollEvents.Out;
                }));
            }
        }));
        for (int i = 0; i < wanted; i++)
        {
            Socket client = board.Open();
            client.Connect(listener.LocalEndPoint, Stacks.PatienceMs);
            client.Send([1]);
            loop.RunUntil(() => read == i + 1);
            client.Close();
        }

        listener.Close();
        Assert.AreEqual(wanted, accepted);
        Assert.AreEqual(0, errors.Count);
    }

    [TestMethod]
    public void Watch_OfWhatCannotBeWatched_SaysWhy()
    {
        using Stacks board = new("loopback");
        using Stacks other = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        loop.Watch(server, PollEvents.In, s_nobody);
        client.Close();
        Assert.ThrowsExactly<InvalidOperationException>(() => loop.Watch(server, PollEvents.In, s_nobody));
        Assert.ThrowsExactly<ObjectDisposedException>(() => loop.Watch(client, PollEvents.In, s_nobody));
        Assert.ThrowsExactly<ArgumentException>(() => loop.Watch(other.Open(), PollEvents.In, s_nobody));
        Assert.ThrowsExactly<ArgumentNullException>(() => loop.Watch(null, PollEvents.In, s_nobody));
        Assert.ThrowsExactly<ArgumentNullException>(() => loop.Watch(server, PollEvents.In, null));
    }

    [TestMethod]
    public void Members_FromAnotherThreadWhileItRuns_AreRefused()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket _, out Socket server);
        SocketWatch watch = loop.Watch(server, PollEvents.In, s_nobody);
        LoopTimer timer = new(loop, _ => { }, null);
        using ManualResetEventSlim isRunning = new();
        loop.Post(_ => isRunning.Set(), null);
        loop.RunBeside(() =>
        {
            Assert.IsTrue(isRunning.Wait(Stacks.PatienceMs));
            Assert.IsFalse(loop.IsLoopThread);
            Assert.ThrowsExactly<InvalidOperationException>(watch.Close);
            Assert.ThrowsExactly<InvalidOperationException>(() => watch.Events = PollEvents.Out);
            Assert.ThrowsExactly<InvalidOperationException>(() => timer.Start(0, 0));
            Assert.ThrowsExactly<InvalidOperationException>(() => loop.RunOnce(0));
        });
    }

    [TestMethod]
    public void Table_OfManyWatches_FindsEach()
    {
        using Stacks board = new("loopback");
        WatchTable table = new();
        List<SocketWatch> watches = [];
        using EventLoop loop = new(board.Stack);
        for (int i = 0; i < 10; i++)
        {
            SocketWatch watch = new(loop, board.Open(), s_nobody);
            watch.Turn(watch.Socket, i % 3 == 0);
            watches.Add(watch);
            table.Add(watches[i]);
        }

        for (int i = 0; i < watches.Count; i += 2)
        {
            table.Remove(watches[i]);
        }

        for (int i = 0; i < watches.Count; i++)
        {
            Assert.AreSame(i % 2 == 0 ? null : watches[i], table.Find(watches[i].IsLocal, watches[i].Handle));
        }

        Assert.IsNull(table.Find(!watches[1].IsLocal, watches[1].Handle));
        Assert.IsNull(table.Any(true));
        watches[1].Socket.Close();
        table.FailClosed();
        Assert.AreSame(watches[1], table.Any(true));
    }
}
