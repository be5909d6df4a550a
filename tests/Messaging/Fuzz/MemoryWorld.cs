using System.Collections;
using System.Reflection;

namespace IoTNet.Tests.Messaging.Fuzz;

/// <summary>A context on a stack in memory, bare streams beside it, and a look at what the context holds.</summary>
internal sealed class MemoryWorld : IDisposable
{
    private static int s_names;

    private readonly LoopbackStack _stack;
    private readonly NetworkStack _stacks;
    private readonly List<Socket> _raw = [];
    private readonly List<Exception> _errors = [];
    private bool _listens;

    public MemoryWorld(LoopbackLimits? limits = null)
    {
        _stack = new LoopbackStack(limits ?? new LoopbackLimits { MaxSockets = 4096 });
        _stacks = new NetworkStack(_stack, _stack);
        Context = new MessageContext(_stacks);
    }

    public MessageContext Context { get; }

    /// <summary>Sockets that are open on the stack, those of the context and bare ones.</summary>
    public int OpenSockets => _stack.OpenSockets;

    /// <summary>Listeners and connections of the context.</summary>
    public int Sessions
    {
        get
        {
            lock (Field<object>(Context, "_lock"))
            {
                return Field<ArrayList>(Context, "_sessions").Count;
            }
        }
    }

    public static string NewName() => "fuzz-" + Interlocked.Increment(ref s_names);

    /// <summary>How many peers a socket remembers, those that are gone and were not read to their end included.</summary>
    public static int Peers(MessageSocket socket)
    {
        // Takes note of what happened.
        _ = socket.Events;
        lock (Field<object>(socket, "_lock"))
        {
            return Field<ArrayList>(socket, "_peers").Count;
        }
    }

    /// <summary>The bytes of the blocks in all pipes of a socket.</summary>
    public static int PipeBytes(MessageSocket socket)
    {
        _ = socket.Events;
        lock (Field<object>(socket, "_lock"))
        {
            return Field<ArrayList>(socket, "_peers").Cast<Peer>().Sum(peer => BlockBytes(peer.In) + BlockBytes(peer.Out));
        }
    }

    /// <summary>The bytes that wait to be sent in front of what is in the pipes: PONGs, sealed frames.</summary>
    public int ControlBytes()
    {
        lock (Field<object>(Context, "_lock"))
        {
            return Field<ArrayList>(Context, "_sessions").OfType<ZmtpSession>().Sum(session => Field<ByteQueue>(session, "_control").Bytes.Length);
        }
    }

    public MessageSocket Open(MessageSocketType type, Action<MessageSocketOptions>? set = null)
    {
        MessageSocket socket = new(Context, type);
        socket.Options.SendTimeoutMs = World.PatienceMs;
        socket.Options.ReceiveTimeoutMs = World.PatienceMs;
        socket.Options.LingerMs = 0;
        socket.Options.ReconnectMs = 5;
        socket.Options.ReconnectMaxMs = 20;
        set?.Invoke(socket.Options);
        return socket;
    }

    public MessageSocket Bind(MessageSocketType type, Action<MessageSocketOptions>? set = null)
    {
        MessageSocket socket = Open(type, set);
        socket.Bind("ipc://@" + NewName());
        Listen();
        return socket;
    }

    /// <summary>A bare stream to a socket.</summary>
    public RawPeer Connect(MessageSocket bound)
    {
        Socket raw = Keep(new Socket(_stacks, AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
        raw.Connect(UnixEndPoint.Abstract(System.Text.Encoding.ASCII.GetBytes(bound.LastEndpoint["ipc://@".Length..])));
        return new RawPeer(raw);
    }

    /// <summary>A bare listener, and the endpoint to connect to.</summary>
    public (Socket Listener, string Endpoint) ListenRaw(int backlog = 16)
    {
        string name = NewName();
        Socket listener = Keep(new Socket(_stacks, AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
        listener.Bind(UnixEndPoint.Abstract(System.Text.Encoding.ASCII.GetBytes(name)));
        listener.Listen(backlog);
        return (listener, "ipc://@" + name);
    }

    public RawPeer Accept(Socket listener)
    {
        Assert.IsTrue(listener.Accept(World.PatienceMs, out Socket accepted), "nobody connects");
        return new RawPeer(Keep(accepted));
    }

    /// <summary>Waits until something is so.</summary>
    public static void Until(Func<bool> isSo, Func<string> orElse)
    {
        if (!SpinWait.SpinUntil(isSo, World.PatienceMs))
        {
            Assert.Fail(orElse());
        }
    }

    /// <summary>Nothing was thrown on the loop's thread.</summary>
    public void AssertUnharmed()
    {
        lock (_errors)
        {
            if (_errors.Count > 0)
            {
                throw new AssertFailedException("on the loop: " + _errors[0].Message, _errors[0]);
            }
        }
    }

    public void Dispose()
    {
        Context.Close();
        foreach (Socket raw in _raw)
        {
            raw.Close();
        }

        AssertUnharmed();
        Assert.AreEqual(0, OpenSockets, "open sockets at the end");
    }

    /// <summary>Has the errors of the loop told, which would end the process. After the first endpoint.</summary>
    public void Listen()
    {
        if (!_listens)
        {
            _listens = true;
            Context.Loop.Error += (_, error) =>
            {
                lock (_errors)
                {
                    _errors.Add(error);
                }
            };
        }
    }

    private static int BlockBytes(FramePipe pipe)
    {
        int bytes = 0;
        for (Block? block = Field<Block>(pipe, "_head"); block != null; block = block.Next)
        {
            bytes += block.Bytes.Length;
        }

        return bytes;
    }

    private static T Field<T>(object of, string name) =>
        (T)of.GetType().GetField(name, BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(of)!;

    private Socket Keep(Socket raw)
    {
        _raw.Add(raw);
        return raw;
    }
}
