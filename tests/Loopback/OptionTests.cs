using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

[TestClass]
public class OptionTests
{
    private const SocketOptionLevel Socket = SocketOptionLevel.Socket;
    private const SocketOptionLevel IP = SocketOptionLevel.IP;
    private const SocketOptionLevel IPv6 = SocketOptionLevel.IPv6;
    private const SocketOptionLevel Tcp = SocketOptionLevel.Tcp;

    [TestMethod]
    [DataRow(Socket, SocketOptionName.Debug, 0, 1)]
    [DataRow(Socket, SocketOptionName.ReuseAddress, 0, 1)]
    [DataRow(Socket, SocketOptionName.KeepAlive, 0, 1)]
    [DataRow(Socket, SocketOptionName.DontRoute, 0, 1)]
    [DataRow(Socket, SocketOptionName.Broadcast, 0, 1)]
    [DataRow(Socket, SocketOptionName.OutOfBandInline, 0, 1)]
    [DataRow(Socket, SocketOptionName.Priority, 0, 6)]
    [DataRow(Socket, SocketOptionName.ReceiveLowWater, 1, 1)]
    [DataRow(Socket, SocketOptionName.SendBuffer, 131072, 5000)]
    [DataRow(Socket, SocketOptionName.ReceiveBuffer, 131072, 5000)]
    [DataRow(Tcp, SocketOptionName.NoDelay, 0, 1)]
    [DataRow(Tcp, SocketOptionName.TcpKeepAliveTime, 7200, 32767)]
    [DataRow(Tcp, SocketOptionName.TcpKeepAliveInterval, 75, 1)]
    [DataRow(Tcp, SocketOptionName.TcpKeepAliveRetryCount, 9, 127)]
    [DataRow(IP, SocketOptionName.TypeOfService, 0, 255)]
    [DataRow(IP, SocketOptionName.IpTimeToLive, 64, 255)]
    [DataRow(IP, SocketOptionName.MulticastTimeToLive, 1, 0)]
    [DataRow(IP, SocketOptionName.MulticastLoopback, 1, 0)]
    [DataRow(IP, SocketOptionName.PacketInformation, 0, 1)]
    [DataRow(IP, SocketOptionName.ReceiveTimeToLive, 0, 1)]
    [DataRow(IP, SocketOptionName.LocalPortRange, 0, 50000)]
    [DataRow(IPv6, SocketOptionName.TypeOfService, 0, 1)]
    [DataRow(IPv6, SocketOptionName.IpTimeToLive, 64, 1)]
    [DataRow(IPv6, SocketOptionName.PacketInformation, 0, 1)]
    [DataRow(IPv6, SocketOptionName.HopLimit, 0, 1)]
    [DataRow(IPv6, SocketOptionName.IPv6Only, 1, 0)]
    public void SetOption_AnyThatThereIs_IsReadBack(SocketOptionLevel level, SocketOptionName name, int usual, int value)
    {
        using Net net = new();
        int socket = net.Open(AddressFamily.InterNetworkV6, SocketType.Stream);

        Assert.AreEqual(usual, net.Get(socket, name, level));
        Assert.AreEqual(0, net.Set(socket, name, value, level));
        Assert.AreEqual(value, net.Get(socket, name, level));
    }

