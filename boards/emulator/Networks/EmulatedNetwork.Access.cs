using IoTNet.Boards;

namespace IoTNet.Emulator;

// How boards whose firmware brings the network up come to it.
public partial class EmulatedNetwork
{
    /// <summary>Adds an access point.</summary>
    /// <param name="options">What it is.</param>
    /// <returns>The access point, switched on.</returns>
    /// <exception cref="ArgumentException">Name or password are too short or too long, or the DHCP server's options cannot be; the text
    /// says which. Or the switch has a port of the server's name.</exception>
    public AccessPoint AddAccessPoint(AccessPointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        // Checks both as a board would.
        NetworkCredentials credentials = new(options.Ssid, options.Password);
        AccessPoint point = new(credentials.Ssid, credentials.Password, Switch, isBridged: true)
        {
            Dhcp = options.Dhcp == null ? null : AddDhcpServer(options.Dhcp),
        };
        _air.Add(point);
        return point;
    }

    /// <summary>Adds an access point with a DHCP server.</summary>
    /// <param name="ssid">Its name.</param>
    /// <param name="password">Its password; empty = open.</param>
    /// <returns>The access point, switched on.</returns>
    /// <exception cref="ArgumentException">As above.</exception>
    public AccessPoint AddAccessPoint(string ssid, string password) => AddAccessPoint(new AccessPointOptions { Ssid = ssid, Password = password });

    /// <summary>Adds a DHCP server, for boards on cables.</summary>
    /// <param name="options">What it gives away; null = the network's addresses.</param>
    /// <returns>The server; the network disposes it.</returns>
    /// <exception cref="ArgumentException">The options cannot be, or the switch has a port of that name.</exception>
    public DhcpServer AddDhcpServer(DhcpServerOptions? options = null)
    {
        options ??= new DhcpServerOptions();
        SwitchPort port = Switch.Connect(options.Name);
        try
        {
            DhcpServer server = new(options, port, null, HasBoardAt);
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _servers.Add(server);
            }

            return server;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    private bool HasBoardAt(IPAddress address) => Boards.Any(board => !board.Options.GetsAddress && board.Options.Address.Equals(address));

    /// <summary>A board has opened an access point of its own, with a network of its own.</summary>
    /// <param name="network">Its switch.</param>
    private protected virtual void OnSwitchMade(VirtualSwitch network)
    {
    }
}
