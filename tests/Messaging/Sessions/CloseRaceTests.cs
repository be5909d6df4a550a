
using System.Reflection;

namespace IoTNet.Tests.Messaging;

/// <summary>Close on one thread against what another one does at the same moment.</summary>
[TestClass]
public class CloseRaceTests
{
    // A peer as a session makes it, on its loop's thread: told of nothing, it would keep its connection and the context for ever.
    [TestMethod]
    public void Close_WhileAPeerComes_ClosesItsPipes()
    {
        using World world = new();
        using Helper helper = new(1);
        for (int i = 0; i < 50_000; i++)
        {
            MessageSocket pull = world.Open(MessageSocketType.Pull);
            Peer peer = pull.NewPeer(pull.NewInput(), pull.NewOutput());
            Peer before = pull.NewPeer(pull.NewInput(), pull.NewOutput());

            // Close is with the one that came before, at the end of what it has to take.
            before.In.Writer = new PipeEnd(() =>
            {
                helper.Begin(() => peer.Tell(Peer.Attached | Peer.Linked));
                helper.Linger();
            });
            before.Tell(Peer.Attached);
            pull.Close();
            helper.Await();
            Assert.IsTrue(peer.Out.IsWriterClosed && peer.In.IsReaderClosed, $"round {i}");
        }
    }

    // The socket has told its sessions that it closes, and waits for the loop, which comes with one more.
    [TestMethod]
    public void Close_WhileAConnectionIsAccepted_EndsThatOne()
    {
        INetworkStack board = DispatchProxy.Create<INetworkStack, AcceptingStack>();
        NetworkStack stacks = new(board, null);
        MessageContext context = new(stacks);
        MessageSocket pull = new(context, MessageSocketType.Pull);
        pull.Options.HandshakeTimeoutMs = 2 * World.PatienceMs;
        pull.Bind("tcp://127.0.0.1:*");
        Thread closer = new(pull.Close);
        ((AcceptingStack)board).Accepted = () =>
        {
            closer.Start();
            SpinWait.SpinUntil(() => (closer.ThreadState & ThreadState.WaitSleepJoin) != 0, World.PatienceMs);
        };
        using Socket silent = new(stacks, AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Connect(new IPEndPoint(IPAddress.Loopback, int.Parse(pull.LastEndpoint[(pull.LastEndpoint.LastIndexOf(':') + 1)..])), World.PatienceMs);
        silent.ReceiveTimeout = World.PatienceMs;
        byte[] buffer = new byte[100];
        int count;
        do
        {
            count = silent.TryReceive(buffer, 0, buffer.Length, SocketFlags.None);
        }
        while (count > 0);

        Assert.AreEqual(0, count, "a connection to nobody is ended");
        context.Close();
        closer.Join();
    }

    // The loop's thread tells a new connection what is subscribed, into the pipe that the socket's Close takes back what is not
    // whole of.
    [TestMethod]
    public void Close_WhileAPublisherIsToldTheSubscriptions_WaitsForThat()
    {
        using World world = new();
        MessageSocket sub = world.Open(MessageSocketType.Sub);
        sub.Subscribe("a");
        Peer peer = sub.NewPeer(sub.NewInput(), sub.NewOutput());
        peer.Tell(Peer.Attached);
        Assert.AreEqual(PollEvents.None, sub.Events, "and it has the peer");
        Thread? closer = null;
        bool hasClosed = false;
        peer.Out.Reader = new PipeEnd(() =>
        {
            if (closer == null)
            {
                closer = new Thread(sub.Close);
                closer.Start();
                // In vain.
                hasClosed = closer.Join(200);
            }
        });
        sub.LinkNow(peer);
        Assert.IsTrue(closer!.Join(World.PatienceMs));
        Assert.IsFalse(hasClosed);
        Assert.IsTrue(peer.Out.IsWriterClosed);
    }

    [TestMethod]
    public void Monitor_ThatStopsWhileItIsRead_GivesItsLastEvent()
    {
        using World world = new();
        using Helper helper = new(2);
        MessageSocket socket = world.Open(MessageSocketType.Pull);
        for (int i = 0; i < 60_000; i++)
        {
            SocketMonitor monitor = new(socket);
            SocketEvent? last = null;
            helper.Begin(() =>
            {
                while (monitor.TryTake(World.PatienceMs, out SocketEvent happened))
                {
                    last = happened;
                }
            });

            // The reader is awake by then, and has taken what there was.
            helper.Linger();
            socket.TellMonitor(SocketEventKind.Connected, "", 0, "");
            helper.Linger();
            monitor.Dispose();
            helper.Await();
            Assert.AreEqual(SocketEventKind.MonitorStopped, last?.Kind, $"round {i}");
        }
    }

    public class AcceptingStack : DispatchProxy
    {
        private readonly LoopbackStack _inner = new();

        /// <summary>Called with the first connection.</summary>
        public Action? Accepted { get; set; }

        protected override object? Invoke(MethodInfo? method, object?[]? arguments)
        {
            object? result = method!.Invoke(_inner, arguments);
            if (method.Name == nameof(INetworkStack.Accept) && (int)result! > 0)
            {
                Accepted!();
            }

            return result;
        }
    }

    private sealed class PipeEnd(Action told) : IPipeEnd
    {
        public void OnReadable() => told();

        public void OnWritable() => told();
    }

    /// <summary>A second thread that does one thing beside the first one.</summary>
    private sealed class Helper : IDisposable
    {
        private readonly Random _random;
        private readonly Thread _thread;
        private Action? _action;
        private Exception? _failure;
        private bool _ends;
        private int _begun;
        private int _done;

        public Helper(int seed)
        {
            _random = new Random(seed);
            _thread = new Thread(Run) { IsBackground = true };
            _thread.Start();
        }

        public void Begin(Action action)
        {
            _action = action;
            Interlocked.Increment(ref _begun);
        }

        public void Await()
        {
            Assert.IsTrue(SpinWait.SpinUntil(() => Volatile.Read(ref _done) == _begun, World.PatienceMs), "the other thread hangs");
            Assert.IsNull(_failure, _failure?.ToString());
        }

        /// <summary>Waits for a moment by chance.</summary>
        public void Linger() => Thread.SpinWait(_random.Next(30));

        public void Dispose()
        {
            Volatile.Write(ref _ends, true);
            _thread.Join();
        }

        private void Run()
        {
            int looks = 0;
            while (!Volatile.Read(ref _ends))
            {
                if (Volatile.Read(ref _begun) == _done)
                {
                    if (++looks % 1000 == 0)
                    {
                        Thread.Yield();
                    }

                    continue;
                }

                try
                {
                    _action!();
                }
                catch (Exception e)
                {
                    _failure = e;
                }

                Volatile.Write(ref _done, _done + 1);
            }
        }
    }
}
