using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

[TestClass]
public class UdpTests
{
    [TestMethod]
    public void Receive_TellsTheSender()
    {
        using Net net = new();
        SocketAddress address = V4(0, 2);
        int receiver = net.Bound(SocketType.Dgram, address);
        int sender = net.Udp();
        SocketAddress from = new();

        Assert.AreEqual(2, net.Send(sender, "hi", address));
        Assert.AreEqual("hi", net.Receive(receiver, from: from));

        SocketAddress local = new();
        net.Stack.GetLocalAddress(sender, local);
        Assert.AreEqual(V4(local.Port), from);
        Assert.AreEqual(3, net.Send(receiver, "you", from));
        Assert.AreEqual("you", net.Receive(sender, from: from));
        Assert.AreEqual(address, from);
    }

    [TestMethod]
    public void Receive_ShortBuffer_TruncatesAndDropsTheRest()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int receiver = net.Bound(SocketType.Dgram, address);
        byte[] buffer = new byte[4];
        SocketFlags flags = SocketFlags.None;
        net.Send(receiver, "0123456789", address);
        net.Send(receiver, "next", address);

        Assert.AreEqual(4, net.Stack.Receive(receiver, buffer, 0, 4, ref flags, null, 0));
        Assert.AreEqual(SocketFlags.Truncated, flags);
        flags = SocketFlags.None;
        Assert.AreEqual(4, net.Stack.Receive(receiver, buffer, 0, 4, ref flags, null, 0));
        Assert.AreEqual(SocketFlags.None, flags);
    }

    [TestMethod]
    public void Receive_TruncatedAsked_GivesTheRealLength()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int receiver = net.Bound(SocketType.Dgram, address);
        net.Send(receiver, "0123456789", address);
        byte[] buffer = new byte[4];
        SocketFlags flags = SocketFlags.Truncated | SocketFlags.Peek;

        Assert.AreEqual(10, net.Stack.Receive(receiver, buffer, 0, 4, ref flags, null, 0));
        Assert.AreEqual(SocketFlags.Truncated, flags);
        Assert.AreEqual(10, net.Get(receiver, SocketOptionName.Available));
        Assert.AreEqual("0123456789", net.Receive(receiver));
    }

    [TestMethod]
    public void Send_Empty_ArrivesAsAnEmptyDatagram()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int receiver = net.Bound(SocketType.Dgram, address);

        Assert.AreEqual(0, net.Send(receiver, "", address));

        Assert.AreEqual((int)(PollEvents.In | PollEvents.Out), net.Poll(receiver));
        Assert.AreEqual("", net.Receive(receiver));
        Assert.AreEqual("EAGAIN", net.Receive(receiver));
    }

    [TestMethod]
    public void Send_LongestDatagram_ArrivesAndOneByteMoreDoesNot()
    {
        using Net net = new();
        SocketAddress v4 = V4(0);
        SocketAddress v6 = V6(0);
        int socket4 = net.Bound(SocketType.Dgram, v4);
        int socket6 = net.Bound(SocketType.Dgram, v6);

        Assert.AreEqual(65507, net.Send(socket4, 65507, to: v4));
        Assert.AreEqual(Fail(Errno.EMSGSIZE), net.Send(socket4, 65508, to: v4));
        Assert.AreEqual(65527, net.Send(socket6, 65527, to: v6));
        Assert.AreEqual(Fail(Errno.EMSGSIZE), net.Send(socket6, 65528, to: v6));
        Assert.AreEqual(65507, net.Receive(socket4, 70000).Length);
        Assert.AreEqual(65527, net.Receive(socket6, 70000).Length);
    }

    [TestMethod]
    public void Send_LongerThanSendBuffer_IsTooLong()
    {
        using Net net = new(new LoopbackLimits { DatagramQueueBytes = 300 });
        SocketAddress address = V4(0);
        int socket = net.Bound(SocketType.Dgram, address);

        Assert.AreEqual(Fail(Errno.EMSGSIZE), net.Send(socket, 301, to: address));
        Assert.AreEqual(300, net.Send(socket, 300, to: address), "An empty queue takes any one.");
        Assert.AreEqual(300, net.Receive(socket).Length);
        net.Set(socket, SocketOptionName.SendBuffer, 500);
        Assert.AreEqual(500, net.Send(socket, 500, to: address));
        Assert.AreEqual(500, net.Receive(socket).Length);
    }

    [TestMethod]
    public void Send_ReceiverFullByCount_DropsSilently()
    {
        using Net net = new(new LoopbackLimits { DatagramQueueCount = 2 });
        SocketAddress address = V4(0);
        int receiver = net.Bound(SocketType.Dgram, address);
        int sender = net.Udp();

        Assert.AreEqual(1, net.Send(sender, "a", address));
        Assert.AreEqual(1, net.Send(sender, "b", address));
        Assert.AreEqual(1, net.Send(sender, "c", address));
        Assert.AreEqual((int)PollEvents.Out, net.Poll(sender));
        Assert.AreEqual("a", net.Receive(receiver));
        Assert.AreEqual(1, net.Send(sender, "d", address));
        Assert.AreEqual("b", net.Receive(receiver));
        Assert.AreEqual("d", net.Receive(receiver));
        Assert.AreEqual("EAGAIN", net.Receive(receiver));
    }

    [TestMethod]
    public void Send_ReceiverFullByBytes_DropsSilently()
    {
        using Net net = new(new LoopbackLimits { DatagramQueueBytes = 1000 });
        SocketAddress address = V4(0);
        int receiver = net.Bound(SocketType.Dgram, address);

        net.Send(receiver, 600, to: address);
        net.Send(receiver, 600, to: address);

        Assert.AreEqual(600, net.Receive(receiver).Length);
        Assert.AreEqual("EAGAIN", net.Receive(receiver));
    }

    [TestMethod]
    public void Send_WithoutDestination_NeedsOne()
    {
        using Net net = new();

        Assert.AreEqual(Fail(Errno.EDESTADDRREQ), net.Send(net.Udp(), "x"));
        Assert.AreEqual(Fail(Errno.EINVAL), net.Send(net.Udp(), "x", V4(0)), "Port 0 is no destination.");
        Assert.AreEqual(Fail(Errno.ENETUNREACH), net.Send(net.Udp(), "x", V4(80, 1, 192)));
        Assert.AreEqual(Fail(Errno.EAFNOSUPPORT), net.Send(net.Udp(), "x", V6(80)));
    }

    [TestMethod]
    public void Connect_ThenSendToClosedPort_IsRefusedByTheNextCallOnce()
    {
        using Net net = new();
        int socket = net.Udp();
        Assert.AreEqual(0, net.Connect(socket, V4(9)));

        Assert.AreEqual(1, net.Send(socket, "x"));
        Assert.AreEqual((int)(PollEvents.Out | PollEvents.Err), net.Poll(socket));
        Assert.AreEqual("ECONNREFUSED", net.Receive(socket));
        Assert.AreEqual("EAGAIN", net.Receive(socket));
        net.Send(socket, "x");
        Assert.AreEqual(Fail(Errno.ECONNREFUSED), net.Send(socket, "x"));
        Assert.AreEqual(1, net.Send(net.Udp(), "x", V4(9)), "Who is not connected does not hear of it.");
    }

    [TestMethod]
    public void Connect_HearsThePeerOnly()
    {
        using Net net = new();
        SocketAddress peer = V4(0);
        SocketAddress own = V4(0);
        int server = net.Bound(SocketType.Dgram, peer);
        int socket = net.Bound(SocketType.Dgram, own);
        net.Connect(socket, peer);

        net.Send(net.Udp(), "stranger", own);
        net.Send(server, "peer", own);

        Assert.AreEqual("peer", net.Receive(socket));
        Assert.AreEqual("EAGAIN", net.Receive(socket));
    }

    [TestMethod]
    public void Connect_Unspecified_DissolvesTheAssociation()
    {
        using Net net = new();
        SocketAddress peer = V4(0);
        net.Bound(SocketType.Dgram, peer);
        SocketAddress own = V4(0);
        int socket = net.Bound(SocketType.Dgram, own);
        net.Connect(socket, peer);

        Assert.AreEqual(0, net.Connect(socket, new SocketAddress()));

        Assert.AreEqual(Fail(Errno.EDESTADDRREQ), net.Send(socket, "x"));
        Assert.AreEqual(Fail(Errno.ENOTCONN), net.Stack.GetRemoteAddress(socket, new SocketAddress()));
        net.Send(net.Udp(), "stranger", own);
        Assert.AreEqual("stranger", net.Receive(socket), "It keeps the address that Bind gave it.");
    }

    [TestMethod]
    public void Shutdown_Receive_EndsABlockedReceive()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int socket = net.Bound(SocketType.Dgram, address);
        Assert.AreEqual(Fail(Errno.ENOTCONN), net.Stack.Shutdown(socket, SocketShutdown.Receive));
        net.Connect(socket, V4(9));

        string got = "nothing";
        net.During(socket, () => { got = net.Receive(socket, timeoutMs: -1); return 0; },
            () => net.Stack.Shutdown(socket, SocketShutdown.Receive));

        Assert.AreEqual("", got);
    }

    [TestMethod]
    public void Receive_DualSocket_SeesAndAnswersIPv4()
    {
        using Net net = new();
        int dual = net.Open(AddressFamily.InterNetworkV6, SocketType.Dgram);
        net.Set(dual, SocketOptionName.IPv6Only, 0, SocketOptionLevel.IPv6);
        SocketAddress address = V6(0, 0);
        net.Stack.Bind(dual, address);
        net.Stack.GetLocalAddress(dual, address);
        int client = net.Udp();
        SocketAddress from = new();

        net.Send(client, "four", V4(address.Port));
        Assert.AreEqual("four", net.Receive(dual, from: from));
        Assert.IsTrue(from.IsMapped);
        net.Send(dual, "answer", from);
        Assert.AreEqual("answer", net.Receive(client, from: from));
        Assert.AreEqual(V4(address.Port), from);
    }
}
