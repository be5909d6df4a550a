namespace IoTNet.Emulator;

/// <summary>
/// A board: power, a network cable, and programs that run on it. Each power-on starts a fresh lwIP; code that
/// <see cref="Run"/> starts, on whatever threads, opens its sockets there, so one process holds many boards.
/// </summary>
/// <remarks>All members can be called from any thread at any moment. A program cannot be stopped from outside: after
/// power-off its sockets end with EINTR or EBADF and new ones fail with ENETDOWN, also after the next power-on, which is
/// another life of the board.</remarks>
public sealed class EmulatedBoard : IFrameSink, IDisposable
{
    private static readonly AsyncLocal<Life?> s_current = new();

    private readonly object _power = new();
    private readonly IFrameWire _cable;
    private readonly LwipConfiguration _configuration;
    private readonly List<BoardProgram> _programs = [];
    private Life? _life;
    private bool _plugged;
    private bool _disposed;
    private int _powerCycles;

    static EmulatedBoard()
    {
        NetworkStack.UseSource(static () => s_current.Value?.Stacks);
    }

    /// <summary>Makes a board without power.</summary>
    /// <param name="options">What it is.</param>
    /// <param name="cable">Its end of the cable, which the board disposes.</param>
    public EmulatedBoard(BoardOptions options, IFrameWire cable)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(cable);
        Options = options;
        _cable = cable;
        _configuration = options.ToConfiguration();
    }

    /// <summary>The board that the calling code runs on; null for code of the host.</summary>
    public static EmulatedBoard? Current => s_current.Value?.Board;

    /// <summary>What it is.</summary>
    public BoardOptions Options { get; }

    /// <summary>Its name.</summary>
    public string Name => Options.Name;

    /// <summary>Its kind.</summary>
    public BoardProfile Profile => Options.Profile;

    /// <summary>Its Ethernet address.</summary>
    public System.Net.NetworkInformation.PhysicalAddress HardwareAddress => _configuration.HardwareAddress;

    /// <summary>Whether it has power.</summary>
    public bool IsOn => Volatile.Read(ref _life) != null;

    /// <summary>Its stacks: for host code that opens sockets on it.</summary>
    /// <exception cref="InvalidOperationException">The board is off.</exception>
    public NetworkStack Stacks => TheLife().Stacks;

    /// <summary>Its network stack.</summary>
    /// <exception cref="InvalidOperationException">The board is off.</exception>
    public LwipStack Stack => TheLife().Network;

    /// <summary>What carries AF_UNIX and pairs of sockets on it.</summary>
    internal LoopbackStack Memory => TheLife().Memory;

    /// <summary>Its IPv4 address as it was configured, or as DHCP gave it; Any = none yet.</summary>
    public IPAddress Address => Options.UseDhcp ? Lease?.Address ?? IPAddress.Any : Options.Address;

    /// <summary>What the DHCP server gave; null without DHCP, without power, or before the answer.</summary>
    public DhcpLease? Lease => Volatile.Read(ref _life)?.Dhcp?.Lease;

    /// <summary>The programs that were started on it, in their order; those that have ended, too.</summary>
    public IReadOnlyList<BoardProgram> Programs
    {
        get
        {
            lock (_programs)
            {
                return [.. _programs];
            }
        }
    }

    /// <summary>Reads its state.</summary>
    /// <returns>The state; counters are 0 when the board is off.</returns>
    public BoardState GetState()
    {
        LwipStack? stack = Volatile.Read(ref _life)?.Network;
        StackUsage usage = stack?.GetUsage() ?? default;
        return new BoardState
        {
            IsOn = stack != null,
            PowerCycles = Volatile.Read(ref _powerCycles),
            OpenSockets = stack?.OpenSockets ?? 0,
            TcpConnections = usage.TcpInUse,
            TcpTimeWaiting = usage.TcpTimeWaiting,
            FramesIn = stack?.FramesIn ?? 0,
            FramesOut = stack?.FramesOut ?? 0,
            FramesDropped = stack?.FramesDropped ?? 0,
        };
    }

    /// <summary>Switches it on; nothing happens when it is on.</summary>
    /// <exception cref="ObjectDisposedException">The board is gone.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no lwIP here.</exception>
    public void PowerOn()
    {
        lock (_power)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_life != null)
            {
                return;
            }

            PowerSwitch wire = new(_cable);
            Life life = new(this, new LwipStack(_configuration, wire), new LoopbackStack(), wire);
            Volatile.Write(ref _life, life);
            _powerCycles++;
            if (!_plugged)
            {
                _plugged = true;
                _cable.Open(this);
            }

            life.Dhcp?.Start();
        }
    }

    /// <summary>Cuts the power: nothing more is sent, no end of a connection either. Nothing happens when it is off.</summary>
    public void PowerOff()
    {
        lock (_power)
        {
            Life? life = _life;
            Volatile.Write(ref _life, null);
            life?.Dhcp?.Dispose();
            life?.Network.Dispose();
        }
    }

    /// <summary>Power off and on again.</summary>
    public void Reset()
    {
        lock (_power)
        {
            PowerOff();
            PowerOn();
        }
    }

    /// <summary>Starts a program on the board, as its firmware does: on its own thread.</summary>
    /// <param name="entryPoint">The program. Sockets that it opens, and those of threads, timers and tasks that it starts,
    /// are the board's.</param>
    /// <param name="name">The thread's name.</param>
    /// <returns>The running program.</returns>
    /// <exception cref="InvalidOperationException">The board is off.</exception>
    public BoardProgram Run(Action entryPoint, string name = "main")
    {
        ArgumentNullException.ThrowIfNull(entryPoint);
        Life life = TheLife();
        BoardProgram program = new(this, life.Network, entryPoint, name);
        lock (_programs)
        {
            _programs.Add(program);
        }

        // A thread takes over the context of the one that starts it, and hands it on to those that it starts itself.
        Life? before = s_current.Value;
        s_current.Value = life;
        try
        {
            program.Start();
        }
        finally
        {
            s_current.Value = before;
        }

        return program;
    }

    /// <summary>Waits until the board has its address by DHCP.</summary>
    /// <param name="timeoutMs">Milliseconds, -1 = for ever.</param>
    /// <returns>The address; without DHCP the configured one, at once.</returns>
    /// <exception cref="TimeoutException">No server gave one in time; the text says what came instead.</exception>
    /// <exception cref="InvalidOperationException">The board is off.</exception>
    public IPAddress WaitForAddress(int timeoutMs)
    {
        DhcpClient? client = TheLife().Dhcp;
        return client == null ? Options.Address : client.Wait(timeoutMs).Address;
    }

    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> frame)
    {
        Life? life = Volatile.Read(ref _life);
        if (life != null && life.Dhcp?.TryTake(frame) != true)
        {
            life.Network.Deliver(frame);
        }
    }

    /// <summary>Cuts the power and unplugs the cable.</summary>
    public void Dispose()
    {
        lock (_power)
        {
            _disposed = true;
            PowerOff();
        }

        _cable.Dispose();
    }

    /// <summary>The board in a word, for messages.</summary>
    /// <returns>Its name and kind.</returns>
    public override string ToString()
    {
        return Name + " (" + Profile.Name + ")";
    }

    private Life TheLife()
    {
        return Volatile.Read(ref _life) ?? throw new InvalidOperationException(Name + " is off: call PowerOn first.");
    }

    // One life of the board, from power-on to power-off.
    private sealed class Life(EmulatedBoard board, LwipStack network, LoopbackStack memory, IFrameWire wire)
    {
        internal EmulatedBoard Board { get; } = board;

        internal DhcpClient? Dhcp { get; } = !board.Options.UseDhcp ? null : new DhcpClient(
            board.Name, board.HardwareAddress, board.Options.Address.Equals(IPAddress.Any) ? null : board.Options.Address, wire,
            lease =>
            {
                network.SetAddress(lease?.Address ?? IPAddress.Any, lease?.Netmask ?? IPAddress.Any, lease?.Router ?? IPAddress.Any);
                network.SetNameServers(lease?.NameServers ?? []);
            });

        internal LwipStack Network { get; } = network;

        internal LoopbackStack Memory { get; } = memory;

        internal NetworkStack Stacks { get; } = new(network, memory);
    }

    // What a life sends goes out for as long as it has power; the cable stays plugged in.
    private sealed class PowerSwitch(IFrameWire cable) : IFrameWire
    {
        private bool _cut;

        public void Send(ReadOnlySpan<byte> frame)
        {
            if (!Volatile.Read(ref _cut))
            {
                cable.Send(frame);
            }
        }

        public void Open(IFrameSink device)
        {
            // The board itself is at the other end, and passes frames on.
        }

        public void Dispose()
        {
            Volatile.Write(ref _cut, true);
        }
    }
}
