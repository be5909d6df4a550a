using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

[TestClass]
public class BacklogTests
{
    [TestMethod]
    [DataRow(-1, 1)]
    [DataRow(0, 1)]
    [DataRow(1, 2)]
    [DataRow(3, 4)]
    public void Listen_Backlog_QueuesOneMore(int backlog, int queued)
    {
        using Net net = new();
        SocketAddress address = V4(0);
        net.Listener(address, backlog);
        for (int i = 0; i < queued; i++)
        {
            Assert.AreEqual(0, net.Connect(net.Tcp(), address, -1));
        }

        int last = net.Tcp();

        Assert.AreEqual(Fail(Errno.EINPROGRESS), net.Connect(last, address));
        Assert.AreEqual(0, net.Poll(last));
        Assert.AreEqual(Fail(Errno.EALREADY), net.Connect(last, address));
    }

    [TestMethod]
    public void Listen_BacklogAboveTheLimit_IsCutToIt()
    {
        using Net net = new(new LoopbackLimits { MaxBacklog = 0 });
        SocketAddress address = V4(0);
        net.Listener(address, 100);

        Assert.AreEqual(0, net.Connect(net.Tcp(), address, -1));
        Assert.AreEqual(Fail(Errno.ETIMEDOUT), net.Connect(net.Tcp(), address, 1));
    }

    [TestMethod]
    public void Accept_BacklogFull_LetsTheFirstWaitingConnectIn()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address, 0);
        net.Connect(net.Tcp(), address);
        int first = net.Tcp();
        int second = net.Tcp();
        net.Connect(first, address);
        net.Connect(second, address);

        net.Own(net.Stack.Accept(listener, null, 0));

        Assert.AreEqual((int)PollEvents.Out, net.Poll(first));
        Assert.AreEqual(0, net.Poll(second));
    }

    [TestMethod]
    public void Listen_Again_LetsAsManyInAsTheNewBacklogHolds()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address, 0);
        int[] clients = new int[4];
        for (int i = 0; i < clients.Length; i++)
        {
            clients[i] = net.Tcp();
            net.Connect(clients[i], address);
        }

        net.Stack.Listen(listener, 2);

        Assert.AreEqual((int)PollEvents.Out, net.Poll(clients[2]));
        Assert.AreEqual(0, net.Poll(clients[3]));
    }

    [TestMethod]
    public void Connect_BacklogFull_TimesOutAndCanBeTriedAgain()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address, 0);
        net.Connect(net.Tcp(), address);
        int late = net.Tcp();

        Assert.AreEqual(Fail(Errno.ETIMEDOUT), net.Connect(late, address, 1));

        net.Own(net.Stack.Accept(listener, null, 0));
        Assert.AreEqual(Fail(Errno.EAGAIN), net.Stack.Accept(listener, null, 0), "The connect that ran out of time is gone.");
        Assert.AreEqual(0, net.Connect(late, address, -1));
    }

    [TestMethod]
    public void Connect_BacklogFullAndNobodyWaits_TimesOutByTheStacksLimit()
    {
        using Net net = new(new LoopbackLimits { ConnectTimeoutMs = 1 });
        SocketAddress address = V4(0);
        net.Listener(address, 0);
        net.Connect(net.Tcp(), address);
        int late = net.Tcp();
        Assert.AreEqual(Fail(Errno.EINPROGRESS), net.Connect(late, address));

        Assert.AreEqual((int)(PollEvents.In | PollEvents.Out | PollEvents.Err | PollEvents.Hup), net.Poll(late, timeoutMs: -1));
        Assert.AreEqual((int)Errno.ETIMEDOUT, net.Get(late, SocketOptionName.Error));
        Assert.AreEqual(Fail(Errno.ETIMEDOUT), net.Connect(net.Tcp(), address, -1), "A connect without a limit of its own.");
    }

    [TestMethod]
    public void Accept_ConnectWaitsInAThread_EndsIt()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address, 0);
        net.Connect(net.Tcp(), address);
        int late = net.Tcp();

        int result = net.During(late, () => net.Connect(late, address, -1), () => net.Own(net.Stack.Accept(listener, null, 0)));

        Assert.AreEqual(0, result);
    }

    [TestMethod]
    public void Close_OfTheListener_RefusesWhoWaitsAndResetsWhoIsQueued()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address, 0);
        int queued = net.Tcp();
        int waiting = net.Tcp();
        net.Connect(queued, address, -1);
        Assert.AreEqual(2, net.Send(queued, "hi"));

        int result = net.During(waiting, () => net.Connect(waiting, address, -1), () => net.Stack.Close(listener));

        Assert.AreEqual(Fail(Errno.ECONNREFUSED), result);
        Assert.AreEqual("ECONNRESET", net.Receive(queued));
        Assert.AreEqual(Fail(Errno.EPIPE), net.Send(queued, "x"));
    }

    [TestMethod]
    public void Accept_AllSocketsOpen_KeepsTheConnectionForLater()
    {
        using Net net = new(new LoopbackLimits { MaxSockets = 3 });
        SocketAddress address = V4(0);
        int listener = net.Listener(address);
        int client = net.Tcp();
        int spare = net.Tcp();
        net.Connect(client, address, -1);

        Assert.AreEqual(Fail(Errno.ENFILE), net.Stack.Accept(listener, null, -1));

        net.Stack.Close(spare);
        Assert.IsGreaterThan(0, net.Own(net.Stack.Accept(listener, null, 0)));
    }

    [TestMethod]
    public void Connect_UnixBacklogFull_IsWouldBlockAndLeavesNothingBehind()
    {
        using Net net = new();
        SocketAddress name = Unix("listener");
        int listener = net.Listener(name, 0);
        net.Connect(net.Open(AddressFamily.Unix, SocketType.Stream), name);
        int late = net.Open(AddressFamily.Unix, SocketType.Stream);

        Assert.AreEqual(Fail(Errno.EAGAIN), net.Connect(late, name));
        Assert.AreEqual(Fail(Errno.ETIMEDOUT), net.Connect(late, name, 1));

        net.Own(net.Stack.Accept(listener, null, 0));
        Assert.AreEqual(Fail(Errno.EAGAIN), net.Stack.Accept(listener, null, 0));
        int result = 0;
        net.Connect(net.Open(AddressFamily.Unix, SocketType.Stream), name);
        result = net.During(late, () => net.Connect(late, name, -1), () => net.Own(net.Stack.Accept(listener, null, 0)));
        Assert.AreEqual(0, result);
    }

    [TestMethod]
    public void Close_OfAUnixListener_RefusesWhoWaits()
    {
        using Net net = new();
        SocketAddress name = Unix("\0listener");
        int listener = net.Listener(name, 0, SocketType.Seqpacket);
        int queued = net.Open(AddressFamily.Unix, SocketType.Seqpacket);
        net.Connect(queued, name);
        int late = net.Open(AddressFamily.Unix, SocketType.Seqpacket);

        int result = net.During(late, () => net.Connect(late, name, -1), () => net.Stack.Close(listener));

        Assert.AreEqual(Fail(Errno.ECONNREFUSED), result);
        Assert.AreEqual("ECONNRESET", net.Receive(queued));
        Assert.AreEqual("", net.Receive(queued));
    }
}
