using System.Net.NetworkInformation;

namespace IoTNet.Emulator;

/// <summary>The addresses of an emulated board's interface.</summary>
public sealed record LwipConfiguration
{
    /// <summary>The Ethernet address.</summary>
    public required PhysicalAddress HardwareAddress { get; init; }

    /// <summary>The IPv4 address; Any = none yet (DHCP gives one later).</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary>The IPv4 network mask.</summary>
    public IPAddress Netmask { get; init; } = IPAddress.Parse("255.255.255.0");

    /// <summary>The IPv4 router; Any = none.</summary>
    public IPAddress Gateway { get; init; } = IPAddress.Any;

    /// <summary>The name servers, the preferred one first; empty = none.</summary>
    public IReadOnlyList<IPAddress> NameServers { get; init; } = [];

    /// <summary>Further IPv6 addresses, each in a /64 network of its own. The link-local one is always there when the profile has
    /// IPv6; at most five fit beside it.</summary>
    public IReadOnlyList<IPAddress> Addresses6 { get; init; } = [];

    /// <summary>What the stack has room for.</summary>
    public StackLimits Limits { get; init; } = BoardProfile.Unlimited.Limits;

    /// <summary>The board's name, for messages.</summary>
    public string Name { get; init; } = "board";
}
