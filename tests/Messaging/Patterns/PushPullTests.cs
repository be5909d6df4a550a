namespace IoTNet.Tests.Messaging;

/// <summary>RFC 30: PUSH and PULL.</summary>
[TestClass]
public class PushPullTests
{
    private const int Many = 20_000;
    private const int WouldBlock = -(int)Errno.EAGAIN;
    private const int NotSupported = -(int)Errno.EOPNOTSUPP;

    private static IEnumerable<object[]> Transports => World.Transports;

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Push_ManyMessages_ArriveInOrder(string transport)
    {
        using World world = new();
        var (pull, push) = world.Join(transport, MessageSocketType.Pull, MessageSocketType.Push);

        Task sender = Task.Run(() =>
        {
            for (int i = 0; i < Many; i++)
            {
                push.Send(BitConverter.GetBytes(i));
            }
        });
        for (int i = 0; i < Many; i++)
        {
            Assert.AreEqual(i, BitConverter.ToInt32(pull.Receive()));
        }

        sender.Wait();
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Push_EverySize_ArrivesWhole(string transport)
    {
        using World world = new();
        var (pull, push) = world.Join(transport, MessageSocketType.Pull, MessageSocketType.Push);
        int[] sizes = [0, 1, 2, 254, 255, 256, 257, 4095, 4096, 4097, 65535, 65536, 65537, 1 << 20, 3, 100_000, 5, 5000, 5000, 1];

        Task sender = Task.Run(() =>
        {
            foreach (int size in sizes)
            {
                push.Send([Bytes(size), Bytes(size / 2), Bytes(7)]);
            }
        });
        foreach (int size in sizes)
        {
            byte[][] frames = pull.ReceiveFrames();
            Assert.HasCount(3, frames);
            CollectionAssert.AreEqual(Bytes(size), frames[0]);
            CollectionAssert.AreEqual(Bytes(size / 2), frames[1]);
        }

        sender.Wait();
    }

    [TestMethod]
    public void PushAndPull_TheOtherWay_AreRefused()
    {
        using World world = new();
        var (pull, push) = world.Join("inproc", MessageSocketType.Pull, MessageSocketType.Push);

        Assert.AreEqual(NotSupported, pull.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(NotSupported, push.TryReceive([1], 0, 1, out _, 0));
        Assert.AreEqual(PollEvents.Out, push.Events);
        Assert.AreEqual(PollEvents.None, pull.Events);
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Push_ToSeveral_TakesTurnsByMessage(string transport)
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push);
        MessageSocket[] pulls = [.. Enumerable.Range(0, 3).Select(_ => world.Open(MessageSocketType.Pull))];
        foreach (MessageSocket pull in pulls)
        {
            pull.Bind(World.Endpoint(transport));
            push.Connect(pull.LastEndpoint);
        }

        for (int i = 0; i < 9; i++)
        {
            push.Send(Frames.Of("" + i, "rest"));
        }

        for (int i = 0; i < 9; i++)
        {
            Frames.AreEqual(pulls[i % 3].ReceiveFrames(), "" + i, "rest");
        }
    }

    [TestMethod]
    public void Push_PeerWithoutRoom_IsPassedOver()
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.SendHighWaterMark = 1);
        MessageSocket full = world.Open(MessageSocketType.Pull, o => o.ReceiveHighWaterMark = 1);
        MessageSocket empty = world.Open(MessageSocketType.Pull, o => o.ReceiveHighWaterMark = 100);
        foreach (MessageSocket pull in (MessageSocket[])[full, empty])
        {
            pull.Bind(World.Endpoint("inproc"));
            push.Connect(pull.LastEndpoint);
        }

