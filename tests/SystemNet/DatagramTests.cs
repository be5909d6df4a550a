namespace IoTNet.SystemNet.Tests;

public abstract class DatagramTests : SeamTests
{
    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(-1)]
    [DataRow(0)]
    [DataRow(10_000)]
    public void Receive_BufferTooShort_CutsAndSaysSo(int timeoutMs)
    {
        int receiver = SendToNew([1, 2, 3, 4, 5], [6]);
        Assert.AreNotEqual(0, Stack.Poll(receiver, PollEvents.In, -1));
        byte[] buffer = new byte[2];
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(2, Stack.Receive(receiver, buffer, 0, 2, ref flags, new SocketAddress(), timeoutMs));
        Assert.AreEqual(SocketFlags.Truncated, flags);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, buffer);

        // The rest is gone, and the flag with it.
        flags = SocketFlags.None;
        Assert.AreEqual(1, Stack.Receive(receiver, buffer, 0, 2, ref flags, null!, -1));
        Assert.AreEqual(SocketFlags.None, flags);
        Assert.AreEqual(6, buffer[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_NoRoom_TakesTheDatagram()
    {
        int receiver = SendToNew([1, 2], [6]);
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(0, Stack.Receive(receiver, [], 0, 0, ref flags, null!, -1));
        Assert.AreEqual(SocketFlags.Truncated, flags);
        Assert.AreEqual(6, ReceiveOne(receiver)[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_EmptyDatagram_IsZeroAndHasASender()
    {
        int receiver = SendToNew([], [6]);
        SocketFlags flags = SocketFlags.None;
        SocketAddress from = new();
        Assert.AreEqual(0, Stack.Receive(receiver, new byte[4], 0, 4, ref flags, from, -1));
        Assert.AreEqual(SocketFlags.None, flags);
        Assert.IsTrue(from.IsLoopback);
        Assert.AreEqual(6, ReceiveOne(receiver)[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(false)]
    [DataRow(true)]
    public void Receive_Peek_LeavesTheDatagram(bool withSender)
    {
        int receiver = SendToNew([1, 2]);
        SocketFlags flags = SocketFlags.Peek;
        SocketAddress? from = withSender ? new SocketAddress() : null;
        Assert.AreEqual(1, Stack.Receive(receiver, new byte[1], 0, 1, ref flags, from!, -1));
        Assert.AreEqual(SocketFlags.Truncated, flags);
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, ReceiveOne(receiver));
    }

    [TestMethod]
    public void Send_NoDestination_IsEdestaddrreq()
    {
        IsError(Errno.EDESTADDRREQ, Send(OpenUdp(), [1]));
    }

    [TestMethod]
    [DataRow(-1)]
    [DataRow(0)]
    public void Send_LargerThanUdpCarries_IsEmsgsize(int timeoutMs)
    {
        int receiver = OpenBoundUdp();
        byte[] bytes = new byte[65_508];
        IsError(Errno.EMSGSIZE, Stack.Send(OpenUdp(), bytes, 0, 65_508, SocketFlags.None, LocalOf(receiver), timeoutMs));
        int sender = OpenUdp();
        Ok(Stack.Connect(sender, LocalOf(receiver), -1));
        IsError(Errno.EMSGSIZE, Send(sender, bytes, timeoutMs));
        Assert.AreEqual(65_507, Stack.Send(sender, bytes, 0, 65_507, SocketFlags.None, null!, timeoutMs));
    }

    [TestMethod]
    public void Send_BroadcastWithoutTheOption_IsEacces()
    {
        IsError(Errno.EACCES, Stack.Send(OpenUdp(), [1], 0, 1, SocketFlags.None, Address(255, 255, 255, 255, 9), -1));
    }

    [TestMethod]
    public void Send_OtherFamily_IsEafnosupport()
    {
        SocketAddress v6 = new(AddressFamily.InterNetworkV6, SocketAddress.IPv6Size);
        IsError(Errno.EAFNOSUPPORT, Stack.Send(OpenUdp(), [1], 0, 1, SocketFlags.None, v6, -1));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_NothingThere_IsEagain()
    {
        SocketFlags flags = SocketFlags.None;
        int receiver = OpenBoundUdp();
        IsError(Errno.EAGAIN, Stack.Receive(receiver, new byte[1], 0, 1, ref flags, new SocketAddress(), 0));
        IsError(Errno.EAGAIN, Stack.Receive(receiver, new byte[1], 0, 1, ref flags, new SocketAddress(), 50));
        IsError(Errno.EAGAIN, Stack.Receive(receiver, new byte[1], 0, 1, ref flags, null!, 50));
        IsError(Errno.EAGAIN, Receive(OpenUdp(), new byte[1], 10));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_Udp_FiltersAndNamesThePeer()
    {
        int a = OpenBoundUdp();
        int b = OpenBoundUdp();
        int stranger = OpenBoundUdp();
        Ok(Stack.Connect(a, LocalOf(b), -1));
        Ok(Stack.Send(stranger, [1], 0, 1, SocketFlags.None, LocalOf(a), -1));
        Ok(Stack.Send(b, [2], 0, 1, SocketFlags.None, LocalOf(a), -1));
        Assert.AreEqual(2, ReceiveOne(a)[0]);
        SocketAddress peer = new();
        Ok(Stack.GetRemoteAddress(a, peer));
        Assert.AreEqual(LocalOf(b), peer);
        Ok(Send(a, [3]));
        Assert.AreEqual(3, ReceiveOne(b)[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_UdpToAnother_ReplacesThePeer()
    {
        int a = OpenUdp();
        int b = OpenBoundUdp();
        int c = OpenBoundUdp();
        Ok(Stack.Connect(a, LocalOf(b), -1));
        Ok(Stack.Connect(a, LocalOf(c), -1));
        Ok(Send(a, [3]));
        Assert.AreEqual(3, ReceiveOne(c)[0]);
        IsError(Errno.EAGAIN, Receive(b, new byte[1], 0));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Send_ConnectedUdpNobodyThere_TheNextCallIsEconnrefused()
    {
        int gone = OpenBoundUdp();
        SocketAddress address = LocalOf(gone);
        Ok(Stack.Close(gone));
        int handle = OpenUdp();
        Ok(Stack.Connect(handle, address, -1));
        Ok(Send(handle, [1]));
        IsError(Errno.ECONNREFUSED, Receive(handle, new byte[1], 10_000));
        IsError(Errno.EAGAIN, Receive(handle, new byte[1], 0));
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(false, -1)]
    [DataRow(true, -1)]
    [DataRow(false, 20_000)]
    [DataRow(true, 20_000)]
    public void Close_DuringReceive_EndsItWithEintr(bool withSender, int timeoutMs)
    {
        int handle = OpenBoundUdp();
        SocketAddress? from = withSender ? new SocketAddress() : null;
        IsError(Errno.EINTR, ResultWhenClosed(handle, () =>
        {
            SocketFlags flags = SocketFlags.None;
            return Stack.Receive(handle, new byte[1], 0, 1, ref flags, from!, timeoutMs);
        }));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void SendAndReceive_ManyThreadsManyAddresses_NeverMixThemUp()
    {
        // Each thread talks to its own socket through one shared one; the sender's address must be its own.
        int shared = OpenBoundUdp();
        SocketAddress sharedAddress = LocalOf(shared);
        Blocked<string?>[] talkers = new Blocked<string?>[4];
        for (int t = 0; t < talkers.Length; t++)
        {
            int own = OpenBoundUdp();
            SocketAddress ownAddress = LocalOf(own);
            talkers[t] = new Blocked<string?>(() =>
            {
                byte[] buffer = new byte[2];
                for (int i = 0; i < 500; i++)
                {
                    Ok(Stack.Send(shared, [1], 0, 1, SocketFlags.None, ownAddress, -1));
                    SocketAddress from = new();
                    SocketFlags flags = SocketFlags.None;
                    int n = Stack.Receive(own, buffer, 0, 2, ref flags, from, 10_000);
                    if (n != 1 || !from.Equals(sharedAddress))
                    {
                        return "message " + i + " gave " + n + " from " + from;
                    }
                }

                return null;
            });
        }

        foreach (Blocked<string?> talker in talkers)
        {
            Assert.IsNull(talker.Result());
        }
    }

    protected int SendToNew(params byte[][] datagrams)
    {
        int receiver = OpenBoundUdp();
        int sender = OpenUdp();
        foreach (byte[] datagram in datagrams)
        {
            Assert.AreEqual(datagram.Length,
                Stack.Send(sender, datagram, 0, datagram.Length, SocketFlags.None, LocalOf(receiver), -1));
        }

        return receiver;
    }

    protected byte[] ReceiveOne(int handle)
    {
        byte[] buffer = new byte[100];
        return buffer[..Ok(Receive(handle, buffer))];
    }
}

[TestClass]
public sealed class DesktopDatagramTests : DatagramTests
{
    protected override Half Kind => Half.Desktop;

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(false)]
    [DataRow(true)]
    public void Receive_TruncatedAsked_GivesTheRealLength(bool withSender)
    {
        int receiver = SendToNew([1, 2, 3, 4, 5]);
        SocketFlags flags = SocketFlags.Truncated;
        SocketAddress? from = withSender ? new SocketAddress() : null;
        Assert.AreEqual(5, Stack.Receive(receiver, new byte[2], 0, 2, ref flags, from!, -1));
        Assert.AreEqual(SocketFlags.Truncated, flags);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_UdpUnspecified_TakesThePeerAway()
    {
        int a = OpenUdp();
        int b = OpenBoundUdp();
        Ok(Stack.Connect(a, LocalOf(b), -1));
        Ok(Stack.Connect(a, new SocketAddress(), -1));
        IsError(Errno.EDESTADDRREQ, Send(a, [1]));
        IsError(Errno.ENOTCONN, Stack.GetRemoteAddress(a, new SocketAddress()));
        Ok(Stack.Connect(a, LocalOf(b), -1));
        Ok(Send(a, [1]));
        Assert.AreEqual(1, ReceiveOne(b)[0]);
    }
}

[TestClass]
public sealed class NanoDatagramTests : DatagramTests
{
    protected override Half Kind => Half.Nano;

    [TestMethod]
    public void Receive_TruncatedAsked_IsEopnotsuppAndTakesNothing()
    {
        int receiver = SendToNew([1, 2]);
        SocketFlags flags = SocketFlags.Truncated;
        IsError(Errno.EOPNOTSUPP, Stack.Receive(receiver, new byte[1], 0, 1, ref flags, null!, -1));
        Assert.AreEqual(2, ReceiveOne(receiver).Length);
    }

    [TestMethod]
    public void Connect_UdpUnspecified_IsEopnotsupp()
    {
        int a = OpenUdp();
        Ok(Stack.Connect(a, LocalOf(OpenBoundUdp()), -1));
        IsError(Errno.EOPNOTSUPP, Stack.Connect(a, new SocketAddress(), -1));
    }
}
