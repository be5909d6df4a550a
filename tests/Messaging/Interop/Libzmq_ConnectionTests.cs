namespace IoTNet.Tests.Messaging.Interop;

/// <summary>Connections to libzmq that are lost, that come back, and that stay.</summary>
[TestClass]
public class Libzmq_ConnectionTests
{
    private const int BeatMs = 500;
    private const int BeatTimeoutMs = 1500;
    private const int ObservedMs = 4 * BeatMs;

    /// <summary>Who connects, who is bound.</summary>
    private static IEnumerable<object[]> Pairs => [["PUSH", "PULL"], ["SUB", "XPUB"], ["DEALER", "ROUTER"]];

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void OurSocket_OfAPeerThatWasRestarted_ComesBack(string connects, string binds)
    {
        using World world = new();
        OurSocket ours = new(world, connects, "us");
        string endpoint;
        using (ZmqPeer first = ZmqPeer.Start())
        {
            ZmqSocket theirs = first.Open(binds);
            endpoint = theirs.Bind("tcp://127.0.0.1:*");
            ours.Connect(endpoint);
            Begin(ours);
            Exchange(ours, theirs);
            first.Kill();
        }

        using ZmqPeer second = ZmqPeer.Start();
        ZmqSocket restarted = second.Open(binds);
        restarted.Bind(endpoint);
        Exchange(ours, restarted);
    }

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void TheirSocket_OfOursThatWasClosed_ComesBack(string connects, string binds)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        ZmqSocket theirs = peer.Open(connects, "them");
        OurSocket first = new(world, binds);
        string endpoint = first.Bind("tcp://127.0.0.1:*");
        theirs.Connect(endpoint);
        Begin(theirs);
        Exchange(theirs, first);

        first.Socket.Close();
        Assert.IsNotNull(theirs.Event(World.PatienceMs, "DISCONNECTED"));
        OurSocket second = new(world, binds);
        second.Bind(endpoint);
        Exchange(theirs, second);
    }

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void OurSocket_WhosePeerWasKilled_TakesItsSuccessor(string connects, string binds)
    {
        using World world = new();
        OurSocket ours = new(world, binds);
        string endpoint = ours.Bind("tcp://127.0.0.1:*");
        for (int i = 0; i < 3; i++)
        {
            using ZmqPeer peer = ZmqPeer.Start();
            ZmqSocket theirs = peer.Open(connects, "them");
            theirs.Connect(endpoint);
            Begin(theirs);
            Exchange(theirs, ours);
            peer.Kill();
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Heartbeat_OfALivingPeer_KeepsTheConnection(bool weBeat)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket ours = new(world, "DEALER", "", options =>
        {
            options.HeartbeatMs = weBeat ? BeatMs : 0;
            options.HeartbeatTimeoutMs = BeatTimeoutMs;
            options.HeartbeatTtlMs = BeatMs + BeatTimeoutMs;
        });
        ZmqSocket theirs = weBeat ? peer.Open("DEALER") : peer.Open("DEALER", "", ("HEARTBEAT_IVL", BeatMs),
            ("HEARTBEAT_TIMEOUT", BeatTimeoutMs), ("HEARTBEAT_TTL", BeatMs + BeatTimeoutMs));
        Libzmq_PatternTests.Join(ours, theirs, weBeat, "tcp");
        ours.SendText("before");
        Assert.AreEqual("before", theirs.ReceiveText());

        // Longer than anybody waits for an answer, too.
        Assert.IsNull(theirs.Event(ObservedMs + BeatTimeoutMs, "DISCONNECTED"));
        ours.SendText("after");
        Assert.AreEqual("after", theirs.ReceiveText());
        theirs.SendText("back");
        Assert.AreEqual("back", ours.ReceiveText());
    }

    [TestMethod]
    public void Heartbeat_OfAPeerThatHangs_EndsTheConnection()
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        OurSocket ours = new(world, "ROUTER", "", options => options.HeartbeatMs = BeatMs);
        ZmqSocket theirs = peer.Open("DEALER", "them");
        theirs.Connect(ours.Bind("tcp://127.0.0.1:*"));
        theirs.SendText("hello");
        Assert.AreEqual("them|hello", ours.ReceiveText());

        peer.Freeze();
        long endMs = Environment.TickCount64 + World.PatienceMs;
        byte[] name = IEnd.Bytes("them");
        int result = 0;
        while (result != -(int)Errno.EHOSTUNREACH)
        {
            Assert.IsLessThan(endMs, Environment.TickCount64, "the connection is still there");
            Assert.IsNull(ours.TryReceive(BeatMs / 10));
            result = ours.Socket.TrySend(name, 0, name.Length, true, 0);
            if (result == 0)
            {
                ours.SendText("are you there");
            }
        }
    }

    // A subscriber's subscription is made once, and holds for each connection.
    private static void Begin(IEnd connected)
    {
        if (connected.Type == "SUB")
        {
            connected.Subscribe("wind", true);
        }
    }

    private static void Exchange(IEnd connected, IEnd bound)
    {
        switch (connected.Type)
        {
            case "SUB":
                Assert.AreEqual("\u0001wind", bound.ReceiveSubscription(connected, past: "\0wind"));
                bound.SendText("rain", "5");
                bound.SendText("wind", "3");
                Assert.AreEqual("wind|3", connected.ReceiveText());
                break;
            case "PUSH":
                // What went into a connection that was dead already is lost.
                connected.SendUntilItArrives(bound, "a", "b");
                break;
            default:
                connected.SendUntilItArrives(bound, "a", "b");
                bound.SendText(connected is OurSocket ? "us" : "them", "c");
                Assert.AreEqual("c", connected.ReceiveText());
                break;
        }
    }
}
