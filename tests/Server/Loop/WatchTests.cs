namespace IoTNet.Tests.Server;

[TestClass]
public sealed class WatchTests
{
    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Watch_OfASocketThatIsRead_IsToldUntilItIsEmpty(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        byte[] buffer = new byte[4];
        List<PollEvents> seen = [];
        SocketWatch watch = loop.Watch(server, PollEvents.In, new Watcher((w, events) =>
        {
            seen.Add(events);
            Assert.AreEqual(2, w.Socket.TryReceive(buffer, 0, 2, SocketFlags.DontWait));
        }));
        client.Send([1, 2, 3, 4]);
        while (seen.Count < 2)
        {
            loop.RunOnce(Stacks.PatienceMs);
        }

        Assert.AreEqual(0, loop.RunOnce(0));
        CollectionAssert.AreEqual(new[] { PollEvents.In, PollEvents.In }, seen);
        watch.Close();
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.All), typeof(Stacks))]
    public void Post_FromAnotherThread_WakesTheLoop(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        List<object> states = [];
        Thread other = new(() =>
        {
            loop.Post(states.Add, 1);
            loop.Post(states.Add, 2);
            loop.Post(_ => loop.Stop(), null);
        });
        other.Start();
        loop.Run();
        other.Join();
        CollectionAssert.AreEqual(new object[] { 1, 2 }, states);
    }
}
