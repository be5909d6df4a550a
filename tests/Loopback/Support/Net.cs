using System.Text;

namespace IoTNet.Tests.Loopback.Support;

/// <summary>An in-memory stack, driven at the seam, whose sockets are all closed at the end, when none may be left.</summary>
internal sealed class Net : IDisposable
{
    private readonly List<int> _open = new();

    public Net(LoopbackLimits? limits = null)
    {
        Stack = limits == null ? new LoopbackStack() : new LoopbackStack(limits);
    }

    public LoopbackStack Stack { get; }

    public static int Fail(Errno error) => -(int)error;

    public static SocketAddress V4(int port, int last = 1, int first = 127)
    {
        SocketAddress address = new(AddressFamily.InterNetwork, SocketAddress.IPv4Size) { Port = port };
        address[4] = (byte)first;
        address[7] = (byte)last;
        return address;
    }

    public static SocketAddress V4Of(byte a, byte b, byte c, byte d, int port)
    {
        SocketAddress address = V4(port, d, a);
        address[5] = b;
        address[6] = c;
        return address;
    }

    public static SocketAddress V6(int port, int last = 1)
    {
        SocketAddress address = new(AddressFamily.InterNetworkV6, SocketAddress.IPv6Size) { Port = port };
        address[23] = (byte)last;
        return address;
    }

    public static SocketAddress Mapped(int port, int last = 1, int first = 127)
    {
        SocketAddress address = V6(port, last);
        address[18] = 0xFF;
        address[19] = 0xFF;
        address[20] = (byte)first;
        return address;
    }

    /// <summary>A path, or with a NUL in front an abstract name.</summary>
    public static SocketAddress Unix(string name)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(name);
        SocketAddress address = new(AddressFamily.Unix, SocketAddress.UnixPathOffset + bytes.Length);
        bytes.CopyTo(address.Buffer, SocketAddress.UnixPathOffset);
        return address;
    }

    public int Open(AddressFamily family, SocketType type)
    {
        int handle = Stack.Open(family, type, ProtocolType.Unspecified);
        Assert.IsGreaterThan(0, handle);
        return Own(handle);
    }

    public int Tcp() => Open(AddressFamily.InterNetwork, SocketType.Stream);

    public int Udp() => Open(AddressFamily.InterNetwork, SocketType.Dgram);

    public int Own(int handle)
    {
        _open.Add(handle);
        return handle;
    }

    public (int A, int B) Pair(SocketType type)
    {
        int a = Own(Stack.OpenPair(AddressFamily.Unix, type, ProtocolType.Unspecified, out int b));
        return (a, Own(b));
    }

    /// <summary>A socket that is bound; the address gets the port that was chosen.</summary>
    public int Bound(SocketType type, SocketAddress address)
    {
        int handle = Open(address.Family, type);
        Assert.AreEqual(0, Stack.Bind(handle, address));
        Stack.GetLocalAddress(handle, address);
        return handle;
    }

    public int Listener(SocketAddress address, int backlog = 8, SocketType type = SocketType.Stream)
    {
        int handle = Bound(type, address);
        Assert.AreEqual(0, Stack.Listen(handle, backlog));
        return handle;
    }

    /// <summary>A TCP connection.</summary>
    public (int Client, int Server) Connection()
    {
        SocketAddress address = V4(0);
        int listener = Listener(address);
        int client = Tcp();
        Assert.AreEqual(0, Stack.Connect(client, address, -1));
        int server = Own(Stack.Accept(listener, null, 0));
        Assert.IsGreaterThan(0, server);
        Stack.Close(listener);
        return (client, server);
    }

    public int Connect(int handle, SocketAddress address, int timeoutMs = 0) => Stack.Connect(handle, address, timeoutMs);

    public int Send(int handle, string text, SocketAddress? to = null, int timeoutMs = 0) =>
        Stack.Send(handle, Encoding.ASCII.GetBytes(text), 0, text.Length, SocketFlags.None, to, timeoutMs);

    public int Send(int handle, int count, int timeoutMs = 0, SocketAddress? to = null) =>
        Stack.Send(handle, new byte[count], 0, count, SocketFlags.None, to, timeoutMs);

    /// <summary>What a receive gives: the text, or the name of the error.</summary>
    public string Receive(int handle, int count = 1000, SocketFlags flags = SocketFlags.None, SocketAddress? from = null, int timeoutMs = 0)
    {
        byte[] buffer = new byte[count];
        int result = Stack.Receive(handle, buffer, 0, count, ref flags, from, timeoutMs);
        return result < 0 ? ((Errno)(-result)).ToString() : Encoding.ASCII.GetString(buffer, 0, Math.Min(result, count));
    }

    public int Poll(int handle, PollEvents events = PollEvents.In | PollEvents.Out, int timeoutMs = 0) =>
        Stack.Poll(handle, events, timeoutMs);

    public int Get(int handle, SocketOptionName name, SocketOptionLevel level = SocketOptionLevel.Socket)
    {
        byte[] value = new byte[4];
        int result = Stack.GetOption(handle, level, name, value, 4);
        return result < 0 ? result : BitConverter.ToInt32(value);
    }

    public int Set(int handle, SocketOptionName name, int value, SocketOptionLevel level = SocketOptionLevel.Socket) =>
        Stack.SetOption(handle, level, name, BitConverter.GetBytes(value), 4);

    /// <summary>Waits until a thread waits for a socket: the moment before which a test of waking it proves nothing.</summary>
    public void AwaitWaiter(int handle) =>
        Assert.IsTrue(SpinWait.SpinUntil(() => Stack.Find(handle).Waits.First != null, 10_000), "No thread waits.");

    /// <summary>Runs a call that waits in a thread of its own until it waits for a socket, then does something; gives what the
    /// call answered.</summary>
    public int During(int handle, Func<int> call, Action something)
    {
        int result = int.MinValue;
        Thread thread = new(() => result = call()) { IsBackground = true };
        thread.Start();
        AwaitWaiter(handle);
        something();
        Assert.IsTrue(thread.Join(10_000), "The call still waits.");
        return result;
    }

    public void Dispose()
    {
        foreach (int handle in _open)
        {
            Stack.Close(handle);
        }

        Assert.AreEqual(0, Stack.OpenSockets, "Sockets were left open.");
    }
}
