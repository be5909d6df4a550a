namespace IoTNet.Emulator;

/// <summary>What a <see cref="HostGateway"/> lets through.</summary>
public sealed record GatewayOptions
{
    /// <summary>The name of its port on the switch. Default: gateway.</summary>
    public string Name { get; init; } = "gateway";

    /// <summary>Whether boards reach nothing outside: no host, no name server. TCP forwards to boards go on working; of UDP
    /// forwards only the way in does, as libslirp drops every datagram of a board. Default: false.</summary>
    public bool Restricted { get; init; }

    /// <summary>Whether 10.0.2.2 reaches what listens on the host's 127.0.0.1. It lets firmware on a board talk to every
    /// service of this machine that trusts its own loopback; take it away for firmware that you do not trust. Default:
    /// true.</summary>
    public bool AllowHostLoopback { get; init; } = true;

    /// <summary>Whether 10.0.2.3 passes name questions on to the first server of the host's /etc/resolv.conf. Default:
    /// true.</summary>
    public bool HasNameServer { get; init; } = true;

    /// <summary>Whether DHCP is answered; libslirp has 16 addresses to give, from 10.0.2.15 on. Default: true.</summary>
    public bool HasDhcp { get; init; } = true;

    /// <summary>Whether the network fec0::/64 is there as well, the host at fec0::2. Default: false.</summary>
    public bool HasIPv6 { get; init; }
}