        Assert.AreEqual(103, Frames.Fill(push));
        Assert.AreEqual(PollEvents.None, push.Events);
        CollectionAssert.AreEqual((byte[])[0, 2], Frames.Drain(full));
        Assert.AreEqual(PollEvents.Out, push.Events);
        Assert.AreEqual(2, Frames.Fill(push));
        Assert.HasCount(101, Frames.Drain(empty));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    [DataRow(100)]
    public void Push_BytesOfAllMessages_AreBounded(int frames)
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.HighWaterBytes = 10_000);
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.HighWaterBytes = 1_000_000);
        pull.Bind(World.Endpoint("inproc"));
        push.Connect(pull.LastEndpoint);
        byte[][] message = [.. Enumerable.Range(0, frames).Select(_ => new byte[3000 / frames])];
        push.Options.SendTimeoutMs = 0;

        int count = 0;
        try
        {
            for (; count < 100; count++)
            {
                push.Send(message);
            }
        }
        catch (SocketException e)
        {
            Assert.AreEqual(Errno.EAGAIN, e.Errno);
        }

        // One queue between both, with the mark in bytes of the side that connected.
        Assert.AreEqual(4, count);
        for (int i = 0; i < count; i++)
        {
            Assert.HasCount(frames, pull.ReceiveFrames());
        }

        // One always fits.
        push.Send(new byte[50_000]);
        Assert.AreEqual(WouldBlock, push.TrySend([1], 0, 1, false, 0));
        Assert.HasCount(50_000, pull.Receive());
    }

    [TestMethod]
    public void Push_NoMark_TakesAny()
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.SendHighWaterMark = 0);
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.ReceiveHighWaterMark = 1);
        pull.Bind(World.Endpoint("inproc"));
        push.Connect(pull.LastEndpoint);

        Assert.AreEqual(5000, Frames.Fill(push, 5000));
    }

    [TestMethod]
    [DataRow("tcp")]
    [DataRow("ipc")]
    public void Push_OverNetworkWithoutReader_Waits(string transport)
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.SendHighWaterMark = 10);
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.ReceiveHighWaterMark = 10);
        pull.Bind(World.Endpoint(transport));
        push.Connect(pull.LastEndpoint);
        byte[] large = new byte[100_000];
        int sent = 0;

        // At least what the two queues hold, of 10 each; then what the network holds, too. Room is told for half a mark at once, so that up
        // to 4 that have left the first queue may still count: which ones depends on when it was empty.
        const int Least = 16;
        while (push.TrySend(large, 0, large.Length, false, sent < Least ? World.PatienceMs : 100) == 0)
        {
            Assert.IsLessThan(1000, ++sent, "there is no end to what it takes");
        }

        Assert.IsGreaterThanOrEqualTo(Least, sent);
        for (int i = 0; i < sent; i++)
        {
            Assert.HasCount(large.Length, pull.Receive());
        }

        push.SendText("goes on");
        Assert.AreEqual("goes on", pull.ReceiveText());
    }

    [TestMethod]
    public void Pull_FromSeveral_IsFair()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        pull.Bind(World.Endpoint("inproc"));
        MessageSocket[] pushes = [.. Enumerable.Range(0, 3).Select(_ => world.Open(MessageSocketType.Push))];
        foreach (MessageSocket push in pushes)
        {
            push.Connect(pull.LastEndpoint);
            for (int i = 0; i < 10; i++)
            {
                push.Send([[(byte)Array.IndexOf(pushes, push)], [1]]);
            }
        }

        for (int i = 0; i < 30; i++)
        {
            Assert.AreEqual(i % 3, pull.ReceiveFrames()[0][0]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Pull_PeerThatLeavesInTheMidst_LeavesWholeMessages(string transport)
    {
        using World world = new();
        var (pull, push) = world.Join(transport, MessageSocketType.Pull, MessageSocketType.Push);
        push.Options.LingerMs = World.PatienceMs;
        push.Send(Frames.Of("1", "2"));
        push.Send("half"u8.ToArray(), true);
        Assert.AreEqual("1", pull.ReceiveText());
        push.Close();

        Assert.AreEqual("2", pull.ReceiveText());
        MessageSocket next = world.Open(MessageSocketType.Push);
        next.Connect(pull.LastEndpoint);
        next.Send(Frames.Of("3", "4"));
        Frames.AreEqual(pull.ReceiveFrames(), "3", "4");
    }

    [TestMethod]
    public void Push_PeerThatLeavesInTheMidst_TakesTheMessageWithIt()
    {
        using World world = new();
        MessageSocket push = world.Open(MessageSocketType.Push);
        MessageSocket[] pulls = [world.Open(MessageSocketType.Pull), world.Open(MessageSocketType.Pull)];
        foreach (MessageSocket pull in pulls)
        {
            pull.Bind(World.Endpoint("inproc"));
            push.Connect(pull.LastEndpoint);
        }

        push.Send([1], true);
        pulls[0].Close();
        push.Send([2], true);
        push.Send([3], false);
        push.Send(Frames.Of("4", "5"));
        Frames.AreEqual(pulls[1].ReceiveFrames(), "4", "5");
        push.Send([6], true);
        push.Disconnect(pulls[1].LastEndpoint);
        Assert.AreEqual(0, push.TrySend([7], 0, 1, false, 0));
        Assert.AreEqual(WouldBlock, push.TrySend([8], 0, 1, false, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Pull_Conflating_GivesTheLatestAlsoAfterALook(string transport)
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull, o => o.Conflate = true);
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.Conflate = true);
        pull.Bind(World.Endpoint(transport));
        push.Connect(pull.LastEndpoint);

        push.Send([[1], [1], [1]]);
        Frames.Await(() => (pull.Events & PollEvents.In) != 0, "nothing comes");
        for (byte i = 2; i < 100; i++)
        {
            Frames.Await(() => push.TrySend([i], 0, 1, true, 0) == 0, "no room");
            push.Send([i], false);
        }

        byte last = 0;
        while (last != 99)
        {
            byte[][] frames = pull.ReceiveFrames();
            Assert.IsTrue(frames.All(f => f[0] == frames[0][0]), "frames of several messages");
            Assert.IsGreaterThan(last, frames[0][0]);
            last = frames[0][0];
            Assert.IsTrue(transport != "inproc" || last == 99);
        }

        Assert.AreEqual(WouldBlock, pull.TryReceive([], 0, 0, out _, 0));
    }

    // Alone: the memory that it weighs is the whole process's.
    [TestMethod]
    [DoNotParallelize]
    public void Pull_ConflatingInTheMidstOfAMessage_GivesTheRestAndThenTheLatest()
    {
        using World world = new();
        MessageSocket pull = world.Open(MessageSocketType.Pull);
        MessageSocket push = world.Open(MessageSocketType.Push, o => o.Conflate = true);
        pull.Bind(World.Endpoint("inproc"));
        push.Connect(pull.LastEndpoint);
        push.Send(Frames.Of("1", "2", "3"));

        Assert.AreEqual("1", pull.ReceiveText());
        long before = GC.GetTotalMemory(true);
        for (int i = 0; i < 50_000; i++)
        {
            push.Send([[], new byte[100]]);
        }

        Assert.IsLessThan(2_000_000, GC.GetTotalMemory(true) - before, "older messages are kept");
        push.Send(Frames.Of("4"));
        Frames.AreEqual(pull.ReceiveFrames(), "2", "3");
        Frames.AreEqual(pull.ReceiveFrames(), "4");
        Assert.AreEqual(WouldBlock, pull.TryReceive([], 0, 0, out _, 0));
        push.Send(Frames.Of("5"));
        push.Close();
        Frames.AreEqual(pull.ReceiveFrames(), "5");
    }

    private static byte[] Bytes(int size)
    {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++)
        {
            bytes[i] = (byte)(i * 31);
        }

        return bytes;
    }
}
