namespace IoTNet
{
    /// <summary>What a socket carries. Numbered as in nanoFramework.</summary>
    public enum SocketType
    {
        /// <summary>Not known.</summary>
        Unknown = -1,

        /// <summary>SOCK_STREAM: a reliable, ordered stream of bytes without boundaries.</summary>
        Stream = 1,

        /// <summary>SOCK_DGRAM: single datagrams.</summary>
        Dgram = 2,

        /// <summary>SOCK_RAW: IP packets of one protocol, such as ICMP.</summary>
        Raw = 3,

        /// <summary>Reliably delivered messages; no stack supports it.</summary>
        Rdm = 4,

        /// <summary>SOCK_SEQPACKET: a reliable, ordered sequence of records (AF_UNIX).</summary>
        Seqpacket = 5,
    }
}