    [TestMethod]
    [DataRow(Socket, SocketOptionName.Priority, 7)]
    [DataRow(Socket, SocketOptionName.ReceiveLowWater, 2)]
    [DataRow(Socket, SocketOptionName.SendBuffer, -1)]
    [DataRow(Socket, SocketOptionName.ReceiveBuffer, -1)]
    [DataRow(Tcp, SocketOptionName.TcpKeepAliveTime, 0)]
    [DataRow(Tcp, SocketOptionName.TcpKeepAliveInterval, 32768)]
    [DataRow(Tcp, SocketOptionName.TcpKeepAliveRetryCount, 128)]
    [DataRow(IP, SocketOptionName.TypeOfService, 256)]
    [DataRow(IP, SocketOptionName.IpTimeToLive, 0)]
    [DataRow(IP, SocketOptionName.IpTimeToLive, 256)]
    [DataRow(IP, SocketOptionName.MulticastTimeToLive, -1)]
    public void SetOption_OutOfRange_IsInvalidAndChangesNothing(SocketOptionLevel level, SocketOptionName name, int value)
    {
        using Net net = new();
        int socket = net.Tcp();
        int before = net.Get(socket, name, level);

        Assert.AreEqual(Fail(Errno.EINVAL), net.Set(socket, name, value, level));
        Assert.AreEqual(before, net.Get(socket, name, level));
    }

    [TestMethod]
    [DataRow(Socket, SocketOptionName.UseLoopback)]
    [DataRow(Socket, SocketOptionName.BindToDevice)]
    [DataRow(Socket, SocketOptionName.ReusePort)]
    [DataRow(Socket, (SocketOptionName)12345)]
    [DataRow(Tcp, SocketOptionName.Expedited)]
    [DataRow(IP, SocketOptionName.HeaderIncluded)]
    [DataRow(IP, SocketOptionName.HopLimit)]
    [DataRow(IP, SocketOptionName.AddMembership)]
    [DataRow(IPv6, SocketOptionName.IPv6Only)]
    [DataRow((SocketOptionLevel)99, SocketOptionName.Debug)]
    [DataRow(SocketOptionLevel.Udp, SocketOptionName.NoChecksum)]
    public void Option_ThatThereIsNot_IsUnknown(SocketOptionLevel level, SocketOptionName name)
    {
        using Net net = new();
        int socket = net.Tcp();

        Assert.AreEqual(Fail(Errno.ENOPROTOOPT), net.Get(socket, name, level));
        Assert.AreEqual(Fail(Errno.ENOPROTOOPT), net.Set(socket, name, 1, level));
    }

    [TestMethod]
    [DataRow(SocketOptionName.Error)]
    [DataRow(SocketOptionName.Available)]
    [DataRow(SocketOptionName.SendLowWater)]
    public void SetOption_ReadOnly_IsUnknown(SocketOptionName name)
    {
        using Net net = new();
        int socket = net.Tcp();

        Assert.IsGreaterThanOrEqualTo(0, net.Get(socket, name));
        Assert.AreEqual(Fail(Errno.ENOPROTOOPT), net.Set(socket, name, 1));
    }

    [TestMethod]
    public void Option_OfAUnixSocket_IsThatOfLevelSocketOnly()
    {
        using Net net = new();
        int socket = net.Open(AddressFamily.Unix, SocketType.Stream);

        Assert.AreEqual(0, net.Set(socket, SocketOptionName.KeepAlive, 1));
        Assert.AreEqual(Fail(Errno.ENOPROTOOPT), net.Get(socket, SocketOptionName.NoDelay, Tcp));
        Assert.AreEqual(Fail(Errno.ENOPROTOOPT), net.Get(socket, SocketOptionName.IpTimeToLive, IP));
    }

    [TestMethod]
    public void SetOption_Buffer_IsCutToTheLimits()
    {
        using Net net = new(new LoopbackLimits { MaxBufferBytes = 500_000 });
        int socket = net.Tcp();

        net.Set(socket, SocketOptionName.SendBuffer, 1);
        Assert.AreEqual(256, net.Get(socket, SocketOptionName.SendBuffer));
        net.Set(socket, SocketOptionName.SendBuffer, int.MaxValue);
        Assert.AreEqual(500_000, net.Get(socket, SocketOptionName.SendBuffer));
    }

