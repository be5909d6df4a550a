namespace IoTNet.SystemNet.Tests;

public abstract class NameTests : SeamTests
{
    [TestMethod]
    public void GetLocalAddress_Unbound_IsAnyAndPortZero()
    {
        SocketAddress local = LocalOf(OpenTcp());
        Assert.IsTrue(local.IsAny);
        Assert.AreEqual(0, local.Port);
        Assert.AreEqual(AddressFamily.InterNetwork, local.Family);
    }

    [TestMethod]
    public void Bind_PortZero_GetsAPortThatIsTold()
    {
        SocketAddress local = LocalOf(OpenBoundUdp());
        Assert.AreNotEqual(0, local.Port);
        Assert.IsTrue(local.IsLoopback);
    }

    [TestMethod]
    public void Bind_AddressInUse_IsEaddrinuse()
    {
        // Not listening yet: .NET would have let two sockets share the address.
        int first = OpenTcp();
        Ok(Stack.Bind(first, Loopback(0)));
        IsError(Errno.EADDRINUSE, Stack.Bind(OpenTcp(), LocalOf(first)));
    }

    [TestMethod]
    public void Bind_AddressOfNobody_IsEaddrnotavail()
    {
        IsError(Errno.EADDRNOTAVAIL, Stack.Bind(OpenTcp(), Address(192, 0, 2, 1, 0)));
    }

    [TestMethod]
    public void Bind_Twice_IsEinval()
    {
        int handle = OpenBoundUdp();
        IsError(Errno.EINVAL, Stack.Bind(handle, Loopback(0)));
    }

    [TestMethod]
    public void Bind_OtherFamily_IsEafnosupport()
    {
        IsError(Errno.EAFNOSUPPORT, Stack.Bind(OpenTcp(), new SocketAddress(AddressFamily.InterNetworkV6, SocketAddress.IPv6Size)));
    }

    [TestMethod]
    public void Listen_Datagrams_IsEopnotsupp()
    {
        IsError(Errno.EOPNOTSUPP, Stack.Listen(OpenUdp(), 1));
    }

    [TestMethod]
    public void Listen_Connected_IsEinval()
    {
        IsError(Errno.EINVAL, Stack.Listen(Connect().Client, 1));
    }

    [TestMethod]
    public void Listen_Unbound_ChoosesAPort()
    {
        int listener = OpenTcp();
        Ok(Stack.Listen(listener, 0));
        SocketAddress address = Loopback(LocalOf(listener).Port);
        Ok(Stack.Connect(OpenTcp(), address, -1));
        Keep(Stack.Accept(listener, null!, -1));
    }

    [TestMethod]
    public void Bind_PortThatSomebodyListensOn_IsEaddrinuse()
    {
        Listen(1, out SocketAddress address);
        IsError(Errno.EADDRINUSE, Stack.Bind(OpenTcp(), address));
    }

    [TestMethod]
    public void GetRemoteAddress_BothEnds_AreEachOthersLocal()
    {
        (int client, int server) = Connect();
        SocketAddress peer = new();
        Ok(Stack.GetRemoteAddress(client, peer));
        Assert.AreEqual(LocalOf(server), peer);
        Ok(Stack.GetRemoteAddress(server, peer));
        Assert.AreEqual(LocalOf(client), peer);
    }

    [TestMethod]
    public void Accept_PeerAddress_IsTheClients()
    {
        int listener = Listen(1, out SocketAddress address);
        int client = OpenTcp();
        Ok(Stack.Connect(client, address, -1));
        SocketAddress peer = new();
        Keep(Stack.Accept(listener, peer, -1));
        Assert.AreEqual(LocalOf(client), peer);
    }

    [TestMethod]
    public void GetRemoteAddress_Unconnected_IsEnotconn()
    {
        IsError(Errno.ENOTCONN, Stack.GetRemoteAddress(OpenTcp(), new SocketAddress()));
        IsError(Errno.ENOTCONN, Stack.GetRemoteAddress(OpenUdp(), new SocketAddress()));
    }

    [TestMethod]
    public void GetLocalAddress_UdpThatOnlySent_HasThePort()
    {
        int receiver = OpenBoundUdp();
        int sender = OpenUdp();
        Ok(Stack.Send(sender, [1], 0, 1, SocketFlags.None, LocalOf(receiver), -1));
        SocketAddress from = new();
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(1, Stack.Receive(receiver, new byte[1], 0, 1, ref flags, from, -1));
        Assert.AreEqual(from.Port, LocalOf(sender).Port);
    }

    [TestMethod]
    public void Open_IPv6_CarriesAddressesBothWays()
    {
        SocketAddress local = new(AddressFamily.InterNetworkV6, SocketAddress.IPv6Size);
        local[23] = 1;
        int receiver = Keep(Stack.Open(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp));
        Ok(Stack.Bind(receiver, local));
        int sender = Keep(Stack.Open(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp));
        Ok(Stack.Send(sender, [5], 0, 1, SocketFlags.None, LocalOf(receiver), -1));
        SocketAddress from = new();
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(1, Stack.Receive(receiver, new byte[1], 0, 1, ref flags, from, -1));
        Assert.AreEqual(AddressFamily.InterNetworkV6, from.Family);
        Assert.IsTrue(from.IsLoopback);
        Assert.AreEqual(LocalOf(sender).Port, from.Port);
    }
}

[TestClass]
public sealed class DesktopNameTests : NameTests
{
    protected override Half Kind => Half.Desktop;
}

[TestClass]
public sealed class NanoNameTests : NameTests
{
    protected override Half Kind => Half.Nano;
}
