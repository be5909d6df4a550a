#if IOTNET_POSIX_NAMES
// The constants, with Linux's numbers (asm-generic).
namespace IoTNet
{
    public static partial class Posix
    {
        // Options of the socket layer; SocketOptionName tells what each does.
        /// <summary>The level of the socket itself.</summary>
        public const int SOL_SOCKET = 1;

        /// <summary>As IPPROTO_IP.</summary>
        public const int SOL_IP = 0;

        /// <summary>As IPPROTO_TCP.</summary>
        public const int SOL_TCP = 6;

        /// <summary>As IPPROTO_UDP.</summary>
        public const int SOL_UDP = 17;

        /// <summary>As IPPROTO_IPV6.</summary>
        public const int SOL_IPV6 = 41;

        /// <summary>int: see <see cref="SocketOptionName.Debug"/>.</summary>
        public const int SO_DEBUG = 1;

        /// <summary>int: see <see cref="SocketOptionName.ReuseAddress"/>.</summary>
        public const int SO_REUSEADDR = 2;

        /// <summary>int: see <see cref="SocketOptionName.Type"/>.</summary>
        public const int SO_TYPE = 3;

        /// <summary>int: see <see cref="SocketOptionName.Error"/>.</summary>
        public const int SO_ERROR = 4;

        /// <summary>int: see <see cref="SocketOptionName.DontRoute"/>.</summary>
        public const int SO_DONTROUTE = 5;

        /// <summary>int: see <see cref="SocketOptionName.Broadcast"/>.</summary>
        public const int SO_BROADCAST = 6;

        /// <summary>int: see <see cref="SocketOptionName.SendBuffer"/>.</summary>
        public const int SO_SNDBUF = 7;

        /// <summary>int: see <see cref="SocketOptionName.ReceiveBuffer"/>.</summary>
        public const int SO_RCVBUF = 8;

        /// <summary>int: see <see cref="SocketOptionName.KeepAlive"/>.</summary>
        public const int SO_KEEPALIVE = 9;

        /// <summary>int: see <see cref="SocketOptionName.OutOfBandInline"/>.</summary>
        public const int SO_OOBINLINE = 10;

        /// <summary>int: see <see cref="SocketOptionName.NoCheck"/>.</summary>
        public const int SO_NO_CHECK = 11;

        /// <summary>int: see <see cref="SocketOptionName.Priority"/>.</summary>
        public const int SO_PRIORITY = 12;

        /// <summary>int: see <see cref="SocketOptionName.Linger"/>.</summary>
        public const int SO_LINGER = 13;

        /// <summary>int: see <see cref="SocketOptionName.ReusePort"/>.</summary>
        public const int SO_REUSEPORT = 15;

        /// <summary>int: see <see cref="SocketOptionName.ReceiveLowWater"/>.</summary>
        public const int SO_RCVLOWAT = 18;

        /// <summary>int: see <see cref="SocketOptionName.SendLowWater"/>.</summary>
        public const int SO_SNDLOWAT = 19;

        /// <summary>int: see <see cref="SocketOptionName.ReceiveTimeout"/>.</summary>
        public const int SO_RCVTIMEO = 20;

        /// <summary>int: see <see cref="SocketOptionName.SendTimeout"/>.</summary>
        public const int SO_SNDTIMEO = 21;

        /// <summary>int: see <see cref="SocketOptionName.BindToDevice"/>.</summary>
        public const int SO_BINDTODEVICE = 25;

        /// <summary>int: see <see cref="SocketOptionName.AcceptConnection"/>.</summary>
        public const int SO_ACCEPTCONN = 30;

        /// <summary>int: see <see cref="SocketOptionName.Timestamping"/>.</summary>
        public const int SO_TIMESTAMPING = 37;

        /// <summary>int: see <see cref="SocketOptionName.Protocol"/>.</summary>
        public const int SO_PROTOCOL = 38;

        /// <summary>int: see <see cref="SocketOptionName.Domain"/>.</summary>
        public const int SO_DOMAIN = 39;

        /// <summary>int: see <see cref="SocketOptionName.TxTime"/>.</summary>
        public const int SO_TXTIME = 61;

        /// <summary>The largest backlog that listen() honours (Linux before 5.4, and Zephyr).</summary>
        public const int SOMAXCONN = 128;

        // Options of IPv4.
        /// <summary>See <see cref="SocketOptionName.TypeOfService"/>.</summary>
        public const int IP_TOS = 1;

        /// <summary>See <see cref="SocketOptionName.IpTimeToLive"/>.</summary>
        public const int IP_TTL = 2;

        /// <summary>See <see cref="SocketOptionName.HeaderIncluded"/>.</summary>
        public const int IP_HDRINCL = 3;

        /// <summary>See <see cref="SocketOptionName.IPOptions"/>.</summary>
        public const int IP_OPTIONS = 4;

        /// <summary>See <see cref="SocketOptionName.PacketInformation"/>.</summary>
        public const int IP_PKTINFO = 8;

        /// <summary>See <see cref="SocketOptionName.DontFragment"/>.</summary>
        public const int IP_MTU_DISCOVER = 10;

        /// <summary>See <see cref="SocketOptionName.ReceiveTimeToLive"/>.</summary>
        public const int IP_RECVTTL = 12;

