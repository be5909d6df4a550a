namespace IoTNet.Boards.Tests;

/// <summary>A link that does what the test says, and notes what it was asked for.</summary>
internal sealed class ScriptedLink : INetworkLink
{
    private readonly Queue<NetworkReason> _answers = new();
    private NetworkLinkChanged? _changed;

    public string Name => IsWireless ? "Wi-Fi" : "Ethernet";

    public bool IsWireless { get; init; } = true;

    public bool IsConnected { get; set; }

    public IPAddress Address { get; set; } = IPAddress.Any;

    public bool IsAccessPointOpen { get; set; }

    /// <summary>Whether the access point opens and closes with a restart alone, as on an ESP32.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>What is stored on the board.</summary>
    public NetworkCredentials? Stored { get; set; }

    /// <summary>What the next call of a member throws: open, close, connect, disconnect, load, store, access point (opening it).</summary>
    public Dictionary<string, Exception> Throws { get; } = [];

    /// <summary>Runs within Connect.</summary>
    public Action? WhileConnecting { get; set; }

    /// <summary>Runs as Disconnect begins.</summary>
    public Action? WhileDisconnecting { get; set; }

    /// <summary>The calls that change something, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Whether a call was made, for while another thread makes some.</summary>
    public bool Has(string call)
    {
        lock (Calls)
        {
            return Calls.Contains(call);
        }
    }

    /// <summary>What Connect answers next; after these it connects.</summary>
    public ScriptedLink Answers(params NetworkReason[] reasons)
    {
        foreach (NetworkReason reason in reasons)
        {
            _answers.Enqueue(reason);
        }

        return this;
    }

    /// <summary>Tells of a change.</summary>
    public void Tell() => _changed?.Invoke();

    public void Open(NetworkSettings settings, NetworkLinkChanged changed)
    {
        Called("open");
        _changed = changed;
    }

    public void Close()
    {
        Called("close");
        _changed = null;
    }

    public NetworkReason Connect(NetworkCredentials credentials, int timeoutMs)
    {
        Called(credentials == null ? "connect" : $"connect {credentials.Ssid}/{credentials.Password}");
        WhileConnecting?.Invoke();
        NetworkReason answer = _answers.Count > 0 ? _answers.Dequeue() : NetworkReason.None;
        IsConnected = answer == NetworkReason.None;
        return answer;
    }

    public void Disconnect()
    {
        WhileDisconnecting?.Invoke();
        Called("disconnect");
        IsConnected = IsConnected && !IsWireless;
    }

    public NetworkCredentials Load()
    {
        Fault("load");
        return Stored!;
    }

    public void Store(NetworkCredentials credentials)
    {
        Called("store");
        Stored = credentials;
    }

    public bool OpenAccessPoint(NetworkCredentials credentials)
    {
        Called($"open {credentials.Ssid}", "access point");
        if (!NeedsRestart)
        {
            IsAccessPointOpen = true;
        }

        return IsAccessPointOpen;
    }

    public bool CloseAccessPoint()
    {
        Called("close access point");
        if (!NeedsRestart)
        {
            IsAccessPointOpen = false;
        }

        return !IsAccessPointOpen;
    }

    public void Restart() => Called("restart");

    private void Called(string call, string? member = null)
    {
        lock (Calls)
        {
            Calls.Add(call);
        }

        Fault(member ?? call.Split(' ')[0]);
    }

    private void Fault(string member)
    {
        if (Throws.Remove(member, out Exception? e))
        {
            throw e;
        }
    }
}
