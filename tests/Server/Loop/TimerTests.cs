namespace IoTNet.Tests.Server;

[TestClass]
public sealed class TimerTests
{
    [TestMethod]
    public void Heap_OfTimersInAnyOrder_GivesThemByTimeAndThenByTurn()
    {
        using EventLoop loop = new(new Stacks("loopback").Stack);
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            TimerHeap heap = new();
            List<(long Due, int Turn, LoopTimer Timer)> expected = [];
            for (int i = 0; i < 60; i++)
            {
                LoopTimer timer = new(loop, _ => { }, i);
                heap.Set(timer, random.Next(20));
                if (random.Next(3) == 0)
                {
                    heap.Set(timer, random.Next(20));
                }

                expected.Add((timer.DueMs, timer.Turn, timer));
                if (random.Next(4) == 0)
                {
                    int index = random.Next(expected.Count);
                    heap.Remove(expected[index].Timer);
                    expected.RemoveAt(index);
                }
            }

            expected.Sort((a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.Turn.CompareTo(b.Turn));
            long now = 7;
            foreach ((long due, _, LoopTimer timer) in expected)
            {
                now = Math.Max(now, due);
                Assert.AreEqual((int)Math.Max(0, due - now), heap.NextMs(now), "seed " + seed);
                Assert.AreSame(timer, heap.TakeDue(now, heap.Turn), "seed " + seed);
                Assert.IsFalse(timer.IsRunning);
            }

            Assert.IsNull(heap.TakeDue(long.MaxValue, heap.Turn));
            Assert.AreEqual(-1, heap.NextMs(now));
        }
    }

    [TestMethod]
    public void Heap_OfAPeriodicTimer_DoesNotDriftWhenItsCallsAreLate()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        LoopTimer timer = new(loop, _ => { }, null);
        timer.Start(0, 10);
        TimerHeap heap = new();
        timer.Stop();
        heap.Set(timer, 1000);
        for (int beat = 0; beat < 100_000; beat++)
        {
            long late = 1000 + (beat * 10L) + (beat % 10);
            Assert.AreSame(timer, heap.TakeDue(late, heap.Turn));
            Assert.IsNull(heap.TakeDue(late, heap.Turn), "one call for a beat");
            Assert.AreEqual(1000 + ((beat + 1) * 10L), timer.DueMs);
        }

        Assert.AreSame(timer, heap.TakeDue(timer.DueMs + 35, heap.Turn));
        Assert.AreEqual(1000 + 1_000_000 + 40, timer.DueMs, "missed beats are left out");
        heap.Clear();
        Assert.IsFalse(timer.IsRunning);
    }

    [TestMethod]
    public void Heap_NearTheEndOfItsMarks_KeepsTheOrder()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        TimerHeap heap = new(int.MaxValue - 2);
        LoopTimer[] timers = new LoopTimer[6];
        for (int i = 0; i < timers.Length; i++)
        {
            timers[i] = new LoopTimer(loop, _ => { }, null);
            heap.Set(timers[i], 5);
        }

        Assert.IsTrue(heap.Turn < 0);
        foreach (LoopTimer timer in timers)
        {
            Assert.AreSame(timer, heap.TakeDue(5, heap.Turn));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Start_OfSeveral_CallsThemInTheirOrder(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        List<object> calls = [];
        foreach (int dueMs in new[] { 30, 10, 20, 0, 10 })
        {
            new LoopTimer(loop, calls.Add, dueMs).Start(dueMs, 0);
        }

        new LoopTimer(loop, _ => loop.Stop(), null).Start(40, 0);
        long before = Environment.TickCount64;
        loop.Run();
        Assert.IsTrue(Environment.TickCount64 - before >= 40, "none may come early");
        CollectionAssert.AreEqual(new object[] { 0, 10, 10, 20, 30 }, calls);
    }

    [TestMethod]
    public void Start_InItsOwnCallback_LeavesTheRoundToTheOthers()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        int calls = 0;
        LoopTimer? timer = null;
        timer = new LoopTimer(loop, _ =>
        {
            calls++;
            timer!.Start(0, 0);
        }, null);
        timer.Start(0, 0);
        Assert.AreEqual(1, loop.RunOnce(-1));
        Assert.AreEqual(1, loop.RunOnce(-1));
        Assert.AreEqual(2, calls);
    }

    [TestMethod]
    public void Stop_OfATimerThatIsDueInThisRound_KeepsItsCallBack()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        LoopTimer second = new(loop, _ => Assert.Fail("stopped"), null);
        new LoopTimer(loop, _ => second.Stop(), null).Start(0, 0);
        second.Start(0, 0);
        Assert.AreEqual(1, loop.Settle());
        Assert.IsFalse(second.IsRunning);
    }

    [TestMethod]
    public void Start_WithATimeBelowZero_IsRefused()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        LoopTimer timer = new(loop, _ => { }, null);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => timer.Start(-1, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => timer.Start(0, -1));
        Assert.ThrowsExactly<ArgumentNullException>(() => new LoopTimer(null, _ => { }, null));
        Assert.ThrowsExactly<ArgumentNullException>(() => new LoopTimer(loop, null, null));
    }
}
