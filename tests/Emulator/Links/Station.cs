namespace IoTNet.Emulator.Tests;

/// <summary>A board whose firmware brings its network up, and notes what it is told.</summary>
internal sealed class Station
{
    private const int PatienceMs = 20_000;

    private readonly Lock _lock = new();
    private readonly List<string> _events = [];
    private int _seen;

    public Station(EmulatedNetwork network, string name, BoardProfile profile, NetworkSettings settings, string? wanted = null)
        : this(network.AddBoard(new BoardOptions
        {
            Name = name,
            Profile = profile,
            NetworkByFirmware = true,
            Address = wanted == null ? IPAddress.Any : IPAddress.Parse(wanted),
        }), settings)
    {
    }

    public Station(EmulatedBoard board, NetworkSettings settings)
    {
        Board = board;
        Network = board.CreateNetwork(settings);
        Network.StateChanged += (_, state, reason) =>
        {
            lock (_lock)
            {
                _events.Add(reason == NetworkReason.None ? $"{state}" : $"{state} {reason}");
            }
        };
    }

    public EmulatedBoard Board { get; }

    public BoardNetwork Network { get; }

    /// <summary>Short waits, so that tests do not take long.</summary>
    public static NetworkSettings Home(string password = "password") =>
        new() { Ssid = "home", Password = password, RetryInitialMs = 20, RetryMaximumMs = 100, AddressTimeoutMs = 15_000 };

    public Station Start()
    {
        _ = Board.Run(() => Network.TryStart(0), "network");
        return this;
    }

    public Station StartUp()
    {
        Start();
        return WaitUp();
    }

    /// <summary>Waits until it is up, and has said so: its handlers come after those who wait.</summary>
    public Station WaitUp() => WaitFor("Up");

    /// <summary>Waits for an event that comes after those that were waited for before.</summary>
    public Station WaitFor(string text)
    {
        Assert.IsTrue(
            SpinWait.SpinUntil(() => Find(text), PatienceMs), $"{Board.Name} does not tell \"{text}\": {Network}, after {this}");
        return this;
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join(", ", _events);
        }
    }

    private bool Find(string text)
    {
        lock (_lock)
        {
            int index = _events.IndexOf(text, _seen);
            _seen = index >= 0 ? index + 1 : _seen;
            return index >= 0;
        }
    }
}
