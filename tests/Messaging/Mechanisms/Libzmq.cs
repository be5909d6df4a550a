using System.Runtime.InteropServices;
using System.Text;

namespace IoTNet.Tests.Messaging;

/// <summary>A socket of libzmq in this process: to try one security after the other, a process each is too much.</summary>
internal sealed class Libzmq : IDisposable
{
    public const int Pair = 0;
    public const int Pub = 1;
    public const int Sub = 2;
    public const int Dealer = 5;
    public const int PlainServer = 44;
    public const int PlainUserName = 45;
    public const int PlainPassword = 46;
    public const int CurveServer = 47;
    public const int CurvePublicKey = 48;
    public const int CurveSecretKey = 49;
    public const int CurveServerKey = 50;

    private const string Library = "libzmq.so.5";
    private const int Subscribe = 6;
    private const int ReceiveMore = 13;
    private const int Linger = 17;
    private const int ReceiveTimeout = 27;
    private const int SendTimeout = 28;
    private const int LastEndpoint = 32;
    private const int ZapDomain = 55;
    private const int SendMore = 2;

    private static readonly Lazy<IntPtr> s_context = new(zmq_ctx_new);

    private readonly IntPtr _socket;

    public Libzmq(int type)
    {
        _socket = zmq_socket(s_context.Value, type);
        Assert.AreNotEqual(IntPtr.Zero, _socket);
        Set(Linger, 0);
        Set(ReceiveTimeout, World.PatienceMs);
        Set(SendTimeout, World.PatienceMs);
    }

    /// <summary>Leaves the test as "skipped" where there is no libzmq, or one without CURVE.</summary>
    public static void Need()
    {
        if (!NativeLibrary.TryLoad(Library, out _))
        {
            Assert.Inconclusive(Library + " is not installed; tools/setup.sh does that");
        }

        if (zmq_has("curve") == 0)
        {
            Assert.Inconclusive(Library + " was built without CURVE");
        }
    }

    /// <summary>Lets in, as RFC 27 has it, what a handler says; for all sockets with a domain.</summary>
    public static IDisposable Authenticate(Func<string[], bool> check) => new Handler(check);

    public void Set(int option, int value) => Assert.AreEqual(0, zmq_setsockopt(_socket, option, BitConverter.GetBytes(value), 4));

    public void Set(int option, byte[] value) =>
        Assert.AreEqual(0, zmq_setsockopt(_socket, option, value, (nuint)value.Length), "option " + option);

    public void Set(int option, string value) => Set(option, Encoding.UTF8.GetBytes(value));

    public void SetDomain() => Set(ZapDomain, "test");

    public void SetSubscription(string prefix) => Set(Subscribe, prefix);

    public string Bind(string endpoint = "tcp://127.0.0.1:*")
    {
        Assert.AreEqual(0, zmq_bind(_socket, endpoint));
        byte[] text = new byte[100];
        nuint length = 100;
        Assert.AreEqual(0, zmq_getsockopt(_socket, LastEndpoint, text, ref length));
        return Encoding.UTF8.GetString(text, 0, (int)length - 1);
    }

    public void Connect(string endpoint) => Assert.AreEqual(0, zmq_connect(_socket, endpoint));

    public void Send(params byte[][] frames)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            int sent = zmq_send(_socket, frames[i], (nuint)frames[i].Length, i + 1 < frames.Length ? SendMore : 0);
            Assert.AreEqual(frames[i].Length, sent);
        }
    }

    /// <summary>Receives a message; null when none comes.</summary>
    public byte[][]? TryReceive(int timeoutMs)
    {
        Set(ReceiveTimeout, timeoutMs);
        List<byte[]> frames = [];
        byte[] buffer = new byte[200_000];
        byte[] more = new byte[4];
        do
        {
            int count = zmq_recv(_socket, buffer, (nuint)buffer.Length, 0);
            if (count < 0)
            {
                return null;
            }

            frames.Add(buffer[..count]);
            nuint four = 4;
            zmq_getsockopt(_socket, ReceiveMore, more, ref four);
        }
        while (more[0] != 0);
        return [.. frames];
    }

    public void Dispose() => _ = zmq_close(_socket);

    [DllImport(Library)]
    private static extern IntPtr zmq_ctx_new();

    [DllImport(Library)]
    private static extern int zmq_has([MarshalAs(UnmanagedType.LPStr)] string capability);

    [DllImport(Library)]
    private static extern IntPtr zmq_socket(IntPtr context, int type);

    [DllImport(Library)]
    private static extern int zmq_close(IntPtr socket);

    [DllImport(Library)]
    private static extern int zmq_setsockopt(IntPtr socket, int option, byte[] value, nuint length);

    [DllImport(Library)]
    private static extern int zmq_getsockopt(IntPtr socket, int option, byte[] value, ref nuint length);

    [DllImport(Library)]
    private static extern int zmq_bind(IntPtr socket, [MarshalAs(UnmanagedType.LPStr)] string endpoint);

    [DllImport(Library)]
    private static extern int zmq_connect(IntPtr socket, [MarshalAs(UnmanagedType.LPStr)] string endpoint);

    [DllImport(Library)]
    private static extern int zmq_send(IntPtr socket, byte[] buffer, nuint length, int flags);

    [DllImport(Library)]
    private static extern int zmq_recv(IntPtr socket, byte[] buffer, nuint length, int flags);

    // RFC 27: version, request, domain, address, identity, mechanism, credentials.
    private sealed class Handler : IDisposable
    {
        private const int Rep = 4;
        private const int Request = 1;
        private const int Credentials = 6;
        private const int TurnMs = 50;

        private readonly Thread _thread;
        private volatile bool _ends;

        public Handler(Func<string[], bool> check)
        {
            using ManualResetEventSlim bound = new();
            _thread = new Thread(() =>
            {
                using Libzmq socket = new(Rep);
                socket.Bind("inproc://zeromq.zap.01");
                bound.Set();
                while (!_ends)
                {
                    byte[][]? request = socket.TryReceive(TurnMs);
                    if (request != null)
                    {
                        bool isGood = check([.. request[Credentials..].Select(Encoding.Latin1.GetString)]);
                        byte[] code = Encoding.ASCII.GetBytes(isGood ? "200" : "400");
                        socket.Send(request[0], request[Request], code, [], [], []);
                    }
                }
            });
            _thread.Start();
            bound.Wait();
        }

        public void Dispose()
        {
            _ends = true;
            _thread.Join();
        }
    }
}
