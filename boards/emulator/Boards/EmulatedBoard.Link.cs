using IoTNet.Boards;

namespace IoTNet.Emulator;

// How the board is connected: its cable, and the network that its firmware brings up.
public sealed partial class EmulatedBoard
{
    private readonly Airspace _air;
    private EmulatedLink? _link;
    private BoardNetwork? _network;
    private NetworkCredentials? _stored;
    private bool _unplugged;

    /// <summary>The cable was pulled or plugged in.</summary>
    internal event Action? CableChanged;

    /// <summary>Whether the cable is in; a board with Wi-Fi has none to pull (<see cref="AccessPoint"/> does that).</summary>
    public bool IsCablePlugged => !Volatile.Read(ref _unplugged);

    /// <summary>The credentials in its flash, which outlast a power cut; null = none.</summary>
    public NetworkCredentials? StoredCredentials
    {
        get => Volatile.Read(ref _stored);
        set => Volatile.Write(ref _stored, value);
    }

    internal IFrameWire Cable => _cable;

    /// <summary>Makes the board's network, for firmware that brings it up (<see cref="BoardOptions.NetworkByFirmware"/>): Wi-Fi or
    /// cable, as its profile has it. What Esp32Board.CreateNetwork and Stm32Board.CreateNetwork are on a device.</summary>
    /// <param name="settings">How to come to the network.</param>
    /// <returns>The network, not started; one a power-on.</returns>
    /// <exception cref="ArgumentException">A setting cannot be; the text names it.</exception>
    /// <exception cref="InvalidOperationException">The board is off, comes up by itself, or has a network already.</exception>
    public BoardNetwork CreateNetwork(NetworkSettings settings)
    {
        lock (_power)
        {
            BoardLife life = TheLife();
            if (!Options.NetworkByFirmware)
            {
                throw new InvalidOperationException($"{Name} comes up by itself; its BoardOptions need NetworkByFirmware.");
            }

            if (_link != null)
            {
                throw new InvalidOperationException($"{Name} has a network already; the next one is made after a power cut.");
            }

            EmulatedLink link = Profile.IsWireless ? new EmulatedWifiLink(life, _air) : new EmulatedCableLink(life);
            BoardNetwork network = new(link, settings);
            _link = link;
            _network = network;
            return network;
        }
    }

    /// <summary>Pulls the cable: nothing goes or comes, and the board knows. Nothing happens when it is out.</summary>
    /// <exception cref="InvalidOperationException">The board has Wi-Fi.</exception>
    public void UnplugCable() => SetCable(false);

    /// <summary>Plugs the cable in. Nothing happens when it is in.</summary>
    /// <exception cref="InvalidOperationException">The board has Wi-Fi.</exception>
    public void PlugCable() => SetCable(true);

    private void SetCable(bool plugged)
    {
        if (Profile.IsWireless)
        {
            throw new InvalidOperationException($"{Name} has Wi-Fi and no cable: use its AccessPoint, or the conditions of its link.");
        }

        lock (_power)
        {
            if (IsCablePlugged == plugged)
            {
                return;
            }

            Volatile.Write(ref _unplugged, !plugged);
            if (!Options.NetworkByFirmware && _life is { } life)
            {
                life.Carrier.Current = plugged ? _cable : null;
                life.Network.SetLink(plugged);
            }
        }

        CableChanged?.Invoke();
    }

    private void EndLink()
    {
        // Without power no thread of it goes on; it tells nothing, as on a device.
        _ = _network?.Stop(0);
        _link?.End();
        _network = null;
        _link = null;
    }
}
