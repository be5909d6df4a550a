using IoTNet.Boards;

namespace IoTNet.Emulator;

/// <summary>What Wi-Fi and cable of an emulated board have in common: with a link the board asks DHCP or takes its static address,
/// without one it has none.</summary>
internal abstract class EmulatedLink(BoardLife life) : INetworkLink
{
    private readonly Lock _lock = new();
    private NetworkSettings? _settings;
    private NetworkLinkChanged? _changed;
    private IFrameWire? _joined;

    public abstract string Name { get; }

    public abstract bool IsWireless { get; }

    public abstract bool IsAccessPointOpen { get; }

    public bool IsConnected
    {
        get
        {
            lock (_lock)
            {
                return _joined != null;
            }
        }
    }

    public IPAddress Address => life.Address;

    protected BoardLife Life => life;

    public virtual void Open(NetworkSettings settings, NetworkLinkChanged changed)
    {
        lock (_lock)
        {
            _settings = settings;
            _changed = changed;
        }
    }

    public virtual void Close()
    {
        lock (_lock)
        {
            _changed = null;
        }
    }

    public abstract NetworkReason Connect(NetworkCredentials credentials, int timeoutMs);

    public abstract void Disconnect();

    public abstract NetworkCredentials Load();

    public abstract void Store(NetworkCredentials credentials);

    public abstract bool OpenAccessPoint(NetworkCredentials credentials);

    public abstract bool CloseAccessPoint();

    // An access point opens and closes here without one, and there is nothing else to restart for.
    public void Restart() => throw new NotSupportedException("An emulated board is restarted by its test: EmulatedBoard.Reset.");

    /// <summary>The power went: whatever holds the link lets go of it.</summary>
    internal void End() => Close();

    /// <summary>Has a link: frames go and come by it, and the address is asked for.</summary>
    protected void Join(IFrameWire way)
    {
        NetworkSettings settings;
        lock (_lock)
        {
            settings = _settings ?? throw new InvalidOperationException("Join before Open.");
            _joined = way;
        }

        life.Carrier.Current = way;
        life.Network.SetLink(true);
        if (settings.IsDhcp)
        {
            IPAddress wanted = life.Board.Options.Address;
            life.StartDhcp(
                wanted.Equals(IPAddress.Any) ? null : wanted, settings.HostName ?? life.Board.Name, settings.NameServers, Tell);
        }
        else
        {
            life.SetAddress(settings.Address, settings.Netmask, settings.Gateway ?? IPAddress.Any, settings.NameServers ?? []);
        }
    }

    /// <summary>Has no link any more, and with it no address.</summary>
    /// <returns>What it had; null = none.</returns>
    protected IFrameWire? Part()
    {
        IFrameWire? joined;
        lock (_lock)
        {
            joined = _joined;
            _joined = null;
        }

        if (joined != null)
        {
            life.Carrier.Current = null;
            life.StopDhcp();
            life.Network.SetLink(false);
            life.SetAddress(IPAddress.Any, IPAddress.Any, IPAddress.Any, []);
        }

        return joined;
    }

    /// <summary>Tells whoever opened the link to look again.</summary>
    protected void Tell()
    {
        NetworkLinkChanged? changed;
        lock (_lock)
        {
            changed = _changed;
        }

        changed?.Invoke();
    }
}
