namespace IoTNet.Tests.Server;

[TestClass]
public sealed class SelectTests
{
    private const int Again = -(int)Errno.EAGAIN;

    private static readonly Caller s_nobody = new(_ => Assert.Fail("nobody is to be told"));

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Receive_OfWhatIsThere_CompletesWithoutASelect(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        client.Send([1, 2]);
        server.Wait(PollEvents.In, Stacks.PatienceMs);
        Assert.AreEqual(1, loop.Receive(server, s_nobody, out SelectInfo info));
        Assert.AreEqual(1, loop.Receive(server, s_nobody, out info));
        Assert.AreEqual(0, info.Handle);
        client.Close();
        server.Wait(PollEvents.In, Stacks.PatienceMs);
        Assert.AreEqual(0, loop.Receive(server, s_nobody, out _), "the end of the stream");
        Assert.AreEqual(0, loop.Settle());
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Receive_OfNothing_IsToldOnceAndRepeated(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        List<SelectEvent> events = [];
        Caller caller = new(events.Add);
        Assert.AreEqual(Again, loop.Receive(server, caller, out SelectInfo info));
        Assert.AreEqual(SelectTag.Receive, info.Tag);
        client.Send([1]);
        loop.RunUntil(() => events.Count > 0);
        Assert.AreEqual(0, loop.Settle(), "one event for a handle");
        SelectEvent told = events.Single();
        Assert.AreEqual((info.Handle, SelectTag.Receive, false), (told.Handle, told.Tag, told.IsAbort));
        Assert.AreSame(server, told.Socket);
        Assert.AreEqual(1, loop.Receive(server, caller, out SelectInfo second));
        Assert.AreEqual(0, second.Handle);
        Assert.AreEqual(-(int)Errno.EINVAL, loop.Cancel(info), "it was completed");
        loop.Watch(server, PollEvents.In, new Watcher((_, _) => { })).Close();
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void AcceptAndConnect_OfAServer_AreToldAndCompleted(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        Socket listener = board.Listener();
        Socket? accepted = null;
        int connected = 1;
        Caller? acceptor = null;
        acceptor = new Caller(e => Assert.AreEqual(0, loop.Accept(e.Socket, acceptor, out accepted, out _)));
        Assert.AreEqual(Again, loop.Accept(listener, acceptor, out _, out SelectInfo info));
        Assert.AreEqual(SelectTag.Accept, info.Tag);
        Socket client = board.Open();
        SocketAddress address = listener.LocalEndPoint.Serialize();
        Caller? connector = null;
        connector = new Caller(e => connected = loop.Connect(e.Socket, address, connector, out _));
        int result = loop.Connect(client, address, connector, out info);
        Assert.IsTrue(result == 0 || result == -(int)Errno.EINPROGRESS, result.ToString());
        connected = result == 0 ? 0 : connected;
        loop.RunUntil(() => accepted != null && connected <= 0);
        Assert.AreEqual(0, connected);
        Assert.IsTrue(client.Connected);
        board.Keep(accepted!);
    }

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void Connect_ToAPortThatNobodyHas_IsRefused(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        Socket listener = board.Listener();
        SocketAddress address = listener.LocalEndPoint.Serialize();
        listener.Close();
        Caller? connector = null;
        int result = 1;
        connector = new Caller(e => result = loop.Connect(e.Socket, address, connector, out _));
        int begun = loop.Connect(board.Open(), address, connector, out _);
        if (begun == -(int)Errno.EINPROGRESS)
        {
            loop.RunUntil(() => result < 0);
            begun = result;
        }

        Assert.AreEqual(-(int)Errno.ECONNREFUSED, begun);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Send_ToAReaderThatIsSlow_IsToldWhenThereIsRoom(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        byte[] data = new byte[8192];
        int told = 0, result, sent = 0;
        Caller caller = new(_ => told++);
        while ((result = loop.Send(client, data, 0, data.Length, SocketFlags.None, caller, out _)) > 0)
        {
            sent += result;
        }

        Assert.AreEqual(Again, result);
        Assert.AreEqual(0, loop.Settle());
        byte[] buffer = new byte[1 << 20];
        int read = 0;
        loop.RunUntil(() =>
        {
            read += Math.Max(0, server.TryReceive(buffer, 0, buffer.Length, SocketFlags.DontWait));
            return told > 0;
        });
        Assert.AreEqual(1, told);
        Assert.IsTrue(loop.Send(client, data, 0, 1, SocketFlags.None, caller, out _) == 1 && read > 0 && read <= sent);
    }

    [TestMethod]
    [DataRow("loopback")]
    [DataRow("host")]
    public void ReceiveFrom_OfADatagram_GivesItsSender(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        Socket receiver = board.Keep(new Socket(board.Stack, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        Socket sender = board.Keep(new Socket(board.Stack, AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        sender.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Mailbox mailbox = new(1);
        byte[] buffer = new byte[2];
        SocketAddress from = new();
        SocketFlags flags = SocketFlags.None;
        Assert.AreEqual(Again, loop.ReceiveFrom(receiver, buffer, 0, 2, ref flags, from, mailbox, out _));
        Assert.AreEqual(3, loop.SendTo(sender, [7, 8, 9], 0, 3, SocketFlags.None, receiver.LocalEndPoint.Serialize(), s_nobody, out _));
        loop.RunUntil(() => mailbox.Count == 1);
        Assert.IsTrue(mailbox.Read(0, out SelectEvent selected));
        Assert.AreEqual(SelectTag.ReceiveFrom, selected.Tag);
        flags = SocketFlags.None;
        Assert.AreEqual(2, loop.ReceiveFrom(receiver, buffer, 0, 2, ref flags, from, mailbox, out _));
        Assert.IsTrue((flags & SocketFlags.Truncated) != 0);
        Assert.AreEqual(sender.LocalEndPoint, EndPoint.From(from));
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Cancel_OfAPendingCall_KeepsItsEventBack(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        loop.Receive(server, s_nobody, out SelectInfo info);
        Assert.AreEqual(0, loop.Cancel(info));
        client.Send([1]);
        Assert.AreEqual(0, loop.Settle());
        Assert.AreEqual(-(int)Errno.EINVAL, loop.Cancel(info));
        Assert.AreEqual(-(int)Errno.EINVAL, loop.Cancel(default));
    }

    [TestMethod]
    public void Cancel_OfAnUnreadEvent_TakesItOutOfTheMailbox()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        Mailbox mailbox = new(3);
        SelectInfo[] infos = new SelectInfo[3];
        Socket[] servers = new Socket[3];
        for (int i = 0; i < 3; i++)
        {
            board.Pair(out Socket client, out servers[i]);
            loop.Receive(servers[i], mailbox, out infos[i]);
            client.Send([1]);
            loop.RunUntil(() => mailbox.Count == i + 1);
        }

        Assert.AreEqual(0, loop.Cancel(infos[1]));
        Assert.IsTrue(mailbox.Read(0, out SelectEvent first));
        Assert.IsTrue(mailbox.Read(0, out SelectEvent second));
        Assert.AreEqual((infos[0].Handle, infos[2].Handle), (first.Handle, second.Handle));
        Assert.IsFalse(mailbox.Read(0, out _));
        Assert.AreEqual(0, loop.Cancel(infos[0]), "read, but not repeated");
        servers[1].Close();
        Assert.AreEqual(-(int)Errno.EBADF, loop.Cancel(infos[1]));
    }

    [TestMethod]
    public void Repeat_BeforeTheEvent_ReplacesThePendingCall()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        Mailbox mailbox = new(1);
        loop.Receive(server, mailbox, out SelectInfo first);
        Assert.AreEqual(Again, loop.Receive(server, mailbox, out SelectInfo second));
        Assert.AreNotEqual(first.Handle, second.Handle);
        Assert.AreEqual(-(int)Errno.EINVAL, loop.Cancel(first));
        client.Send([1]);
        loop.RunUntil(() => mailbox.Count == 1);
        server.TryReceive(new byte[1], 0, 1, SocketFlags.None);
        Assert.AreEqual(Again, loop.Receive(server, mailbox, out SelectInfo third), "the unread event makes room for its successor");
        Assert.AreEqual(0, mailbox.Count);
        client.Send([1]);
        loop.RunUntil(() => mailbox.Count == 1);
        Assert.IsTrue(mailbox.Read(0, out SelectEvent selected));
        Assert.AreEqual(third.Handle, selected.Handle);
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Receive_OfSeveralCallers_IsServedInTheOrderOfTheirComing(string stack)
    {
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        List<int> order = [];
        Caller[] callers = new Caller[4];
        SelectInfo[] infos = new SelectInfo[4];
        for (int i = 0; i < callers.Length; i++)
        {
            int me = i;
            callers[me] = new Caller(_ =>
            {
                order.Add(me);
                Assert.AreEqual(1, loop.Receive(server, callers[me], out SelectInfo _));
            });
            Assert.AreEqual(Again, loop.Receive(server, callers[me], out infos[me]));
        }

        Assert.AreEqual(4, infos.Select(i => i.Handle).Distinct().Count());
        Assert.AreEqual(0, loop.Cancel(infos[1]));
        client.Send([1, 2]);
        loop.RunUntil(() => order.Count == 2);
        Assert.AreEqual(Again, loop.Receive(server, callers[0], out _), "behind the one that waits");
        client.Send([3, 4]);
        loop.RunUntil(() => order.Count == 4);
        CollectionAssert.AreEqual(new[] { 0, 2, 3, 0 }, order);
        Assert.AreEqual(0, loop.Settle());
    }

    [TestMethod]
    public void Receive_BehindACallerThatWasTold_WaitsUntilItRepeatsOrCancels()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        Mailbox first = new(1), second = new(1);
        loop.Receive(server, first, out SelectInfo info);
        loop.Receive(server, second, out _);
        client.Send([1]);
        loop.RunUntil(() => first.Count == 1);
        Assert.AreEqual(0, loop.Settle());
        Assert.AreEqual(0, second.Count);
        Assert.AreEqual(0, loop.Cancel(info));
        loop.RunUntil(() => second.Count == 1);
        Assert.AreEqual(0, first.Count);
        Assert.AreEqual(1, loop.Receive(server, second, out _));
    }

    [TestMethod]
    public void Receive_OfAWatchedSocket_IsRefused()
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        loop.Watch(server, PollEvents.In, new Watcher((_, _) => { }));
        loop.Receive(client, new Mailbox(1), out _);
        Assert.ThrowsExactly<InvalidOperationException>(() => loop.Receive(server, s_nobody, out _));
        Assert.ThrowsExactly<InvalidOperationException>(() => loop.Watch(client, PollEvents.In, new Watcher((_, _) => { })));
        Assert.ThrowsExactly<ArgumentNullException>(() => loop.Receive(client, null, out _));
        Assert.ThrowsExactly<ArgumentNullException>(() => loop.Receive(null, s_nobody, out _));
    }

    [TestMethod]
    [DynamicData(nameof(Stacks.OfStreams), typeof(Stacks))]
    public void Mailbox_ReadByOtherThreads_GivesEachEventToOne(string stack)
    {
        const int threads = 3, each = 200;
        using Stacks board = new(stack);
        using EventLoop loop = new(board.Stack);
        Exception? failure = null;
        loop.RunBeside(() =>
        {
            Thread[] readers = [.. Enumerable.Range(0, threads).Select(_ =>
            {
                board.Pair(out Socket client, out Socket server);
                return new Thread(() =>
                {
                    try
                    {
                        PingPong(loop, client, server, each);
                    }
                    catch (Exception e)
                    {
                        failure = e;
                    }
                });
            })];
            Array.ForEach(readers, r => r.Start());
            Array.ForEach(readers, r => r.Join());
        });
        Assert.IsNull(failure, failure?.ToString());
    }

    private static void PingPong(EventLoop loop, Socket client, Socket server, int rounds)
    {
        Mailbox mailbox = new(1);
        for (int i = 0; i < rounds; i++)
        {
            Assert.AreEqual(Again, loop.Receive(server, mailbox, out SelectInfo info));
            client.Send([1]);
            Assert.IsTrue(mailbox.Read(Stacks.PatienceMs, out SelectEvent selected));
            Assert.AreEqual(info.Handle, selected.Handle);
            Assert.AreEqual(1, loop.Receive(server, mailbox, out _));
        }
    }
}
