namespace IoTNet.Emulator;

/// <summary>
/// A whole network in this process: a switch, boards on it, and the cables between them. The one place that gives out
/// addresses, and that ends everything (Dispose).
/// </summary>
/// <remarks>Addresses are those that libslirp's gateway expects and its DHCP server would give: 10.0.2.0/24, boards from
/// 10.0.2.15 on in the order in which they come, the router at 10.0.2.2. Members can be called from any thread.</remarks>
public partial class EmulatedNetwork : IDisposable
{
    /// <summary>The last byte of the first board's address.</summary>
    private const int FirstHost = 15, LastHost = 254;

    private readonly Lock _lock = new();
    private readonly List<EmulatedBoard> _boards = [];
    private readonly Dictionary<EmulatedBoard, SwitchPort> _ports = [];
    private readonly List<DhcpServer> _servers = [];
    private readonly Airspace _air;
    private int _nextHost = FirstHost;
    private HostGateway? _gateway;
    private bool _disposed;

    /// <summary>Makes a network without boards.</summary>
    /// <param name="seed">What every random choice comes from; a run with the same seed makes the same choices.</param>
    /// <param name="clock">The time of the cables; null = the machine's. lwIP's own time is always the machine's.</param>
    public EmulatedNetwork(int seed, TimeProvider? clock = null)
    {
        Switch = new VirtualSwitch(seed, clock);
        _air = new Airspace(() =>
        {
            VirtualSwitch own = new(seed, clock);
            OnSwitchMade(own);
            return own;
        });
    }

    /// <summary>What every random choice comes from.</summary>
    public int Seed => Switch.Seed;

    /// <summary>The switch: connect other devices, attach captures.</summary>
    public VirtualSwitch Switch { get; }

    /// <summary>The network's router, to the host and the world, when a gateway is there.</summary>
    public static IPAddress Router { get; } = IPAddress.Parse("10.0.2.2");

    /// <summary>The gateway's name server, which asks the host's.</summary>
    public static IPAddress NameServer { get; } = IPAddress.Parse("10.0.2.3");

    /// <summary>The gateway to the host; null without one.</summary>
    public HostGateway? Gateway => Volatile.Read(ref _gateway);

    /// <summary>The boards, in the order in which they came.</summary>
    public IReadOnlyList<EmulatedBoard> Boards
    {
        get
        {
            lock (_lock)
            {
                return [.. _boards];
            }
        }
    }

    /// <summary>Adds a board with the next free address, and switches it on.</summary>
    /// <param name="name">Its name, which no other board of the network has.</param>
    /// <param name="profile">Its kind; null = ESP32.</param>
    /// <param name="link">What its cable does from the first frame on, in both directions; null = nothing wrong.</param>
    /// <param name="useDhcp">Whether it asks the gateway for that address, and has none until it gets it
    /// (<see cref="EmulatedBoard.WaitForAddress"/>). libslirp gives the first 16 addresses only.</param>
    /// <returns>The board; the network disposes it.</returns>
    /// <exception cref="InvalidOperationException">All 240 addresses are given out.</exception>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no lwIP here.</exception>
    public EmulatedBoard AddBoard(string name, BoardProfile? profile = null, LinkConditions? link = null, bool useDhcp = false)
    {
        BoardOptions options = new()
        {
            Name = name,
            Profile = profile ?? BoardProfile.Esp32,
            Address = NextAddress(),
            Gateway = Router,
            NameServers = [NameServer],
            UseDhcp = useDhcp,
        };
        return AddBoard(options, link);
    }

