using System.Runtime.InteropServices;
using System.Text;

namespace IoTNet.Tests.Messaging.Patterns.Duel;

/// <summary>Sockets of libzmq over inproc, from one thread, none of whose calls waits. After <see cref="Settle"/> all that the
/// calls before set off is done: libzmq does part of it in threads of its own, or in a socket's next call.</summary>
internal sealed class LibzmqSockets : IDisposable
{
    public const int Identity = 5;
    public const int Subscribe = 6;
    public const int Unsubscribe = 7;
    public const int SendMark = 23;
    public const int ReceiveMark = 24;
    public const int RouterMandatory = 33;
    public const int XPubVerbose = 40;
    public const int ReqCorrelate = 52;
    public const int ReqRelaxed = 53;
    public const int Conflate = 54;

    private const string Library = "libzmq.so.5";
    private const string Beacon = "inproc://beacon";
    private const int NotStateMachine = 156384763;
    private const int IoThreads = 1;
    private const int ReceiveMore = 13;
    private const int Events = 15;
    private const int Linger = 17;
    private const int DontWait = 1;
    private const int SendMore = 2;
    private const int Rounds = 3;

    private readonly IntPtr _context = zmq_ctx_new();
    private readonly List<IntPtr> _open = [];
    private readonly byte[] _buffer = new byte[1000];
    private IntPtr _beacon;
    private bool _hasClosed;

    public LibzmqSockets()
    {
        Assert.AreEqual(0, zmq_ctx_set(_context, IoThreads, 0));
        _beacon = zmq_socket(_context, (int)MessageSocketType.Pair);
        Assert.AreEqual(0, zmq_bind(_beacon, Beacon));
    }

    public static bool IsThere => NativeLibrary.TryLoad(Library, out _);

    public IntPtr Open(MessageSocketType type)
    {
        IntPtr socket = zmq_socket(_context, Number(type));
        Assert.AreNotEqual(IntPtr.Zero, socket);
        Set(socket, Linger, BitConverter.GetBytes(0));
        _open.Add(socket);
        return socket;
    }

    public int Set(IntPtr socket, int option, byte[] value) => Result(zmq_setsockopt(socket, option, value, (nuint)value.Length));

    public int Bind(IntPtr socket, string name) => Result(zmq_bind(socket, name));

    public int Connect(IntPtr socket, string name) => Result(zmq_connect(socket, name));

    public int Disconnect(IntPtr socket, string name) => Result(zmq_disconnect(socket, name));

    public int Send(IntPtr socket, byte[] frame, bool more)
    {
        int result = Result(zmq_send(socket, frame, (nuint)frame.Length, DontWait | (more ? SendMore : 0)));
        return result > 0 ? 0 : result;
    }

    public int Receive(IntPtr socket, out byte[] frame, out bool more)
    {
        int result = Result(zmq_recv(socket, _buffer, (nuint)_buffer.Length, DontWait));
        frame = result < 0 ? [] : _buffer[..result];
        more = result >= 0 && Get(socket, ReceiveMore) != 0;
        return result < 0 ? result : 0;
    }

    public PollEvents GetEvents(IntPtr socket)
    {
        int events = Get(socket, Events);
        return ((events & 1) != 0 ? PollEvents.In : PollEvents.None) | ((events & 2) != 0 ? PollEvents.Out : PollEvents.None);
    }

    public void Close(IntPtr socket)
    {
        _open.Remove(socket);
        Assert.AreEqual(0, zmq_close(socket));
        _hasClosed = true;
    }

    /// <param name="looks">Whether a socket may look for what it could receive, which libzmq does by taking it out of the
    /// queue.</param>
    public void Settle(Func<IntPtr, bool> looks)
    {
        for (int i = 0; i < Rounds; i++)
        {
            AwaitReaper();
            foreach (IntPtr socket in _open)
            {
                if (looks(socket))
                {
                    Get(socket, Events);
                }
                else
                {
                    // Fails, and does what waits to be done first.
                    zmq_disconnect(socket, "inproc://nobody");
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (IntPtr socket in _open)
        {
            zmq_close(socket);
        }

        zmq_close(_beacon);
        Assert.AreEqual(0, zmq_ctx_term(_context));
    }

    // What is closed ends in a thread of libzmq, one after the other: when the beacon's name is free, all before it have.
    private void AwaitReaper()
    {
        if (!_hasClosed)
        {
            return;
        }

        zmq_close(_beacon);
        _beacon = zmq_socket(_context, (int)MessageSocketType.Pair);
        long endMs = Environment.TickCount64 + World.PatienceMs;
        while (zmq_bind(_beacon, Beacon) != 0)
        {
            Assert.IsLessThan(endMs, Environment.TickCount64, "libzmq does not close");
            Thread.Yield();
        }
    }

    private static int Number(MessageSocketType type) => (int)type;

    private int Get(IntPtr socket, int option)
    {
        byte[] value = new byte[4];
        nuint four = 4;
        Assert.AreEqual(0, zmq_getsockopt(socket, option, value, ref four));
        return BitConverter.ToInt32(value);
    }

    private static int Result(int result)
    {
        if (result >= 0)
        {
            return result;
        }

        int error = Marshal.GetLastPInvokeError();
        return error == NotStateMachine ? -(int)Errno.EALREADY : -error;
    }

    [DllImport(Library)]
    private static extern IntPtr zmq_ctx_new();

    [DllImport(Library)]
    private static extern int zmq_ctx_set(IntPtr context, int option, int value);

    [DllImport(Library)]
    private static extern int zmq_ctx_term(IntPtr context);

    [DllImport(Library)]
    private static extern IntPtr zmq_socket(IntPtr context, int type);

    [DllImport(Library)]
    private static extern int zmq_close(IntPtr socket);

    [DllImport(Library, SetLastError = true)]
    private static extern int zmq_setsockopt(IntPtr socket, int option, byte[] value, nuint length);

    [DllImport(Library)]
    private static extern int zmq_getsockopt(IntPtr socket, int option, byte[] value, ref nuint length);

    [DllImport(Library, SetLastError = true)]
    private static extern int zmq_bind(IntPtr socket, [MarshalAs(UnmanagedType.LPStr)] string endpoint);

    [DllImport(Library, SetLastError = true)]
    private static extern int zmq_connect(IntPtr socket, [MarshalAs(UnmanagedType.LPStr)] string endpoint);

    [DllImport(Library, SetLastError = true)]
    private static extern int zmq_disconnect(IntPtr socket, [MarshalAs(UnmanagedType.LPStr)] string endpoint);

    [DllImport(Library, SetLastError = true)]
    private static extern int zmq_send(IntPtr socket, byte[] buffer, nuint length, int flags);

    [DllImport(Library, SetLastError = true)]
    private static extern int zmq_recv(IntPtr socket, byte[] buffer, nuint length, int flags);
}
