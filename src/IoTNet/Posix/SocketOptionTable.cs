#if IOTNET_POSIX_NAMES
namespace IoTNet
{
    /// <summary>What the value of an option is.</summary>
    internal enum OptionKind
    {
        /// <summary>Not an option.</summary>
        Unknown,

        /// <summary>An int.</summary>
        Number,

        /// <summary>An int, 0 or 1; every other number sets it.</summary>
        Switch,

        /// <summary>A timeval; below, milliseconds.</summary>
        Time,

        /// <summary>A struct linger.</summary>
        Linger,

        /// <summary>AF_*.</summary>
        Family,

        /// <summary>IP_PMTUDISC_*; below, whether datagrams may not be split.</summary>
        PathMtu,

        /// <summary>An address of an interface, or a struct ip_mreq that holds it.</summary>
        Interface,

        /// <summary>A struct ip_mreq.</summary>
        Group,

        /// <summary>A struct ipv6_mreq.</summary>
        Group6,

        /// <summary>A struct ip_mreq_source.</summary>
        SourceGroup,

        /// <summary>Bytes of any number.</summary>
        Bytes,
    }

    /// <summary>The one table of options: Linux's numbers, their canonical names, and what the values are.</summary>
    internal static class SocketOptionTable
    {
        /// <summary>Zephyr's SOL_TLS: its options are numbered as IoTNet's, and an assembly of its own names them.</summary>
        public const int TlsLevel = 282;

        /// <summary>Finds an option.</summary>
        public static OptionKind Find(int level, int number, out SocketOptionLevel coreLevel, out SocketOptionName name)
        {
            coreLevel = level == Posix.SOL_SOCKET ? SocketOptionLevel.Socket : (SocketOptionLevel)level;
            name = 0;
            switch (level)
            {
                case Posix.SOL_SOCKET: return FindSocket(number, out name);
                case Posix.IPPROTO_IP: return FindIP(number, out name);
                case Posix.IPPROTO_IPV6: return FindIPv6(number, out name);
                case Posix.IPPROTO_TCP: return FindTcp(number, out name);
                case TlsLevel: name = (SocketOptionName)number; return OptionKind.Bytes;
                default: return OptionKind.Unknown;
            }
        }

        private static OptionKind FindSocket(int number, out SocketOptionName name)
        {
            switch (number)
            {
                case Posix.SO_DEBUG: name = SocketOptionName.Debug; return OptionKind.Switch;
                case Posix.SO_REUSEADDR: name = SocketOptionName.ReuseAddress; return OptionKind.Switch;
                case Posix.SO_TYPE: name = SocketOptionName.Type; return OptionKind.Number;
                case Posix.SO_ERROR: name = SocketOptionName.Error; return OptionKind.Number;
                case Posix.SO_DONTROUTE: name = SocketOptionName.DontRoute; return OptionKind.Switch;
                case Posix.SO_BROADCAST: name = SocketOptionName.Broadcast; return OptionKind.Switch;
                case Posix.SO_SNDBUF: name = SocketOptionName.SendBuffer; return OptionKind.Number;
                case Posix.SO_RCVBUF: name = SocketOptionName.ReceiveBuffer; return OptionKind.Number;
                case Posix.SO_KEEPALIVE: name = SocketOptionName.KeepAlive; return OptionKind.Switch;
                case Posix.SO_OOBINLINE: name = SocketOptionName.OutOfBandInline; return OptionKind.Switch;
                case Posix.SO_NO_CHECK: name = SocketOptionName.NoCheck; return OptionKind.Switch;
                case Posix.SO_PRIORITY: name = SocketOptionName.Priority; return OptionKind.Number;
                case Posix.SO_LINGER: name = SocketOptionName.Linger; return OptionKind.Linger;
                case Posix.SO_REUSEPORT: name = SocketOptionName.ReusePort; return OptionKind.Switch;
                case Posix.SO_RCVLOWAT: name = SocketOptionName.ReceiveLowWater; return OptionKind.Number;
                case Posix.SO_SNDLOWAT: name = SocketOptionName.SendLowWater; return OptionKind.Number;
                case Posix.SO_RCVTIMEO: name = SocketOptionName.ReceiveTimeout; return OptionKind.Time;
                case Posix.SO_SNDTIMEO: name = SocketOptionName.SendTimeout; return OptionKind.Time;
                case Posix.SO_BINDTODEVICE: name = SocketOptionName.BindToDevice; return OptionKind.Bytes;
                case Posix.SO_ACCEPTCONN: name = SocketOptionName.AcceptConnection; return OptionKind.Switch;
                case Posix.SO_TIMESTAMPING: name = SocketOptionName.Timestamping; return OptionKind.Number;
                case Posix.SO_PROTOCOL: name = SocketOptionName.Protocol; return OptionKind.Number;
                case Posix.SO_DOMAIN: name = SocketOptionName.Domain; return OptionKind.Family;
                case Posix.SO_TXTIME: name = SocketOptionName.TxTime; return OptionKind.Bytes;
                default: name = 0; return OptionKind.Unknown;
            }
        }

