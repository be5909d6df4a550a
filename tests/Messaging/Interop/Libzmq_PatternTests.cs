namespace IoTNet.Tests.Messaging.Interop;

/// <summary>Each pattern against libzmq's.</summary>
[TestClass]
public class Libzmq_PatternTests
{
    private const int Many = 100_000;
    private const int Rounds = 1000;

    private static readonly string[] s_pairs =
    [
        "PAIR PAIR", "PUSH PULL", "REQ REP", "REQ ROUTER", "DEALER REP", "DEALER DEALER", "DEALER ROUTER", "ROUTER ROUTER",
        "PUB SUB", "PUB XSUB", "XPUB SUB", "XPUB XSUB",
    ];

    /// <summary>Who begins, who answers, whether we are the first, whether we bind, and by what.</summary>
    private static IEnumerable<object[]> Pairs =>
        from pair in s_pairs
        let types = pair.Split(' ')
        from weBegin in types[0] == types[1] ? [true] : new[] { true, false }
        from weBind in new[] { true, false }
        from transport in pair == "DEALER ROUTER" ? new[] { "tcp", "ipc" } : ["tcp"]
        select new object[] { types[0], types[1], weBegin, weBind, transport };

    private static IEnumerable<object[]> Ways =>
        from weBind in new[] { true, false }
        from transport in new[] { "tcp", "ipc" }
        select new object[] { weBind, transport };

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void Pair_OfPatterns_Exchanges(string first, string second, bool weBegin, bool weBind, string transport)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket ours = new(world, weBegin ? first : second, "us");
        ZmqSocket theirs = Open(peer, weBegin ? second : first, "them");
        Join(ours, theirs, weBind, transport);
        IEnd one = weBegin ? ours : theirs;
        IEnd other = weBegin ? theirs : ours;
        string name = weBegin ? "us" : "them";

        switch (first + " " + second)
        {
            case "PUSH PULL":
                one.SendText("a", "", "b");
                Assert.AreEqual("a||b", other.ReceiveText());
                break;
            case "REQ REP":
            case "PAIR PAIR":
            case "DEALER DEALER":
                one.SendText("a", "", "b");
                Assert.AreEqual("a||b", other.ReceiveText());
                other.SendText("", "c");
                Assert.AreEqual("|c", one.ReceiveText());
                break;
            case "REQ ROUTER":
                one.SendText("a", "b");
                Assert.AreEqual(name + "||a|b", other.ReceiveText());
                other.SendText(name, "", "c", "d");
                Assert.AreEqual("c|d", one.ReceiveText());
                break;
            case "DEALER REP":
                one.SendText("way", "", "a", "b");
                Assert.AreEqual("a|b", other.ReceiveText());
                other.SendText("c", "d");
                Assert.AreEqual("way||c|d", one.ReceiveText());
                break;
            case "DEALER ROUTER":
                one.SendText("a", "b");
                Assert.AreEqual(name + "|a|b", other.ReceiveText());
                other.SendText(name, "c", "d");
                Assert.AreEqual("c|d", one.ReceiveText());
                break;
            case "ROUTER ROUTER":
                ours.SendText("them", "a", "b");
                Assert.AreEqual("us|a|b", theirs.ReceiveText());
                theirs.SendText("us", "c");
                Assert.AreEqual("them|c", ours.ReceiveText());
                break;
            default:
                other.Subscribe("wind", true);
                if (first == "XPUB")
                {
                    Assert.AreEqual("\u0001wind", one.ReceiveSubscription(other));
                    one.SendText("rain", "5");
                    one.SendText("wind", "3");
                    Assert.AreEqual("wind|3", other.ReceiveText());
                }
                else
                {
                    one.SendUntilItArrives(other, "wind", "3");
                }

                if (first == "XPUB" && second == "XSUB")
                {
                    other.SendText("to the publisher");
                    Assert.AreEqual("to the publisher", one.ReceiveText());
                }

                break;
        }
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void Dealer_EverySize_ComesBackWhole(bool weBind, string transport)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket ours = new(world, "DEALER");
        ZmqSocket theirs = peer.Open("DEALER");
        Join(ours, theirs, weBind, transport);
        int[] sizes = [0, 1, 255, 256, 8191, 8192, 8193, 65536, 1 << 20, 1, 0];

        Task echo = theirs.Echo(sizes.Length + 1);
        foreach (int size in sizes)
        {
            ours.Send(Bytes(size));
        }

        ours.Send(sizes.Select(Bytes).ToArray());
        foreach (int size in sizes)
        {
            byte[][] frames = ours.Receive();
            Assert.HasCount(1, frames);
            CollectionAssert.AreEqual(Bytes(size), frames[0]);
        }

        byte[][] all = ours.Receive();
        Assert.HasCount(sizes.Length, all);
        for (int i = 0; i < sizes.Length; i++)
        {
            CollectionAssert.AreEqual(Bytes(sizes[i]), all[i]);
        }

        echo.Wait();
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void Push_ManyMessages_ArriveInOrder(bool weBind, string transport)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket push = new(world, "PUSH");
        ZmqSocket pull = peer.Open("PULL");
        Join(push, pull, weBind, transport);

        Task<int> received = pull.ReceiveMany(Many);
        for (int i = 0; i < Many; i++)
        {
            push.Socket.Send(BitConverter.GetBytes(i));
        }

