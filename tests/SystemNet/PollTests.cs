using System.Diagnostics;
using System.Reflection;

namespace IoTNet.SystemNet.Tests;

public abstract class PollTests : SeamTests
{
    private const int In = (int)PollEvents.In;
    private const int Out = (int)PollEvents.Out;
    private const int Nval = (int)PollEvents.Nval;

    [TestMethod]
    [Timeout(HangMs)]
    public void Poll_Connected_IsWritableAndReadableOnceDataCame()
    {
        (int client, int server) = Connect();
        Assert.AreEqual(Out, Stack.Poll(server, PollEvents.In | PollEvents.Out, 0));
        Ok(Send(client, [1]));
        Assert.AreEqual(In, Stack.Poll(server, PollEvents.In, -1));
        Assert.AreEqual(In | Out, Stack.Poll(server, PollEvents.In | PollEvents.Out, 0));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Poll_NothingHappens_IsZeroNotBeforeTheTime()
    {
        (int client, _) = Connect();
        Stopwatch watch = Stopwatch.StartNew();
        Assert.AreEqual(0, Stack.Poll(client, PollEvents.In, 100));
        Assert.AreEqual(0, Stack.Poll(client, PollEvents.None, 50));
        Assert.IsGreaterThanOrEqualTo(140L, watch.ElapsedMilliseconds);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Poll_PeerClosed_IsReadable()
    {
        (int client, int server) = Connect();
        Ok(Stack.Close(client));
        Assert.AreEqual(In, Stack.Poll(server, PollEvents.In, -1));
        Assert.AreEqual(0, Receive(server, new byte[1]));
        Assert.AreEqual(In, Stack.Poll(server, PollEvents.In, -1));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Poll_PeerReset_ShowsAnErrorOrTheHangUp()
    {
        (int client, int server) = Connect();
        SetLinger(client, 1, 0);
        Ok(Stack.Close(client));
        int seen = Stack.Poll(server, PollEvents.In, -1);
        Assert.AreNotEqual(0, seen & In);
        Assert.AreNotEqual(0, seen & (int)(PollEvents.Err | PollEvents.Hup));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Poll_Listener_IsReadableWhenSomebodyWaits()
    {
        int listener = Listen(1, out SocketAddress address);
        Assert.AreEqual(0, Stack.Poll(listener, PollEvents.In | PollEvents.Out, 0));
        Ok(Stack.Connect(OpenTcp(), address, -1));
        Assert.AreEqual(In, Stack.Poll(listener, PollEvents.In, -1));
        Keep(Stack.Accept(listener, null!, 0));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Poll_UnconnectedStream_IsWritableAndHungUp()
    {
        Assert.AreEqual(Out | (int)PollEvents.Hup, Stack.Poll(OpenTcp(), PollEvents.In | PollEvents.Out, -1));
    }

    [TestMethod]
    [Timeout(HangMs)]
    [DataRow(PollEvents.In)]
    [DataRow(PollEvents.In | PollEvents.Pri)]
    [DataRow(PollEvents.None)]
    public void Close_DuringPoll_EndsItWithNval(PollEvents events)
    {
        (int client, _) = Connect();
        Assert.AreEqual(Nval, ResultWhenClosed(client, () => Stack.Poll(client, events, -1)));
        int udp = OpenBoundUdp();
        Assert.AreEqual(Nval, ResultWhenClosed(udp, () => Stack.Poll(udp, events, -1)));
        int listener = Listen(1, out _);
        Assert.AreEqual(Nval, ResultWhenClosed(listener, () => Stack.Poll(listener, events, -1)));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void Close_DuringPollForRoom_EndsItWithNval()
    {
        (int client, _) = Connect();
        byte[] bytes = new byte[65536];
        Assert.AreEqual(Nval, ResultWhenClosed(client, () =>
        {
            int seen;
            do
            {
                // The system may find more room for the peer's queue even after it had none.
                while (Send(client, bytes, 0) > 0)
                {
                }

                seen = Stack.Poll(client, PollEvents.Out, -1);
            }
            while (seen == Out);

            return seen;
        }));
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void PollMany_SomeReady_CountsAndMarksThem()
    {
        (int client, int server) = Connect();
        int udp = OpenBoundUdp();
        int closed = OpenUdp();
        Ok(Stack.Close(closed));
        Ok(Send(client, [1]));
        Assert.AreEqual(In, Stack.Poll(server, PollEvents.In, -1));
        int[] results = [99, 99, 99, 99, 99];
        int ready = Stack.PollMany([client, server, udp, closed, -1], [In, In | Out, In, In, In], results, 5, -1);
        Assert.AreEqual(2, ready);
        CollectionAssert.AreEqual(new[] { 0, In | Out, 0, Nval, 0 }, results);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void PollMany_LastOneBecomesReady_IsSeen()
    {
        int first = OpenBoundUdp();
        int second = OpenBoundUdp();
        int[] results = new int[2];
        Blocked<int> poll = new(() => Stack.PollMany([first, second], [In, In], results, 2, -1));
        poll.WaitUntilItWaits();
        Ok(Stack.Send(first, [1], 0, 1, SocketFlags.None, LocalOf(second), -1));
        Assert.AreEqual(1, poll.Result());
        CollectionAssert.AreEqual(new[] { 0, In }, results);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void PollMany_NothingHappens_IsZeroNotBeforeTheTime()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Assert.AreEqual(0, Stack.PollMany([OpenBoundUdp()], [In], new int[1], 1, 60));
        Assert.AreEqual(0, Stack.PollMany([-1], [In], new int[1], 1, 20));
        Assert.AreEqual(0, Stack.PollMany([], [], [], 0, 20));
        Assert.IsGreaterThanOrEqualTo(95L, watch.ElapsedMilliseconds);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void PollMany_OneClosedMeanwhile_IsNval()
    {
        int first = OpenBoundUdp();
        int second = OpenBoundUdp();
        int[] results = new int[2];
        int ready = ResultWhenClosed(second, () => Stack.PollMany([first, second], [In, In], results, 2, -1));
        Assert.AreEqual(1, ready);
        CollectionAssert.AreEqual(new[] { 0, Nval }, results);
    }

    [TestMethod]
    [Timeout(HangMs)]
    public void PollMany_OneSocketTwice_AnswersBoth()
    {
        int udp = OpenBoundUdp();
        int[] results = new int[2];
        Assert.AreEqual(1, Stack.PollMany([udp, udp], [In, Out], results, 2, -1));
        CollectionAssert.AreEqual(new[] { 0, Out }, results);
    }
}

[TestClass]
public sealed class DesktopPollTests : PollTests
{
    protected override Half Kind => Half.Desktop;

    // A connect that goes on behind is looked after by the poll, which is already inside as the close takes the system's socket
    // away: a moment that no test can meet from outside.
    [TestMethod]
    [Timeout(HangMs)]
    public void PollMany_OfAConnectWhoseSocketGoes_DoesNotThrowAndHoldsNobody()
    {
        int udp = OpenBoundUdp();
        SocketAddress address = LocalOf(udp);
        int client = OpenTcp();
        IsError(Errno.EINPROGRESS, Stack.Connect(client, Deaf(), 0));
        object sockets = Stack.GetType().GetField("_sockets", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(Stack)!;
        object socket = ((HandleTable)sockets).Get(client);
        object native = socket.GetType().GetField("_native", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(socket)!;
        ((IDisposable)native).Dispose();

        int[] results = new int[2];
        Assert.AreEqual(1, Stack.PollMany([udp, client], [(int)PollEvents.In, (int)PollEvents.Out], results, 2, 0));
        CollectionAssert.AreEqual(new[] { 0, (int)PollEvents.Err }, results);
        Ok(Stack.Close(udp));
        Ok(Stack.Bind(OpenUdp(), address));
    }
}

[TestClass]
public sealed class NanoPollTests : PollTests
{
    protected override Half Kind => Half.Nano;
}
