namespace IoTNet.Emulator;

/// <summary>The access points of a network, those that boards open included.</summary>
internal sealed class Airspace
{
    private readonly Lock _lock = new();
    private readonly List<AccessPoint> _points = [];
    private readonly Func<VirtualSwitch> _newSwitch;

    /// <param name="newSwitch">Makes a switch for an access point of its own network.</param>
    internal Airspace(Func<VirtualSwitch> newSwitch)
    {
        _newSwitch = newSwitch;
    }

    internal VirtualSwitch NewSwitch() => _newSwitch();

    internal void Add(AccessPoint point)
    {
        lock (_lock)
        {
            _points.Add(point);
        }
    }

    internal void Remove(AccessPoint point)
    {
        lock (_lock)
        {
            _ = _points.Remove(point);
        }

        point.TurnOff();
    }

    /// <summary>Finds an access point that is on and in range of a board; of several with one name the first.</summary>
    internal AccessPoint? Find(string ssid, EmulatedBoard board)
    {
        AccessPoint[] points;
        lock (_lock)
        {
            points = [.. _points];
        }

        return Array.Find(points, point => point.Ssid == ssid && point.Reaches(board));
    }
}
