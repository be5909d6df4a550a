using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

/// <summary>What the conformance suite cannot see of the selector: its own limit of a connect, and who is woken when.</summary>
[TestClass]
public class SelectorTests
{
    private readonly int[] _keys = new int[8];
    private readonly int[] _seen = new int[8];

    [TestMethod]
    public void Wait_ConnectRunsOutOfTime_ReportsItUntilItIsUnwatched()
    {
        // The look that finds the time over wakes the watch that it looks at.
        using Net net = new(new LoopbackLimits { ConnectTimeoutMs = 1 });
        SocketAddress address = V4(0);
        net.Listener(address, 0);
        net.Connect(net.Tcp(), address);
        int late = net.Tcp();
        net.Connect(late, address);
        ISelector selector = net.Stack.OpenSelector();
        selector.Watch(late, PollEvents.Out, false, 7);

        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(1, selector.Wait(_keys, _seen, -1));
            Assert.AreEqual(7, _keys[0]);
            Assert.AreEqual((int)(PollEvents.Out | PollEvents.Err | PollEvents.Hup), _seen[0]);
        }

        selector.Unwatch(late);
        Assert.AreEqual(0, selector.Wait(_keys, _seen, 0));
        selector.Close();
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Forward_OneOfSeveralIsLookedAtMeanwhile_AllAreWoken(int distance)
    {
        // One call wakes three selectors, and the first thread that hears of it looks at another one before the call has
        // told them all.
        using Net net = new();
        (int a, int b) = net.Pair(SocketType.Stream);
        List<int> woken = [];
        ISelector[] selectors = new ISelector[3];
        for (int i = 0; i < selectors.Length; i++)
        {
            int number = i;
            selectors[i] = net.Stack.OpenSelector();
            selectors[i].Watch(a, PollEvents.In, false, i);
            selectors[i].Wait(_keys, _seen, 0);
            selectors[i].Forward(new Target(() =>
            {
                woken.Add(number);
                if (woken.Count == 1)
                {
                    Assert.AreEqual(1, selectors[(number + distance) % 3].Wait(_keys, _seen, 0));
                }
            }));
        }

        net.Send(b, "x");

        CollectionAssert.AreEquivalent(new[] { 0, 1, 2 }, woken.Distinct().ToArray());
        Array.ForEach(selectors, s => s.Close());
    }

    [TestMethod]
    public void Forward_ToAnotherSelector_TellsItWhatTheFirstHasHeard()
    {
        using Net net = new();
        (int a, _) = net.Pair(SocketType.Stream);
        ISelector selector = net.Stack.OpenSelector();
        selector.Watch(a, PollEvents.Out, false, 1);
        int first = 0;
        int second = 0;
        selector.Forward(new Target(() => first++));
        selector.Forward(new Target(() => second++));

        Assert.AreEqual(1, first);
        Assert.AreEqual(1, second);
        selector.Close();
    }

    /// <summary>A selector that is only woken.</summary>
    private sealed class Target(Action wake) : ISelector
    {
        public int Watch(int handle, PollEvents events, bool once, int key) => throw new NotSupportedException();

        public void Unwatch(int handle) => throw new NotSupportedException();

        public int Wait(int[] keys, int[] seen, int timeoutMs) => throw new NotSupportedException();

        public void Wake() => wake();

        public bool Forward(ISelector other) => throw new NotSupportedException();

        public void Close()
        {
        }
    }
}
