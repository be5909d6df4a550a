namespace IoTNet
{
    /// <summary>The protocol under a socket (IANA's numbers, and Zephyr's for TLS).</summary>
    public enum ProtocolType
    {
        /// <summary>Not known.</summary>
        Unknown = -1,

        /// <summary>The default protocol of family and type.</summary>
        Unspecified = 0,

        /// <summary>Internet Protocol; as an argument the same as <see cref="Unspecified"/>.</summary>
        IP = 0,

        /// <summary>ICMP for IPv4 (RFC 792).</summary>
        Icmp = 1,

        /// <summary>IGMP (RFC 3376).</summary>
        Igmp = 2,

        /// <summary>TCP (RFC 9293).</summary>
        Tcp = 6,

        /// <summary>UDP (RFC 768).</summary>
        Udp = 17,

        /// <summary>IPv6 (RFC 8200).</summary>
        IPv6 = 41,

        /// <summary>ICMP for IPv6 (RFC 4443).</summary>
        IcmpV6 = 58,

        /// <summary>Raw IP packets.</summary>
        Raw = 255,

        /// <summary>TLS 1.2 or later over TCP, where the board's stack has it (<c>TlsStack</c>). Zephyr's number.</summary>
        Tls12 = 258,

        /// <summary>TLS 1.3 over TCP, where the board's stack has it. Zephyr's number.</summary>
        Tls13 = 259,
    }
}
