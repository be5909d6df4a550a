using IoTNet.Boards;

namespace IoTNet.Emulator;

/// <summary>An emulated board's Ethernet: as on an STM32, the firmware asks DHCP by itself whenever the cable is in.</summary>
internal sealed class EmulatedCableLink(BoardLife life) : EmulatedLink(life)
{
    private readonly Lock _moving = new();

    public override string Name => "Ethernet";

    public override bool IsWireless => false;

    public override bool IsAccessPointOpen => false;

    public override void Open(NetworkSettings settings, NetworkLinkChanged changed)
    {
        base.Open(settings, changed);
        Life.Board.CableChanged += OnCableChanged;
        OnCableChanged();
    }

    public override void Close()
    {
        Life.Board.CableChanged -= OnCableChanged;
        base.Close();
    }

    public override NetworkReason Connect(NetworkCredentials credentials, int timeoutMs) =>
        IsConnected ? NetworkReason.None : NetworkReason.CableOut;

    public override void Disconnect()
    {
        // The cable stays in.
    }

    public override NetworkCredentials Load() => null!;

    public override void Store(NetworkCredentials credentials) => throw NotWireless();

    public override bool OpenAccessPoint(NetworkCredentials credentials) => throw NotWireless();

    public override bool CloseAccessPoint() => throw NotWireless();

    private static NotSupportedException NotWireless() => new("Ethernet has no credentials and no access point.");

    private void OnCableChanged()
    {
        // Open and whoever moves the cable are different threads.
        lock (_moving)
        {
            bool plugged = Life.Board.IsCablePlugged;
            if (plugged && !IsConnected)
            {
                Join(Life.Board.Cable);
            }
            else if (!plugged)
            {
                _ = Part();
            }
        }

        Tell();
    }
}
