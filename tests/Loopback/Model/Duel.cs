using System.Text;

namespace IoTNet.Tests.Loopback.Model;

/// <summary>Makes every call twice, on the in-memory stack and on the kernel, and compares the answers; after each call it
/// compares what poll() says of every socket.</summary>
internal sealed class Duel : IDisposable
{
    private const int NameCount = 5;
    private const int FirstPort = 10000;
    private const int PortCount = 20000;
    private const PollEvents Asked = PollEvents.In | PollEvents.Out;

    // Other processes may do the same at the same time.
    private static int s_lastPort = Environment.ProcessId * 1000 % PortCount;

    private readonly Kind _kind;
    private readonly bool _reuse;
    private readonly KernelStack _kernel = new();
    private readonly LoopbackStack _ours = new(new LoopbackLimits { DatagramQueueCount = KernelQueueCount });
    private readonly List<Pair> _sockets = new();
    private readonly int[] _kernelPorts = new int[NameCount];
    private readonly int[] _oursPorts = new int[NameCount];
    private readonly Dictionary<int, int> _namedPorts = new();
    private readonly List<string> _story = new();
    private int _opened;
    private int _nextByte;

    // unix(7): max_dgram_qlen, and one more, which the kernel lets in.
    private const int KernelQueueCount = 11;

    public Duel(Kind kind, bool reuse)
    {
        _kind = kind;

        // Which of several UDP sockets on one port gets a datagram depends on the CPU that each last used on Linux.
        _reuse = reuse && Type == SocketType.Stream;
        for (int i = 0; i < NameCount; i++)
        {
            Renew(i);
        }
    }

    public int Count => _sockets.Count;

    public LoopbackStack Ours => _ours;

    private AddressFamily Family =>
        _kind <= Kind.UnixSeqpacket ? AddressFamily.Unix
        : _kind is Kind.Tcp6 or Kind.Udp6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    private SocketType Type => _kind switch
    {
        Kind.UnixDgram or Kind.Udp4 or Kind.Udp6 => SocketType.Dgram,
        Kind.UnixSeqpacket => SocketType.Seqpacket,
        _ => SocketType.Stream,
    };

    public bool IsUnix => Family == AddressFamily.Unix;

    public bool IsDatagram => Type == SocketType.Dgram;

    public static int Names => NameCount;

    public void Open()
    {
        Pair pair = new(_opened++, _kernel.Open(Family, Type), _ours.Open(Family, Type, ProtocolType.Unspecified), -1);
        if (_reuse)
        {
            _kernel.SetReuse(pair.Kernel);
            SetInt(pair.Ours, SocketOptionName.ReuseAddress, 1);
        }

        _sockets.Add(pair);
        Tell($"open -> #{pair.Id}");
    }

    public void OpenPair()
    {
        int kernel = _kernel.OpenPair(Type, out int kernelSecond);
        int ours = _ours.OpenPair(Family, Type, ProtocolType.Unspecified, out int oursSecond);
        _sockets.Add(new Pair(_opened++, kernel, ours, -1) { IsPair = true });
        _sockets.Add(new Pair(_opened++, kernelSecond, oursSecond, -1) { IsPair = true });
        Tell($"pair -> #{_opened - 2}, #{_opened - 1}");
    }

    public void Close(int index)
    {
        Pair pair = _sockets[index];
        Tell($"close #{_sockets[index].Id}");
        int kernel = _kernel.Close(pair.Kernel);
        int ours = _ours.Close(pair.Ours);
        _sockets.RemoveAt(index);
        if (pair.Name >= 0 && !IsUnix && !IsDatagram && !_reuse)
        {
            // The kernel keeps the port for a while (TIME_WAIT); the in-memory stack has no such state.
            Renew(pair.Name);
        }

        Compare("close", kernel, ours);
    }

    public void Bind(int index, int name)
    {
        Pair pair = _sockets[index];
        Tell($"bind #{_sockets[index].Id} to {name}");
        int ours = _ours.Bind(pair.Ours, OursName(name));
        Compare("bind", _kernel.Bind(pair.Kernel, KernelName(name)), ours);
        if (ours == 0)
        {
            _sockets[index] = pair with { Name = name };
        }
    }

