extern alias NanoHalf;

using System.Buffers.Binary;
using IoTNet.Boards;

namespace IoTNet.SystemNet.Tests;

/// <summary>What the tests of both halves share: a stack, and short names for what they do with it. Everything a test
/// opens is closed after it, and the system's descriptors must then be what they were.</summary>
public abstract class SeamTests
{
    /// <summary>A test that hangs is ended after this many milliseconds.</summary>
    public const int HangMs = 30_000;

    private readonly List<int> _open = [];
    private int _descriptorsBefore;

    /// <summary>Which half of the sources.</summary>
    public enum Half
    {
        /// <summary>What the desktop uses.</summary>
        Desktop,

        /// <summary>What a board uses, over .NET's sockets.</summary>
        Nano,
    }

    public TestContext TestContext { get; set; } = null!;

    protected abstract Half Kind { get; }

    protected INetworkStack Stack { get; set; } = null!;

    [TestInitialize]
    public void OpenStack()
    {
        Stack = NewStack(1024);

        // The first socket of a process starts what .NET keeps open.
        Stack.Close(Stack.Open(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Unspecified));
        _descriptorsBefore = Descriptors();
    }

    [TestCleanup]
    public void CloseAll()
    {
        foreach (int handle in _open)
        {
            Stack.Close(handle);
        }

        Assert.AreEqual(_descriptorsBefore, Descriptors(), "descriptors are left open");
    }

    /// <summary>How many sockets the process has: the descriptors under /proc/self/fd that are some.</summary>
    protected static int Descriptors()
    {
        int sockets = 0;
        foreach (string descriptor in Directory.GetFiles("/proc/self/fd"))
        {
            // One that was closed while they were listed has no target.
            sockets += new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true ? 1 : 0;
        }

        return sockets;
    }

    protected static void IsError(Errno expected, int result)
    {
        Assert.AreEqual(ErrnoTable.Name(expected), result < 0 ? ErrnoTable.Name((Errno)(-result)) : "result " + result);
    }

    protected static int Ok(int result)
    {
        return result >= 0 ? result : throw new InvalidOperationException(ErrnoTable.Name((Errno)(-result)));
    }

    protected static byte[] Int(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    protected static SocketAddress Loopback(int port)
    {
        SocketAddress address = new(AddressFamily.InterNetwork, SocketAddress.IPv4Size) { Port = port };
        address[4] = 127;
        address[7] = 1;
        return address;
    }

    protected static SocketAddress Address(byte a, byte b, byte c, byte d, int port)
    {
        SocketAddress address = new(AddressFamily.InterNetwork, SocketAddress.IPv4Size) { Port = port };
        address[4] = a;
        address[5] = b;
        address[6] = c;
        address[7] = d;
        return address;
    }

    protected INetworkStack NewStack(int maxSockets)
    {
        return Kind == Half.Desktop ? new SystemNetStack(true, maxSockets) : new NanoHalf::IoTNet.Boards.SystemNetStack(true, maxSockets);
    }

    protected int Keep(int handle)
    {
        _open.Add(Ok(handle));
        return handle;
    }

    protected int OpenTcp()
    {
        return Keep(Stack.Open(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
    }

    protected int OpenUdp()
    {
        return Keep(Stack.Open(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
    }

    /// <summary>A UDP socket on 127.0.0.1.</summary>
    protected int OpenBoundUdp()
    {
        int handle = OpenUdp();
        Ok(Stack.Bind(handle, Loopback(0)));
        return handle;
    }

    protected SocketAddress LocalOf(int handle)
    {
        SocketAddress address = new();
        Ok(Stack.GetLocalAddress(handle, address));
        return address;
    }

    protected int Listen(int backlog, out SocketAddress address)
    {
        int listener = OpenTcp();
        Ok(Stack.Bind(listener, Loopback(0)));
        Ok(Stack.Listen(listener, backlog));
        address = LocalOf(listener);
        return listener;
    }

    protected (int Client, int Server) Connect()
    {
        int listener = Listen(4, out SocketAddress address);
        int client = OpenTcp();
        Ok(Stack.Connect(client, address, -1));
        int server = Keep(Stack.Accept(listener, new SocketAddress(), -1));
        Ok(Stack.Close(listener));
        return (client, server);
    }

    /// <summary>A listener whose backlog is full: on Linux it answers a further connect with nothing at all.</summary>
    protected SocketAddress Deaf()
    {
        Listen(1, out SocketAddress address);
        for (int i = 0; i < 3; i++)
        {
            // The system takes backlog + 1; the last one keeps waiting, which shows that it is full.
            int client = OpenTcp();
            Stack.Connect(client, address, i < 2 ? -1 : 0);
        }

        return address;
    }

    /// <summary>A port of 127.0.0.1 where nobody listens.</summary>
    protected SocketAddress Nobody()
    {
        int listener = Listen(1, out SocketAddress address);
        Ok(Stack.Close(listener));
        return address;
    }

    protected int Send(int handle, byte[] bytes, int timeoutMs = -1)
    {
        return Stack.Send(handle, bytes, 0, bytes.Length, SocketFlags.None, null!, timeoutMs);
    }

    protected int Receive(int handle, byte[] buffer, int timeoutMs = -1)
    {
        SocketFlags flags = SocketFlags.None;
        return Stack.Receive(handle, buffer, 0, buffer.Length, ref flags, null!, timeoutMs);
    }

    protected byte[] ReceiveAll(int handle, int count)
    {
        byte[] all = new byte[count];
        int got = 0;
        while (got < count)
        {
            SocketFlags flags = SocketFlags.None;
            int n = Ok(Stack.Receive(handle, all, got, count - got, ref flags, null!, -1));
            Assert.AreNotEqual(0, n, "the stream ended after " + got + " bytes");
            got += n;
        }

        return all;
    }

    protected int GetInt(int handle, SocketOptionLevel level, SocketOptionName name)
    {
        byte[] value = new byte[4];
        Assert.AreEqual(4, Ok(Stack.GetOption(handle, level, name, value, 4)));
        return BinaryPrimitives.ReadInt32LittleEndian(value);
    }

    protected void SetLinger(int handle, int on, int seconds)
    {
        byte[] value = [.. Int(on), .. Int(seconds)];
        Ok(Stack.SetOption(handle, SocketOptionLevel.Socket, SocketOptionName.Linger, value, 8));
    }

    protected SocketOptionName ErrorOption => SocketOptionName.Error;

    /// <summary>Runs a call on another thread until it waits, then closes its socket. Gives what the call answered.</summary>
    protected int ResultWhenClosed(int handle, Func<int> call)
    {
        Blocked<int> blocked = new(call);
        blocked.WaitUntilItWaits();
        Ok(Stack.Close(handle));
        return blocked.Result();
    }
}
