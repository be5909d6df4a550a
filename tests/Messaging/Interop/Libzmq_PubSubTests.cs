namespace IoTNet.Tests.Messaging.Interop;

/// <summary>Subscriptions between our sockets and libzmq's.</summary>
[TestClass]
public class Libzmq_PubSubTests
{
    private static IEnumerable<object[]> Subscribers =>
        from subscriber in new[] { "SUB", "XSUB" }
        from weSubscribe in new[] { true, false }
        from weBind in new[] { true, false }
        select new object[] { subscriber, weSubscribe, weBind };

    [TestMethod]
    [DynamicData(nameof(Subscribers))]
    public void XPub_ToASubscriber_SendsWhatItWants(string subscriber, bool weSubscribe, bool weBind)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        var (pub, sub) = Open(world, peer, "XPUB", subscriber, weSubscribe, weBind);

        sub.Subscribe("temperature", true);
        Assert.AreEqual("\u0001temperature", pub.ReceiveSubscription(sub));
        sub.Subscribe("wind", true);
        Assert.AreEqual("\u0001wind", pub.ReceiveSubscription(sub));
        pub.SendText("rain", "5");
        pub.SendText("temperature", "20");
        pub.SendText("wind", "3");
        Assert.AreEqual("temperature|20", sub.ReceiveText());
        Assert.AreEqual("wind|3", sub.ReceiveText());

        sub.Subscribe("temperature", false);
        Assert.AreEqual("\0temperature", pub.ReceiveSubscription(sub));
        pub.SendText("temperature", "21");
        pub.SendText("wind", "4");
        Assert.AreEqual("wind|4", sub.ReceiveText());

        sub.Subscribe("", true);
        Assert.AreEqual("\u0001", pub.ReceiveSubscription(sub));
        pub.SendText("rain", "6");
        Assert.AreEqual("rain|6", sub.ReceiveText());
    }

    [TestMethod]
    [DynamicData(nameof(Subscribers))]
    public void Pub_ToASubscriber_SendsWhatItWants(string subscriber, bool weSubscribe, bool weBind)
    {
        using World world = new();
        using ZmqPeer peer = ZmqPeer.Start();
        var (pub, sub) = Open(world, peer, "PUB", subscriber, weSubscribe, weBind);

        sub.Subscribe("wind", true);
        sub.Subscribe("temperature", true);
        pub.SendUntilItArrives(sub, "temperature", "20");
        pub.SendText("rain", "5");
        pub.SendText("wind", "3");
        sub.ReceiveUntil("wind|3", past: "temperature|20");

        // What is subscribed to after it has arrived: so has the end of the other subscription.
        sub.Subscribe("temperature", false);
        sub.Subscribe("end", true);
        pub.SendUntilItArrives(sub, "end", "1");
        pub.SendText("temperature", "21");
        pub.SendText("wind", "4");
        sub.ReceiveUntil("wind|4", past: "end|1");
    }

    private static (IEnd Pub, IEnd Sub) Open(World world, ZmqPeer peer, string publisher, string subscriber, bool weSubscribe, bool weBind)
    {
        OurSocket ours = new(world, weSubscribe ? subscriber : publisher);
        ZmqSocket theirs = peer.Open(weSubscribe ? publisher : subscriber);
        Libzmq_PatternTests.Join(ours, theirs, weBind, "tcp");
        return weSubscribe ? (theirs, ours) : (ours, theirs);
    }
}
