namespace IoTNet.Emulator;

/// <summary>Which lane each address has: one for each name, in the order in which they appear; beyond the most, the last
/// lane stands for all others.</summary>
internal sealed class DiagramLanes
{
    private const int Most = 10;

    private readonly HostNames _names;
    private readonly List<string> _lanes = [];
    private readonly List<string> _addresses = [];

    public DiagramLanes(List<DiagramEvent> events, HostNames names)
    {
        _names = names;
        foreach (DiagramEvent e in events)
        {
            Add(e.From);
            if (!e.To.IsGroup)
            {
                Add(e.To);
            }
        }
    }

    public int Count => _lanes.Count;

    public string Name(int lane) => _lanes[lane];

    /// <summary>The address behind a name; empty where that is the name.</summary>
    public string Address(int lane) => _addresses[lane];

    /// <summary>The lane of a name; -1 when it has none.</summary>
    public int Named(string name) => _lanes.IndexOf(name);

    public int Of(FrameAddress address)
    {
        int lane = _lanes.IndexOf(_names.NameOf(address));
        return lane >= 0 ? lane : _lanes.Count - 1;
    }

    private void Add(FrameAddress address)
    {
        string name = _names.NameOf(address);
        int lane = _lanes.IndexOf(name);
        if (lane < 0)
        {
            if (_lanes.Count == Most)
            {
                return;
            }

            lane = _lanes.Count;
            bool others = lane == Most - 1;
            _lanes.Add(others ? "others" : name);
            _addresses.Add("");
        }

        if (_addresses[lane].Length == 0 && !address.IsEthernet && _lanes[lane] == name && address.ToString() != name)
        {
            _addresses[lane] = address.ToString();
        }
    }
}
