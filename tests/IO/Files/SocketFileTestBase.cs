using System.Text;
using IoTNet.Boards;

namespace IoTNet.Tests.IO.Files;

/// <summary>Two connected streams on each stack that a desktop has; at the end of each test no socket is open.</summary>
public abstract class SocketFileTestBase
{
    /// <summary>Ends a test that would hang.</summary>
    private const int PatienceMs = 20_000;

    private protected Socket A { get; private set; } = null!;

    private protected Socket B { get; private set; } = null!;

    /// <summary>Whether TCP of the operating system carries the test; else a pair in memory.</summary>
    protected virtual bool IsHost => false;

    [TestInitialize]
    public void Open()
    {
        NetworkStack.Use(IsHost ? new SystemNetStack() : new NullStack(), new UnixStack());
        (A, B) = Connect();
    }

    [TestCleanup]
    public void NothingIsLeftOpen()
    {
        A.Close();
        B.Close();
        Assert.AreEqual(0, OpenSockets(), "sockets left open");
    }

    private protected static int OpenSockets()
    {
        var stacks = NetworkStack.Current;
        return ((UnixStack)stacks.Local).OpenSockets + ((stacks.Network as SystemNetStack)?.OpenSockets ?? 0);
    }

    private protected (Socket Near, Socket Far) Connect()
    {
        Socket near, far;
        if (IsHost)
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            near.Connect(listener.LocalEndPoint, PatienceMs);
            Assert.IsTrue(listener.Accept(PatienceMs, out far));
        }
        else
        {
            Socket.Pair(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified, out near, out far);
        }

        near.ReceiveTimeout = PatienceMs;
        far.ReceiveTimeout = PatienceMs;
        return (near, far);
    }

    private protected static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private protected static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Sends the bytes in two pieces, the second when the file has no more to give of the first, and ends the stream;
    /// gives what the reads gave until the first empty one.</summary>
    private protected List<T> ReadSplit<T>(byte[] sent, int split, Func<Socket, SocketFile> make, Func<SocketFile, T?> read, T empty)
        where T : class
    {
        var (near, far) = Connect();
        using var _ = near;
        using var file = make(near);
        var values = new List<T>();
        near.Blocking = false;
        far.Send(sent, 0, split, SocketFlags.None);
        for (T? value = read(file); value != null; value = read(file))
        {
            values.Add(value);
        }

        far.Send(sent, split, sent.Length - split, SocketFlags.None);
        far.Close();
        near.Blocking = true;
        while (true)
        {
            T value = read(file)!;
            if (EqualityComparer<T>.Default.Equals(value, empty))
            {
                return values;
            }

            values.Add(value);
        }
    }
}