    public void BindAutomatically(int index)
    {
        Tell($"bind #{_sockets[index].Id} to anything");
        SocketAddress address = new(AddressFamily.Unix, 2);
        if (!IsUnix)
        {
            address = Address(0, 0);
        }

        Compare("bind", _kernel.Bind(_sockets[index].Kernel, address), _ours.Bind(_sockets[index].Ours, address));
        _sockets[index] = _sockets[index] with { HasChosenPort = true };
    }

    public void Listen(int index, int backlog)
    {
        Tell($"listen #{_sockets[index].Id}, backlog {backlog}");
        Compare("listen", _kernel.Listen(_sockets[index].Kernel, backlog), _ours.Listen(_sockets[index].Ours, backlog));
    }

    public void Connect(int index, int name)
    {
        Tell($"connect #{_sockets[index].Id} to {name}");
        int ours = _ours.Connect(_sockets[index].Ours, OursName(name), 0);
        Compare("connect", _kernel.Connect(_sockets[index].Kernel, KernelName(name)), ours);
        _sockets[index] = _sockets[index] with { HasConnected = true };
    }

    public void Dissolve(int index)
    {
        Tell($"connect #{_sockets[index].Id} to nobody");
        SocketAddress address = new(AddressFamily.Unspecified, 16);
        Compare("connect", _kernel.Connect(_sockets[index].Kernel, address), _ours.Connect(_sockets[index].Ours, address, 0));
    }

    public void Accept(int index)
    {
        Tell($"accept #{_sockets[index].Id}");
        SocketAddress kernelPeer = new();
        SocketAddress oursPeer = new();
        int kernel = _kernel.Accept(_sockets[index].Kernel, kernelPeer);
        int ours = _ours.Accept(_sockets[index].Ours, oursPeer, 0);
        Compare("accept", kernel < 0 ? kernel : 0, ours < 0 ? ours : 0);
        if (ours > 0)
        {
            _story[^1] += $" -> #{_opened}";
            _sockets.Add(new Pair(_opened++, kernel, ours, -1) { IsAccepted = true });
            CompareAddress("accept", kernelPeer, oursPeer);
        }
    }

    public void Shutdown(int index, SocketShutdown how)
    {
        Tell($"shutdown #{_sockets[index].Id}, {how}");
        Compare("shutdown", _kernel.Shutdown(_sockets[index].Kernel, how), _ours.Shutdown(_sockets[index].Ours, how));
    }

