namespace IoTNet.Emulator;

/// <summary>The innermost protocol of a frame that was understood.</summary>
public enum FrameProtocol
{
    /// <summary>Ethernet with something else inside; <see cref="DecodedFrame.EtherType"/> tells what.</summary>
    Ethernet,

    /// <summary>The Address Resolution Protocol (RFC 826).</summary>
    Arp,

    /// <summary>IPv4 with something else inside, or a later fragment; <see cref="DecodedFrame.IPProtocol"/> tells what.</summary>
    IPv4,

    /// <summary>IPv6 with something else inside, or a later fragment; <see cref="DecodedFrame.IPProtocol"/> tells what.</summary>
    IPv6,

    /// <summary>ICMP for IPv4 (RFC 792).</summary>
    Icmp,

    /// <summary>ICMP for IPv6 (RFC 4443), with neighbour discovery (RFC 4861) and MLD (RFC 2710, 3810).</summary>
    IcmpV6,

    /// <summary>IGMP (RFC 2236, 3376).</summary>
    Igmp,

    /// <summary>UDP (RFC 768).</summary>
    Udp,

    /// <summary>TCP (RFC 9293).</summary>
    Tcp,
}

/// <summary>The control bits of a TCP segment (RFC 9293 3.1).</summary>
[Flags]
public enum TcpFlags
{
    /// <summary>No bit.</summary>
    None = 0,

    /// <summary>The sender has no more data.</summary>
    Fin = 1,

    /// <summary>The first segment of a direction.</summary>
    Syn = 2,

    /// <summary>The connection is given up.</summary>
    Rst = 4,

    /// <summary>Hand it to the application at once.</summary>
    Psh = 8,

    /// <summary>The acknowledgment number counts.</summary>
    Ack = 16,

    /// <summary>The urgent pointer counts.</summary>
    Urg = 32,

    /// <summary>ECN echo (RFC 3168).</summary>
    Ece = 64,

    /// <summary>Congestion window reduced (RFC 3168).</summary>
    Cwr = 128,
}
