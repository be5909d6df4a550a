using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

[TestClass]
public class PortTests
{
    [TestMethod]
    [DataRow(SocketType.Stream)]
    [DataRow(SocketType.Dgram)]
    public void Bind_Twice_IsInvalid(SocketType type)
    {
        using Net net = new();
        int socket = net.Bound(type, V4(0));

        Assert.AreEqual(Fail(Errno.EINVAL), net.Stack.Bind(socket, V4(0)));
    }

    [TestMethod]
    [DataRow(SocketType.Stream)]
    [DataRow(SocketType.Dgram)]
    public void Bind_PortInUse_IsInUseForEveryAddressThatCoversIt(SocketType type)
    {
        using Net net = new();
        net.Bound(type, V4(6000));

        Assert.AreEqual(Fail(Errno.EADDRINUSE), net.Stack.Bind(net.Open(AddressFamily.InterNetwork, type), V4(6000)));
        Assert.AreEqual(Fail(Errno.EADDRINUSE), net.Stack.Bind(net.Open(AddressFamily.InterNetwork, type), V4(6000, 0, 0)));
        int dual = net.Open(AddressFamily.InterNetworkV6, type);
        net.Set(dual, SocketOptionName.IPv6Only, 0, SocketOptionLevel.IPv6);
        Assert.AreEqual(Fail(Errno.EADDRINUSE), net.Stack.Bind(dual, V6(6000, 0)));

        Assert.AreEqual(0, net.Stack.Bind(net.Open(AddressFamily.InterNetwork, type), V4(6000, 2)));
        Assert.AreEqual(0, net.Stack.Bind(net.Open(AddressFamily.InterNetworkV6, type), V6(6000, 0)));
    }

    [TestMethod]
    public void Bind_SamePortOfAnotherProtocol_IsFree()
    {
        using Net net = new();
        net.Bound(SocketType.Stream, V4(6001));

        Assert.AreEqual(0, net.Stack.Bind(net.Udp(), V4(6001)));
    }

