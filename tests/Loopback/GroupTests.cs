using IoTNet.Tests.Loopback.Support;
using static IoTNet.Tests.Loopback.Support.Net;

namespace IoTNet.Tests.Loopback;

/// <summary>Broadcast and multicast, and the control data that tells where a datagram was sent to.</summary>
[TestClass]
public class GroupTests
{
    private const int Port = 7000;

    [TestMethod]
    [DataRow(127)]
    [DataRow(255)]
    public void Send_Broadcast_NeedsTheOptionAndReachesAll(int first)
    {
        using Net net = new();
        SocketAddress broadcast = V4Of((byte)first, 255, 255, 255, Port);
        int any = net.Udp();
        int toBroadcast = net.Udp();
        int other = net.Bound(SocketType.Dgram, V4(Port, 3));
        net.Set(other, SocketOptionName.ReuseAddress, 1);
        foreach ((int socket, SocketAddress address) in new[] { (any, V4(Port, 0, 0)), (toBroadcast, broadcast) })
        {
            net.Set(socket, SocketOptionName.ReuseAddress, 1);
            Assert.AreEqual(0, net.Stack.Bind(socket, address));
        }

        int sender = net.Udp();
        Assert.AreEqual(Fail(Errno.EACCES), net.Send(sender, "all", broadcast));
        Assert.AreEqual(Fail(Errno.EACCES), net.Connect(sender, broadcast));
        Assert.AreEqual(0, net.Set(sender, SocketOptionName.Broadcast, 1));
        Assert.AreEqual(3, net.Send(sender, "all", broadcast));

        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(3, net.Stack.Receive(any, new byte[9], 0, 9, ref flags, null, 0));
        Assert.AreEqual(SocketFlags.Broadcast, flags);
        Assert.AreEqual("all", net.Receive(toBroadcast));
        Assert.AreEqual("EAGAIN", net.Receive(other), "Bound to another address.");
    }

    [TestMethod]
    public void Send_Multicast_ReachesMembersOnly()
    {
        using Net net = new();
        SocketAddress group = V4Of(224, 0, 0, 251, Port);
        int member = Shared(net, V4(Port, 0, 0));
        int boundToGroup = Shared(net, group);
        int stranger = Shared(net, V4(Port, 0, 0));
        Assert.AreEqual(0, Join(net, member, group));
        Assert.AreEqual(0, Join(net, boundToGroup, group));
        int sender = net.Udp();

        Assert.AreEqual(2, net.Send(sender, "hi", group));

        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(2, net.Stack.Receive(member, new byte[9], 0, 9, ref flags, null, 0));
        Assert.AreEqual(SocketFlags.Multicast, flags);
        Assert.AreEqual("hi", net.Receive(boundToGroup));
        Assert.AreEqual("EAGAIN", net.Receive(stranger));

        Assert.AreEqual(0, Leave(net, member, group));
        net.Send(sender, "again", group);
        Assert.AreEqual("EAGAIN", net.Receive(member));
        Assert.AreEqual("again", net.Receive(boundToGroup));
    }

    [TestMethod]
    public void Send_MulticastLoopbackOff_ReachesNobody()
    {
        using Net net = new();
        SocketAddress group = V4Of(239, 1, 2, 3, Port);
        int member = Shared(net, V4(Port, 0, 0));
        Join(net, member, group);
        int sender = net.Udp();
        net.Set(sender, SocketOptionName.MulticastLoopback, 0, SocketOptionLevel.IP);

        Assert.AreEqual(2, net.Send(sender, "hi", group));

        Assert.AreEqual("EAGAIN", net.Receive(member));
    }

    [TestMethod]
    public void Send_MulticastIPv6_ReachesMembers()
    {
        using Net net = new();
        SocketAddress group = V6(Port, 0xFB);
        group[8] = 0xFF;
        group[9] = 0x02;
        int member = net.Bound(SocketType.Dgram, V6(Port, 0));
        byte[] value = new byte[20];
        Array.Copy(group.Buffer, 8, value, 0, 16);
        Assert.AreEqual(0, net.Stack.SetOption(member, SocketOptionLevel.IPv6, SocketOptionName.AddMembership, value, 20));

        net.Send(net.Open(AddressFamily.InterNetworkV6, SocketType.Dgram), "six", group);

        Assert.AreEqual("six", net.Receive(member));
        value[16] = 7;
        Assert.AreEqual(Fail(Errno.EADDRNOTAVAIL),
            net.Stack.SetOption(member, SocketOptionLevel.IPv6, SocketOptionName.DropMembership, value, 20), "No interface 7.");
    }

    [TestMethod]
    public void SetOption_Membership_TellsWhatIsWrong()
    {
        using Net net = new();
        int socket = net.Udp();
        SocketAddress group = V4Of(224, 1, 1, 1, 0);

        Assert.AreEqual(Fail(Errno.EADDRNOTAVAIL), Leave(net, socket, group), "Not a member.");
        Assert.AreEqual(0, Join(net, socket, group));
        Assert.AreEqual(Fail(Errno.EADDRINUSE), Join(net, socket, group), "Joined already.");
        Assert.AreEqual(Fail(Errno.EINVAL), Join(net, socket, V4(0)), "Not a group.");
        Assert.AreEqual(Fail(Errno.EADDRNOTAVAIL), Join(net, socket, V4Of(224, 1, 1, 2, 0), 192), "No such interface.");
        Assert.AreEqual(Fail(Errno.EINVAL),
            net.Stack.SetOption(socket, SocketOptionLevel.IP, SocketOptionName.AddMembership, new byte[7], 7));
        for (byte i = 1; i < 20; i++)
        {
            Assert.AreEqual(0, Join(net, socket, V4Of(224, 2, 2, i, 0)));
        }

        Assert.AreEqual(Fail(Errno.ENOBUFS), Join(net, socket, V4Of(224, 3, 3, 3, 0)));
        Assert.AreEqual(Fail(Errno.ENOPROTOOPT), Join(net, net.Tcp(), group));
    }

