using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>RFC 28: REQ and REP.</summary>
[TestClass]
public class ReqRepTests
{
    private const int WrongState = -(int)Errno.EALREADY;
    private const int WouldBlock = -(int)Errno.EAGAIN;

    private static IEnumerable<object[]> Transports => World.Transports;

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Req_OutOfTurn_IsRefused(string transport)
    {
        using World world = new();
        var (rep, req) = world.Join(transport, MessageSocketType.Rep, MessageSocketType.Req);

        Assert.AreEqual(WrongState, rep.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(WrongState, req.TryReceive([1], 0, 1, out _, 0));
        for (int i = 0; i < 100; i++)
        {
            req.Send(Frames.Of("ask", "" + i));
            Assert.AreEqual(WrongState, req.TrySend([1], 0, 1, false, 0));
            Frames.AreEqual(rep.ReceiveFrames(), "ask", "" + i);
            Assert.AreEqual(WrongState, rep.TryReceive([1], 0, 1, out _, 0));
            rep.SendText("answer " + i);
            Assert.AreEqual("answer " + i, req.ReceiveText());
        }
    }

    [TestMethod]
    public void ReqAndRep_InTheMidstOfAMessage_StayInTurn()
    {
        using World world = new();
        var (rep, req) = world.Join("inproc", MessageSocketType.Rep, MessageSocketType.Req);

        Assert.AreEqual(0, req.TrySend([1], 0, 1, true, 0));
        Assert.AreEqual(WrongState, req.TryReceive([1], 0, 1, out _, 0));
        Assert.AreEqual(WouldBlock, rep.TryReceive([1], 0, 1, out _, 0));
        Assert.AreEqual(0, req.TrySend([2], 0, 1, false, 0));
        Assert.AreEqual(1, rep.TryReceive([1], 0, 1, out bool more, 0));
        Assert.IsTrue(more);
        Assert.AreEqual(WrongState, rep.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(1, rep.TryReceive([1], 0, 1, out more, 0));
        Assert.IsFalse(more);
        Assert.AreEqual(0, rep.TrySend([1], 0, 1, true, 0));
        Assert.AreEqual(WrongState, rep.TryReceive([1], 0, 1, out _, 0));
        Assert.AreEqual(0, rep.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(1, req.TryReceive([1], 0, 1, out _, 0));
        Assert.AreEqual(WrongState, req.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(1, req.TryReceive([1], 0, 1, out _, 0));
        Assert.AreEqual(0, req.TrySend([1], 0, 1, false, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Req_OnTheWire_HasAnEmptyDelimiter(string transport)
    {
        using World world = new();
        var (router, req) = world.Join(transport, MessageSocketType.Router, MessageSocketType.Req);

        req.Send(Frames.Of("a", "", "b"));
        byte[][] request = router.ReceiveFrames();
        Frames.AreEqual(request[1..], "", "a", "", "b");
        router.Send([request[0], [], .. Frames.Of("x", "")]);
        Frames.AreEqual(req.ReceiveFrames(), "x", "");
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Req_RepliesWithoutDelimiter_ArePassedOver(string transport)
    {
        using World world = new();
        var (router, req) = world.Join(transport, MessageSocketType.Router, MessageSocketType.Req);

        req.SendText("question");
        byte[] from = router.ReceiveFrames()[0];
        router.Send([from, .. Frames.Of("no delimiter")]);
        router.Send([from, .. Frames.Of("no delimiter", "", "rest")]);
        router.Send([from, []]);
        router.Send([from, [], .. Frames.Of("answer")]);
        Assert.AreEqual("answer", req.ReceiveText());
    }

    [TestMethod]
    public void Req_SecondReplyToOneRequest_IsNotTheReplyToTheNext()
    {
        using World world = new();
        var (router, req) = world.Join("inproc", MessageSocketType.Router, MessageSocketType.Req);

        req.SendText("first");
        byte[] from = router.ReceiveFrames()[0];
        router.Send([from, [], .. Frames.Of("to the first")]);
        router.Send([from, [], .. Frames.Of("to the first, again")]);
        Assert.AreEqual("to the first", req.ReceiveText());
        req.SendText("second");
        router.ReceiveFrames();
        Assert.AreEqual(WouldBlock, req.TryReceive([], 0, 0, out _, 0));
        router.Send([from, [], .. Frames.Of("to the second")]);
        Assert.AreEqual("to the second", req.ReceiveText());
    }

    [TestMethod]
    public void Req_ReplyOfAnother_IsPassedOver()
    {
        using World world = new();
        MessageSocket req = world.Open(MessageSocketType.Req, o => o.Identity = Encoding.ASCII.GetBytes("req"));
        MessageSocket[] routers = [world.Open(MessageSocketType.Router), world.Open(MessageSocketType.Router)];
        foreach (MessageSocket router in routers)
        {
            router.Bind(World.Endpoint("inproc"));
            req.Connect(router.LastEndpoint);
        }

        req.SendText("question");
        Frames.AreEqual(routers[0].ReceiveFrames(), "req", "", "question");
        routers[1].Send(Frames.Of("req", "", "not asked"));
        Assert.AreEqual(WouldBlock, req.TryReceive([], 0, 0, out _, 0));
        routers[0].Send(Frames.Of("req", "", "answer"));
        Assert.AreEqual("answer", req.ReceiveText());

        // In turn.
        req.SendText("next");
        Frames.AreEqual(routers[1].ReceiveFrames(), "req", "", "next");
    }

    [TestMethod]
    public void Req_WithoutPeer_WaitsAsLongAsSaid()
    {
        using World world = new();
        MessageSocket req = world.Open(MessageSocketType.Req, o => o.SendTimeoutMs = 1);

        Assert.AreEqual(WouldBlock, req.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(Errno.EAGAIN, Assert.ThrowsExactly<SocketException>(() => req.SendText("x")).Errno);
        Assert.AreEqual(PollEvents.None, req.Events);
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Rep_EnvelopeOfSeveralHops_GoesBack(string transport)
    {
        using World world = new();
        var (rep, dealer) = world.Join(transport, MessageSocketType.Rep, MessageSocketType.Dealer);

        dealer.Send(Frames.Of("hop 1", "hop 2", "", "question", "", "rest"));
        Frames.AreEqual(rep.ReceiveFrames(), "question", "", "rest");
        rep.Send(Frames.Of("answer", ""));
        Frames.AreEqual(dealer.ReceiveFrames(), "hop 1", "hop 2", "", "answer", "");
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Rep_MalformedEnvelopes_ArePassedOver(string transport)
    {
        using World world = new();
        var (rep, dealer) = world.Join(transport, MessageSocketType.Rep, MessageSocketType.Dealer);

        dealer.Send(Frames.Of("no delimiter"));
        dealer.Send(Frames.Of("no", "delimiter", "at all"));
        dealer.Send(Frames.Of(""));
        dealer.Send(Frames.Of("hop", ""));
        dealer.Send(Frames.Of("", "question"));
        Assert.AreEqual("question", rep.ReceiveText());
        rep.SendText("answer");
        Frames.AreEqual(dealer.ReceiveFrames(), "", "answer");
    }

    [TestMethod]
    public void Rep_SeveralAskers_ServesThemInTurn()
    {
        using World world = new();
        MessageSocket rep = world.Open(MessageSocketType.Rep);
        rep.Bind(World.Endpoint("inproc"));
        MessageSocket[] dealers = [world.Open(MessageSocketType.Dealer), world.Open(MessageSocketType.Dealer)];
        foreach (MessageSocket dealer in dealers)
        {
            dealer.Connect(rep.LastEndpoint);
            for (int i = 0; i < 3; i++)
            {
                dealer.Send(Frames.Of("", Array.IndexOf(dealers, dealer) + " " + i));
            }
        }

        List<string> questions = [];
        for (int i = 0; i < 6; i++)
        {
            questions.Add(rep.ReceiveText());
            rep.SendText("to " + questions[^1]);
        }

        CollectionAssert.AreEqual((string[])["0 0", "1 0", "0 1", "1 1", "0 2", "1 2"], questions);
        for (int i = 0; i < 3; i++)
        {
            Frames.AreEqual(dealers[1].ReceiveFrames(), "", "to 1 " + i);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Rep_AskerThatHasGone_IsNotWaitedFor(string transport)
    {
        using World world = new();
        var (rep, req) = world.Join(transport, MessageSocketType.Rep, MessageSocketType.Req);
        MessageSocket other = world.Open(MessageSocketType.Req);
        other.Connect(rep.LastEndpoint);

        req.SendText("question");
        Assert.AreEqual("question", rep.ReceiveText());
        req.Close();
        rep.SendText("nobody hears it");
        other.SendText("next");
        Assert.AreEqual("next", rep.ReceiveText());
        rep.Send(Frames.Of("answer", "in two"));
        Frames.AreEqual(other.ReceiveFrames(), "answer", "in two");
    }

    [TestMethod]
    public void Rep_DisconnectInTheMidstOfARequest_DropsTheRest()
    {
        using World world = new();
        var (req, rep) = world.Join("inproc", MessageSocketType.Req, MessageSocketType.Rep);
        req.Send(Frames.Of("a", "b"));

        Assert.AreEqual(1, rep.TryReceive(new byte[1], 0, 1, out bool more, World.PatienceMs));
        Assert.IsTrue(more);
        rep.Disconnect(req.LastEndpoint);
        Assert.AreEqual(0, rep.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(WrongState, rep.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(WouldBlock, rep.TryReceive([1], 0, 1, out _, 0));
    }

    [TestMethod]
    public void Rep_AskerWithoutRoom_IsNotWaitedFor()
    {
        using World world = new();
        MessageSocket rep = world.Open(MessageSocketType.Rep, o => o.SendHighWaterMark = 1);
        MessageSocket dealer = world.Open(MessageSocketType.Dealer, o => o.ReceiveHighWaterMark = 1);
        rep.Bind(World.Endpoint("inproc"));
        dealer.Connect(rep.LastEndpoint);

        for (int i = 0; i < 4; i++)
        {
            dealer.Send(Frames.Of("", "" + i));
            Assert.AreEqual("" + i, rep.ReceiveText());
            Assert.AreEqual(0, rep.TrySend([(byte)i], 0, 1, false, 0));
        }

        CollectionAssert.AreEqual((byte[])[0], dealer.ReceiveFrames()[1]);
        CollectionAssert.AreEqual((byte[])[1], dealer.ReceiveFrames()[1]);
        Assert.AreEqual(WouldBlock, dealer.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Req_RelaxedAndCorrelated_TakesTheReplyToTheLastRequest(string transport)
    {
        using World world = new();
        MessageSocket rep = world.Open(MessageSocketType.Rep);
        MessageSocket req = world.Open(MessageSocketType.Req, o =>
        {
            o.ReqRelaxed = true;
            o.ReqCorrelate = true;
        });
        rep.Bind(World.Endpoint(transport));
        req.Connect(rep.LastEndpoint);

        req.SendText("first");
        req.SendText("second");
        for (int i = 0; i < 2; i++)
        {
            rep.SendText("to " + rep.ReceiveText());
        }

        Assert.AreEqual("to second", req.ReceiveText());
        Assert.AreEqual(WrongState, req.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    public void Req_RelaxedWithHalfAReply_DropsTheRest()
    {
        using World world = new();
        MessageSocket rep = world.Open(MessageSocketType.Rep);
        MessageSocket req = world.Open(MessageSocketType.Req, o => o.ReqRelaxed = true);
        rep.Bind(World.Endpoint("inproc"));
        req.Connect(rep.LastEndpoint);

        req.SendText("first");
        rep.ReceiveText();
        rep.Send(Frames.Of("1", "2", "3"));
        Assert.AreEqual("1", req.ReceiveText());
        req.SendText("second");
        rep.ReceiveText();
        rep.Send(Frames.Of("4", "5"));
        Frames.AreEqual(req.ReceiveFrames(), "4", "5");
    }

    [TestMethod]
    public void Req_Correlated_SendsANumberThatGrows()
    {
        using World world = new();
        MessageSocket router = world.Open(MessageSocketType.Router);
        MessageSocket req = world.Open(MessageSocketType.Req, o => o.ReqCorrelate = true);
        router.Bind(World.Endpoint("inproc"));
        req.Connect(router.LastEndpoint);

        req.SendText("first");
        byte[][] first = router.ReceiveFrames();
        Assert.HasCount(4, first[1]);
        Frames.AreEqual(first[2..], "", "first");
        router.Send([first[0], [9, 9, 9, 9], [], .. Frames.Of("wrong number")]);
        router.Send([first[0], [], .. Frames.Of("no number")]);
        router.Send([first[0], first[1], .. Frames.Of("no delimiter")]);
        router.Send([first[0], first[1], [], .. Frames.Of("answer")]);
        Assert.AreEqual("answer", req.ReceiveText());
        req.SendText("second");
        byte[][] second = router.ReceiveFrames();
        Assert.AreEqual(Number(first[1]) + 1, Number(second[1]));
    }

    private static uint Number(byte[] bytes) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