    public void Send(int index, int count, int name)
    {
        Tell(name < 0 ? $"send #{_sockets[index].Id}, {count} bytes" : $"send #{_sockets[index].Id} to {name}, {count} bytes");
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)_nextByte++;
        }

        int kernel = _kernel.Send(_sockets[index].Kernel, bytes, count, name < 0 ? null : KernelName(name));
        int ours = _ours.Send(_sockets[index].Ours, bytes, 0, count, SocketFlags.None, name < 0 ? null : OursName(name), 0);
        Compare("send", kernel, ours);
    }

    public void Receive(int index, int count, SocketFlags flags)
    {
        Tell($"receive #{_sockets[index].Id}, {count} bytes, {flags}");
        byte[] kernelBytes = new byte[count];
        byte[] oursBytes = new byte[count];
        SocketAddress kernelFrom = new();
        SocketAddress oursFrom = new();
        SocketFlags kernelFlags = flags;
        SocketFlags oursFlags = flags;
        int kernel = _kernel.Receive(_sockets[index].Kernel, kernelBytes, count, ref kernelFlags, kernelFrom);
        int ours = _ours.Receive(_sockets[index].Ours, oursBytes, 0, count, ref oursFlags, oursFrom, 0);
        Compare("receive", kernel, ours);
        Assert.AreEqual(Convert.ToHexString(kernelBytes), Convert.ToHexString(oursBytes), Story("bytes"));

        // Linux does not tell the end of a record.
        Assert.AreEqual(kernelFlags, oursFlags & ~SocketFlags.EndOfRecord, Story("flags"));
        if (ours >= 0 && IsDatagram)
        {
            // A sender without a name: Linux tells no address, or a name that it got meanwhile; here it is an empty name.
            if (oursFrom.Size != 2)
            {
                CompareAddress("receive", kernelFrom, oursFrom);
            }
        }
    }

    public void Error(int index)
    {
        Tell($"error #{_sockets[index].Id}");
        Compare("error", _kernel.GetError(_sockets[index].Kernel), GetInt(_sockets[index].Ours, SocketOptionName.Error));
    }

    public void Available(int index)
    {
        Tell($"available #{_sockets[index].Id}");
        Compare("available", _kernel.Available(_sockets[index].Kernel), GetInt(_sockets[index].Ours, SocketOptionName.Available));
    }

    public void Addresses(int index)
    {
        Tell($"names #{_sockets[index].Id}");
        SocketAddress kernel = new();
        SocketAddress ours = new();
        Compare("local", _kernel.GetLocal(_sockets[index].Kernel, kernel), _ours.GetLocalAddress(_sockets[index].Ours, ours));
        if (IsUnix || IsDatagram || ours.Port != 0)
        {
            // Linux goes on to show the port of a connect that failed, or of a listener that was shut down, which it has given
            // back.
            CompareAddress("local", kernel, ours);
        }

        int result = _ours.GetRemoteAddress(_sockets[index].Ours, ours);
        Compare("remote", _kernel.GetRemote(_sockets[index].Kernel, kernel), result);
        if (result == 0)
        {
            CompareAddress("remote", kernel, ours);
        }
    }

    public void ResetOnClose(int index)
    {
        Tell($"linger (1, 0) #{_sockets[index].Id}");
        byte[] value = [1, 0, 0, 0, 0, 0, 0, 0];
        Compare("linger", _kernel.SetReset(_sockets[index].Kernel),
            _ours.SetOption(_sockets[index].Ours, SocketOptionLevel.Socket, SocketOptionName.Linger, value, 8));
    }

    /// <summary>Whether a call is left out, because it changes the state of the two in different ways.</summary>
    public bool Avoids(string call, int index, int name = -1)
    {
        int handle = _sockets[index].Ours;
        bool isConnected = _ours.GetRemoteAddress(handle, new SocketAddress()) == 0;
        int polled = _ours.Poll(handle, Asked, 0);
        switch (call)
        {
            case "shutdown":
                // On Linux a shutdown that fails with ENOTCONN (or of an unconnected AF_UNIX socket) ends the halves of the
                // socket all the same. Here a call that fails changes nothing.
                // (A listener polls as nothing or In.)
                bool isListening = (polled & (int)PollEvents.Out) == 0;
                bool wasConnected = !IsDatagram && !isListening && (polled & (int)PollEvents.In) != 0 && !_sockets[index].HasConnected;
                // Linux forgets the port of a listener that is shut down if bind() to port 0 chose it; here what Bind gave stays. And
                // there connections that were on the port may keep it (TIME_WAIT) from listening again.
                bool forgetsPort = isListening && !IsUnix && (_sockets[index].HasChosenPort || !_reuse);
                return !(IsUnix && IsDatagram) && !isConnected && !wasConnected && (!isListening || forgetsPort);
            case "bind":
                // On Linux the port that bind() did not name is given back when the connection ends, though the socket goes on to
                // show it; then the socket can be bound. Here that takes a new connect first.
                return _sockets[index].IsPair || (!IsUnix && Type == SocketType.Stream && (_sockets[index].HasConnected || _sockets[index].IsAccepted));
            case "dissolve":
                // Linux then forgets a port that was chosen by bind() to port 0; here what Bind gave stays.
                return _sockets[index].IsPair || (!IsUnix && _sockets[index].HasChosenPort);
            case "connect":
                // On Linux a TCP socket can connect to itself.
                return _sockets[index].IsPair || (!IsUnix && Type == SocketType.Stream && _sockets[index].Name == name);
            case "listen" or "accept":
                // Linux lets a pair's sockets be bound and so on.
                return _sockets[index].IsPair;
            default:
                return false;
        }
    }

    public void ComparePolls()
    {
        for (int i = 0; i < _sockets.Count; i++)
        {
            int kernel = _kernel.Poll(_sockets[i].Kernel, Asked);
            int ours = _ours.Poll(_sockets[i].Ours, Asked, 0);
            if (kernel != ours)
            {
                Assert.Fail(Story($"poll #{_sockets[i].Id}: kernel {(PollEvents)kernel}, loopback {(PollEvents)ours}"));
            }
        }
    }

    public void Dispose()
    {
        foreach (Pair pair in _sockets)
        {
            _kernel.Close(pair.Kernel);
            _ours.Close(pair.Ours);
        }

        _kernel.Dispose();
    }

    public string Story(string what) => what + "\n" + string.Join("\n", _story.TakeLast(80));

    private void Tell(string line) => _story.Add(line);

    private SocketAddress KernelName(int name) => Address(name, _kernelPorts[name]);

    private SocketAddress OursName(int name) => Address(name, _oursPorts[name]);

    private SocketAddress Address(int name, int port)
    {
        if (IsUnix)
        {
            byte[] bytes = name < 3 ? Encoding.ASCII.GetBytes("path" + name) : Encoding.ASCII.GetBytes("\0name" + name);
            SocketAddress unix = new(AddressFamily.Unix, 2 + bytes.Length);
            bytes.CopyTo(unix.Buffer, 2);
            return unix;
        }

        if (Family == AddressFamily.InterNetworkV6)
        {
            SocketAddress v6 = new(Family, SocketAddress.IPv6Size) { Port = port };
            v6[23] = (byte)(name == 1 ? 0 : 1);
            return v6;
        }

        SocketAddress v4 = new(Family, SocketAddress.IPv4Size) { Port = port };
        if (name != 1)
        {
            v4[4] = 127;
            v4[7] = (byte)(name == 2 ? 2 : 1);
        }

        return v4;
    }

    // A port that is free on the kernel, below those that it chooses from; and one that stands for it on the in-memory stack.
    private void Renew(int name)
    {
        if (IsUnix)
        {
            return;
        }

        int port;
        int result;
        do
        {
            port = FirstPort + (Interlocked.Increment(ref s_lastPort) % PortCount);
            int probe = _kernel.Open(Family, Type);
            result = _kernel.Bind(probe, Address(1, port));
            _kernel.Close(probe);
        }
        while (result < 0);

        _kernelPorts[name] = port;
        _oursPorts[name] = port;
        _namedPorts[port] = port;
    }

    private void Compare(string call, int kernel, int ours)
    {
        _story[^1] += $" = {Show(ours)}";
        if (kernel != ours && !Divergence.Allows(call, _kind, kernel, ours))
        {
            Assert.Fail(Story($"{call}: kernel {Show(kernel)}, loopback {Show(ours)}"));
        }
    }

    private static string Show(int answer) => answer < 0 ? "-" + (Errno)(-answer) : answer.ToString();

    private void CompareAddress(string call, SocketAddress kernel, SocketAddress ours)
    {
        bool isSame = kernel.Size == ours.Size && kernel.Family == ours.Family;
        bool isAutomatic = kernel.Family == AddressFamily.Unix && kernel.Size == 8 && kernel[2] == 0;
        if (isSame && kernel.IsIP && kernel.Port != 0 && ours.Port != 0)
        {
            isSame = IsSamePort(kernel.Port, ours.Port);
            kernel.Port = ours.Port;
        }

        if (!isSame || !(isAutomatic || kernel.Equals(ours)))
        {
            Assert.Fail(Story($"{call}: kernel {Show(kernel)}, loopback {Show(ours)}"));
        }
    }

    // The two choose ports of their own, but each stands for one of the other: that of the same name or socket.
    private bool IsSamePort(int kernel, int ours)
    {
        if (_namedPorts.TryGetValue(kernel, out int named))
        {
            return ours == named;
        }

        bool isKnown = false;
        SocketAddress address = new();
        foreach (Pair pair in _sockets)
        {
            _kernel.GetLocal(pair.Kernel, address);
            if (address.Port == kernel)
            {
                _ours.GetLocalAddress(pair.Ours, address);
                if (address.Port == ours || address.Port == 0)
                {
                    return true;
                }

                isKnown = true;
            }
        }

        return !isKnown && !_namedPorts.ContainsValue(ours);
    }

    private static string Show(SocketAddress address) => Convert.ToHexString(address.Buffer, 0, address.Size);

    private int GetInt(int handle, SocketOptionName name)
    {
        byte[] value = new byte[4];
        int result = _ours.GetOption(handle, SocketOptionLevel.Socket, name, value, 4);
        return result < 0 ? result : BitConverter.ToInt32(value);
    }

    private void SetInt(int handle, SocketOptionName name, int value) =>
        _ours.SetOption(handle, SocketOptionLevel.Socket, name, BitConverter.GetBytes(value), 4);

    private sealed record Pair(int Id, int Kernel, int Ours, int Name)
    {
        public bool IsPair { get; init; }

        public bool IsAccepted { get; init; }

        public bool HasConnected { get; init; }

        public bool HasChosenPort { get; init; }
    }
}