        private static OptionKind FindIP(int number, out SocketOptionName name)
        {
            switch (number)
            {
                case Posix.IP_TOS: name = SocketOptionName.TypeOfService; return OptionKind.Number;
                case Posix.IP_TTL: name = SocketOptionName.IpTimeToLive; return OptionKind.Number;
                case Posix.IP_HDRINCL: name = SocketOptionName.HeaderIncluded; return OptionKind.Switch;
                case Posix.IP_OPTIONS: name = SocketOptionName.IPOptions; return OptionKind.Bytes;
                case Posix.IP_PKTINFO: name = SocketOptionName.PacketInformation; return OptionKind.Switch;
                case Posix.IP_MTU_DISCOVER: name = SocketOptionName.DontFragment; return OptionKind.PathMtu;
                case Posix.IP_RECVTTL: name = SocketOptionName.ReceiveTimeToLive; return OptionKind.Switch;
                case Posix.IP_MTU: name = SocketOptionName.Mtu; return OptionKind.Number;
                case Posix.IP_MULTICAST_IF: name = SocketOptionName.MulticastInterface; return OptionKind.Interface;
                case Posix.IP_MULTICAST_TTL: name = SocketOptionName.MulticastTimeToLive; return OptionKind.Number;
                case Posix.IP_MULTICAST_LOOP: name = SocketOptionName.MulticastLoopback; return OptionKind.Switch;
                case Posix.IP_ADD_MEMBERSHIP: name = SocketOptionName.AddMembership; return OptionKind.Group;
                case Posix.IP_DROP_MEMBERSHIP: name = SocketOptionName.DropMembership; return OptionKind.Group;
                case Posix.IP_UNBLOCK_SOURCE: name = SocketOptionName.UnblockSource; return OptionKind.SourceGroup;
                case Posix.IP_BLOCK_SOURCE: name = SocketOptionName.BlockSource; return OptionKind.SourceGroup;
                case Posix.IP_ADD_SOURCE_MEMBERSHIP: name = SocketOptionName.AddSourceMembership; return OptionKind.SourceGroup;
                case Posix.IP_DROP_SOURCE_MEMBERSHIP: name = SocketOptionName.DropSourceMembership; return OptionKind.SourceGroup;
                case Posix.IP_LOCAL_PORT_RANGE: name = SocketOptionName.LocalPortRange; return OptionKind.Number;
                default: name = 0; return OptionKind.Unknown;
            }
        }

        private static OptionKind FindIPv6(int number, out SocketOptionName name)
        {
            switch (number)
            {
                case Posix.IPV6_UNICAST_HOPS: name = SocketOptionName.IpTimeToLive; return OptionKind.Number;
                case Posix.IPV6_MULTICAST_IF: name = SocketOptionName.MulticastInterface; return OptionKind.Number;
                case Posix.IPV6_MULTICAST_HOPS: name = SocketOptionName.MulticastTimeToLive; return OptionKind.Number;
                case Posix.IPV6_MULTICAST_LOOP: name = SocketOptionName.MulticastLoopback; return OptionKind.Number;
                case Posix.IPV6_JOIN_GROUP: name = SocketOptionName.AddMembership; return OptionKind.Group6;
                case Posix.IPV6_LEAVE_GROUP: name = SocketOptionName.DropMembership; return OptionKind.Group6;
                case Posix.IPV6_MTU: name = SocketOptionName.Mtu; return OptionKind.Number;
                case Posix.IPV6_V6ONLY: name = SocketOptionName.IPv6Only; return OptionKind.Switch;
                case Posix.IPV6_RECVPKTINFO: name = SocketOptionName.PacketInformation; return OptionKind.Switch;
                case Posix.IPV6_RECVHOPLIMIT: name = SocketOptionName.HopLimit; return OptionKind.Switch;
                case Posix.IPV6_TCLASS: name = SocketOptionName.TypeOfService; return OptionKind.Number;
                case Posix.IPV6_ADDR_PREFERENCES: name = SocketOptionName.AddressPreferences; return OptionKind.Number;
                default: name = 0; return OptionKind.Unknown;
            }
        }

        private static OptionKind FindTcp(int number, out SocketOptionName name)
        {
            switch (number)
            {
                case Posix.TCP_NODELAY: name = SocketOptionName.NoDelay; return OptionKind.Switch;
                case Posix.TCP_KEEPIDLE: name = SocketOptionName.TcpKeepAliveTime; return OptionKind.Number;
                case Posix.TCP_KEEPINTVL: name = SocketOptionName.TcpKeepAliveInterval; return OptionKind.Number;
                case Posix.TCP_KEEPCNT: name = SocketOptionName.TcpKeepAliveRetryCount; return OptionKind.Number;
                default: name = 0; return OptionKind.Unknown;
            }
        }
    }
}
#endif
