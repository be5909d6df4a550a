using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>RFC 28: DEALER and ROUTER.</summary>
[TestClass]
public class DealerRouterTests
{
    private const int WouldBlock = -(int)Errno.EAGAIN;
    private const int Unreachable = -(int)Errno.EHOSTUNREACH;

    private static IEnumerable<object[]> Transports => World.Transports;

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Router_OfADealerWithAName_AddressesIt(string transport)
    {
        using World world = new();
        MessageSocket router = world.Open(MessageSocketType.Router, o => o.RouterMandatory = true);
        MessageSocket dealer = world.Open(MessageSocketType.Dealer, o => o.Identity = Encoding.UTF8.GetBytes("dealer-7"));
        router.Bind(World.Endpoint(transport));
        dealer.Connect(router.LastEndpoint);

        dealer.SendText("hello");
        Frames.AreEqual(router.ReceiveFrames(), "dealer-7", "hello");
        router.Send(Frames.Of("dealer-7", "welcome"));
        Assert.AreEqual("welcome", dealer.ReceiveText());
        Assert.AreEqual(Unreachable, router.TrySend([9], 0, 1, true, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Router_OfDealersWithoutNames_GivesEachAnother(string transport)
    {
        using World world = new();
        var (router, dealer) = world.Join(transport, MessageSocketType.Router, MessageSocketType.Dealer);
        MessageSocket other = world.Open(MessageSocketType.Dealer);
        other.Connect(router.LastEndpoint);

        dealer.SendText("one");
        other.SendText("other");
        byte[][][] messages = [router.ReceiveFrames(), router.ReceiveFrames()];
        foreach (byte[][] message in messages)
        {
            Assert.HasCount(5, message[0]);
            Assert.AreEqual(0, message[0][0]);
            router.Send([message[0], .. Frames.Of("to", Encoding.UTF8.GetString(message[1]))]);
        }

        Frames.AreEqual(dealer.ReceiveFrames(), "to", "one");
        Frames.AreEqual(other.ReceiveFrames(), "to", "other");
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Router_ThatConnects_HearsTheNameOfWhoIsBound(string transport)
    {
        using World world = new();
        MessageSocket dealer = world.Open(MessageSocketType.Dealer, o => o.Identity = Encoding.UTF8.GetBytes("bound"));
        MessageSocket router = world.Open(MessageSocketType.Router, o => o.RouterMandatory = true);
        dealer.Bind(World.Endpoint(transport));
        router.Connect(dealer.LastEndpoint);

        Frames.Await(() => router.TrySend(Encoding.UTF8.GetBytes("bound"), 0, 5, true, 0) == 0, "the name is not heard");
        router.SendText("hello");
        Assert.AreEqual("hello", dealer.ReceiveText());
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Routers_OfEachOther_KnowTheirNames(string transport)
    {
        using World world = new();
        MessageSocket one = world.Open(MessageSocketType.Router, o => o.Identity = Encoding.UTF8.GetBytes("one"));
        MessageSocket other = world.Open(MessageSocketType.Router, o =>
        {
            o.Identity = Encoding.UTF8.GetBytes("other");
            o.RouterMandatory = true;
        });
        one.Bind(World.Endpoint(transport));
        other.Connect(one.LastEndpoint);

        Frames.Await(() => other.TrySend("one"u8.ToArray(), 0, 3, true, 0) == 0, "the name is not heard");
        other.SendText("hello");
        Frames.AreEqual(one.ReceiveFrames(), "other", "hello");
        one.Send(Frames.Of("other", "hello to you"));
        Frames.AreEqual(other.ReceiveFrames(), "one", "hello to you");
    }

    [TestMethod]
    public void Router_ToNobody_DropsTheWholeMessage()
    {
        using World world = new();
        MessageSocket router = world.Open(MessageSocketType.Router);
        MessageSocket dealer = world.Open(MessageSocketType.Dealer, o => o.Identity = "d"u8.ToArray());
        router.Bind(World.Endpoint("inproc"));
        dealer.Connect(router.LastEndpoint);

        router.Send(Frames.Of("nobody", "d", "lost"));
        router.Send(Frames.Of("d", "here"));
        router.Send(Frames.Of("d"));
        router.Send(Frames.Of("d", "", "x"));
        Frames.AreEqual(dealer.ReceiveFrames(), "here");
        Frames.AreEqual(dealer.ReceiveFrames(), "", "x");
        Assert.AreEqual(WouldBlock, dealer.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    public void Router_ToAPeerWithoutRoom_DropsOrRefuses()
    {
        using World world = new();
        MessageSocket dealer = world.Open(MessageSocketType.Dealer, o =>
        {
            o.Identity = "d"u8.ToArray();
            o.ReceiveHighWaterMark = 1;
        });
        MessageSocket router = world.Open(MessageSocketType.Router, o => o.SendHighWaterMark = 1);
        router.Bind(World.Endpoint("inproc"));
        dealer.Connect(router.LastEndpoint);

        for (int i = 0; i < 3; i++)
        {
            router.Send(Frames.Of("d", "" + i));
        }

        router.Options.RouterMandatory = true;
        Assert.AreEqual(PollEvents.None, router.Events);
        Assert.AreEqual(WouldBlock, router.TrySend("d"u8.ToArray(), 0, 1, true, 0));
        Assert.AreEqual(Unreachable, router.TrySend("e"u8.ToArray(), 0, 1, true, 0));
        Frames.AreEqual(dealer.ReceiveFrames(), "0");
        Assert.AreEqual(PollEvents.Out, router.Events);
        router.Send(Frames.Of("d", "3"));
        Frames.AreEqual(dealer.ReceiveFrames(), "1");
        Frames.AreEqual(dealer.ReceiveFrames(), "3");
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Router_PeerThatHasGone_IsUnreachable(string transport)
    {
        using World world = new();
        MessageSocket router = world.Open(MessageSocketType.Router, o => o.RouterMandatory = true);
        MessageSocket dealer = world.Open(MessageSocketType.Dealer, o => o.Identity = "d"u8.ToArray());
        router.Bind(World.Endpoint(transport));
        dealer.Connect(router.LastEndpoint);
        dealer.SendText("hello");
        router.ReceiveFrames();

        // In the midst of a message to it.
        Assert.AreEqual(0, router.TrySend("d"u8.ToArray(), 0, 1, true, 0));
        Assert.AreEqual(0, router.TrySend([1], 0, 1, true, 0));
        dealer.Close();
        Frames.Await(() => router.Events == PollEvents.None, "it is still there");
        Assert.AreEqual(0, router.TrySend([2], 0, 1, true, 0));
        Assert.AreEqual(0, router.TrySend([3], 0, 1, false, 0));
        Assert.AreEqual(Unreachable, router.TrySend("d"u8.ToArray(), 0, 1, true, 0));

        MessageSocket next = world.Open(MessageSocketType.Dealer, o => o.Identity = "d"u8.ToArray());
        next.Connect(router.LastEndpoint);
        next.SendText("hello again");
        Frames.AreEqual(router.ReceiveFrames(), "d", "hello again");
        router.Send(Frames.Of("d", "welcome"));
        Frames.AreEqual(next.ReceiveFrames(), "welcome");
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Router_SecondPeerOfOneName_IsNotHeard(string transport)
    {
        using World world = new();
        MessageSocket router = world.Open(MessageSocketType.Router);
        router.Bind(World.Endpoint(transport));
        MessageSocket first = Named(world, router, "d");
        first.SendText("first");
        Frames.AreEqual(router.ReceiveFrames(), "d", "first");
        MessageSocket second = Named(world, router, "d");
        second.SendText("second");
        MessageSocket third = Named(world, router, "e");
        third.SendText("third");

        Frames.AreEqual(router.ReceiveFrames(), "e", "third");
        router.Send(Frames.Of("d", "to the first"));
        Assert.AreEqual("to the first", first.ReceiveText());
        Assert.AreEqual(WouldBlock, second.TryReceive([], 0, 0, out _, 0));
        Assert.AreEqual(WouldBlock, router.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Router_HandsANameOver_WhenSaid(string transport)
    {
        using World world = new();
        MessageSocket router = world.Open(MessageSocketType.Router, o => o.RouterHandover = true);
        router.Bind(World.Endpoint(transport));
        MessageSocket first = Named(world, router, "d");
        first.SendText("first");
        Frames.AreEqual(router.ReceiveFrames(), "d", "first");
        MessageSocket second = Named(world, router, "d");
        second.SendText("second");

        Frames.AreEqual(router.ReceiveFrames(), "d", "second");
        router.Send(Frames.Of("d", "to the second"));
        Assert.AreEqual("to the second", second.ReceiveText());
    }

    [TestMethod]
    public void Router_HandoverInTheMidstOfReceiving_BeginsAnew()
    {
        using World world = new();
        MessageSocket router = world.Open(MessageSocketType.Router, o => o.RouterHandover = true);
        router.Bind(World.Endpoint("inproc"));
        MessageSocket first = Named(world, router, "d");
        first.Send(Frames.Of("1", "2", "3"));
        byte[] buffer = new byte[10];
        Assert.AreEqual(1, router.TryReceive(buffer, 0, 10, out _, 0));
        Assert.AreEqual(1, router.TryReceive(buffer, 0, 10, out bool more, 0));
        Assert.IsTrue(more);

        MessageSocket second = Named(world, router, "d");
        second.Send(Frames.Of("4", "5"));
        Frames.AreEqual(router.ReceiveFrames(), "d", "4", "5");
        Assert.AreEqual(WouldBlock, router.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Dealer_ToTwoReps_TakesTurns(string transport)
    {
        using World world = new();
        MessageSocket dealer = world.Open(MessageSocketType.Dealer);
        MessageSocket[] reps = [world.Open(MessageSocketType.Rep), world.Open(MessageSocketType.Rep)];
        foreach (MessageSocket rep in reps)
        {
            rep.Bind(World.Endpoint(transport));
            dealer.Connect(rep.LastEndpoint);
        }

        for (int i = 0; i < 10; i++)
        {
            dealer.Send([[], BitConverter.GetBytes(i)]);
        }

        for (int i = 0; i < 5; i++)
        {
            foreach (MessageSocket rep in reps)
            {
                rep.Send(rep.Receive());
            }
        }

        HashSet<int> answers = [];
        for (int i = 0; i < 10; i++)
        {
            answers.Add(BitConverter.ToInt32(dealer.ReceiveFrames()[1]));
        }

        Assert.HasCount(10, answers);
    }

    [TestMethod]
    public void Dealer_WithoutPeerOrRoom_DoesNotTakeMessages()
    {
        using World world = new();
        MessageSocket dealer = world.Open(MessageSocketType.Dealer, o => o.SendHighWaterMark = 2);
        MessageSocket other = world.Open(MessageSocketType.Dealer, o => o.ReceiveHighWaterMark = 3);

        Assert.AreEqual(WouldBlock, dealer.TrySend([1], 0, 1, false, 0));
        other.Bind(World.Endpoint("inproc"));
        dealer.Connect(other.LastEndpoint);
        Assert.AreEqual(5, Frames.Fill(dealer));
        Assert.AreEqual(PollEvents.None, dealer.Events);
        CollectionAssert.AreEqual((byte[])[0, 1, 2, 3, 4], Frames.Drain(other));
        Assert.AreEqual(PollEvents.Out, dealer.Events);
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void RouterDealerRep_Hops_CarryTheEnvelope(string transport)
    {
        using World world = new();
        MessageSocket req = world.Open(MessageSocketType.Req, o => o.Identity = "client"u8.ToArray());
        MessageSocket router = world.Open(MessageSocketType.Router);
        var (rep, dealer) = world.Join(transport, MessageSocketType.Rep, MessageSocketType.Dealer);
        router.Bind(World.Endpoint(transport));
        req.Connect(router.LastEndpoint);

        req.Send(Frames.Of("a", ""));
        byte[][] request = router.ReceiveFrames();
        Frames.AreEqual(request, "client", "", "a", "");
        dealer.Send(request);
        Frames.AreEqual(rep.ReceiveFrames(), "a", "");
        rep.Send(Frames.Of("", "b"));
        router.Send(dealer.ReceiveFrames());
        Frames.AreEqual(req.ReceiveFrames(), "", "b");
    }

    [TestMethod]
    public void Dealers_OfManyThreads_SendMessagesInOnePiece()
    {
        const int Threads = 4;
        const int Each = 500;
        using World world = new();
        var (pull, dealer) = world.Join("inproc", MessageSocketType.Dealer, MessageSocketType.Dealer);
        Task[] senders = [.. Enumerable.Range(0, Threads).Select(t => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                dealer.Send([[(byte)t], BitConverter.GetBytes(i), [(byte)t]]);
            }
        }))];

        // Two threads receive.
        int[][] seen = [new int[Threads], new int[Threads]];
        int[] left = [Threads * Each];
        Task[] receivers = [.. seen.Select(mine => Task.Run(() =>
        {
            int[] last = [.. Enumerable.Repeat(-1, Threads)];
            while (Interlocked.Decrement(ref left[0]) >= 0)
            {
                byte[][] frames = pull.ReceiveFrames();
                Assert.HasCount(3, frames);
                Assert.AreEqual(frames[0][0], frames[2][0]);
                int number = BitConverter.ToInt32(frames[1]);
                Assert.IsGreaterThan(last[frames[0][0]], number);
                last[frames[0][0]] = number;
                mine[frames[0][0]]++;
            }
        }))];
        Assert.IsTrue(Task.WaitAll([.. senders, .. receivers], World.PatienceMs));
        for (int t = 0; t < Threads; t++)
        {
            Assert.AreEqual(Each, seen[0][t] + seen[1][t]);
        }
    }

    private static MessageSocket Named(World world, MessageSocket router, string name)
    {
        MessageSocket dealer = world.Open(MessageSocketType.Dealer, o => o.Identity = Encoding.UTF8.GetBytes(name));
        dealer.Connect(router.LastEndpoint);
        return dealer;
    }
}
