namespace IoTNet.Emulator;

/// <summary>What a DHCP server gave to a board.</summary>
public sealed record DhcpLease
{
    /// <summary>The board's address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The network mask.</summary>
    public required IPAddress Netmask { get; init; }

    /// <summary>The router; Any = none.</summary>
    public required IPAddress Router { get; init; }

    /// <summary>The name servers, in the server's order, at most eight; empty = none.</summary>
    public required IReadOnlyList<IPAddress> NameServers { get; init; }

    /// <summary>The server that gave it.</summary>
    public required IPAddress Server { get; init; }

    /// <summary>How long it holds, in seconds; <see cref="uint.MaxValue"/> = for ever.</summary>
    public required uint Seconds { get; init; }
}
