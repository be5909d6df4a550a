using System.Diagnostics;

namespace IoTNet.SystemNet.Tests;

public abstract class AcceptTests : SeamTests
{
    [TestMethod]
    public void Accept_NotListening_IsEinval()
    {
        IsError(Errno.EINVAL, Stack.Accept(OpenTcp(), null!, -1));
    }

    [TestMethod]
    public void Accept_Datagrams_IsEopnotsupp()
    {
        IsError(Errno.EOPNOTSUPP, Stack.Accept(OpenUdp(), null!, -1));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Accept_NobodyComes_IsEagainNotBeforeTheTime()
    {
        int listener = Listen(1, out _);
        IsError(Errno.EAGAIN, Stack.Accept(listener, null!, 0));
        Stopwatch watch = Stopwatch.StartNew();
        IsError(Errno.EAGAIN, Stack.Accept(listener, null!, 100));
        Assert.IsGreaterThanOrEqualTo(95L, watch.ElapsedMilliseconds);
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(-1)]
    [DataRow(20_000)]
    public void Close_DuringAccept_EndsItWithEintrAndFreesThePort(int timeoutMs)
    {
        int listener = Listen(1, out SocketAddress address);
        IsError(Errno.EINTR, ResultWhenClosed(listener, () => Stack.Accept(listener, null!, timeoutMs)));
        Ok(Stack.Bind(OpenTcp(), address));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Accept_TwoThreadsOneConnection_OneGetsItTheOtherTimesOut()
    {
        int listener = Listen(1, out SocketAddress address);
        Blocked<int> first = new(() => Stack.Accept(listener, null!, 2000));
        Blocked<int> second = new(() => Stack.Accept(listener, null!, 2000));
        first.WaitUntilItWaits();
        second.WaitUntilItWaits();
        Ok(Stack.Connect(OpenTcp(), address, -1));
        int[] results = [first.Result(), second.Result()];
        Array.Sort(results);
        IsError(Errno.EAGAIN, results[0]);
        Keep(results[1]);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Listen_Again_ChangesTheBacklogOfALiveListener()
    {
        int listener = Listen(1, out SocketAddress address);
        Ok(Stack.Listen(listener, 8));
        for (int i = 0; i < 6; i++)
        {
            Ok(Stack.Connect(OpenTcp(), address, 5_000));
        }
    }
}

[TestClass]
public sealed class DesktopAcceptTests : AcceptTests
{
    protected override Half Kind => Half.Desktop;
}

[TestClass]
public sealed class NanoAcceptTests : AcceptTests
{
    protected override Half Kind => Half.Nano;
}