    [TestMethod]
    public void ReceiveMsg_OptedIn_TellsDestinationAndTimeToLive()
    {
        using Net net = new();
        SocketAddress address = V4(0, 0, 0);
        int receiver = net.Bound(SocketType.Dgram, address);
        int sender = net.Udp();
        net.Set(sender, SocketOptionName.IpTimeToLive, 7, SocketOptionLevel.IP);
        SocketMessage message = new(2);
        message.Add(new byte[10]);

        net.Send(sender, "x", V4(address.Port, 5));
        Assert.AreEqual(1, net.Stack.ReceiveMsg(receiver, message, 0));
        Assert.AreEqual(0, message.ControlCount);

        net.Set(receiver, SocketOptionName.PacketInformation, 1, SocketOptionLevel.IP);
        net.Set(receiver, SocketOptionName.ReceiveTimeToLive, 1, SocketOptionLevel.IP);
        net.Send(sender, "x", V4(address.Port, 5));
        Assert.AreEqual(1, net.Stack.ReceiveMsg(receiver, message, 0));
        Assert.AreEqual(2, message.ControlCount);
        CollectionAssert.AreEqual(new byte[] { 1, 0, 0, 0, 127, 0, 0, 5, 127, 0, 0, 5 }, message.GetControl(0).Data);
        CollectionAssert.AreEqual(new byte[] { 7, 0, 0, 0 }, message.GetControl(1).Data);

        SocketMessage small = new(1);
        small.Add(new byte[10]);
        net.Send(sender, "x", V4(address.Port, 5));
        net.Stack.ReceiveMsg(receiver, small, 0);
        Assert.AreEqual(SocketFlags.ControlDataTruncated, small.Flags);
    }

    [TestMethod]
    public void ReceiveMsg_IPv6OptedIn_TellsDestinationAndHopLimit()
    {
        using Net net = new();
        SocketAddress address = V6(0, 0);
        int receiver = net.Bound(SocketType.Dgram, address);
        net.Set(receiver, SocketOptionName.PacketInformation, 1, SocketOptionLevel.IPv6);
        net.Set(receiver, SocketOptionName.HopLimit, 1, SocketOptionLevel.IPv6);
        SocketMessage message = new(4);
        message.Add(new byte[10]);

        net.Send(net.Open(AddressFamily.InterNetworkV6, SocketType.Dgram), "x", V6(address.Port));
        net.Stack.ReceiveMsg(receiver, message, 0);

        byte[] information = new byte[20];
        information[15] = 1;
        information[16] = 1;
        CollectionAssert.AreEqual(information, message.GetControl(0).Data);
        Assert.AreEqual(SocketOptionName.HopLimit, message.GetControl(1).Type);
        CollectionAssert.AreEqual(new byte[] { 64, 0, 0, 0 }, message.GetControl(1).Data);
    }

    [TestMethod]
    public void SendMsg_PacketInformation_SetsTheSource()
    {
        using Net net = new();
        SocketAddress address = V4(0);
        int receiver = net.Bound(SocketType.Dgram, address);
        int sender = net.Udp();
        SocketMessage message = new(1) { Address = address };
        message.Add([42]);
        message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.PacketInformation, [0, 0, 0, 0, 127, 0, 0, 9, 0, 0, 0, 0]));
        SocketAddress from = new();

        Assert.AreEqual(1, net.Stack.SendMsg(sender, message, 0));
        net.Receive(receiver, from: from);
        Assert.AreEqual(V4(from.Port, 9), from);

        message.ClearControls();
        message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.PacketInformation, [0, 0, 0, 0, 192, 0, 0, 9, 0, 0, 0, 0]));
        Assert.AreEqual(Fail(Errno.EADDRNOTAVAIL), net.Stack.SendMsg(sender, message, 0));
        message.ClearControls();
        message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.PacketInformation, new byte[11]));
        Assert.AreEqual(Fail(Errno.EINVAL), net.Stack.SendMsg(sender, message, 0));
        message.ClearControls();
        message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.TypeOfService, new byte[4]));
        Assert.AreEqual(Fail(Errno.EOPNOTSUPP), net.Stack.SendMsg(sender, message, 0));
    }

    private static int Shared(Net net, SocketAddress address)
    {
        int socket = net.Udp();
        net.Set(socket, SocketOptionName.ReuseAddress, 1);
        Assert.AreEqual(0, net.Stack.Bind(socket, address));
        return socket;
    }

    private static int Join(Net net, int socket, SocketAddress group, byte interfaceFirst = 0) =>
        SetMembership(net, socket, SocketOptionName.AddMembership, group, interfaceFirst);

    private static int Leave(Net net, int socket, SocketAddress group) =>
        SetMembership(net, socket, SocketOptionName.DropMembership, group, 0);

    private static int SetMembership(Net net, int socket, SocketOptionName option, SocketAddress group, byte interfaceFirst)
    {
        byte[] value = [group[4], group[5], group[6], group[7], interfaceFirst, 0, 0, interfaceFirst];
        return net.Stack.SetOption(socket, SocketOptionLevel.IP, option, value, 8);
    }
}
