namespace IoTNet.Tests.Server;

/// <summary>Pending calls that end otherwise than by their event: close, stop, no place in the mailbox.</summary>
[TestClass]
public sealed class SelectEndTests
{
    private const int Again = -(int)Errno.EAGAIN;

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Close_OfTheSocketElsewhere_AbortsEachPendingCall(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket _, out Socket server);
        List<SelectEvent> events = [];
        Mailbox mailbox = new(4);
        List<int> handles = [];
        foreach (ISelectCaller caller in new ISelectCaller[] { mailbox, new Caller(events.Add), new Caller(events.Add) })
        {
            Assert.AreEqual(Again, loop.Receive(server, caller, out SelectInfo info));
            handles.Add(info.Handle);
        }

        server.Close();
        loop.RunUntil(() => events.Count == 2 && mailbox.Count == 1);
        Assert.IsTrue(mailbox.Read(0, out SelectEvent first));
        events.Insert(0, first);
        CollectionAssert.AreEqual(handles, events.Select(e => e.Handle).ToList());
        Assert.IsTrue(events.All(e => e.Reason == Errno.EBADF && e.IsAbort));
        Assert.AreEqual(-(int)Errno.EBADF, loop.Receive(server, mailbox, out _));
        Assert.AreEqual(0, loop.Settle());
    }

    [TestMethod]
    public void Close_WhileOneWasTold_AbortsThoseBehindIt()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        Mailbox first = new(1), second = new(1), third = new(1);
        loop.Receive(server, first, out _);
        loop.Receive(server, second, out _);
        loop.Receive(server, third, out SelectInfo cancelled);
        client.Send([1]);
        loop.RunUntil(() => first.Count == 1);
        server.Close();
        Assert.AreEqual(0, loop.Cancel(cancelled));
        Assert.IsTrue(first.Read(0, out _));
        Assert.AreEqual(-(int)Errno.EBADF, loop.Receive(server, first, out _));
        loop.RunUntil(() => second.Count == 1);
        Assert.IsTrue(second.Read(0, out SelectEvent selected) && selected.Reason == Errno.EBADF);
        Assert.AreEqual(0, first.Count + third.Count);
    }

    [TestMethod]
    public void Stop_WithPendingCalls_AbortsThem()
    {
        using Stacks board = new("loopback");
        EventLoop loop = new(board.Stack);
        board.Pair(out Socket _, out Socket server);
        Mailbox mailbox = new(2);
        loop.Receive(server, mailbox, out _);
        loop.Close();
        Assert.IsTrue(mailbox.Read(0, out SelectEvent selected));
        Assert.AreEqual(Errno.ECANCELED, selected.Reason);
        Assert.AreEqual(-(int)Errno.ECANCELED, loop.Receive(server, mailbox, out _));
        Assert.AreEqual(0, mailbox.Count);
    }

    [TestMethod]
    public void Receive_WithAMailboxThatHasNoPlace_AnswersNoBuffers()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        Mailbox mailbox = new(1);
        loop.Receive(server, mailbox, out SelectInfo info);
        Assert.AreEqual(-(int)Errno.ENOBUFS, loop.Receive(client, mailbox, out SelectInfo none));
        Assert.AreEqual(0, none.Handle);
        loop.Cancel(info);
        Assert.AreEqual(Again, loop.Receive(client, mailbox, out _));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Mailbox(0));
    }

    // ENOBUFS is the end of the call: it was told, and keeps its turn no longer.
    [TestMethod]
    public void Receive_RepeatedWithoutAPlaceInTheMailbox_LeavesItsTurnToTheNext()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        Mailbox mailbox = new(1);
        int told = 0;
        loop.Receive(server, mailbox, out SelectInfo info);
        loop.Receive(server, new Caller(_ => told++), out _);
        client.Send([1]);
        loop.RunUntil(() => mailbox.Read(0, out _));
        server.Receive(new byte[1]);
        loop.Receive(client, mailbox, out _);
        Assert.AreEqual(-(int)Errno.ENOBUFS, loop.Receive(server, mailbox, out _));
        Assert.AreEqual(-(int)Errno.EINVAL, loop.Cancel(info), "nothing is pending");
        client.Send([1]);
        loop.RunUntil(() => told == 1);
    }
}