    [TestMethod]
    public void Option_Linger_HasEightBytes()
    {
        using Net net = new();
        int socket = net.Tcp();
        byte[] value = [1, 0, 0, 0, 44, 1, 0, 0];

        Assert.AreEqual(Fail(Errno.EINVAL), net.Stack.SetOption(socket, Socket, SocketOptionName.Linger, value, 7));
        Assert.AreEqual(0, net.Stack.SetOption(socket, Socket, SocketOptionName.Linger, value, 8));
        byte[] read = new byte[10];
        Assert.AreEqual(8, net.Stack.GetOption(socket, Socket, SocketOptionName.Linger, read, 10));
        CollectionAssert.AreEqual(value, read[..8]);
        read = new byte[5];
        Assert.AreEqual(5, net.Stack.GetOption(socket, Socket, SocketOptionName.Linger, read, 5));
        CollectionAssert.AreEqual(value[..5], read);
    }

    [TestMethod]
    public void Option_ShortValue_IsInvalidToSetAndCutToRead()
    {
        using Net net = new();
        int socket = net.Tcp();

        Assert.AreEqual(Fail(Errno.EINVAL), net.Stack.SetOption(socket, Socket, SocketOptionName.KeepAlive, new byte[4], 3));
        Assert.AreEqual(Fail(Errno.EINVAL), net.Stack.GetOption(socket, Socket, SocketOptionName.KeepAlive, new byte[4], -1));
        byte[] value = new byte[4];
        Assert.AreEqual(2, net.Stack.GetOption(socket, IP, SocketOptionName.IpTimeToLive, value, 2));
        CollectionAssert.AreEqual(new byte[] { 64, 0, 0, 0 }, value);
        Assert.AreEqual(0, net.Stack.GetOption(socket, IP, SocketOptionName.IpTimeToLive, value, 0));
    }

    [TestMethod]
    public void GetOption_Mtu_NeedsAPeer()
    {
        using Net net = new();
        (int client, _) = net.Connection();
        int udp = net.Udp();

        Assert.AreEqual(65536, net.Get(client, SocketOptionName.Mtu, IP));
        Assert.AreEqual(Fail(Errno.ENOTCONN), net.Get(udp, SocketOptionName.Mtu, IP));
        net.Connect(udp, V4(9));
        Assert.AreEqual(65536, net.Get(udp, SocketOptionName.Mtu, IP));
        Assert.AreEqual(Fail(Errno.ENOPROTOOPT), net.Set(udp, SocketOptionName.Mtu, 1500, IP));
    }

    [TestMethod]
    public void SetOption_IPv6OnlyOfABoundSocket_IsInvalid()
    {
        using Net net = new();
        int socket = net.Bound(SocketType.Dgram, V6(0));

        Assert.AreEqual(Fail(Errno.EINVAL), net.Set(socket, SocketOptionName.IPv6Only, 0, IPv6));
    }

    [TestMethod]
    public void Accept_InheritsTheListenersOptions()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int listener = net.Listener(address);
        (SocketOptionLevel Level, SocketOptionName Name, int Value)[] options =
        [
            (Socket, SocketOptionName.KeepAlive, 1), (Socket, SocketOptionName.SendBuffer, 3000),
            (Socket, SocketOptionName.ReceiveBuffer, 4000), (Socket, SocketOptionName.Priority, 3),
            (Tcp, SocketOptionName.NoDelay, 1), (Tcp, SocketOptionName.TcpKeepAliveTime, 5),
            (Tcp, SocketOptionName.TcpKeepAliveInterval, 6), (Tcp, SocketOptionName.TcpKeepAliveRetryCount, 7),
            (IP, SocketOptionName.IpTimeToLive, 9), (IP, SocketOptionName.TypeOfService, 8),
        ];
        foreach ((SocketOptionLevel level, SocketOptionName name, int value) in options)
        {
            net.Set(listener, name, value, level);
        }

        net.Connect(net.Tcp(), address);
        int server = net.Own(net.Stack.Accept(listener, null, 0));

        foreach ((SocketOptionLevel level, SocketOptionName name, int value) in options)
        {
            Assert.AreEqual(value, net.Get(server, name, level), name.ToString());
        }
    }
}
