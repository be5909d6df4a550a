namespace IoTNet.Emulator;

/// <summary>One life of a board, from power-on to power-off: its stack, its address, and what carries its frames.</summary>
internal sealed class BoardLife
{
    private readonly Lock _lock = new();
    private DhcpClient? _dhcp;
    private IPAddress _address;
    private bool _ended;

    /// <param name="board">Whose.</param>
    /// <param name="configuration">What its stack begins with.</param>
    /// <param name="way">What carries its frames from the first on; null = it has no link yet.</param>
    internal BoardLife(EmulatedBoard board, LwipConfiguration configuration, IFrameWire? way)
    {
        Board = board;
        _address = configuration.Address;
        Carrier.Current = way;
        Network = new LwipStack(configuration, Carrier);
        if (way == null)
        {
            Network.SetLink(false);
        }

        Stacks = new NetworkStack(board.Options.Layer?.Invoke(Network) ?? Network, Memory);
    }

    internal EmulatedBoard Board { get; }

    internal BoardCarrier Carrier { get; } = new();

    internal LwipStack Network { get; }

    internal UnixStack Memory { get; } = new();

    internal NetworkStack Stacks { get; }

    /// <summary>The client that asks for the address; null = none does.</summary>
    internal DhcpClient? Dhcp => Volatile.Read(ref _dhcp);

    /// <summary>The IPv4 address at this moment; Any = none.</summary>
    internal IPAddress Address => Volatile.Read(ref _address);

    /// <summary>Takes a frame that came by one way.</summary>
    internal void Deliver(ReadOnlySpan<byte> frame, IFrameWire way)
    {
        if (ReferenceEquals(Carrier.Current, way) && Dhcp?.TryTake(frame) != true)
        {
            Network.Deliver(frame);
        }
    }

    /// <summary>Begins to ask for an address.</summary>
    /// <param name="wanted">The one to ask for; null = any.</param>
    /// <param name="name">The name to tell.</param>
    /// <param name="nameServers">The name servers instead of those that the server tells; null = the server's.</param>
    /// <param name="changed">Called when the address has changed, on a pool thread.</param>
    internal void StartDhcp(IPAddress? wanted, string name, IReadOnlyList<IPAddress>? nameServers, Action changed)
    {
        DhcpClient client = new(name, Board.HardwareAddress, wanted, Carrier, lease =>
        {
            SetAddress(
                lease?.Address ?? IPAddress.Any, lease?.Netmask ?? IPAddress.Any, lease?.Router ?? IPAddress.Any,
                nameServers ?? lease?.NameServers ?? []);
            changed();
        });
        lock (_lock)
        {
            if (_ended)
            {
                client.Dispose();
                return;
            }

            _dhcp?.Dispose();
            Volatile.Write(ref _dhcp, client);
        }

        client.Start();
    }

    /// <summary>Asks no more; the address stays.</summary>
    internal void StopDhcp()
    {
        DhcpClient? client;
        lock (_lock)
        {
            client = _dhcp;
            Volatile.Write(ref _dhcp, null);
        }

        client?.Dispose();
    }

    internal void SetAddress(IPAddress address, IPAddress netmask, IPAddress gateway, IReadOnlyList<IPAddress> nameServers)
    {
        Network.SetAddress(address, netmask, gateway);
        Network.SetNameServers(nameServers);
        Volatile.Write(ref _address, address);
    }

    internal void End()
    {
        lock (_lock)
        {
            _ended = true;
        }

        StopDhcp();
        Network.Dispose();
    }
}
