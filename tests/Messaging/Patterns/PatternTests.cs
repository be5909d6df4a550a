using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>Each pattern over each transport.</summary>
[TestClass]
public class PatternTests
{
    private const int Many = 20_000;

    private static IEnumerable<object[]> Transports => World.Transports;

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Pair_BothWays_DeliversInOrder(string transport)
    {
        using World world = new();
        var (bound, connected) = world.Join(transport, MessageSocketType.Pair, MessageSocketType.Pair);

        connected.SendText("to the bound one");
        Assert.AreEqual("to the bound one", bound.ReceiveText());
        bound.SendText("back");
        Assert.AreEqual("back", connected.ReceiveText());
    }

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
                push.Send(new[] { Bytes(size), Bytes(size / 2), Bytes(7) });
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
    [DynamicData(nameof(Transports))]
    public void Req_OutOfTurn_IsRefused(string transport)
    {
        using World world = new();
        var (rep, req) = world.Join(transport, MessageSocketType.Rep, MessageSocketType.Req);

        Assert.AreEqual(-(int)Errno.EALREADY, rep.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(-(int)Errno.EALREADY, req.TryReceive([1], 0, 1, out _, 0));
        for (int i = 0; i < 100; i++)
        {
            req.Send(new[] { Encoding.UTF8.GetBytes("ask"), Encoding.UTF8.GetBytes("" + i) });
            Assert.AreEqual(-(int)Errno.EALREADY, req.TrySend([1], 0, 1, false, 0));
            Assert.AreEqual("" + i, Encoding.UTF8.GetString(rep.ReceiveFrames()[1]));
            Assert.AreEqual(-(int)Errno.EALREADY, rep.TryReceive([1], 0, 1, out _, 0));
            rep.SendText("answer " + i);
            Assert.AreEqual("answer " + i, req.ReceiveText());
        }
    }

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
        byte[][] frames = router.ReceiveFrames();
        Assert.AreEqual("dealer-7", Encoding.UTF8.GetString(frames[0]));
        router.Send(new[] { frames[0], Encoding.UTF8.GetBytes("welcome") });
        Assert.AreEqual("welcome", dealer.ReceiveText());
        Assert.AreEqual(-(int)Errno.EHOSTUNREACH, router.TrySend([9], 0, 1, true, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Pub_ToSubscribers_SendsWhatTheyWant(string transport)
    {
        using World world = new();
        var (xpub, sub) = world.Join(transport, MessageSocketType.XPub, MessageSocketType.Sub);

        sub.Subscribe("temperature");
        sub.Subscribe("temperature");
        sub.Subscribe("wind");
        CollectionAssert.AreEqual(Encoding.UTF8.GetBytes("\u0001temperature"), xpub.Receive());
        CollectionAssert.AreEqual(Encoding.UTF8.GetBytes("\u0001wind"), xpub.Receive());
        xpub.SendText("rain 5");
        xpub.SendText("temperature 20");
        xpub.SendText("wind 3");
        Assert.AreEqual("temperature 20", sub.ReceiveText());
        Assert.AreEqual("wind 3", sub.ReceiveText());
        sub.Unsubscribe(Encoding.UTF8.GetBytes("temperature"));
        sub.Unsubscribe(Encoding.UTF8.GetBytes("wind"));
        CollectionAssert.AreEqual(Encoding.UTF8.GetBytes("\0wind"), xpub.Receive());
        xpub.SendText("wind 4");
        xpub.SendText("temperature 21");
        Assert.AreEqual("temperature 21", sub.ReceiveText());
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
            dealer.Send(new[] { Array.Empty<byte>(), BitConverter.GetBytes(i) });
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
