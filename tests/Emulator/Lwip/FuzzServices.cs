namespace IoTNet.Emulator.Tests;

/// <summary>What runs on board B while it is fuzzed: echo services that come and go, connections that are accepted, served,
/// half-closed, closed and reset, and connections that B asks for. No call waits.</summary>
internal sealed class FuzzServices(TwoBoards net, Random random) : IDisposable
{
    private const int MaximumConnections = 40, SlotCount = 6, DatagramsPerRound = 30;

    private readonly Socket?[] _services = new Socket?[SlotCount];
    private readonly List<Socket> _connections = [];
    private readonly byte[] _buffer = new byte[4000];
    private int _accepted;
    private long _bytes;
    private int _datagrams;

    /// <summary>Serves whoever asks, once.</summary>
    internal void Serve()
    {
        for (int slot = 0; slot < SlotCount; slot++)
        {
            _services[slot] ??= Open(slot);
            Serve(_services[slot]!, slot);
            if (random.Next(100) == 0)
            {
                _services[slot]!.Close();
                _services[slot] = null;
            }
        }

        for (int i = _connections.Count - 1; i >= 0; i--)
        {
            if (!Converse(_connections[i]))
            {
                _connections[i].Close();
                _connections.RemoveAt(i);
            }
        }

        if (random.Next(8) == 0 && _connections.Count < MaximumConnections)
        {
            Call();
        }
    }

    public void Dispose()
    {
        Array.ForEach(_services, service => service?.Close());
        _connections.ForEach(connection => connection.Close());
    }

    public override string ToString()
    {
        return $"{_accepted} connections accepted, {_bytes} bytes and {_datagrams} datagrams received";
    }

    private Socket Open(int slot)
    {
        bool v6 = slot % 2 == 1;
        AddressFamily family = v6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        IPAddress any = v6 ? IPAddress.IPv6Any : IPAddress.Any;
        Socket socket;
        switch (slot / 2)
        {
            case 0:
                socket = new Socket(net.OnB, family, SocketType.Stream, ProtocolType.Tcp);
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                socket.Bind(new IPEndPoint(any, 7));
                socket.Listen(200);
                return socket;
            case 1:
                socket = new Socket(net.OnB, family, SocketType.Dgram, ProtocolType.Udp);
                socket.Bind(new IPEndPoint(any, 9));
                byte[] group = IPAddress.Parse(v6 ? "ff02::4242" : "239.1.2.3").GetAddressBytes();
                socket.SetSocketOption(v6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP, SocketOptionName.AddMembership,
                    (byte[])[.. group, .. v6 ? [2, 0, 0, 0] : TwoBoards.At(2, 0).Address.GetAddressBytes()]);
                return socket;
            default:
                return new Socket(net.OnB, family, SocketType.Raw, v6 ? ProtocolType.IcmpV6 : ProtocolType.Icmp);
        }
    }

    private void Serve(Socket service, int slot)
    {
        if (slot < 2)
        {
            while (_connections.Count < MaximumConnections && service.TryAccept(0, out Socket connection) >= 0)
            {
                _connections.Add(connection);
                _accepted++;
            }

            return;
        }

        // A limit, as an answer may come back: frames may tell the board's own address as their source.
        SocketAddress from = new();
        for (int i = 0; i < DatagramsPerRound; i++)
        {
            SocketFlags flags = SocketFlags.DontWait;
            if (service.TryReceiveFrom(_buffer, 0, _buffer.Length, ref flags, from) < 0)
            {
                return;
            }

            _datagrams++;
            _ = service.TrySendTo(_buffer, 0, random.Next(_buffer.Length), SocketFlags.DontWait, from);
        }
    }

    private bool Converse(Socket connection)
    {
        int received = connection.TryReceive(_buffer, 0, random.Next(1, _buffer.Length), SocketFlags.DontWait);
        _bytes += Math.Max(0, received);
        _ = connection.TrySend(_buffer, 0, random.Next(_buffer.Length), SocketFlags.DontWait);
        switch (random.Next(40))
        {
            case 0:
                _ = connection.TryShutdown((SocketShutdown)random.Next(3));
                return true;
            case 1:
                _ = connection.TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, [1, 0, 0, 0, 0, 0, 0, 0], 8);
                return false;
            case 2:
                return false;
            default:
                return received is > 0 or -(int)Errno.EAGAIN;
        }
    }

    // B asks for a connection; the fuzzer may answer.
    private void Call()
    {
        bool v6 = random.Next(2) == 0;
        Socket socket = new(net.OnB, v6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _ = socket.TryConnect(v6 ? TwoBoards.At6(1, 7) : TwoBoards.At(1, 7), 0);
        _connections.Add(socket);
    }
}
