namespace IoTNet.SystemNet.Tests;

public abstract class MessageTests : SeamTests
{
    [TestMethod]
    [Timeout(HangMs)]
    public void SendMsg_SeveralBuffers_IsOneDatagram()
    {
        int receiver = OpenBoundUdp();
        SocketMessage message = Message([1, 2], [], [3]);
        message.Address = LocalOf(receiver);
        Assert.AreEqual(3, Stack.SendMsg(OpenUdp(), message, -1));
        byte[] buffer = new byte[9];
        Assert.AreEqual(3, Receive(receiver, buffer));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, buffer[..3]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(10)]
    [DataRow(40_000)]
    public void SendMsg_Stream_SendsTheBuffersInOrder(int size)
    {
        (int client, int server) = Connect();
        byte[] first = new byte[size];
        byte[] second = new byte[size];
        Array.Fill(first, (byte)1);
        Array.Fill(second, (byte)2);
        Assert.AreEqual(2 * size, Stack.SendMsg(client, Message(first, second), -1));
        CollectionAssert.AreEqual(first, ReceiveAll(server, size));
        CollectionAssert.AreEqual(second, ReceiveAll(server, size));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void ReceiveMsg_SeveralBuffers_FillsThemAndNamesTheSender()
    {
        int receiver = OpenBoundUdp();
        int sender = OpenUdp();
        Ok(Stack.Send(sender, [1, 2, 3], 0, 3, SocketFlags.None, LocalOf(receiver), -1));
        byte[] first = new byte[2];
        byte[] second = new byte[2];
        SocketMessage message = Message(first, second);
        message.Address = new SocketAddress();
        Assert.AreEqual(3, Stack.ReceiveMsg(receiver, message, -1));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 0 }, first.Concat(second).ToArray());
        Assert.AreEqual(LocalOf(sender).Port, message.Address.Port);
        Assert.AreEqual(SocketFlags.None, message.Flags);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void ReceiveMsg_TooShort_CutsAndSaysSo()
    {
        int receiver = OpenBoundUdp();
        Ok(Stack.Send(OpenUdp(), [1, 2, 3], 0, 3, SocketFlags.None, LocalOf(receiver), -1));
        byte[] first = new byte[1];
        byte[] second = new byte[1];
        SocketMessage message = Message(first, second);
        Assert.AreEqual(2, Stack.ReceiveMsg(receiver, message, -1));
        Assert.AreEqual(SocketFlags.Truncated, message.Flags);
        Assert.AreEqual(2, second[0]);
    }

    [TestMethod]
    public void SendMsg_ControlData_IsEopnotsupp()
    {
        SocketMessage message = new(1) { Address = LocalOf(OpenBoundUdp()) };
        message.Add([1]);
        message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.IpTimeToLive, Int(1)));
        IsError(Errno.EOPNOTSUPP, Stack.SendMsg(OpenUdp(), message, -1));
    }

    [TestMethod]
    public void ReceiveMsg_Failed_LeavesFlagsAndTakesOldControlDataOut()
    {
        SocketMessage message = new(1) { Flags = SocketFlags.Peek };
        message.Add(new byte[1]);
        message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.IpTimeToLive, Int(1)));
        IsError(Errno.EAGAIN, Stack.ReceiveMsg(OpenBoundUdp(), message, 0));
        Assert.AreEqual(SocketFlags.Peek, message.Flags);
        Assert.AreEqual(0, message.ControlCount);
    }

    protected static SocketMessage Message(params byte[][] buffers)
    {
        SocketMessage message = new();
        foreach (byte[] buffer in buffers)
        {
            message.Add(buffer);
        }

        return message;
    }
}

[TestClass]
public sealed class DesktopMessageTests : MessageTests
{
    protected override Half Kind => Half.Desktop;

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(-1)]
    [DataRow(1_000)]
    public void ReceiveMsg_PacketInformation_TellsTheDestination(int timeoutMs)
    {
        int receiver = OpenUdp();
        Ok(Stack.Bind(receiver, Address(0, 0, 0, 0, 0)));
        Ok(Stack.SetOption(receiver, SocketOptionLevel.IP, SocketOptionName.PacketInformation, Int(1), 4));
        Ok(Stack.Send(OpenUdp(), [1, 2], 0, 2, SocketFlags.None, Address(127, 0, 0, 9, LocalOf(receiver).Port), -1));
        SocketMessage message = new(1) { Address = new SocketAddress() };
        message.Add(new byte[4]);
        Assert.AreEqual(2, Stack.ReceiveMsg(receiver, message, timeoutMs));
        Assert.AreEqual(1, message.ControlCount);
        byte[] data = message.GetControl(0).Data;
        Assert.AreEqual(SocketOptionName.PacketInformation, message.GetControl(0).Type);
        Assert.HasCount(12, data);
        Assert.AreNotEqual(0, data[0]);
        CollectionAssert.AreEqual(new byte[] { 127, 0, 0, 9 }, data[8..]);
        Assert.IsTrue(message.Address.IsLoopback);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void ReceiveMsg_NoRoomForPacketInformation_SaysSo()
    {
        int receiver = OpenBoundUdp();
        Ok(Stack.SetOption(receiver, SocketOptionLevel.IP, SocketOptionName.PacketInformation, Int(1), 4));
        Ok(Stack.Send(OpenUdp(), [1, 2], 0, 2, SocketFlags.None, LocalOf(receiver), -1));
        SocketMessage message = Message(new byte[1]);
        Assert.AreEqual(1, Stack.ReceiveMsg(receiver, message, -1));
        Assert.AreEqual(SocketFlags.Truncated | SocketFlags.ControlDataTruncated, message.Flags);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void ReceiveMsg_PacketInformationOnIPv6_TellsTheDestination()
    {
        SocketAddress loopback = new(AddressFamily.InterNetworkV6, SocketAddress.IPv6Size);
        loopback[23] = 1;
        int receiver = Keep(Stack.Open(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp));
        Ok(Stack.Bind(receiver, loopback));
        Ok(Stack.SetOption(receiver, SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, Int(1), 4));
        int sender = Keep(Stack.Open(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp));
        Ok(Stack.Send(sender, [1], 0, 1, SocketFlags.None, LocalOf(receiver), -1));
        SocketMessage message = new(1);
        message.Add(new byte[4]);
        Assert.AreEqual(1, Stack.ReceiveMsg(receiver, message, -1));
        byte[] data = message.GetControl(0).Data;
        Assert.HasCount(20, data);
        Assert.AreEqual(1, data[15]);
        Assert.AreNotEqual(0, data[16]);
    }
}

[TestClass]
public sealed class NanoMessageTests : MessageTests
{
    protected override Half Kind => Half.Nano;
}
