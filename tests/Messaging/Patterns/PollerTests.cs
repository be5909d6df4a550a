using System.Text;

namespace IoTNet.Tests.Messaging;

[TestClass]
public class PollerTests
{
    [TestMethod]
    public void Wait_ForTwoSockets_TellsWhichIsReady()
    {
        using World world = new();
        var (pull, push) = world.Join("tcp", MessageSocketType.Pull, MessageSocketType.Push);
        var (one, other) = world.Join("inproc", MessageSocketType.Pair, MessageSocketType.Pair);
        MessagePoller poller = new();
        int pulls = poller.Add(pull, PollEvents.In);
        int pairs = poller.Add(one, PollEvents.In);

        Assert.AreEqual(0, poller.Wait(0));
        Assert.AreEqual(0, poller.Wait(1));
        push.SendText("over the network");
        Assert.AreEqual(1, poller.Wait(World.PatienceMs));
        Assert.AreEqual(PollEvents.In, poller.GetEvents(pulls));
        Assert.AreEqual(PollEvents.None, poller.GetEvents(pairs));
        Assert.AreEqual("over the network", pull.ReceiveText());

        other.SendText("in memory");
        Assert.AreEqual(1, poller.Wait(World.PatienceMs));
        Assert.AreEqual(PollEvents.In, poller.GetEvents(pairs));
        one.Close();
        Assert.AreEqual(1, poller.Wait(World.PatienceMs));
        Assert.AreEqual(PollEvents.Nval, poller.GetEvents(pairs));
    }

    [TestMethod]
    public void Proxy_OfRouterAndDealer_PassesRequestsAndReplies()
    {
        using World world = new();
        MessageSocket router = world.Open(MessageSocketType.Router);
        MessageSocket dealer = world.Open(MessageSocketType.Dealer);
        router.Bind("tcp://127.0.0.1:*");
        dealer.Bind("inproc://workers");
        var (control, steer) = world.Join("inproc", MessageSocketType.Pair, MessageSocketType.Pair);
        Task proxy = Task.Run(new Proxy(router, dealer, control).Run);
        MessageSocket rep = world.Open(MessageSocketType.Rep);
        rep.Connect("inproc://workers");
        MessageSocket[] clients = [world.Open(MessageSocketType.Req), world.Open(MessageSocketType.Req)];

        foreach (MessageSocket client in clients)
        {
            client.Connect(router.LastEndpoint);
            client.SendText("question");
            Assert.AreEqual("question", rep.ReceiveText());
            rep.SendText("answer");
            Assert.AreEqual("answer", client.ReceiveText());
        }

        steer.SendText("PAUSE");
        steer.SendText("RESUME");
        clients[0].SendText("again");
        Assert.AreEqual("again", rep.ReceiveText());
        steer.SendText("TERMINATE");
        Assert.IsTrue(proxy.Wait(World.PatienceMs));
    }

    [TestMethod]
    public void Proxy_OfXSubAndXPub_ForwardsSubscriptions()
    {
        using World world = new();
        MessageSocket xsub = world.Open(MessageSocketType.XSub);
        MessageSocket xpub = world.Open(MessageSocketType.XPub);
        xsub.Bind("inproc://publishers");
        xpub.Bind("tcp://127.0.0.1:*");
        Task proxy = Task.Run(new Proxy(xsub, xpub, null).Run);
        MessageSocket publisher = world.Open(MessageSocketType.XPub);
        publisher.Connect("inproc://publishers");
        MessageSocket subscriber = world.Open(MessageSocketType.Sub);
        subscriber.Connect(xpub.LastEndpoint);

        subscriber.Subscribe("a");
        CollectionAssert.AreEqual(Encoding.UTF8.GetBytes("\u0001a"), publisher.Receive());
        publisher.SendText("b1");
        publisher.SendText("a1");
        Assert.AreEqual("a1", subscriber.ReceiveText());
        xsub.Close();
        Assert.IsTrue(proxy.Wait(World.PatienceMs));
    }
}
