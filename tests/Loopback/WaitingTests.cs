using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

/// <summary>Threads that wait: what wakes them, and that they find out what happened.</summary>
[TestClass]
public class WaitingTests
{
    private static readonly int[] InOut = [(int)(PollEvents.In | PollEvents.Out)];

    [TestMethod]
    public void Receive_BytesComeLater_GetsThem()
    {
        using Net net = new();
        (int client, int server) = net.Connection();

        string got = "nothing";
        net.During(server, () => { got = net.Receive(server, timeoutMs: -1); return 0; }, () => net.Send(client, "late"));

        Assert.AreEqual("late", got);
    }

    [TestMethod]
    public void Receive_TimeOver_WouldBlock()
    {
        using Net net = new();
        (_, int server) = net.Connection();

        Assert.AreEqual("EAGAIN", net.Receive(server, timeoutMs: 1));
        Assert.AreEqual(Fail(Errno.EAGAIN), net.Stack.Accept(net.Listener(V4(0)), null, 1));
        Assert.AreEqual(0, net.Stack.Poll(server, PollEvents.In, 1));
        Assert.AreEqual(0, net.Stack.PollMany([server], [(int)PollEvents.In], [99], 1, 1));
    }

    [TestMethod]
    public void Accept_ConnectionComesLater_GetsIt()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address);
        int client = net.Tcp();

        int server = net.During(listener, () => net.Own(net.Stack.Accept(listener, null, -1)), () => net.Connect(client, address, -1));

        Assert.IsGreaterThan(0, server);
        net.Send(client, "x");
        Assert.AreEqual("x", net.Receive(server));
    }

    [TestMethod]
    public void Send_MoreThanTheBuffers_EndsWhenAllIsTaken()
    {
        const int Count = 5_000_000;
        using Net net = new();
        (int client, int server) = net.Connection();
        long received = 0;

        int sent = net.During(client, () => net.Send(client, Count, -1), () =>
        {
            while (received < Count)
            {
                received += net.Receive(server, 10_000, timeoutMs: -1).Length;
            }
        });

        Assert.AreEqual(Count, sent);
        Assert.AreEqual("EAGAIN", net.Receive(server));
    }

    [TestMethod]
    [DataRow("receive")]
    [DataRow("peek")]
    [DataRow("send")]
    [DataRow("accept")]
    [DataRow("connect")]
    [DataRow("datagram")]
    [DataRow("unix datagram")]
    [DataRow("seqpacket")]
    public void Close_DuringACall_EndsItWithInterrupted(string call)
    {
        using Net net = new(new LoopbackLimits { StreamBufferBytes = 256, DatagramQueueCount = 1 });
        (int client, int server) = net.Connection();
        SocketAddress address = V4(0);
        int listener = net.Listener(address, 0);
        SocketFlags none = SocketFlags.None;
        SocketFlags peek = SocketFlags.Peek;
        (int socket, Func<int> wait) = call switch
        {
            "receive" => (server, () => net.Stack.Receive(server, new byte[9], 0, 9, ref none, null, -1)),
            "peek" => (server, () => net.Stack.Receive(server, new byte[9], 0, 9, ref peek, null, -1)),
            "send" => Sending(net, client),
            "accept" => (listener, () => net.Stack.Accept(listener, null, -1)),
            "connect" => Connecting(net, address),
            "datagram" => Reading(net, net.Udp()),
            "unix datagram" => Sending(net, net.Pair(SocketType.Dgram).A),
            _ => Reading(net, net.Pair(SocketType.Seqpacket).B),
        };

        Assert.AreEqual(Fail(Errno.EINTR), net.During(socket, wait, () => Assert.AreEqual(0, net.Stack.Close(socket))));
        Assert.AreEqual(Fail(Errno.EBADF), net.Stack.Close(socket));
    }

    [TestMethod]
    public void Close_DuringPoll_IsNotValid()
    {
        using Net net = new();
        (int a, int b) = net.Connection();

        Assert.AreEqual((int)PollEvents.Nval, net.During(a, () => net.Stack.Poll(a, PollEvents.In, -1), () => net.Stack.Close(a)));

        int[] seen = new int[2];
        int c = net.Tcp();
        int listener = net.Listener(V4(0));
        Assert.AreEqual(1, net.During(listener, () => net.Stack.PollMany([listener, -1], [1, 1], seen, 2, -1), () => net.Stack.Close(listener)));
        CollectionAssert.AreEqual(new[] { (int)PollEvents.Nval, 0 }, seen);
    }

    [TestMethod]
    public void PollMany_OneOfMany_TellsWhich()
    {
        using Net net = new();
        int[] servers = new int[20];
        int[] clients = new int[20];
        int[] events = new int[20];
        int[] seen = new int[20];
        for (int i = 0; i < servers.Length; i++)
        {
            (clients[i], servers[i]) = net.Pair(SocketType.Stream);
            events[i] = (int)PollEvents.In;
        }

        for (int i = 0; i < servers.Length; i++)
        {
            int index = i;
            int ready = net.During(servers[index], () => net.Stack.PollMany(servers, events, seen, 20, -1), () => net.Send(clients[index], "x"));
            Assert.AreEqual(1, ready);
            Assert.AreEqual((int)PollEvents.In, seen[index]);
            net.Receive(servers[index]);
        }

        Assert.AreEqual(0, net.Stack.PollMany(servers, events, seen, 20, 0));
        Assert.IsTrue(seen.All(value => value == 0));
    }

    [TestMethod]
    public void PollMany_WhatIsAskedFor_IsAllThatIsTold()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        net.Send(client, "x");
        int fresh = net.Tcp();
        int[] seen = new int[5];

        Assert.AreEqual(3, net.Stack.PollMany([server, server, fresh, -5, 12345678], [1, 0, 0, 5, 0], seen, 5, -1));

        CollectionAssert.AreEqual(
            new[] { (int)PollEvents.In, 0, (int)PollEvents.Hup, 0, (int)PollEvents.Nval }, seen, "Hup and Nval are told unasked.");
    }

    [TestMethod]
    public void Poll_ListenerWithAConnection_IsReadable()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address);
        Assert.AreEqual(0, net.Poll(listener));

        net.Connect(net.Tcp(), address, -1);

        Assert.AreEqual((int)PollEvents.In, net.Poll(listener));
    }

    [TestMethod]
    public void Poll_HalfCloseDuringIt_IsReadable()
    {
        using Net net = new();
        (int client, int server) = net.Connection();

        int seen = net.During(server, () => net.Stack.Poll(server, PollEvents.In, -1), () => net.Stack.Shutdown(client, SocketShutdown.Send));

        Assert.AreEqual((int)PollEvents.In, seen);
    }

    [TestMethod]
    public void Poll_ResetDuringIt_IsTold()
    {
        using Net net = new();
        (int client, int server) = net.Connection();
        net.Send(client, "unread");

        int seen = net.During(client, () => net.Stack.Poll(client, PollEvents.In, -1), () => net.Stack.Close(server));

        Assert.AreEqual((int)(PollEvents.In | PollEvents.Err | PollEvents.Hup), seen);
    }

    [TestMethod]
    public void Poll_NothingAskedFor_WaitsForTroubleOnly()
    {
        using Net net = new();
        (int client, int server) = net.Connection();

        int seen = net.During(server, () => net.Stack.Poll(server, PollEvents.None, -1), () =>
        {
            net.Send(client, "x");
            net.AwaitWaiter(server);
            net.Receive(server);
            net.Stack.Shutdown(client, SocketShutdown.Send);
            net.Stack.Shutdown(server, SocketShutdown.Send);
        });

        Assert.AreEqual((int)PollEvents.Hup, seen);
    }

    [TestMethod]
    public void Calls_OnAClosedHandle_AreBad()
    {
        using Net net = new();
        int socket = net.Tcp();
        net.Stack.Close(socket);
        SocketAddress address = V4(0);
        SocketFlags flags = SocketFlags.None;
        SocketMessage message = new();
        int bad = Fail(Errno.EBADF);

        foreach (int handle in new[] { socket, 0, -1, int.MaxValue, int.MinValue })
        {
            Assert.AreEqual(bad, net.Stack.Close(handle));
            Assert.AreEqual(bad, net.Stack.Bind(handle, address));
            Assert.AreEqual(bad, net.Stack.Listen(handle, 1));
            Assert.AreEqual(bad, net.Stack.Accept(handle, null, -1));
            Assert.AreEqual(bad, net.Stack.Connect(handle, address, -1));
            Assert.AreEqual(bad, net.Stack.Shutdown(handle, SocketShutdown.Both));
            Assert.AreEqual(bad, net.Send(handle, "x", timeoutMs: -1));
            Assert.AreEqual(bad, net.Stack.Receive(handle, new byte[1], 0, 1, ref flags, null, -1));
            Assert.AreEqual(bad, net.Stack.SendMsg(handle, message, -1));
            Assert.AreEqual(bad, net.Stack.ReceiveMsg(handle, message, -1));
            Assert.AreEqual(bad, net.Get(handle, SocketOptionName.Error));
            Assert.AreEqual(bad, net.Set(handle, SocketOptionName.Debug, 1));
            Assert.AreEqual(bad, net.Stack.GetLocalAddress(handle, address));
            Assert.AreEqual(bad, net.Stack.GetRemoteAddress(handle, address));
            Assert.AreEqual((int)PollEvents.Nval, net.Stack.Poll(handle, PollEvents.In, -1));
        }
    }

    private static (int Socket, Func<int> Wait) Sending(Net net, int socket)
    {
        while (net.Send(socket, 256) > 0)
        {
        }

        return (socket, () => net.Send(socket, 256, -1));
    }

    private static (int Socket, Func<int> Wait) Reading(Net net, int socket)
    {
        SocketFlags flags = SocketFlags.None;
        return (socket, () => net.Stack.Receive(socket, new byte[9], 0, 9, ref flags, null, -1));
    }

    private static (int Socket, Func<int> Wait) Connecting(Net net, SocketAddress address)
    {
        net.Connect(net.Tcp(), address);
        int late = net.Tcp();
        return (late, () => net.Connect(late, address, -1));
    }
}
