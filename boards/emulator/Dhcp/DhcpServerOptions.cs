namespace IoTNet.Emulator;

/// <summary>What a <see cref="DhcpServer"/> gives away. The defaults are those of <see cref="EmulatedNetwork"/>: 10.0.2.0/24,
/// with the gateway as router and name server.</summary>
public sealed record DhcpServerOptions
{
    /// <summary>The name of its port on the switch. Default: dhcp.</summary>
    public string Name { get; init; } = "dhcp";

    /// <summary>The server's own address. Default: 10.0.2.1.</summary>
    public IPAddress Address { get; init; } = IPAddress.Parse("10.0.2.1");

    /// <summary>The first address that it gives. Default: 10.0.2.100.</summary>
    public IPAddress First { get; init; } = IPAddress.Parse("10.0.2.100");

    /// <summary>The last one, of the same network. Default: 10.0.2.199.</summary>
    public IPAddress Last { get; init; } = IPAddress.Parse("10.0.2.199");

    /// <summary>The network mask. Default: 255.255.255.0.</summary>
    public IPAddress Netmask { get; init; } = IPAddress.Parse("255.255.255.0");

    /// <summary>The router; Any = none. Default: 10.0.2.2.</summary>
    public IPAddress Router { get; init; } = EmulatedNetwork.Router;

    /// <summary>The name servers, at most eight; empty = none. Default: 10.0.2.3.</summary>
    public IReadOnlyList<IPAddress> NameServers { get; init; } = [EmulatedNetwork.NameServer];

    /// <summary>How long a lease holds, in seconds; <see cref="uint.MaxValue"/> = for ever. Default: 86,400 (a day).</summary>
    public uint LeaseSeconds { get; init; } = 86_400;
}
