namespace IoTNet.Emulator;

/// <summary>
/// A board: power, a network cable, and programs that run on it. Each power-on starts a fresh lwIP; code that
/// <see cref="Run"/> starts, on whatever threads, opens its sockets there, so one process holds many boards.
/// </summary>
/// <remarks>All members can be called from any thread at any moment. A program cannot be stopped from outside: after
/// power-off its sockets end with EINTR or EBADF and new ones fail with ENETDOWN, also after the next power-on, which is
/// another life of the board.</remarks>
public sealed partial class EmulatedBoard : IFrameSink, IDisposable
{
    private static readonly AsyncLocal<BoardLife?> s_current = new();

    private readonly object _power = new();
    private readonly IFrameWire _cable;
    private readonly LwipConfiguration _configuration;
    private readonly List<BoardProgram> _programs = [];
    private BoardLife? _life;
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
        : this(options, cable, null)
    {
    }

    internal EmulatedBoard(BoardOptions options, IFrameWire cable, Airspace? air)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(cable);
        Options = options;
        _cable = cable;
        _air = air ?? new Airspace(static () => new VirtualSwitch(0));
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
    internal UnixStack Memory => TheLife().Memory;

    /// <summary>Its IPv4 address as it was configured, or as DHCP or its firmware gave it; Any = none yet.</summary>
    public IPAddress Address => Options.UseDhcp ? Lease?.Address ?? IPAddress.Any
        : Options.NetworkByFirmware ? Volatile.Read(ref _life)?.Address ?? IPAddress.Any : Options.Address;

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

            // A board that comes up by itself has its link from the first moment on, if there is a cable.
            BoardLife life = new(this, _configuration, Options.NetworkByFirmware || !IsCablePlugged ? null : _cable);
            Volatile.Write(ref _life, life);
            _powerCycles++;
            if (!_plugged)
            {
                _plugged = true;
                _cable.Open(this);
            }

            if (Options.UseDhcp)
            {
                life.StartDhcp(Options.Address.Equals(IPAddress.Any) ? null : Options.Address, Name, null, static () => { });
            }
        }
    }

    /// <summary>Cuts the power: nothing more is sent, no end of a connection either. Nothing happens when it is off.</summary>
    public void PowerOff()
    {
        lock (_power)
        {
            BoardLife? life = _life;
            Volatile.Write(ref _life, null);
            EndLink();
            life?.End();
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
        BoardLife life = TheLife();
        BoardProgram program = new(this, life.Network, entryPoint, name);
        lock (_programs)
        {
            _programs.Add(program);
        }

        // A thread takes over the context of the one that starts it, and hands it on to those that it starts itself.
        BoardLife? before = s_current.Value;
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
    /// <exception cref="InvalidOperationException">The board is off, or its firmware brings the network up.</exception>
    public IPAddress WaitForAddress(int timeoutMs)
    {
        DhcpClient? client = TheLife().Dhcp;
        if (Options.NetworkByFirmware)
        {
            throw new InvalidOperationException(Name + "'s firmware brings its network up: wait for its BoardNetwork.");
        }

        return client == null ? Options.Address : client.Wait(timeoutMs).Address;
    }

    /// <inheritdoc/>
    public void Deliver(ReadOnlySpan<byte> frame)
    {
        Volatile.Read(ref _life)?.Deliver(frame, _cable);
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

    private BoardLife TheLife()
    {
        return Volatile.Read(ref _life) ?? throw new InvalidOperationException(Name + " is off: call PowerOn first.");
    }
}
