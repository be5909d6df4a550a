using IoTNet.Boards;

namespace IoTNet.Emulator;

/// <summary>An emulated board's Wi-Fi: a station of the access points that are in range, and one itself.</summary>
internal sealed class EmulatedWifiLink(BoardLife life, Airspace air) : EmulatedLink(life), IFrameSink
{
    private readonly Lock _lock = new();
    private AccessPoint? _station;
    private AccessPoint? _own;

    public override string Name => "Wi-Fi";

    public override bool IsWireless => true;

    public override bool IsAccessPointOpen => Volatile.Read(ref _own) != null;

    public override NetworkReason Connect(NetworkCredentials credentials, int timeoutMs)
    {
        Disconnect();
        AccessPoint? found = air.Find(credentials.Ssid, Life.Board);
        if (found == null)
        {
            return NetworkReason.NotFound;
        }

        if (found.Password != credentials.Password)
        {
            return NetworkReason.WrongPassword;
        }

        IFrameWire way = found.IsBridged ? Life.Board.Cable : Attach(found);
        lock (_lock)
        {
            _station = found;
        }

        Join(way);
        if (!found.Add(this, Life.Board))
        {
            // It went away meanwhile.
            Disconnect();
            return NetworkReason.NotFound;
        }

        return NetworkReason.None;
    }

    public override void Disconnect() => Leave();

    public override void Close()
    {
        base.Close();
        Leave();
        _ = CloseAccessPoint();
    }

    public override NetworkCredentials Load() => Life.Board.StoredCredentials!;

    public override void Store(NetworkCredentials credentials) => Life.Board.StoredCredentials = credentials;

    public override bool OpenAccessPoint(NetworkCredentials credentials)
    {
        Leave();
        if (_own == null)
        {
            AccessPoint own = new(credentials.Ssid, credentials.Password, air.NewSwitch(), isBridged: false);
            IFrameWire way = own.Switch.Connect(Life.Board.Name);
            way.Open(this);
            Life.Carrier.Current = way;
            Life.Network.SetLink(true);

            // ESP-IDF's own address for it; nanoFramework's firmware runs no DHCP server there.
            Life.SetAddress(IPAddress.Parse("192.168.4.1"), IPAddress.Parse("255.255.255.0"), IPAddress.Any, []);
            Volatile.Write(ref _own, own);
            air.Add(own);
        }

        return true;
    }

    public override bool CloseAccessPoint()
    {
        AccessPoint? own = Interlocked.Exchange(ref _own, null);
        if (own != null)
        {
            air.Remove(own);
            Life.Carrier.Current = null;
            Life.Network.SetLink(false);
            Life.SetAddress(IPAddress.Any, IPAddress.Any, IPAddress.Any, []);
            own.Switch.Dispose();
        }

        return true;
    }

    // A frame from a board's own access point; those of the network's come by the board's cable.
    public void Deliver(ReadOnlySpan<byte> frame)
    {
        if (Life.Carrier.Current is { } way)
        {
            Life.Deliver(frame, way);
        }
    }

    /// <summary>The access point is gone: off, out of range, or it has thrown the station out.</summary>
    internal void OnLost(AccessPoint from)
    {
        lock (_lock)
        {
            if (_station != from)
            {
                return;
            }
        }

        Leave();
        Tell();
    }

    private IFrameWire Attach(AccessPoint to)
    {
        IFrameWire way = to.Switch.Connect(Life.Board.Name);
        way.Open(this);
        return way;
    }

    private void Leave()
    {
        AccessPoint? station;
        lock (_lock)
        {
            station = _station;
            _station = null;
        }

        station?.Remove(this);
        IFrameWire? way = Part();
        if (way != null && !ReferenceEquals(way, Life.Board.Cable))
        {
            way.Dispose();
        }
    }
}
