using System.Diagnostics;

namespace IoTNet.SystemNet.Tests;

public abstract class StreamTests : SeamTests
{
    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_AfterPeerClose_ReturnsZeroEveryTime()
    {
        (int client, int server) = Connect();
        Ok(Send(client, [1, 2]));
        Ok(Stack.Close(client));
        CollectionAssert.AreEqual(new byte[] { 1, 2 }, ReceiveAll(server, 2));
        Assert.AreEqual(0, Receive(server, new byte[1]));
        Assert.AreEqual(0, Receive(server, new byte[1], 0));
        Assert.AreEqual(0, Receive(server, new byte[1], 10));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_NothingThere_IsEagainNotBeforeTheTime()
    {
        (int client, _) = Connect();
        IsError(Errno.EAGAIN, Receive(client, new byte[1], 0));
        Stopwatch watch = Stopwatch.StartNew();
        IsError(Errno.EAGAIN, Receive(client, new byte[1], 100));
        Assert.IsGreaterThanOrEqualTo(95L, watch.ElapsedMilliseconds);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_DataComesDuringATimedWait_GivesIt()
    {
        (int client, int server) = Connect();
        byte[] buffer = new byte[4];
        Blocked<int> receive = new(() => Receive(server, buffer, 20_000));
        receive.WaitUntilItWaits();
        Ok(Send(client, [1, 2, 3]));
        Assert.AreEqual(3, receive.Result());
    }

    [TestMethod]
    public void Receive_Unconnected_IsEnotconn()
    {
        IsError(Errno.ENOTCONN, Receive(OpenTcp(), new byte[1]));
        IsError(Errno.ENOTCONN, Receive(Listen(1, out _), new byte[1]));
    }

    [TestMethod]
    public void Send_Unconnected_IsEpipe()
    {
        IsError(Errno.EPIPE, Send(OpenTcp(), [1]));
        IsError(Errno.EPIPE, Send(Listen(1, out _), [1]));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_Peek_LeavesTheData()
    {
        (int client, int server) = Connect();
        Ok(Send(client, [1, 2, 3]));
        byte[] buffer = new byte[3];
        SocketFlags flags = SocketFlags.Peek;
        Assert.AreEqual(3, Stack.Receive(server, buffer, 0, 3, ref flags, null!, -1));
        Assert.AreEqual(3, Receive(server, buffer));
        IsError(Errno.EAGAIN, Receive(server, buffer, 0));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_NoRoom_WaitsForInputAndLeavesIt()
    {
        (int client, int server) = Connect();
        Assert.AreEqual(0, Send(client, []));
        IsError(Errno.EAGAIN, Receive(server, [], 0));
        Ok(Send(client, [1]));
        Assert.AreEqual(0, Receive(server, []));
        Assert.AreEqual(1, Receive(server, new byte[2]));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_SenderWanted_IsThePeer()
    {
        (int client, int server) = Connect();
        Ok(Send(client, [1]));
        SocketAddress from = new();
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(1, Stack.Receive(server, new byte[1], 0, 1, ref flags, from, -1));
        Assert.AreEqual(LocalOf(client), from);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_PeerReset_IsEconnresetOnceThenOver()
    {
        (int client, int server) = Connect();
        SetLinger(client, 1, 0);
        Ok(Stack.Close(client));
        IsError(Errno.ECONNRESET, Receive(server, new byte[1]));
        Assert.AreEqual(0, Receive(server, new byte[1], 0));
        IsError(Errno.EPIPE, Send(server, [1]));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Send_PeerClosed_IsEpipeInTheEnd()
    {
        (int client, int server) = Connect();
        Ok(Stack.Close(server));
        int result;
        do
        {
            result = Send(client, [1]);
        }
        while (result == 1);

        // The first one may still meet the peer's reset.
        if (result == -(int)Errno.ECONNRESET)
        {
            result = Send(client, [1]);
        }

        IsError(Errno.EPIPE, result);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Send_PeerDoesNotRead_TakesAPartThenEagain()
    {
        (int client, _) = Connect();
        byte[] bytes = new byte[1 << 20];
        int result;
        int sent = 0;
        while ((result = Send(client, bytes, 0)) > 0)
        {
            sent += result;
        }

        IsError(Errno.EAGAIN, result);
        Assert.IsGreaterThan(0, sent);

        // The system moves bytes on behind: until there is no room for good.
        Stopwatch watch;
        do
        {
            watch = Stopwatch.StartNew();
            result = Send(client, bytes, 100);
        }
        while (result > 0);
        IsError(Errno.EAGAIN, result);
        Assert.IsGreaterThanOrEqualTo(95L, watch.ElapsedMilliseconds);
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(false)]
    [DataRow(true)]
    public void Send_ForEver_SendsAllThatThePeerReadsLater(bool nonBlockingBefore)
    {
        (int client, int server) = Connect();
        if (nonBlockingBefore)
        {
            IsError(Errno.EAGAIN, Receive(client, new byte[1], 0));
        }

        byte[] bytes = new byte[8 << 20];
        new Random(1).NextBytes(bytes);
        Blocked<int> send = new(() => Send(client, bytes));
        send.WaitUntilItWaits();
        byte[] received = ReceiveAll(server, bytes.Length);
        Assert.AreEqual(bytes.Length, send.Result());
        CollectionAssert.AreEqual(bytes, received);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Close_DataNotYetRead_StillDeliversIt()
    {
        (int client, int server) = Connect();
        byte[] bytes = new byte[100_000];
        new Random(2).NextBytes(bytes);
        Ok(Send(client, bytes));
        Ok(Stack.Close(client));
        CollectionAssert.AreEqual(bytes, ReceiveAll(server, bytes.Length));
        Assert.AreEqual(0, Receive(server, new byte[1]));
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(-1)]
    [DataRow(20_000)]
    public void Close_DuringReceive_EndsItWithEintrAndThePeerReadsAllThenTheEnd(int timeoutMs)
    {
        (int client, int server) = Connect();
        Ok(Send(client, [1, 2, 3]));
        IsError(Errno.EINTR, ResultWhenClosed(client, () => Receive(client, new byte[1], timeoutMs)));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, ReceiveAll(server, 3));
        Assert.AreEqual(0, Receive(server, new byte[1]));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Close_DuringReceiveWithLingerZero_ResetsTheConnection()
    {
        (int client, int server) = Connect();
        SetLinger(client, 1, 0);
        IsError(Errno.EINTR, ResultWhenClosed(client, () => Receive(client, new byte[1])));
        IsError(Errno.ECONNRESET, Receive(server, new byte[1]));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Close_DuringSend_EndsIt()
    {
        (int client, _) = Connect();
        int result = ResultWhenClosed(client, () => Send(client, new byte[32 << 20]));
        if (result < 0)
        {
            IsError(Errno.EINTR, result);
        }

        Assert.IsLessThan(32 << 20, result);
    }

    [TestMethod]
    public void Shutdown_Unconnected_IsEnotconn()
    {
        IsError(Errno.ENOTCONN, Stack.Shutdown(OpenTcp(), SocketShutdown.Both));
        IsError(Errno.ENOTCONN, Stack.Shutdown(OpenUdp(), SocketShutdown.Send));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Shutdown_Receive_GivesTheEndAlsoToWhoWaitsAndStillSends()
    {
        (int client, int server) = Connect();
        Blocked<int> receive = new(() => Receive(client, new byte[1]));
        receive.WaitUntilItWaits();
        Ok(Stack.Shutdown(client, SocketShutdown.Receive));
        Assert.AreEqual(0, receive.Result());
        Assert.AreEqual(0, Receive(client, new byte[1]));
        Ok(Send(client, [4]));
        Assert.AreEqual(4, ReceiveAll(server, 1)[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Shutdown_Both_EndsBothHalvesAndKeepsTheAddresses()
    {
        (int client, int server) = Connect();
        SocketAddress local = LocalOf(client);
        Ok(Send(client, [1]));
        Ok(Stack.Shutdown(client, SocketShutdown.Both));
        Assert.AreEqual(0, Receive(client, new byte[1]));
        IsError(Errno.EPIPE, Send(client, [1]));
        Assert.AreEqual(1, ReceiveAll(server, 1)[0]);
        Assert.AreEqual(0, Receive(server, new byte[1]));
        Assert.AreEqual(local, LocalOf(client));
        Assert.AreNotEqual(0, Stack.Poll(client, PollEvents.In, -1) & (int)PollEvents.In);
        Ok(Stack.Close(client));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Shutdown_BothWithAWaiter_DoesNotResetThePeer()
    {
        (int client, int server) = Connect();
        Blocked<int> receive = new(() => Receive(client, new byte[1]));
        receive.WaitUntilItWaits();
        Ok(Send(client, [1]));
        Ok(Stack.Shutdown(client, SocketShutdown.Both));
        Assert.AreEqual(0, receive.Result());
        Assert.AreEqual(1, ReceiveAll(server, 1)[0]);
        Assert.AreEqual(0, Receive(server, new byte[1]));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_TwoThreadsOneByte_OneGetsItTheOtherTimesOut()
    {
        (int client, int server) = Connect();
        Blocked<int> first = new(() => Receive(server, new byte[1], 2000));
        Blocked<int> second = new(() => Receive(server, new byte[1], 2000));
        first.WaitUntilItWaits();
        second.WaitUntilItWaits();
        Ok(Send(client, [1]));
        int[] results = [first.Result(), second.Result()];
        Array.Sort(results);
        IsError(Errno.EAGAIN, results[0]);
        Assert.AreEqual(1, results[1]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void SendAndReceive_TwoThreadsOneSocket_DoNotDisturbEachOther()
    {
        (int client, int server) = Connect();
        byte[] bytes = new byte[1 << 20];
        new Random(3).NextBytes(bytes);
        Blocked<int> there = new(() => Send(client, bytes));
        Blocked<int> back = new(() => Send(server, bytes));
        Blocked<byte[]> atClient = new(() => ReceiveAll(client, bytes.Length));
        CollectionAssert.AreEqual(bytes, ReceiveAll(server, bytes.Length));
        CollectionAssert.AreEqual(bytes, atClient.Result());
        Assert.AreEqual(bytes.Length, there.Result());
        Assert.AreEqual(bytes.Length, back.Result());
    }
}

[TestClass]
public sealed class DesktopStreamTests : StreamTests
{
    protected override Half Kind => Half.Desktop;

    [TestMethod]
    [Timeout(HangMs)]
    public void Shutdown_Send_IsAHalfClose()
    {
        (int client, int server) = Connect();
        Ok(Stack.Shutdown(client, SocketShutdown.Send));
        Assert.AreEqual(0, Receive(server, new byte[1]));
        IsError(Errno.EPIPE, Send(client, [1]));
        Ok(Send(server, [6]));
        Assert.AreEqual(6, ReceiveAll(client, 1)[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_OutOfBand_GivesTheUrgentByte()
    {
        (int client, int server) = Connect();
        Ok(Stack.Send(client, [8], 0, 1, SocketFlags.OutOfBand, null!, -1));
        byte[] urgent = new byte[1];
        Assert.AreNotEqual(0, Stack.Poll(server, PollEvents.Pri, -1) & (int)PollEvents.Pri);
        SocketFlags flags = SocketFlags.OutOfBand;
        Assert.AreEqual(1, Stack.Receive(server, urgent, 0, 1, ref flags, null!, 1_000));
        Assert.AreEqual(8, urgent[0]);
    }
}

[TestClass]
public sealed class NanoStreamTests : StreamTests
{
    protected override Half Kind => Half.Nano;

    [TestMethod]
    public void Shutdown_Send_IsEopnotsuppAndChangesNothing()
    {
        (int client, int server) = Connect();
        IsError(Errno.EOPNOTSUPP, Stack.Shutdown(client, SocketShutdown.Send));
        Ok(Send(client, [1]));
        Assert.AreEqual(1, ReceiveAll(server, 1)[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Shutdown_SendAfterReceive_ClosesTheConnection()
    {
        (int client, int server) = Connect();
        Ok(Stack.Shutdown(client, SocketShutdown.Receive));
        Ok(Stack.Shutdown(client, SocketShutdown.Send));
        Assert.AreEqual(0, Receive(server, new byte[1]));
        IsError(Errno.EPIPE, Send(client, [1]));
    }

    [TestMethod]
    public void Send_OutOfBand_IsEopnotsupp()
    {
        (int client, _) = Connect();
        IsError(Errno.EOPNOTSUPP, Stack.Send(client, [1], 0, 1, SocketFlags.OutOfBand, null!, -1));
    }
}