    /// <summary>Adds a board as described, and switches it on.</summary>
    /// <param name="options">What it is, its addresses included.</param>
    /// <param name="link">What its cable does from the first frame on, in both directions; null = nothing wrong.</param>
    /// <returns>The board; the network disposes it.</returns>
    /// <exception cref="ArgumentException">The name or the address is taken.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no lwIP here.</exception>
    public EmulatedBoard AddBoard(BoardOptions options, LinkConditions? link = null)
    {
        CheckAddress(options);
        SwitchPort port = Switch.Connect(options.Name);
        EmulatedBoard board = new(options, port, _air);
        try
        {
            port.SetConditions(link ?? LinkConditions.Perfect);
            board.PowerOn();
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _boards.Add(board);
                _ports.Add(board, port);
            }

            return board;
        }
        catch
        {
            board.Dispose();
            throw;
        }
    }

    /// <summary>Adds the gateway to the host, at 10.0.2.2.</summary>
    /// <param name="options">What it lets through; null = the defaults.</param>
    /// <returns>The gateway; the network disposes it.</returns>
    /// <exception cref="InvalidOperationException">The network has one already.</exception>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no libslirp here.</exception>
    public HostGateway AddGateway(GatewayOptions? options = null)
    {
        options ??= new GatewayOptions();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_gateway != null)
            {
                throw new InvalidOperationException("The network has a gateway already, and 10.0.2.2 is its address.");
            }

            SwitchPort port = Switch.Connect(options.Name);
            try
            {
                _gateway = new HostGateway(options, port);
            }
            catch
            {
                port.Dispose();
                throw;
            }

            return _gateway;
        }
    }

    /// <summary>Opens a forward from the host to the board that it names, or to the first one.</summary>
    /// <param name="forward">The forward.</param>
    /// <returns>The forward, with the board, its address and the host port that was taken.</returns>
    /// <exception cref="InvalidOperationException">There is no gateway, or no board.</exception>
    /// <exception cref="ArgumentException">There is no such board, or it has no address of the family.</exception>
    /// <exception cref="SocketException">As <see cref="HostGateway.AddForward(Forward)"/>.</exception>
    public Forward AddForward(Forward forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        HostGateway gateway = Gateway ?? throw new InvalidOperationException("A forward needs a gateway: call AddGateway first.");
        if (forward.BoardAddress != null)
        {
            return gateway.AddForward(forward);
        }

        EmulatedBoard[] boards = [.. Boards];
        if (boards.Length == 0)
        {
            throw new InvalidOperationException($"Forward {forward} has no board to lead to: add boards first.");
        }

        EmulatedBoard board = forward.Board == null ? boards[0] : FindBoard(forward.Board)
            ?? throw new ArgumentException(
                $"Forward {forward} names board \"{forward.Board}\"; there are {string.Join(", ", boards.Select(b => b.Name))}.",
                nameof(forward));
        IPAddress? address = forward.Host.AddressFamily == AddressFamily.InterNetworkV6
            ? board.Options.Addresses6.FirstOrDefault() : board.Address;
        if (address == null || address.Equals(IPAddress.Any))
        {
            throw new ArgumentException(
                $"Forward {forward}: board {board.Name} has no address of the host address's family" +
                (board.Options.UseDhcp ? " yet; wait for it first." : "."), nameof(forward));
        }

        return gateway.AddForward(forward with { Board = board.Name, BoardAddress = address });
    }

    /// <summary>Finds a board by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The board, or null.</returns>
    public EmulatedBoard? FindBoard(string name)
    {
        return Boards.FirstOrDefault(board => board.Name == name);
    }

    /// <summary>The switch's port that a board is plugged into: its conditions and counters.</summary>
    /// <param name="board">A board of this network.</param>
    /// <returns>The port.</returns>
    /// <exception cref="ArgumentException">The board is not of this network.</exception>
    public SwitchPort PortOf(EmulatedBoard board)
    {
        lock (_lock)
        {
            return _ports.TryGetValue(board, out SwitchPort? port) ? port
                : throw new ArgumentException($"Board {board.Name} is not of this network.", nameof(board));
        }
    }

    /// <summary>Gives a board's cable the same conditions in both directions.</summary>
    /// <param name="board">A board of this network.</param>
    /// <param name="conditions">The conditions.</param>
    /// <exception cref="ArgumentException">The board is not of this network.</exception>
    public void SetLink(EmulatedBoard board, LinkConditions conditions)
    {
        PortOf(board).SetConditions(conditions);
    }

    /// <summary>Cuts two boards off from each other; both still reach the others.</summary>
    /// <param name="a">A board of this network.</param>
    /// <param name="b">Another one.</param>
    /// <exception cref="ArgumentException">A board is not of this network.</exception>
    public void Partition(EmulatedBoard a, EmulatedBoard b)
    {
        Switch.Partition(PortOf(a), PortOf(b));
    }

    /// <summary>Lets two boards reach each other again.</summary>
    /// <param name="a">A board of this network.</param>
    /// <param name="b">Another one.</param>
    /// <exception cref="ArgumentException">A board is not of this network.</exception>
    public void Heal(EmulatedBoard a, EmulatedBoard b)
    {
        Switch.Heal(PortOf(a), PortOf(b));
    }

    /// <summary>Cuts the power of all boards, and unplugs everything.</summary>
    public void Dispose()
    {
        EmulatedBoard[] boards;
        List<DhcpServer> servers;
        lock (_lock)
        {
            servers = [.. _servers];
            _disposed = true;
            boards = [.. _boards];
            _boards.Clear();
            _ports.Clear();
        }

        _gateway?.Dispose();
        servers.ForEach(server => server.Dispose());
        Array.ForEach(boards, board => board.Dispose());
        Switch.Dispose();
    }

    // Two hosts with one address take each other's frames, and nothing says so.
    private void CheckAddress(BoardOptions options)
    {
        if (!options.Address.Equals(IPAddress.Any) &&
            Boards.FirstOrDefault(board => board.Options.Address.Equals(options.Address)) is { } owner)
        {
            throw new ArgumentException(
                $"Board {options.Name} cannot have the address {options.Address}: board {owner.Name} has it.", nameof(options));
        }
    }

    // Passes over the addresses that boards brought with them or got by DHCP.
    private IPAddress NextAddress()
    {
        lock (_lock)
        {
            while (_nextHost <= LastHost)
            {
                IPAddress address = IPAddress.Parse("10.0.2." + _nextHost++);
                if (!_boards.Exists(board => board.Options.Address.Equals(address)) && !_servers.Exists(server => server.HasGiven(address)))
                {
                    return address;
                }
            }
        }

        throw new InvalidOperationException(
            $"The network 10.0.2.0/24 has {LastHost - FirstHost + 1} addresses for boards, and all are given out; give more boards addresses of your own.");
    }
}
