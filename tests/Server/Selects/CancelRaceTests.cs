namespace IoTNet.Tests.Server;

/// <summary>Cancel against readiness: whoever is first, no event of a cancelled handle comes after the cancel.</summary>
[TestClass]
public sealed class CancelRaceTests
{
    private const int Interleavings = 100_000;

    // One thread and all the orders that it can make: what each handle may still get is known at every step.
    [TestMethod]
    public void Cancel_InAnyOrderOfCalls_LeavesNoEventBehind()
    {
        const int seeds = 100;
        for (int seed = 0; seed < seeds; seed++)
        {
            new Model(seed).Run(Interleavings / seeds);
        }
    }

    // Two threads: the loop tells while the other one cancels.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Cancel_WhileTheLoopTells_IsTheLastWord(bool byMailbox)
    {
        using Stacks board = new("loopback");
        using EventLoop loop = new(board.Stack);
        board.Pair(out Socket client, out Socket server);
        Random random = new(byMailbox ? 1 : 2);
        byte[] buffer = new byte[1];
        Mailbox mailbox = new(1);
        int cancelled = 0, late = 0, told = 0;
        Caller callback = new(e =>
        {
            told++;
            late += e.Handle > Volatile.Read(ref cancelled) ? 0 : 1;
        });
        ISelectCaller caller = byMailbox ? mailbox : callback;
        loop.RunBeside(() =>
        {
            for (int i = 0; i < Interleavings / 2; i++)
            {
                // Handles grow.
                int result = loop.Receive(server, buffer, 0, 1, SocketFlags.None, caller, out SelectInfo info);
                Assert.AreEqual(-(int)Errno.EAGAIN, result);
                client.TrySend(buffer, 0, 1, SocketFlags.None);
                Thread.SpinWait(random.Next(200));
                Assert.AreEqual(0, loop.Cancel(info), "told or not, it was not repeated");
                Volatile.Write(ref cancelled, info.Handle);
                late += mailbox.Count;
                Assert.AreEqual(1, server.TryReceive(buffer, 0, 1, SocketFlags.DontWait));
            }
        });
        Assert.AreEqual(0, late + mailbox.Count);
        Console.WriteLine($"told before the cancel: {told} of {Interleavings / 2}");
    }