        Assert.AreEqual(Many, received.Result);
    }

    [TestMethod]
    [DynamicData(nameof(Ways))]
    public void Pull_ManyMessages_ComeInOrder(bool weBind, string transport)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket pull = new(world, "PULL");
        ZmqSocket push = peer.Open("PUSH");
        Join(pull, push, weBind, transport);

        Task sent = push.SendMany(Many);
        for (int i = 0; i < Many; i++)
        {
            Assert.AreEqual(i, BitConverter.ToInt32(pull.Socket.Receive()));
        }

        sent.Wait();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Req_OneThousandTimes_IsAnswered(bool weBind)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket req = new(world, "REQ");
        ZmqSocket rep = peer.Open("REP");
        Join(req, rep, weBind, "tcp");

        Task echo = rep.Echo(Rounds);
        for (int i = 0; i < Rounds; i++)
        {
            req.SendText("question", "" + i);
            Assert.AreEqual("question|" + i, req.ReceiveText());
        }

        echo.Wait();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Rep_OneThousandTimes_Answers(bool weBind)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket rep = new(world, "REP");
        ZmqSocket req = peer.Open("REQ");
        Join(rep, req, weBind, "tcp");

        Task<int> asked = req.AskMany(Rounds);
        for (int i = 0; i < Rounds; i++)
        {
            rep.Send(rep.Receive());
        }

        Assert.AreEqual(Rounds, asked.Result);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Router_OfSeveralPeers_AddressesEach(bool weAreTheRouter)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        IEnd router = weAreTheRouter ? new OurSocket(world, "ROUTER") : Open(peer, "ROUTER");
        string[] names = ["", "", "one", "two", new string('n', 255)];
        IEnd[] dealers = names.Select(n => weAreTheRouter ? (IEnd)peer.Open("DEALER", n) : new OurSocket(world, "DEALER", n)).ToArray();
        string endpoint = router.Bind("tcp://127.0.0.1:*");
        List<byte[]> identities = [];
        for (int i = 0; i < dealers.Length; i++)
        {
            dealers[i].Connect(endpoint);
            dealers[i].SendText("hello " + i);
            byte[][] frames = router.Receive();
            CollectionAssert.AreEqual(IEnd.Bytes("hello " + i), frames[1]);
            identities.Add(frames[0]);
            if (names[i].Length > 0)
            {
                CollectionAssert.AreEqual(IEnd.Bytes(names[i]), frames[0]);
            }
            else
            {
                Assert.HasCount(5, frames[0]);
                Assert.AreEqual(0, frames[0][0]);
            }
        }

        for (int i = dealers.Length - 1; i >= 0; i--)
        {
            router.Send(identities[i], IEnd.Bytes("welcome " + i));
        }

        for (int i = 0; i < dealers.Length; i++)
        {
            Assert.AreEqual("welcome " + i, dealers[i].ReceiveText());
        }
    }

    [TestMethod]
    [DataRow("PULL", "PUB", "PUSH")]
    [DataRow("PULL", "DEALER", "PUSH")]
    [DataRow("REP", "PAIR", "REQ")]
    [DataRow("ROUTER", "PUSH", "DEALER")]
    public void Peer_OfAnotherPattern_IsNeverHeard(string ourType, string illegal, string legal)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket ours = new(world, ourType);
        string endpoint = ours.Bind("tcp://127.0.0.1:*");
        ZmqSocket wrong = peer.Open(illegal);
        ZmqSocket right = peer.Open(legal, "right");

        wrong.Connect(endpoint);
        // It may have been refused already, and then has nobody to send to.
        wrong.TrySend(IEnd.Bytes("wrong"));
        Assert.IsNotNull(wrong.Event(World.PatienceMs, "HANDSHAKE_FAILED_PROTOCOL", "HANDSHAKE_FAILED_NO_DETAIL", "DISCONNECTED"));
        right.Connect(endpoint);
        right.SendText("right");
        Assert.AreEqual(ourType == "ROUTER" ? "right|right" : "right", ours.ReceiveText());
        if (ourType != "REP")
        {
            Assert.IsNull(ours.TryReceive(0));
        }
    }

    [TestMethod]
    [DataRow("PULL", "PUB", "PUSH")]
    [DataRow("PULL", "DEALER", "PUSH")]
    [DataRow("REP", "PAIR", "REQ")]
    [DataRow("ROUTER", "PUSH", "DEALER")]
    public void Socket_OfAnotherPattern_IsNotHeardByTheirs(string theirType, string illegal, string legal)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        ZmqSocket theirs = peer.Open(theirType);
        string endpoint = theirs.Bind("tcp://127.0.0.1:*");
        OurSocket wrong = new(world, illegal);
        OurSocket right = new(world, legal, "right");

        wrong.Connect(endpoint);
        // It may have been refused already, and then has nobody to send to.
        wrong.Socket.TrySend(IEnd.Bytes("wrong"), 0, 5, false, 0);
        Assert.IsNotNull(theirs.Event(World.PatienceMs, "HANDSHAKE_FAILED_PROTOCOL", "HANDSHAKE_FAILED_NO_DETAIL", "DISCONNECTED"));
        right.Connect(endpoint);
        right.SendText("right");
        Assert.AreEqual(theirType == "ROUTER" ? "right|right" : "right", theirs.ReceiveText());
        if (theirType != "REP")
        {
            Assert.IsNull(theirs.TryReceive(0));
        }
    }

    internal static void Join(IEnd ours, IEnd theirs, bool weBind, string transport)
    {
        string endpoint = (weBind ? ours : theirs).Bind(World.Endpoint(transport));
        (weBind ? theirs : ours).Connect(endpoint);
    }

    private static ZmqSocket Open(ZmqPeer peer, string type, string identity = "") =>
        type == "ROUTER" ? peer.Open(type, identity, ("ROUTER_MANDATORY", 1)) : peer.Open(type, identity);

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
