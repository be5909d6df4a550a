using System.Diagnostics;

namespace IoTNet.SystemNet.Tests;

public abstract class ConnectTests : SeamTests
{
    private const int AnyEnd = (int)(PollEvents.Out | PollEvents.Err | PollEvents.Hup);

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(-1)]
    [DataRow(5_000)]
    public void Connect_NobodyListens_IsEconnrefused(int timeoutMs)
    {
        IsError(Errno.ECONNREFUSED, Stack.Connect(OpenTcp(), Nobody(), timeoutMs));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_NoAnswer_IsEtimedoutNotBeforeTheTimeAndFreesTheSystemsSocket()
    {
        SocketAddress deaf = Deaf();
        int handle = OpenTcp();
        int before = Descriptors();
        Stopwatch watch = Stopwatch.StartNew();
        IsError(Errno.ETIMEDOUT, Stack.Connect(handle, deaf, 200));
        Assert.IsGreaterThanOrEqualTo(195L, watch.ElapsedMilliseconds);
        Assert.AreEqual(before - 1, Descriptors());
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_AfterNonBlockingCalls_StillHonoursTheTimeout()
    {
        SocketAddress deaf = Deaf();
        int handle = OpenTcp();
        Ok(Stack.Bind(handle, Loopback(0)));
        Ok(Stack.Listen(OpenTcp(), 1));
        IsError(Errno.EINPROGRESS, Stack.Connect(handle, deaf, 0));
        Assert.AreEqual(0, Stack.Poll(handle, PollEvents.Out, 50));
        IsError(Errno.EALREADY, Stack.Connect(handle, deaf, 50));
        IsError(Errno.ENOTCONN, Stack.GetRemoteAddress(handle, new SocketAddress()));
        IsError(Errno.EAGAIN, Receive(handle, new byte[1], 0));
        IsError(Errno.EAGAIN, Send(handle, [1], 0));
        Assert.AreEqual(0, GetInt(handle, SocketOptionLevel.Socket, ErrorOption));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_TimedOutSocket_IsPollableAndOnlyToBeClosed()
    {
        int handle = OpenTcp();
        IsError(Errno.ETIMEDOUT, Stack.Connect(handle, Deaf(), 20));
        IsError(Errno.EINVAL, Stack.Connect(handle, Loopback(1), -1));
        IsError(Errno.EPIPE, Send(handle, [1]));
        IsError(Errno.ENOTCONN, Receive(handle, new byte[1]));
        IsError(Errno.ENOTCONN, Stack.GetRemoteAddress(handle, new SocketAddress()));
        Assert.AreNotEqual(0, Stack.Poll(handle, PollEvents.In, -1) & (int)PollEvents.Hup);
        Ok(Stack.Close(handle));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_NonBlocking_BecomesWritableWithoutError()
    {
        int listener = Listen(1, out SocketAddress address);
        int client = OpenTcp();
        int result = Stack.Connect(client, address, 0);
        if (result != 0)
        {
            IsError(Errno.EINPROGRESS, result);
        }

        Assert.AreEqual((int)PollEvents.Out, Stack.Poll(client, PollEvents.Out, -1));
        Assert.AreEqual(0, GetInt(client, SocketOptionLevel.Socket, ErrorOption));
        IsError(Errno.EISCONN, Stack.Connect(client, address, 0));
        int server = Keep(Stack.Accept(listener, null!, -1));
        Ok(Send(client, [9], 0));
        Assert.AreEqual(9, ReceiveAll(server, 1)[0]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Connect_NonBlockingRefused_TellsTheErrorOnce()
    {
        int client = OpenTcp();
        IsError(Errno.EINPROGRESS, Stack.Connect(client, Nobody(), 0));
        Assert.AreEqual(AnyEnd, Stack.Poll(client, PollEvents.Out, -1) & AnyEnd);
        Assert.AreEqual((int)Errno.ECONNREFUSED, GetInt(client, SocketOptionLevel.Socket, ErrorOption));
        Assert.AreEqual(0, GetInt(client, SocketOptionLevel.Socket, ErrorOption));
        Assert.AreEqual(0, Stack.Poll(client, PollEvents.Out, 0) & (int)PollEvents.Err);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void GetLocalAddress_DuringAFailingConnect_LeavesTheErrorToBeRead()
    {
        int client = OpenTcp();
        IsError(Errno.EINPROGRESS, Stack.Connect(client, Nobody(), 0));
        Assert.AreNotEqual(0, Stack.Poll(client, PollEvents.Out, -1));
        LocalOf(client);
        IsError(Errno.ENOTCONN, Stack.GetRemoteAddress(client, new SocketAddress()));
        Assert.AreEqual((int)Errno.ECONNREFUSED, GetInt(client, SocketOptionLevel.Socket, ErrorOption));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Receive_AfterANonBlockingConnectFailed_TellsTheErrorOnce()
    {
        int client = OpenTcp();
        IsError(Errno.EINPROGRESS, Stack.Connect(client, Nobody(), 0));
        Assert.AreNotEqual(0, Stack.Poll(client, PollEvents.Out, -1));
        IsError(Errno.ECONNREFUSED, Receive(client, new byte[1], 0));
        IsError(Errno.ENOTCONN, Receive(client, new byte[1], 0));
        IsError(Errno.EPIPE, Send(client, [1], 0));
    }

    [TestMethod]
    public void Connect_Connected_IsEisconn()
    {
        IsError(Errno.EISCONN, Stack.Connect(Connect().Client, Loopback(1), -1));
    }

    [TestMethod]
    public void Connect_Listener_IsEisconn()
    {
        IsError(Errno.EISCONN, Stack.Connect(Listen(1, out _), Loopback(1), -1));
    }

    [TestMethod]
    public void Connect_OtherFamily_IsEafnosupport()
    {
        IsError(Errno.EAFNOSUPPORT, Stack.Connect(OpenTcp(), new SocketAddress(AddressFamily.InterNetworkV6, 28), -1));
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(-1)]
    [DataRow(20_000)]
    public void Close_DuringConnect_EndsItWithEintr(int timeoutMs)
    {
        SocketAddress deaf = Deaf();
        int handle = OpenTcp();
        IsError(Errno.EINTR, ResultWhenClosed(handle, () => Stack.Connect(handle, deaf, timeoutMs)));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Close_WhileANonBlockingConnectGoesOn_LeavesNoThreadBehind()
    {
        SocketAddress deaf = Deaf();
        int threads = Threads();
        for (int i = 0; i < 20; i++)
        {
            int handle = OpenTcp();
            IsError(Errno.EINPROGRESS, Stack.Connect(handle, deaf, 0));
            Ok(Stack.Close(handle));
        }

        // A thread that was told to end is gone a moment later; the timeout above ends a test that waits in vain.
        while (Threads() > threads + 4)
        {
            Thread.Sleep(10);
        }
    }

    private static int Threads()
    {
        return Directory.GetDirectories("/proc/self/task").Length;
    }
}

[TestClass]
public sealed class DesktopConnectTests : ConnectTests
{
    protected override Half Kind => Half.Desktop;
}

[TestClass]
public sealed class NanoConnectTests : ConnectTests
{
    protected override Half Kind => Half.Nano;
}