    // The loop has chosen whom to tell and has not told yet: the event is not in the mailbox, and must not come there.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void CancelOrRepeat_OfAnEventOnItsWay_LeavesNoneInTheMailbox(bool cancels)
    {
        EventLoop? observed = null;
        int chosen = 0;
        NetworkStack board = ObservedSelectors.Board(() =>
        {
            // The loop has chosen the first one and watches for the one behind it, with its lock held.
            if (observed?.IsLoopThread == true)
            {
                Volatile.Write(ref chosen, chosen + 1);
            }

            Thread.SpinWait(300);
        });
        using EventLoop loop = observed = new(board);
        using Socket client = new(board, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        using Socket server = Accept(board, client);
        byte[] buffer = new byte[1];
        Mailbox mailbox = new(1);
        Caller behind = new(_ => { });
        loop.RunBeside(() =>
        {
            for (int i = 0; i < 8_000; i++)
            {
                int before = Volatile.Read(ref chosen);
                Assert.AreEqual(-(int)Errno.EAGAIN, Receive(mailbox, out SelectInfo info));
                Assert.AreEqual(-(int)Errno.EAGAIN, Receive(behind, out SelectInfo waiting));
                client.TrySend(buffer, 0, 1, SocketFlags.None);
                // The mailbox has it before there was a second one, when the loop told of what it saw in the round before.
                Assert.IsTrue(SpinWait.SpinUntil(() => Volatile.Read(ref chosen) > before || mailbox.Count > 0, Stacks.PatienceMs));
                Assert.AreEqual(cancels ? 0 : 1, cancels ? loop.Cancel(info) : Receive(mailbox, out info));
                Assert.AreEqual(0, mailbox.Count, $"round {i}");
                loop.Cancel(waiting);
                Assert.AreEqual(cancels ? 1 : -(int)Errno.EAGAIN, server.TryReceive(buffer, 0, 1, SocketFlags.DontWait));
            }
        });
        Assert.AreEqual(0, mailbox.Count);

        int Receive(ISelectCaller caller, out SelectInfo info) =>
            loop.Receive(server, buffer, 0, 1, SocketFlags.None, caller, out info);
    }

    // The loop ends and has found a call to abort, which another thread cancels: it is not there any more, or its object is
    // somebody else's.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Cancel_WhileTheLoopAborts_IsTheLastWord(bool byMailbox)
    {
        const int calls = 64;
        byte[] buffer = new byte[1];
        using Stacks board = new("loopback");
        Socket[] sockets = new Socket[calls];
        for (int i = 0; i < calls; i++)
        {
            sockets[i] = board.Open(SocketType.Dgram);
            sockets[i].Bind(new IPEndPoint(IPAddress.Loopback, 0));
        }

        SelectInfo[] infos = new SelectInfo[calls];
        for (int round = 0; round < 300; round++)
        {
            EventLoop loop = new(board.Stack);
            Mailbox mailbox = new(calls);
            int told = 0;
            ISelectCaller caller = byMailbox ? mailbox : new Caller(_ => told++);
            for (int i = 0; i < calls; i++)
            {
                Assert.AreEqual(-(int)Errno.EAGAIN,
                    loop.Receive(sockets[i], buffer, 0, 1, SocketFlags.None, caller, out infos[i]));
            }

            int cancelled = 0;
            using Barrier start = new(2);
            Thread other = new(() =>
            {
                start.SignalAndWait();
                for (int i = 0; i < calls; i++)
                {
                    cancelled += loop.Cancel(infos[i]) == 0 ? 1 : 0;
                }
            });
            other.Start();
            start.SignalAndWait();
            try
            {
                loop.Close();
            }
            finally
            {
                other.Join();
            }

            // An abort that nobody has read is taken out by the cancel that comes after it.
            Assert.AreEqual(byMailbox ? 0 : calls, byMailbox ? mailbox.Count : told + cancelled, $"round {round}");
        }
    }

    private static Socket Accept(NetworkStack board, Socket client)
    {
        using Socket listener = new(board, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        client.Connect(listener.LocalEndPoint, Stacks.PatienceMs);
        return listener.Accept();
    }

    private sealed class Model(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly List<SelectInfo> _live = [];
        private readonly byte[] _buffer = new byte[1];

        // Handles that may still get their one event.
        private readonly HashSet<int> _open = [];

        public void Run(int steps)
        {
            using Stacks board = new("loopback");
            using EventLoop loop = new(board.Stack);
            Mailbox mailbox = new(8);
            Dictionary<ISelectCaller, Dictionary<Socket, int>> pending = [];
            ISelectCaller[] callers = [mailbox, new Caller(Told), new Caller(Told)];
            List<(Socket Client, Socket Server)> pairs = [];
            for (int step = 0; step < steps; step++)
            {
                while (pairs.Count < 3)
                {
                    board.Pair(out Socket a, out Socket b);
                    pairs.Add((a, b));
                }

                (Socket client, Socket server) = pairs[_random.Next(pairs.Count)];
                ISelectCaller caller = callers[_random.Next(callers.Length)];
                switch (_random.Next(10))
                {
                    case 0 or 1 or 2:
                        Receive(loop, server, caller, pending);
                        break;
                    case 3 or 4:
                        client.TrySend(_buffer, 0, 1, SocketFlags.DontWait);
                        break;
                    case 5 or 6 when _live.Count > 0:
                        int index = _random.Next(_live.Count);
                        loop.Cancel(_live[index]);
                        _open.Remove(_live[index].Handle);
                        _live.RemoveAt(index);
                        break;
                    case 7 when mailbox.Read(0, out SelectEvent selected):
                        Told(selected);
                        break;
                    case 8 when _random.Next(10) == 0:
                        server.Close();
                        pairs.Remove((client, server));
                        break;
                    default:
                        loop.RunOnce(0);
                        break;
                }
            }

            foreach ((_, Socket server) in pairs)
            {
                server.Close();
            }

            loop.Settle();
            while (mailbox.Read(0, out SelectEvent selected))
            {
                Told(selected);
            }

            loop.Close();
        }

        private void Receive(EventLoop loop, Socket server, ISelectCaller caller, Dictionary<ISelectCaller, Dictionary<Socket, int>> pending)
        {
            if (!pending.TryGetValue(caller, out Dictionary<Socket, int>? handles))
            {
                pending[caller] = handles = [];
            }

            int result = loop.Receive(server, _buffer, 0, 1, SocketFlags.None, caller, out SelectInfo info);
            if (result == -(int)Errno.ENOBUFS)
            {
                return;
            }

            // The call took the place of the pending one.
            if (handles.Remove(server, out int replaced))
            {
                _open.Remove(replaced);
            }

            if (result == -(int)Errno.EAGAIN)
            {
                handles[server] = info.Handle;
                Assert.IsTrue(_open.Add(info.Handle), "a handle came twice");
                _live.Add(info);
            }
        }

        private void Told(SelectEvent selected) => Assert.IsTrue(_open.Remove(selected.Handle),
            $"seed {seed}: an event of handle {selected.Handle}, which was cancelled, replaced or told already");
    }
}
