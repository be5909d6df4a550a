using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

[TestClass]
public class TcpConnectTests
{
    private const int Refused = (int)(PollEvents.In | PollEvents.Out | PollEvents.Err | PollEvents.Hup);

    [TestMethod]
    public void Connect_WithoutWaiting_IsInProgressThenWritable()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        net.Listener(address);
        int client = net.Tcp();

        Assert.AreEqual(Fail(Errno.EINPROGRESS), net.Connect(client, address));
        Assert.AreEqual((int)PollEvents.Out, net.Poll(client));
        Assert.AreEqual(0, net.Get(client, SocketOptionName.Error));
        Assert.AreEqual(0, net.Connect(client, address), "The first connect after it tells the success.");
        Assert.AreEqual(Fail(Errno.EISCONN), net.Connect(client, address));
    }

    [TestMethod]
    public void Connect_NobodyListens_IsRefusedAtOnce()
    {
        using Net net = new();
        int client = net.Tcp();

        Assert.AreEqual(Fail(Errno.ECONNREFUSED), net.Connect(client, V4(1), -1));
        Assert.AreEqual((int)(PollEvents.Out | PollEvents.Hup), net.Poll(client), "As new.");
    }

    [TestMethod]
    public void Connect_NobodyListensWithoutWaiting_TellsTheRefusalOnce()
    {
        using Net net = new();
        int client = net.Tcp();

        Assert.AreEqual(Fail(Errno.EINPROGRESS), net.Connect(client, V4(1)));
        Assert.AreEqual(Refused, net.Poll(client));
        Assert.AreEqual((int)Errno.ECONNREFUSED, net.Get(client, SocketOptionName.Error));
        Assert.AreEqual(0, net.Get(client, SocketOptionName.Error));
    }

    [TestMethod]
    public void Connect_AfterRefusal_ReachesAListenerThatCameLater()
    {
        using Net net = new();
        int client = net.Tcp();
        SocketAddress address = V4(4000);
        Assert.AreEqual(Fail(Errno.ECONNREFUSED), net.Connect(client, address, -1));

        net.Listener(address);

        Assert.AreEqual(0, net.Connect(client, address, -1));
    }

    [TestMethod]
    public void Connect_ToOwnPort_IsRefused()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int client = net.Bound(SocketType.Stream, address);

        Assert.AreEqual(Fail(Errno.ECONNREFUSED), net.Connect(client, address, -1));
    }

    [TestMethod]
    public void Connect_OfAListener_IsConnected()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address);

        Assert.AreEqual(Fail(Errno.EISCONN), net.Connect(listener, address, -1));
    }

    [TestMethod]
    public void Connect_ToAny_ReachesLoopback()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        net.Listener(address);
        int client = net.Tcp();

        Assert.AreEqual(0, net.Connect(client, V4(address.Port, 0, 0), -1));

        SocketAddress remote = new();
        Assert.AreEqual(0, net.Stack.GetRemoteAddress(client, remote));
        Assert.AreEqual(address, remote);
    }

    [TestMethod]
    [DataRow(192, 1)]
    [DataRow(224, 1)]
    [DataRow(255, 255)]
    public void Connect_OutsideLoopback_IsUnreachable(int first, int last)
    {
        using Net net = new();

        Assert.AreEqual(Fail(Errno.ENETUNREACH), net.Connect(net.Tcp(), V4(80, last, first), -1));
    }

    [TestMethod]
    public void Connect_WrongFamilyOrShortAddress_IsToldApart()
    {
        using Net net = new();

        Assert.AreEqual(Fail(Errno.EAFNOSUPPORT), net.Connect(net.Tcp(), V6(80), -1));
        Assert.AreEqual(Fail(Errno.EAFNOSUPPORT), net.Connect(net.Tcp(), Unix("a"), -1));
        Assert.AreEqual(Fail(Errno.EINVAL), net.Connect(net.Tcp(), new SocketAddress(AddressFamily.InterNetwork, 8), -1));
    }

    [TestMethod]
    public void Connect_DualSocketToIPv4_SeesMappedAddresses()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address);
        int client = net.Open(AddressFamily.InterNetworkV6, SocketType.Stream);

        Assert.AreEqual(Fail(Errno.ENETUNREACH), net.Connect(client, Mapped(address.Port), -1), "IPv6Only is the default.");
        Assert.AreEqual(0, net.Set(client, SocketOptionName.IPv6Only, 0, SocketOptionLevel.IPv6));
        Assert.AreEqual(0, net.Connect(client, Mapped(address.Port), -1));

        SocketAddress peer = new();
        net.Own(net.Stack.Accept(listener, peer, 0));
        SocketAddress local = new();
        net.Stack.GetLocalAddress(client, local);
        Assert.AreEqual(Mapped(peer.Port), local);
        Assert.AreEqual(V4(local.Port), peer);
    }

    [TestMethod]
    public void Listen_DualSocket_TakesBothFamilies()
    {
        using Net net = new();
        int listener = net.Open(AddressFamily.InterNetworkV6, SocketType.Stream);
        net.Set(listener, SocketOptionName.IPv6Only, 0, SocketOptionLevel.IPv6);
        Assert.AreEqual(0, net.Stack.Bind(listener, V6(5000, 0)));
        Assert.AreEqual(0, net.Stack.Listen(listener, 4));

        Assert.AreEqual(0, net.Connect(net.Open(AddressFamily.InterNetworkV6, SocketType.Stream), V6(5000), -1));
        Assert.AreEqual(0, net.Connect(net.Tcp(), V4(5000), -1));

        SocketAddress peer = new();
        net.Own(net.Stack.Accept(listener, peer, 0));
        Assert.IsFalse(peer.IsMapped);
        net.Own(net.Stack.Accept(listener, peer, 0));
        Assert.IsTrue(peer.IsMapped);
    }

    [TestMethod]
    public void Connect_SeveralListenersOnAPort_ReachesTheOneThatFitsBest()
    {
        using Net net = new();
        int any = net.Tcp();
        int own = net.Tcp();
        net.Set(any, SocketOptionName.ReuseAddress, 1);
        net.Set(own, SocketOptionName.ReuseAddress, 1);
        net.Stack.Bind(any, V4(5001, 0, 0));
        net.Stack.Bind(own, V4(5001, 2));
        net.Stack.Listen(own, 1);
        Assert.AreEqual(Fail(Errno.EADDRINUSE), net.Stack.Listen(any, 1), "Only one of those that share a port can listen.");

        Assert.AreEqual(0, net.Connect(net.Tcp(), V4(5001, 2), -1));
        Assert.AreEqual(Fail(Errno.ECONNREFUSED), net.Connect(net.Tcp(), V4(5001), -1));
    }
}