        /// <summary>See <see cref="SocketOptionName.Mtu"/>.</summary>
        public const int IP_MTU = 14;

        /// <summary>See <see cref="SocketOptionName.MulticastInterface"/>.</summary>
        public const int IP_MULTICAST_IF = 32;

        /// <summary>See <see cref="SocketOptionName.MulticastTimeToLive"/>.</summary>
        public const int IP_MULTICAST_TTL = 33;

        /// <summary>See <see cref="SocketOptionName.MulticastLoopback"/>.</summary>
        public const int IP_MULTICAST_LOOP = 34;

        /// <summary>See <see cref="SocketOptionName.AddMembership"/>.</summary>
        public const int IP_ADD_MEMBERSHIP = 35;

        /// <summary>See <see cref="SocketOptionName.DropMembership"/>.</summary>
        public const int IP_DROP_MEMBERSHIP = 36;

        /// <summary>See <see cref="SocketOptionName.UnblockSource"/>.</summary>
        public const int IP_UNBLOCK_SOURCE = 37;

        /// <summary>See <see cref="SocketOptionName.BlockSource"/>.</summary>
        public const int IP_BLOCK_SOURCE = 38;

        /// <summary>See <see cref="SocketOptionName.AddSourceMembership"/>.</summary>
        public const int IP_ADD_SOURCE_MEMBERSHIP = 39;

        /// <summary>See <see cref="SocketOptionName.DropSourceMembership"/>.</summary>
        public const int IP_DROP_SOURCE_MEMBERSHIP = 40;

        /// <summary>See <see cref="SocketOptionName.LocalPortRange"/>.</summary>
        public const int IP_LOCAL_PORT_RANGE = 51;

        /// <summary>IP_MTU_DISCOVER: datagrams may be split.</summary>
        public const int IP_PMTUDISC_DONT = 0;

        /// <summary>IP_MTU_DISCOVER: as the route says; counts as IP_PMTUDISC_DONT.</summary>
        public const int IP_PMTUDISC_WANT = 1;

        /// <summary>IP_MTU_DISCOVER: datagrams are not split.</summary>
        public const int IP_PMTUDISC_DO = 2;

        // Options of IPv6.
        /// <summary>See <see cref="SocketOptionName.IpTimeToLive"/>.</summary>
        public const int IPV6_UNICAST_HOPS = 16;

        /// <summary>See <see cref="SocketOptionName.MulticastInterface"/>.</summary>
        public const int IPV6_MULTICAST_IF = 17;

        /// <summary>See <see cref="SocketOptionName.MulticastTimeToLive"/>.</summary>
        public const int IPV6_MULTICAST_HOPS = 18;

        /// <summary>See <see cref="SocketOptionName.MulticastLoopback"/>.</summary>
        public const int IPV6_MULTICAST_LOOP = 19;

        /// <summary>See <see cref="SocketOptionName.AddMembership"/>.</summary>
        public const int IPV6_JOIN_GROUP = 20;

        /// <summary>See <see cref="SocketOptionName.AddMembership"/>.</summary>
        public const int IPV6_ADD_MEMBERSHIP = 20;

        /// <summary>See <see cref="SocketOptionName.DropMembership"/>.</summary>
        public const int IPV6_LEAVE_GROUP = 21;

        /// <summary>See <see cref="SocketOptionName.DropMembership"/>.</summary>
        public const int IPV6_DROP_MEMBERSHIP = 21;

        /// <summary>See <see cref="SocketOptionName.Mtu"/>.</summary>
        public const int IPV6_MTU = 24;

        /// <summary>See <see cref="SocketOptionName.IPv6Only"/>.</summary>
        public const int IPV6_V6ONLY = 26;

        /// <summary>See <see cref="SocketOptionName.PacketInformation"/>.</summary>
        public const int IPV6_RECVPKTINFO = 49;

        /// <summary>See <see cref="SocketOptionName.HopLimit"/>.</summary>
        public const int IPV6_RECVHOPLIMIT = 51;

        /// <summary>See <see cref="SocketOptionName.TypeOfService"/>.</summary>
        public const int IPV6_TCLASS = 67;

        /// <summary>See <see cref="SocketOptionName.AddressPreferences"/>.</summary>
        public const int IPV6_ADDR_PREFERENCES = 72;

        /// <summary>Control data: destination (16 bytes), interface number (int).</summary>
        public const int IPV6_PKTINFO = 50;

        /// <summary>Control data: the hop limit (int).</summary>
        public const int IPV6_HOPLIMIT = 52;

        // Options of TCP.
        /// <summary>See <see cref="SocketOptionName.NoDelay"/>.</summary>
        public const int TCP_NODELAY = 1;

        /// <summary>See <see cref="SocketOptionName.TcpKeepAliveTime"/>.</summary>
        public const int TCP_KEEPIDLE = 4;

        /// <summary>See <see cref="SocketOptionName.TcpKeepAliveInterval"/>.</summary>
        public const int TCP_KEEPINTVL = 5;

        /// <summary>See <see cref="SocketOptionName.TcpKeepAliveRetryCount"/>.</summary>
        public const int TCP_KEEPCNT = 6;
    }
}
#endif
