namespace IoTNet.Emulator;

/// <summary>What an <see cref="AccessPoint"/> is.</summary>
public sealed record AccessPointOptions
{
    /// <summary>Its name, 1 to 31 bytes in UTF-8.</summary>
    public required string Ssid { get; init; }

    /// <summary>Its password, 8 to 63 characters; empty = open. Default: open.</summary>
    public string Password { get; init; } = "";

    /// <summary>Its DHCP server; null = it runs none, for example as a gateway does. Default: one with the network's
    /// addresses.</summary>
    public DhcpServerOptions? Dhcp { get; init; } = new();
}
