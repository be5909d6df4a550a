namespace IoTNet.Emulator;

/// <summary>
/// A Wi-Fi access point: boards join it by name and password, and are on the network's switch for as long as they are its
/// stations. It can be off, out of a board's range, throw boards out, and run a DHCP server that fails in all the usual ways.
/// </summary>
/// <remarks>What is emulated is joining and losing, not the radio: frames are Ethernet's, and the conditions of a board's cable
/// (<see cref="EmulatedNetwork.SetLink"/>) are those of its radio. All members can be called from any thread.</remarks>
public sealed class AccessPoint
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EmulatedWifiLink, EmulatedBoard> _stations = [];
    private readonly HashSet<EmulatedBoard> _outOfRange = [];
    private bool _isOn = true;
    private string _password;

    internal AccessPoint(string ssid, string password, VirtualSwitch network, bool isBridged)
    {
        Ssid = ssid;
        _password = password;
        Switch = network;
        IsBridged = isBridged;
    }

    /// <summary>Its name.</summary>
    public string Ssid { get; }

    /// <summary>Its password; empty = open. A new one holds for those who join after; the stations stay.</summary>
    public string Password
    {
        get => Volatile.Read(ref _password);
        set => Volatile.Write(ref _password, value ?? "");
    }

    /// <summary>Its DHCP server; null = it runs none.</summary>
    public DhcpServer? Dhcp { get; internal init; }

    /// <summary>Whether it is on.</summary>
    public bool IsOn
    {
        get
        {
            lock (_lock)
            {
                return _isOn;
            }
        }
    }

    /// <summary>The boards that have joined.</summary>
    public IReadOnlyList<EmulatedBoard> Stations
    {
        get
        {
            lock (_lock)
            {
                return [.. _stations.Values];
            }
        }
    }

    /// <summary>The network that it leads to.</summary>
    internal VirtualSwitch Switch { get; }

    /// <summary>Whether that is the network's own switch, where each board has its port.</summary>
    internal bool IsBridged { get; }

    /// <summary>Switches it off: its stations lose it.</summary>
    public void TurnOff()
    {
        lock (_lock)
        {
            _isOn = false;
        }

        Lose(_ => true);
    }

    /// <summary>Switches it on again; boards come back by themselves.</summary>
    public void TurnOn()
    {
        lock (_lock)
        {
            _isOn = true;
        }
    }

    /// <summary>Moves a board out of its range, or into it.</summary>
    /// <param name="board">The board.</param>
    /// <param name="inRange">Whether it reaches the board.</param>
    public void SetRange(EmulatedBoard board, bool inRange)
    {
        ArgumentNullException.ThrowIfNull(board);
        lock (_lock)
        {
            _ = inRange ? _outOfRange.Remove(board) : _outOfRange.Add(board);
        }

        if (!inRange)
        {
            Lose(station => station == board);
        }
    }

    /// <summary>Throws a board out (802.11's deauthentication); it may come back at once.</summary>
    /// <param name="board">The board.</param>
    public void ThrowOut(EmulatedBoard board)
    {
        ArgumentNullException.ThrowIfNull(board);
        Lose(station => station == board);
    }

    internal bool Reaches(EmulatedBoard board)
    {
        lock (_lock)
        {
            return _isOn && !_outOfRange.Contains(board);
        }
    }

    /// <returns>Whether it has taken the station; false = it is off or out of range.</returns>
    internal bool Add(EmulatedWifiLink station, EmulatedBoard board)
    {
        lock (_lock)
        {
            if (!_isOn || _outOfRange.Contains(board))
            {
                return false;
            }

            _stations[station] = board;
            return true;
        }
    }

    internal void Remove(EmulatedWifiLink station)
    {
        lock (_lock)
        {
            _ = _stations.Remove(station);
        }
    }

    private void Lose(Predicate<EmulatedBoard> which)
    {
        EmulatedWifiLink[] lost;
        lock (_lock)
        {
            lost = [.. _stations.Where(s => which(s.Value)).Select(s => s.Key)];
        }

        Array.ForEach(lost, station => station.OnLost(this));
    }
}