    [TestMethod]
    public void Bind_AfterClose_IsFreeAtOnce()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address);
        int client = net.Tcp();
        net.Connect(client, address, -1);
        int server = net.Stack.Accept(listener, null, 0);
        net.Stack.Close(server);
        net.Stack.Close(listener);
        net.Stack.Close(client);

        Assert.AreEqual(0, net.Stack.Bind(net.Tcp(), address), "There is no TIME_WAIT.");
    }

    [TestMethod]
    public void Bind_ConnectionStillOnThePort_NeedsReuseAddress()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Tcp();
        net.Set(listener, SocketOptionName.ReuseAddress, 1);
        net.Stack.Bind(listener, address);
        net.Stack.Listen(listener, 1);
        net.Stack.GetLocalAddress(listener, address);
        net.Connect(net.Tcp(), address, -1);
        net.Own(net.Stack.Accept(listener, null, 0));
        net.Stack.Close(listener);
        int next = net.Tcp();

        Assert.AreEqual(Fail(Errno.EADDRINUSE), net.Stack.Bind(next, address));
        net.Set(next, SocketOptionName.ReuseAddress, 1);
        Assert.AreEqual(0, net.Stack.Bind(next, address));
        Assert.AreEqual(0, net.Stack.Listen(next, 1));
    }

    [TestMethod]
    public void Bind_ReuseAddressBesideAListener_IsInUse()
    {
        using Net net = new();
        int listener = net.Tcp();
        net.Set(listener, SocketOptionName.ReuseAddress, 1);
        net.Stack.Bind(listener, V4(6002));
        net.Stack.Listen(listener, 1);
        int second = net.Tcp();
        net.Set(second, SocketOptionName.ReuseAddress, 1);

        Assert.AreEqual(Fail(Errno.EADDRINUSE), net.Stack.Bind(second, V4(6002)));
    }

    [TestMethod]
    [DataRow(SocketOptionName.ReuseAddress)]
    [DataRow(SocketOptionName.ReusePort)]
    public void Bind_DatagramsThatShareAPort_TheLastOneReceives(SocketOptionName option)
    {
        using Net net = new();
        int[] sockets = new int[3];
        for (int i = 0; i < sockets.Length; i++)
        {
            sockets[i] = net.Udp();
            Assert.AreEqual(0, net.Set(sockets[i], option, 1));
            Assert.AreEqual(0, net.Stack.Bind(sockets[i], V4(6003)));
        }

        net.Send(net.Udp(), "x", V4(6003));

        Assert.AreEqual("EAGAIN", net.Receive(sockets[0]));
        Assert.AreEqual("EAGAIN", net.Receive(sockets[1]));
        Assert.AreEqual("x", net.Receive(sockets[2]));
    }

    [TestMethod]
    public void Bind_NotLoopback_IsNotAvailable()
    {
        using Net net = new();

        Assert.AreEqual(Fail(Errno.EADDRNOTAVAIL), net.Stack.Bind(net.Tcp(), V4(0, 1, 192)));
        Assert.AreEqual(Fail(Errno.EADDRNOTAVAIL), net.Stack.Bind(net.Tcp(), V4(0, 1, 224)));
        Assert.AreEqual(Fail(Errno.EADDRNOTAVAIL),
            net.Stack.Bind(net.Open(AddressFamily.InterNetworkV6, SocketType.Stream), V6(0, 2)));
        Assert.AreEqual(Fail(Errno.EINVAL),
            net.Stack.Bind(net.Open(AddressFamily.InterNetworkV6, SocketType.Stream), Mapped(0)), "IPv6Only is the default.");
        Assert.AreEqual(Fail(Errno.EAFNOSUPPORT), net.Stack.Bind(net.Tcp(), V6(0)));
    }

    [TestMethod]
    public void Bind_PortZero_ChoosesDynamicPortsThatDoNotComeBackAtOnce()
    {
        using Net net = new();
        HashSet<int> seen = new();
        for (int i = 0; i < 1000; i++)
        {
            SocketAddress address = V4(0);
            int socket = net.Stack.Open(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            net.Stack.Bind(socket, address);
            net.Stack.GetLocalAddress(socket, address);
            net.Stack.Close(socket);
            Assert.IsInRange(49152, 65535, address.Port);
            Assert.IsTrue(seen.Add(address.Port), $"Port {address.Port} came back after {seen.Count} others.");
        }
    }

    [TestMethod]
    public void Bind_LocalPortRange_StaysWithinItUntilItIsFull()
    {
        using Net net = new();
        for (int i = 0; i < 3; i++)
        {
            int socket = net.Tcp();
            Assert.AreEqual(0, net.Set(socket, SocketOptionName.LocalPortRange, 50000 | (50001 << 16), SocketOptionLevel.IP));
            SocketAddress address = V4(0);
            Assert.AreEqual(i < 2 ? 0 : Fail(Errno.EADDRINUSE), net.Stack.Bind(socket, address));
            net.Stack.GetLocalAddress(socket, address);
            Assert.AreEqual(i < 2, address.Port is 50000 or 50001);
        }

        int last = net.Tcp();
        net.Set(last, SocketOptionName.LocalPortRange, 50000 | (50001 << 16), SocketOptionLevel.IP);
        net.Listener(V4(700));
        Assert.AreEqual(Fail(Errno.EADDRNOTAVAIL), net.Connect(last, V4(700), -1));
        Assert.AreEqual(Fail(Errno.EADDRINUSE), net.Stack.Listen(last, 1));
    }

    [TestMethod]
    [DataRow(0, 0, 0)]
    [DataRow(50000, 0, 0)]
    [DataRow(0, 60000, 0)]
    [DataRow(50000, 50000, 0)]
    [DataRow(60000, 50000, (int)Errno.EINVAL)]
    public void SetOption_LocalPortRange_TakesBoundsInOrder(int low, int high, int error)
    {
        using Net net = new();
        int socket = net.Udp();

        Assert.AreEqual(-error, net.Set(socket, SocketOptionName.LocalPortRange, low | (high << 16), SocketOptionLevel.IP));
        Assert.AreEqual(0, net.Stack.Bind(socket, V4(0)));
    }

    [TestMethod]
    public void GetLocalAddress_BeforeBind_IsUnspecified()
    {
        using Net net = new();
        SocketAddress address = new();

        net.Stack.GetLocalAddress(net.Tcp(), address);
        Assert.AreEqual(V4(0, 0, 0), address);
        net.Stack.GetLocalAddress(net.Open(AddressFamily.InterNetworkV6, SocketType.Dgram), address);
        Assert.AreEqual(V6(0, 0), address);
        net.Stack.GetLocalAddress(net.Open(AddressFamily.Unix, SocketType.Stream), address);
        Assert.AreEqual(new SocketAddress(AddressFamily.Unix, 2), address);
    }
}
