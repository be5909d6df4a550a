namespace IoTNet
{
    /// <summary>The socket options, named and numbered as in .NET and nanoFramework; those that they lack have numbers from
    /// 0x2001. Numbers are unique within a level only. Each line says: POSIX name, value and unit, default, meaning, and the
    /// stacks that have it; the others answer ENOPROTOOPT. A bool is an int, 0 or 1. "lwIP" means the emulated board; on a
    /// real board nanoFramework's own firmware decides, as the table in boards/common says.</summary>
    public enum SocketOptionName
    {
        // SOL_SOCKET
        /// <summary>SO_DEBUG, bool, default false. Accepted and ignored by every stack.</summary>
        Debug = 1,

        /// <summary>SO_ACCEPTCONN, bool, read only: the socket listens. Every stack (kept by the socket).</summary>
        AcceptConnection = 2,

        /// <summary>SO_REUSEADDR, bool, default false: an address in TIME_WAIT can be bound again; for datagrams,
        /// several sockets share it. Every stack.</summary>
        ReuseAddress = 4,

        /// <summary>SO_KEEPALIVE, bool, default false: probe an idle connection. Host and lwIP; loopback accepts
        /// and ignores it (its peer cannot vanish).</summary>
        KeepAlive = 8,

        /// <summary>SO_DONTROUTE, bool, default false. Host; accepted and ignored by loopback; lwIP does not have
        /// it.</summary>
        DontRoute = 16,

        /// <summary>SO_BROADCAST, bool, default false: without it a datagram to a broadcast address is refused with
        /// EACCES. Host, loopback; lwIP of boards as built.</summary>
        Broadcast = 32,

        /// <summary>SO_USELOOPBACK. No stack has it.</summary>
        UseLoopback = 64,

        /// <summary>SO_LINGER, 8 bytes (on, seconds), default off: what close does with unsent data; (1, 0) resets
        /// the connection. Every stack.</summary>
        Linger = 128,

        /// <summary>SO_OOBINLINE, bool, default false. Host; accepted and ignored by loopback.</summary>
        OutOfBandInline = 256,

        /// <summary>The opposite of Linger, bool, default true. Every stack (kept as Linger).</summary>
        DontLinger = -129,

        /// <summary>The opposite of ReuseAddress, bool, default true. Every stack (kept as ReuseAddress).</summary>
        ExclusiveAddressUse = -5,

        /// <summary>SO_SNDBUF, bytes. Host (Linux doubles it) and loopback; lwIP does not have it.</summary>
        SendBuffer = 4097,

        /// <summary>SO_RCVBUF, bytes. Host (Linux doubles it), loopback (equal), lwIP (equal).</summary>
        ReceiveBuffer = 4098,

        /// <summary>SO_SNDLOWAT, bytes, read only, 1. Host and loopback.</summary>
        SendLowWater = 4099,

        /// <summary>SO_RCVLOWAT, bytes, default 1. Host; loopback accepts 1 only.</summary>
        ReceiveLowWater = 4100,

        /// <summary>SO_SNDTIMEO, ms, default 0 = for ever: bounds a blocking send. Every stack (kept by the
        /// socket).</summary>
        SendTimeout = 4101,

        /// <summary>SO_RCVTIMEO, ms, default 0 = for ever: bounds a blocking receive or accept. Every stack (kept
        /// by the socket).</summary>
        ReceiveTimeout = 4102,

        /// <summary>SO_ERROR, an Errno, read only: the pending error, cleared by reading it. Every stack.</summary>
        Error = 4103,

        /// <summary>SO_TYPE, a SocketType, read only. Every stack (kept by the socket).</summary>
        Type = 4104,

        /// <summary>SOMAXCONN, read only: the largest backlog that Listen honours. Every stack (kept by the
        /// socket).</summary>
        MaxConnections = 2147483647,

        /// <summary>SO_PRIORITY, 0..6, default 0: priority of what is sent. Host; accepted and ignored by
        /// loopback.</summary>
        Priority = 0x2001,

        /// <summary>SO_REUSEPORT, bool, default false: several sockets share address and port. Host; loopback for
        /// datagrams; not lwIP.</summary>
        ReusePort = 0x2002,

        /// <summary>SO_BINDTODEVICE, interface name in bytes: use one interface only. lwIP, host with the right
        /// to.</summary>
        BindToDevice = 0x2003,

        /// <summary>SO_TIMESTAMPING, flags. Host on Linux.</summary>
        Timestamping = 0x2004,

        /// <summary>SO_PROTOCOL, a ProtocolType, read only. Every stack (kept by the socket).</summary>
        Protocol = 0x2005,

        /// <summary>SO_DOMAIN, an AddressFamily, read only. Every stack (kept by the socket).</summary>
        Domain = 0x2006,

        /// <summary>SO_SOCKS5, a proxy's address. No stack has it.</summary>
        Socks5 = 0x2007,

        /// <summary>SO_TXTIME, clock and flags. No stack has it.</summary>
        TxTime = 0x2008,

        /// <summary>SO_NO_CHECK, bool, default false: send UDP without checksum. Host on Linux, lwIP.</summary>
        NoCheck = 0x2009,

        /// <summary>SO_CONTIMEO, ms, default 0 = the stack's own: bounds a blocking connect. Every stack (kept by
        /// the socket).</summary>
        ConnectTimeout = 0x200A,

        /// <summary>FIONREAD, bytes, read only: what a receive can take now; for datagrams, the length of the next
        /// one. Every stack.</summary>
        Available = 0x200B,

        // IPPROTO_IP
        /// <summary>IP_OPTIONS, bytes. Host.</summary>
        IPOptions = 1,

        /// <summary>IP_HDRINCL, bool: raw packets come with their IP header. Host with the right to,
        /// lwIP.</summary>
        HeaderIncluded = 2,

        /// <summary>IP_TOS or, at level IPv6, IPV6_TCLASS, 0..255, default 0. Host, lwIP; loopback keeps
        /// it.</summary>
        TypeOfService = 3,

        /// <summary>IP_TTL or, at level IPv6, IPV6_UNICAST_HOPS, 1..255, default 64. Host, lwIP,
        /// loopback.</summary>
        IpTimeToLive = 4,

        /// <summary>IP_MULTICAST_IF (address in 4 bytes) or IPV6_MULTICAST_IF (interface number). Host,
        /// lwIP.</summary>
        MulticastInterface = 9,

        /// <summary>IP_MULTICAST_TTL or IPV6_MULTICAST_HOPS, 0..255, default 1. Host, lwIP, loopback keeps
        /// it.</summary>
        MulticastTimeToLive = 10,

        /// <summary>IP_MULTICAST_LOOP or IPV6_MULTICAST_LOOP, bool, default true (lwIP: false). Host, lwIP,
        /// loopback.</summary>
        MulticastLoopback = 11,

        /// <summary>IP_ADD_MEMBERSHIP (group 4 bytes, interface address 4 bytes) or IPV6_JOIN_GROUP (group 16
        /// bytes, interface number 4 bytes). Host, lwIP, loopback.</summary>
        AddMembership = 12,

        /// <summary>IP_DROP_MEMBERSHIP or IPV6_LEAVE_GROUP, as AddMembership. Host, lwIP, loopback.</summary>
        DropMembership = 13,

        /// <summary>IP_MTU_DISCOVER, bool, default false. Host.</summary>
        DontFragment = 14,

        /// <summary>IP_ADD_SOURCE_MEMBERSHIP (group, interface, source). Host.</summary>
        AddSourceMembership = 15,

        /// <summary>IP_DROP_SOURCE_MEMBERSHIP. Host.</summary>
        DropSourceMembership = 16,

        /// <summary>IP_BLOCK_SOURCE. Host.</summary>
        BlockSource = 17,

        /// <summary>IP_UNBLOCK_SOURCE. Host.</summary>
        UnblockSource = 18,

        /// <summary>IP_PKTINFO or IPV6_RECVPKTINFO, bool, default false: ReceiveMsg tells the destination address
        /// and interface as control data. Host, loopback, lwIP.</summary>
        PacketInformation = 19,

        /// <summary>IPV6_RECVHOPLIMIT, bool, default false: ReceiveMsg tells the hop limit as control data.
        /// Loopback.</summary>
        HopLimit = 21,

        /// <summary>IPV6_V6ONLY, bool, default true: an IPv6 socket does not see IPv4 (as ::ffff:a.b.c.d). Host,
        /// lwIP, loopback.</summary>
        IPv6Only = 27,

        /// <summary>IP_RECVTTL, bool, default false: ReceiveMsg tells the time to live as control data.
        /// Loopback.</summary>
        ReceiveTimeToLive = 0x2101,

        /// <summary>IP_MTU or IPV6_MTU, bytes, read only on a connected socket. Host, loopback.</summary>
        Mtu = 0x2102,

        /// <summary>IP_LOCAL_PORT_RANGE, lower + (upper &lt;&lt; 16), 0 = no limit: where port 0 is chosen from.
        /// Loopback; host on Linux 6.3.</summary>
        LocalPortRange = 0x2103,

        /// <summary>IPV6_ADDR_PREFERENCES, flags. Host on Linux.</summary>
        AddressPreferences = 0x2201,

        // IPPROTO_TCP and IPPROTO_UDP
        /// <summary>TCP_NODELAY, bool, default false: no waiting to fill segments. Host, lwIP; loopback never
        /// waits, and keeps it.</summary>
        NoDelay = 1,

        /// <summary>BSD's meaning of urgent data. No stack has it.</summary>
        BsdUrgent = 2,

        /// <summary>RFC 1222's meaning of urgent data. No stack has it.</summary>
        Expedited = 2,

        /// <summary>TCP_KEEPIDLE, seconds, default 7200: idle time before the first probe. Host, lwIP; loopback
        /// keeps it.</summary>
        TcpKeepAliveTime = 3,

        /// <summary>TCP_KEEPCNT, default 9: unanswered probes before the connection is dropped. Host, lwIP;
        /// loopback keeps it.</summary>
        TcpKeepAliveRetryCount = 16,

        /// <summary>TCP_KEEPINTVL, seconds, default 75: time between probes. Host, lwIP; loopback keeps
        /// it.</summary>
        TcpKeepAliveInterval = 17,

        /// <summary>UDP: send without checksum, bool. As NoCheck.</summary>
        NoChecksum = 1,

        /// <summary>UDP-Lite's checksum coverage. No stack has it.</summary>
        ChecksumCoverage = 20,
    }
}
