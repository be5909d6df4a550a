using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>RFC 29: PUB, SUB, XPUB and XSUB.</summary>
[TestClass]
public class PubSubTests
{
    private const int WouldBlock = -(int)Errno.EAGAIN;
    private const int NotSupported = -(int)Errno.EOPNOTSUPP;

    private static IEnumerable<object[]> Transports => World.Transports;

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Pub_ToSubscribers_SendsWhatTheyWant(string transport)
    {
        using World world = new();
        var (xpub, sub) = world.Join(transport, MessageSocketType.XPub, MessageSocketType.Sub);

        sub.Subscribe("temperature");
        sub.Subscribe("temperature");
        sub.Subscribe("wind");
        Assert.AreEqual("\u0001temperature", xpub.ReceiveText());
        Assert.AreEqual("\u0001wind", xpub.ReceiveText());
        xpub.SendText("rain 5");
        xpub.SendText("temperature 20");
        xpub.SendText("wind 3");
        Assert.AreEqual("temperature 20", sub.ReceiveText());
        Assert.AreEqual("wind 3", sub.ReceiveText());

        // Once of twice.
        sub.Unsubscribe("temperature"u8.ToArray());
        sub.Unsubscribe("wind"u8.ToArray());
        Assert.AreEqual("\0wind", xpub.ReceiveText());
        xpub.SendText("wind 4");
        xpub.SendText("temperature 21");
        Assert.AreEqual("temperature 21", sub.ReceiveText());
        sub.Unsubscribe("temperature"u8.ToArray());
        Assert.AreEqual("\0temperature", xpub.ReceiveText());
        Assert.AreEqual(WouldBlock, sub.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    [DataRow("", "", true)]
    [DataRow("", "a", true)]
    [DataRow("a", "", false)]
    [DataRow("a", "a", true)]
    [DataRow("ab", "a", false)]
    [DataRow("ab", "abc", true)]
    [DataRow("ab", "b", false)]
    [DataRow("\0", "\0\u0001", true)]
    [DataRow("\u0001", "\0", false)]
    public void Sub_Prefix_MatchesTheFirstFrame(string prefix, string frame, bool matches)
    {
        using World world = new();
        var (pub, sub) = world.Join("inproc", MessageSocketType.Pub, MessageSocketType.Sub);
        sub.Subscribe(prefix);
        sub.Subscribe("the end");

        pub.Send(Frames.Of(frame, prefix));
        pub.Send(Frames.Of("x" + prefix, prefix));
        pub.Send(Frames.Of("the end"));
        if (matches)
        {
            Frames.AreEqual(sub.ReceiveFrames(), frame, prefix);
        }

        if (prefix == "")
        {
            Frames.AreEqual(sub.ReceiveFrames(), "x", prefix);
        }

        Frames.AreEqual(sub.ReceiveFrames(), "the end");
    }

    [TestMethod]
    public void PubAndSub_TheOtherWay_AreRefused()
    {
        using World world = new();
        var (pub, sub) = world.Join("inproc", MessageSocketType.Pub, MessageSocketType.Sub);

        Assert.AreEqual(NotSupported, sub.TrySend([1], 0, 1, false, 0));
        Assert.AreEqual(NotSupported, pub.TryReceive([1], 0, 1, out _, 0));
        Assert.AreEqual(Errno.EOPNOTSUPP, Assert.ThrowsExactly<SocketException>(() => pub.Subscribe("a")).Errno);
        Assert.AreEqual(PollEvents.Out, pub.Events);
        Assert.AreEqual(PollEvents.None, sub.Events);
        sub.Unsubscribe("never subscribed"u8.ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void XPub_SubscriberThatLeaves_IsTakenForUnsubscribed(string transport)
    {
        using World world = new();
        var (xpub, sub) = world.Join(transport, MessageSocketType.XPub, MessageSocketType.Sub);
        MessageSocket other = world.Open(MessageSocketType.Sub);
        other.Connect(xpub.LastEndpoint);
        sub.Subscribe("a");
        sub.Subscribe("b");
        Assert.AreEqual("\u0001a", xpub.ReceiveText());
        Assert.AreEqual("\u0001b", xpub.ReceiveText());
        other.Subscribe("a");
        other.Subscribe("c");
        Assert.AreEqual("\u0001c", xpub.ReceiveText());

        sub.Close();
        Assert.AreEqual("\0b", xpub.ReceiveText());
        other.Disconnect(xpub.LastEndpoint);
        CollectionAssert.AreEquivalent((string[])["\0a", "\0c"], (string[])[xpub.ReceiveText(), xpub.ReceiveText()]);
        Assert.AreEqual(WouldBlock, xpub.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void XPub_Verbose_HearsOfEachSubscription(string transport)
    {
        using World world = new();
        MessageSocket xpub = world.Open(MessageSocketType.XPub, o => o.XPubVerbose = true);
        xpub.Bind(World.Endpoint(transport));
        MessageSocket sub = world.Open(MessageSocketType.Sub);
        sub.Connect(xpub.LastEndpoint);
        sub.Subscribe("a");
        Assert.AreEqual("\u0001a", xpub.ReceiveText());
        sub.Subscribe("a");
        Assert.AreEqual("\u0001a", xpub.ReceiveText());
        MessageSocket other = world.Open(MessageSocketType.Sub);
        other.Connect(xpub.LastEndpoint);
        other.Subscribe("a");
        Assert.AreEqual("\u0001a", xpub.ReceiveText());

        // Only the last one's end.
        sub.Unsubscribe("a"u8.ToArray());
        sub.Unsubscribe("a"u8.ToArray());
        other.Unsubscribe("a"u8.ToArray());
        Assert.AreEqual("\0a", xpub.ReceiveText());
        Assert.AreEqual(WouldBlock, xpub.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void XSub_Messages_AreSubscriptions(string transport)
    {
        using World world = new();
        var (xpub, xsub) = world.Join(transport, MessageSocketType.XPub, MessageSocketType.XSub);

        xsub.SendText("\u0001a");
        Assert.AreEqual("\u0001a", xpub.ReceiveText());
        xpub.SendText("a1");
        Assert.AreEqual("a1", xsub.ReceiveText());
        xsub.SendText("\0never");
        xsub.SendText("\0a");
        Assert.AreEqual("\0a", xpub.ReceiveText());
        xsub.SendText("\u0001");
        Assert.AreEqual("\u0001", xpub.ReceiveText());
        xpub.SendText("anything");
        Assert.AreEqual("anything", xsub.ReceiveText());
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void XSub_OtherMessages_ReachThePublisherWhole(string transport)
    {
        using World world = new();
        var (xpub, xsub) = world.Join(transport, MessageSocketType.XPub, MessageSocketType.XSub);
        xsub.SendText("\u0001a");
        Assert.AreEqual("\u0001a", xpub.ReceiveText());

        xsub.SendText("to the publisher");
        xsub.Send(Frames.Of("a", "", "c"));
        Assert.AreEqual(0, xsub.TrySend("d"u8.ToArray(), 0, 1, true, 0));
        xsub.Subscribe("b");
        Assert.AreEqual(0, xsub.TrySend([1, 2], 0, 2, false, 0));
        xsub.Send(Frames.Of("\u0001no", "\0subscription"));
        xsub.SendText("");
        Frames.AreEqual(xpub.ReceiveFrames(), "to the publisher");
        Frames.AreEqual(xpub.ReceiveFrames(), "a", "", "c");
        Frames.AreEqual(xpub.ReceiveFrames(), "\u0001b");
        Frames.AreEqual(xpub.ReceiveFrames(), "d", "\u0001\u0002");
        Frames.AreEqual(xpub.ReceiveFrames(), "\u0001no", "\0subscription");
        Frames.AreEqual(xpub.ReceiveFrames(), "");
        Assert.AreEqual(WouldBlock, xpub.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    public void Pub_WhatSubscribersSend_IsPassedOver()
    {
        using World world = new();
        var (pub, xsub) = world.Join("inproc", MessageSocketType.Pub, MessageSocketType.XSub);

        xsub.Send(Frames.Of("x", "y"));
        xsub.SendText("\u0001a");
        pub.SendText("a1");
        Assert.AreEqual("a1", xsub.ReceiveText());
    }

    [TestMethod]
    public void XPub_WithFramesOfSeveral_GivesMessagesInOnePiece()
    {
        using World world = new();
        MessageSocket xpub = world.Open(MessageSocketType.XPub, o => o.ReceiveHighWaterMark = 2);
        xpub.Bind(World.Endpoint("inproc"));
        MessageSocket[] subs = [world.Open(MessageSocketType.XSub), world.Open(MessageSocketType.XSub)];
        foreach (MessageSocket xsub in subs)
        {
            xsub.Connect(xpub.LastEndpoint);
            xsub.Send(Frames.Of("1", "2", "3"));
            xsub.Send(Frames.Of("1", "2", "3"));
        }

        for (int i = 0; i < 4; i++)
        {
            Frames.AreEqual(xpub.ReceiveFrames(), "1", "2", "3");
        }

        Assert.AreEqual(WouldBlock, xpub.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    public void Pub_SubscriberWithoutRoom_LosesWholeMessages()
    {
        using World world = new();
        MessageSocket pub = world.Open(MessageSocketType.Pub, o => o.SendHighWaterMark = 1);
        MessageSocket slow = world.Open(MessageSocketType.Sub, o => o.ReceiveHighWaterMark = 1);
        MessageSocket fast = world.Open(MessageSocketType.Sub);
        pub.Bind(World.Endpoint("inproc"));
        foreach (MessageSocket sub in (MessageSocket[])[slow, fast])
        {
            sub.Connect(pub.LastEndpoint);
            sub.Subscribe("");
        }

        for (int i = 0; i < 5; i++)
        {
            Assert.AreEqual(PollEvents.Out, pub.Events);
            pub.Send(Frames.Of("" + i, "rest"));
        }

        Frames.AreEqual(slow.ReceiveFrames(), "0", "rest");
        pub.Send(Frames.Of("5", "rest"));
        Frames.AreEqual(slow.ReceiveFrames(), "1", "rest");
        Frames.AreEqual(slow.ReceiveFrames(), "5", "rest");
        for (int i = 0; i < 6; i++)
        {
            Frames.AreEqual(fast.ReceiveFrames(), "" + i, "rest");
        }
    }

    [TestMethod]
    public void Pub_RoomInTheMidstOfAMessage_DoesNotLetTheRestThrough()
    {
        using World world = new();
        MessageSocket pub = world.Open(MessageSocketType.Pub, o => o.SendHighWaterMark = 1);
        MessageSocket sub = world.Open(MessageSocketType.Sub, o => o.ReceiveHighWaterMark = 1);
        pub.Bind(World.Endpoint("inproc"));
        sub.Connect(pub.LastEndpoint);
        sub.Subscribe("");
        pub.SendText("1");
        pub.SendText("2");

        pub.Send([3], true);
        Assert.AreEqual("1", sub.ReceiveText());
        Assert.AreEqual("2", sub.ReceiveText());
        pub.Send([3], false);
        pub.SendText("4");
        Assert.AreEqual("4", sub.ReceiveText());

        // A subscription in the midst of a message counts from the next one on.
        MessageSocket late = world.Open(MessageSocketType.Sub);
        pub.Send([5], true);
        late.Connect(pub.LastEndpoint);
        late.Subscribe("");
        pub.Send([5], false);
        pub.SendText("6");
        Assert.AreEqual("6", late.ReceiveText());
        Assert.HasCount(2, sub.ReceiveFrames());
        sub.Disconnect(pub.LastEndpoint);
        pub.SendText("7");
        Assert.AreEqual("7", late.ReceiveText());
        Assert.AreEqual(WouldBlock, sub.TryReceive([], 0, 0, out _, 0));
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Sub_OfSeveralPublishers_SubscribesAtAll(string transport)
    {
        using World world = new();
        MessageSocket sub = world.Open(MessageSocketType.Sub);
        sub.Subscribe("a");
        sub.Subscribe("b");
        sub.Unsubscribe("b"u8.ToArray());
        MessageSocket[] pubs = [world.Open(MessageSocketType.XPub), world.Open(MessageSocketType.XPub)];
        foreach (MessageSocket pub in pubs)
        {
            pub.Bind(World.Endpoint(transport));
            sub.Connect(pub.LastEndpoint);
            Assert.AreEqual("\u0001a", pub.ReceiveText());
            pub.SendText("b");
            pub.Send(Frames.Of("a", "1"));
            pub.Send(Frames.Of("a", "2"));
        }

        for (int i = 0; i < 4; i++)
        {
            Assert.HasCount(2, sub.ReceiveFrames());
        }
    }

    [TestMethod]
    public void Sub_UnsubscribedMeanwhile_DoesNotGiveWhatCame()
    {
        using World world = new();
        var (pub, sub) = world.Join("inproc", MessageSocketType.Pub, MessageSocketType.Sub);
        sub.Subscribe("a");
        sub.Subscribe("b");
        pub.Send(Frames.Of("a", "1"));
        pub.Send(Frames.Of("b", "2"));

        Assert.AreEqual(PollEvents.In, sub.Events);
        sub.Unsubscribe("a"u8.ToArray());
        Frames.AreEqual(sub.ReceiveFrames(), "b", "2");
    }

    [TestMethod]
    public void Sub_UnsubscribedInTheMidstOfAMessage_GivesTheRest()
    {
        using World world = new();
        var (pub, sub) = world.Join("inproc", MessageSocketType.Pub, MessageSocketType.Sub);
        sub.Subscribe("a");
        pub.Send(Frames.Of("a", "b", "c"));

        Assert.AreEqual("a", sub.ReceiveText());
        sub.Unsubscribe("a"u8.ToArray());
        Frames.AreEqual(sub.ReceiveFrames(), "b", "c");
    }

    [TestMethod]
    [DynamicData(nameof(Transports))]
    public void Sub_Conflating_GivesTheLatest(string transport)
    {
        using World world = new();
        var (xpub, sub) = (world.Open(MessageSocketType.XPub), world.Open(MessageSocketType.Sub, o => o.Conflate = true));
        xpub.Bind(World.Endpoint(transport));
        sub.Connect(xpub.LastEndpoint);
        sub.Subscribe("a");
        sub.Subscribe("end");
        xpub.Receive();
        xpub.Receive();

        for (int i = 0; i < 1000; i++)
        {
            xpub.Send([(byte)'a', (byte)i, (byte)(i >> 8)]);
        }

        Frames.Await(() => sub.NextFrameBytes == 3, "nothing comes");
        int last = -1;
        while (last < 999)
        {
            byte[] frame = sub.Receive();
            int number = frame[1] | (frame[2] << 8);
            Assert.IsGreaterThan(last, number);
            last = number;
        }

        Assert.AreEqual(WouldBlock, sub.TryReceive([], 0, 0, out _, 0));
    }
}
