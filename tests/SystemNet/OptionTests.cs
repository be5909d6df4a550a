namespace IoTNet.SystemNet.Tests;

public abstract class OptionTests : SeamTests
{
    [TestMethod]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress)]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.Debug)]
    [DataRow(SocketOptionLevel.Tcp, SocketOptionName.NoDelay)]
    public void SetOption_Switch_ReadsBackAsZeroOrOne(SocketOptionLevel level, SocketOptionName name)
    {
        int handle = OpenTcp();
        Assert.AreEqual(0, GetInt(handle, level, name));
        Ok(Stack.SetOption(handle, level, name, Int(1), 4));
        Assert.AreEqual(1, GetInt(handle, level, name));
        Ok(Stack.SetOption(handle, level, name, Int(0), 4));
        Assert.AreEqual(0, GetInt(handle, level, name));
    }

    [TestMethod]
    [DataRow(SocketOptionLevel.IP, SocketOptionName.IpTimeToLive, 33)]
    [DataRow(SocketOptionLevel.IP, SocketOptionName.TypeOfService, 16)]
    [DataRow(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 11)]
    [DataRow(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 12)]
    [DataRow(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3)]
    public void SetOption_Number_ReadsBack(SocketOptionLevel level, SocketOptionName name, int value)
    {
        int handle = OpenTcp();
        Ok(Stack.SetOption(handle, level, name, Int(value), 4));
        Assert.AreEqual(value, GetInt(handle, level, name));
    }

    [TestMethod]
    public void SetOption_Linger_ReadsBackBothNumbers()
    {
        int handle = OpenTcp();
        SetLinger(handle, 1, 7);
        byte[] value = new byte[8];
        Assert.AreEqual(8, Stack.GetOption(handle, SocketOptionLevel.Socket, SocketOptionName.Linger, value, 8));
        CollectionAssert.AreEqual(new byte[] { 1, 0, 0, 0, 7, 0, 0, 0 }, value);
        SetLinger(handle, 0, 0);
    }

    [TestMethod]
    [DataRow(SocketOptionLevel.Socket, (SocketOptionName)0x1FFF)]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.Socks5)]
    [DataRow(SocketOptionLevel.Tcp, (SocketOptionName)0x55)]
    [DataRow((SocketOptionLevel)77, SocketOptionName.Debug)]
    [DataRow(SocketOptionLevel.IPv6, SocketOptionName.HopLimit)]
    public void Option_Unknown_IsEnoprotoopt(SocketOptionLevel level, SocketOptionName name)
    {
        int handle = OpenTcp();
        IsError(Errno.ENOPROTOOPT, Stack.GetOption(handle, level, name, new byte[4], 4));
        IsError(Errno.ENOPROTOOPT, Stack.SetOption(handle, level, name, new byte[4], 4));
    }

    [TestMethod]
    public void SetOption_ValueTooShort_IsEinval()
    {
        int handle = OpenTcp();
        IsError(Errno.EINVAL, Stack.SetOption(handle, SocketOptionLevel.Socket, SocketOptionName.KeepAlive, Int(1), 3));
        IsError(Errno.EINVAL, Stack.SetOption(handle, SocketOptionLevel.Socket, SocketOptionName.Linger, Int(1), 4));
        IsError(Errno.EINVAL, Stack.SetOption(handle, SocketOptionLevel.Socket, SocketOptionName.Debug, Int(1), 0));
    }

    [TestMethod]
    public void GetOption_LessRoom_IsCut()
    {
        int handle = OpenTcp();
        byte[] value = [9, 9, 9, 9];
        Assert.AreEqual(0, Stack.GetOption(handle, SocketOptionLevel.Socket, SocketOptionName.KeepAlive, value, 0));
        Assert.AreEqual(1, Stack.GetOption(handle, SocketOptionLevel.Socket, SocketOptionName.KeepAlive, value, 1));
        CollectionAssert.AreEqual(new byte[] { 0, 9, 9, 9 }, value);
        IsError(Errno.EINVAL, Stack.GetOption(handle, SocketOptionLevel.Socket, SocketOptionName.KeepAlive, value, -1));
    }

    [TestMethod]
    public void SetOption_ValueOutOfRange_IsEinval()
    {
        IsError(Errno.EINVAL, Stack.SetOption(OpenTcp(), SocketOptionLevel.IP, SocketOptionName.IpTimeToLive, Int(70_000), 4));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void GetOption_Available_IsWhatAReceiveCanTake()
    {
        (int client, int server) = Connect();
        Assert.AreEqual(0, GetInt(server, SocketOptionLevel.Socket, SocketOptionName.Available));
        Ok(Send(client, [1, 2, 3]));
        Assert.AreNotEqual(0, Stack.Poll(server, PollEvents.In, -1));
        Assert.AreEqual(3, GetInt(server, SocketOptionLevel.Socket, SocketOptionName.Available));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void SetOption_Membership_JoinsAndLeaves()
    {
        byte[] group = [239, 1, 2, 3, 127, 0, 0, 1];
        int receiver = OpenUdp();
        Ok(Stack.SetOption(receiver, SocketOptionLevel.IP, SocketOptionName.AddMembership, group, 8));
        IsError(Errno.EADDRINUSE, Stack.SetOption(receiver, SocketOptionLevel.IP, SocketOptionName.AddMembership, group, 8));
        Ok(Stack.SetOption(receiver, SocketOptionLevel.IP, SocketOptionName.DropMembership, group, 8));
        IsError(Errno.EADDRNOTAVAIL, Stack.SetOption(receiver, SocketOptionLevel.IP, SocketOptionName.DropMembership, group, 8));
        group[4] = 192;
        IsError(Errno.EADDRNOTAVAIL, Stack.SetOption(receiver, SocketOptionLevel.IP, SocketOptionName.AddMembership, group, 8));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void SetOption_MulticastInterfaceAndLoopback_DatagramsComeBack()
    {
        int receiver = OpenUdp();
        Ok(Stack.Bind(receiver, Address(0, 0, 0, 0, 0)));
        Ok(Stack.SetOption(receiver, SocketOptionLevel.IP, SocketOptionName.AddMembership, [239, 1, 2, 3, 127, 0, 0, 1], 8));
        int sender = OpenUdp();
        Ok(Stack.SetOption(sender, SocketOptionLevel.IP, SocketOptionName.MulticastInterface, [127, 0, 0, 1], 4));
        Ok(Stack.SetOption(sender, SocketOptionLevel.IP, SocketOptionName.MulticastLoopback, Int(1), 4));
        Ok(Stack.Send(sender, [5], 0, 1, SocketFlags.None, Address(239, 1, 2, 3, LocalOf(receiver).Port), -1));
        byte[] buffer = new byte[1];
        Assert.AreEqual(1, Receive(receiver, buffer));
        Assert.AreEqual(5, buffer[0]);
    }
}

[TestClass]
public sealed class DesktopOptionTests : OptionTests
{
    protected override Half Kind => Half.Desktop;

    [TestMethod]
    public void SetOption_ReuseAddress_LetsNobodyShareAListener()
    {
        // .NET's own ReuseAddress sets SO_REUSEPORT as well, and two listeners would share the port.
        int listener = OpenTcp();
        Ok(Stack.SetOption(listener, SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, Int(1), 4));
        Assert.AreEqual(0, GetInt(listener, SocketOptionLevel.Socket, SocketOptionName.ReusePort));
        Ok(Stack.Bind(listener, Loopback(0)));
        Ok(Stack.Listen(listener, 1));
        int second = OpenTcp();
        Ok(Stack.SetOption(second, SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, Int(1), 4));
        IsError(Errno.EADDRINUSE, Stack.Bind(second, LocalOf(listener)));
    }

    [TestMethod]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.Priority, 5)]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.ReusePort, 1)]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.OutOfBandInline, 1)]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.DontRoute, 1)]
    [DataRow(SocketOptionLevel.Socket, SocketOptionName.ReceiveLowWater, 9)]
    [DataRow(SocketOptionLevel.IP, SocketOptionName.DontFragment, 1)]
    [DataRow(SocketOptionLevel.IP, SocketOptionName.DontFragment, 0)]
    [DataRow(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 4)]
    [DataRow(SocketOptionLevel.Udp, SocketOptionName.NoChecksum, 1)]
    public void SetOption_LinuxNumber_ReadsBack(SocketOptionLevel level, SocketOptionName name, int value)
    {
        int handle = OpenUdp();
        Ok(Stack.SetOption(handle, level, name, Int(value), 4));
        Assert.AreEqual(value, GetInt(handle, level, name));
    }

    [TestMethod]
    [DataRow(SocketOptionName.Mtu)]
    public void SetOption_ReadOnly_IsEnoprotoopt(SocketOptionName name)
    {
        IsError(Errno.ENOPROTOOPT, Stack.SetOption(OpenUdp(), SocketOptionLevel.IP, name, Int(1), 4));
        IsError(Errno.ENOPROTOOPT, Stack.SetOption(OpenUdp(), SocketOptionLevel.Socket, ErrorOption, Int(1), 4));
    }

    [TestMethod]
    public void SetOption_BindToDeviceThatIsNotThere_IsEaddrnotavail()
    {
        byte[] name = [(byte)'n', (byte)'o', (byte)'n', (byte)'e'];
        IsError(Errno.EADDRNOTAVAIL, Stack.SetOption(OpenUdp(), SocketOptionLevel.Socket, SocketOptionName.BindToDevice, name, 4));
    }

    [TestMethod]
    public void GetOption_ReceiveBuffer_IsDoubledByLinux()
    {
        int handle = OpenUdp();
        Ok(Stack.SetOption(handle, SocketOptionLevel.Socket, SocketOptionName.ReceiveBuffer, Int(10_000), 4));
        Assert.AreEqual(20_000, GetInt(handle, SocketOptionLevel.Socket, SocketOptionName.ReceiveBuffer));
    }
}

[TestClass]
public sealed class NanoOptionTests : OptionTests
{
    protected override Half Kind => Half.Nano;

    [TestMethod]
    public void SetOption_PacketInformation_IsEnoprotoopt()
    {
        IsError(Errno.ENOPROTOOPT, Stack.SetOption(OpenUdp(), SocketOptionLevel.IP, SocketOptionName.PacketInformation, Int(1), 4));
    }
}
