#if IOTNET_POSIX_NAMES
// The constants, with Linux's numbers (asm-generic).
namespace IoTNet
{
    public static partial class Posix
    {
        // Families.
        /// <summary>No family: in connect(), takes a datagram socket's peer away.</summary>
        public const int AF_UNSPEC = 0;

        /// <summary>Names within one host.</summary>
        public const int AF_UNIX = 1;

        /// <summary>POSIX.1g's name of AF_UNIX.</summary>
        public const int AF_LOCAL = 1;

        /// <summary>IPv4.</summary>
        public const int AF_INET = 2;

        /// <summary>IPv6.</summary>
        public const int AF_INET6 = 10;

        /// <summary>As AF_UNSPEC.</summary>
        public const int PF_UNSPEC = 0;

        /// <summary>As AF_UNIX.</summary>
        public const int PF_UNIX = 1;

        /// <summary>As AF_UNIX.</summary>
        public const int PF_LOCAL = 1;

        /// <summary>As AF_INET.</summary>
        public const int PF_INET = 2;

        /// <summary>As AF_INET6.</summary>
        public const int PF_INET6 = 10;

        // The last family that Linux has.
        internal const int AF_MAX = 45;

        // Types of sockets.
        /// <summary>A reliable, ordered stream of bytes.</summary>
        public const int SOCK_STREAM = 1;

        /// <summary>Single datagrams.</summary>
        public const int SOCK_DGRAM = 2;

        /// <summary>IP packets of one protocol.</summary>
        public const int SOCK_RAW = 3;

        /// <summary>Reliable datagrams; no stack has them.</summary>
        public const int SOCK_RDM = 4;

        /// <summary>A reliable, ordered sequence of records (AF_UNIX).</summary>
        public const int SOCK_SEQPACKET = 5;

        /// <summary>Added to a type: the calls on the socket do not wait.</summary>
        public const int SOCK_NONBLOCK = 0x800;

        /// <summary>Added to a type: sets FD_CLOEXEC, which has no bearing.</summary>
        public const int SOCK_CLOEXEC = 0x80000;

        // What of a type is the type; the largest one that Linux has.
        internal const int SOCK_TYPE_MASK = 0xF;
        internal const int SOCK_PACKET = 10;

        // Protocols (IANA's numbers).
        /// <summary>The usual protocol of a type; a level of options.</summary>
        public const int IPPROTO_IP = 0;

        /// <summary>ICMP for IPv4.</summary>
        public const int IPPROTO_ICMP = 1;

        /// <summary>IGMP.</summary>
        public const int IPPROTO_IGMP = 2;

        /// <summary>TCP; a level of options.</summary>
        public const int IPPROTO_TCP = 6;

        /// <summary>UDP.</summary>
        public const int IPPROTO_UDP = 17;

        /// <summary>IPv6; a level of options.</summary>
        public const int IPPROTO_IPV6 = 41;

        /// <summary>ICMP for IPv6.</summary>
        public const int IPPROTO_ICMPV6 = 58;

        /// <summary>Raw IP packets.</summary>
        public const int IPPROTO_RAW = 255;

        // The largest protocol that Linux has.
        internal const int IPPROTO_MAX = 262;

        // Flags of transfers.
        /// <summary>Urgent data.</summary>
        public const int MSG_OOB = 1;

        /// <summary>Leave what is received in the queue.</summary>
        public const int MSG_PEEK = 2;

        /// <summary>To a directly connected network only.</summary>
        public const int MSG_DONTROUTE = 4;

        /// <summary>Out: control data did not fit.</summary>
        public const int MSG_CTRUNC = 8;

        /// <summary>Out: the datagram was longer. In: return its real length.</summary>
        public const int MSG_TRUNC = 0x20;

        /// <summary>This call does not wait.</summary>
        public const int MSG_DONTWAIT = 0x40;

        /// <summary>Out: the end of a record.</summary>
        public const int MSG_EOR = 0x80;

        /// <summary>Wait until the buffer is full.</summary>
        public const int MSG_WAITALL = 0x100;

        /// <summary>No signal for EPIPE: there never is one.</summary>
        public const int MSG_NOSIGNAL = 0x4000;

        /// <summary>More follows (ignored: a hint).</summary>
        public const int MSG_MORE = 0x8000;

        /// <summary>Control data that passes descriptors; no stack sends it (EOPNOTSUPP).</summary>
        public const int SCM_RIGHTS = 1;

        /// <summary>Shut down the receiving half.</summary>
        public const int SHUT_RD = 0;

        /// <summary>Shut down the sending half.</summary>
        public const int SHUT_WR = 1;

        /// <summary>Shut down both halves.</summary>
        public const int SHUT_RDWR = 2;

        // poll() and select().
        /// <summary>Receive or accept will not wait.</summary>
        public const int POLLIN = 0x1;

        /// <summary>Urgent data (no stack has it: never reported).</summary>
        public const int POLLPRI = 0x2;

        /// <summary>Send will not wait, or a connect has ended.</summary>
        public const int POLLOUT = 0x4;

        /// <summary>Out: an error is pending; SO_ERROR tells it.</summary>
        public const int POLLERR = 0x8;

        /// <summary>Out: both halves of the connection are over.</summary>
        public const int POLLHUP = 0x10;

        /// <summary>Out: the descriptor is not open.</summary>
        public const int POLLNVAL = 0x20;

        /// <summary>As POLLIN.</summary>
        public const int POLLRDNORM = 0x40;

        /// <summary>Banded data (no stack has it: never reported).</summary>
        public const int POLLRDBAND = 0x80;

        /// <summary>As POLLOUT.</summary>
        public const int POLLWRNORM = 0x100;

        /// <summary>Banded data (no stack has it: never reported).</summary>
        public const int POLLWRBAND = 0x200;

        /// <summary>How many descriptors there can be, 0 to 2 included; beyond, EMFILE.</summary>
        public const int FD_SETSIZE = 1024;

        // fcntl() and ioctl().
        /// <summary>Read the descriptor's flags.</summary>
        public const int F_GETFD = 1;

        /// <summary>Set the descriptor's flags.</summary>
        public const int F_SETFD = 2;

        /// <summary>Read the socket's flags.</summary>
        public const int F_GETFL = 3;

        /// <summary>Set the socket's flags.</summary>
        public const int F_SETFL = 4;

        /// <summary>Close on exec; kept, without a bearing.</summary>
        public const int FD_CLOEXEC = 1;

        /// <summary>Open for both directions, as every socket.</summary>
        public const int O_RDWR = 2;

        /// <summary>Calls do not wait.</summary>
        public const int O_NONBLOCK = 0x800;

        /// <summary>How many bytes a receive can take now.</summary>
        public const int FIONREAD = 0x541B;

        /// <summary>Whether calls do not wait.</summary>
        public const int FIONBIO = 0x5421;

        // Addresses in host order, and sizes of texts.
        /// <summary>0.0.0.0.</summary>
        public const uint INADDR_ANY = 0;

        /// <summary>255.255.255.255.</summary>
        public const uint INADDR_BROADCAST = 0xFFFFFFFF;

        /// <summary>What inet_addr() gives for a text that is no address.</summary>
        public const uint INADDR_NONE = 0xFFFFFFFF;

        /// <summary>127.0.0.1.</summary>
        public const uint INADDR_LOOPBACK = 0x7F000001;

        /// <summary>224.0.0.0.</summary>
        public const uint INADDR_UNSPEC_GROUP = 0xE0000000;

        /// <summary>224.0.0.1.</summary>
        public const uint INADDR_ALLHOSTS_GROUP = 0xE0000001;

        /// <summary>224.0.0.2.</summary>
        public const uint INADDR_ALLRTRS_GROUP = 0xE0000002;

        /// <summary>224.0.0.255.</summary>
        public const uint INADDR_MAX_LOCAL_GROUP = 0xE00000FF;

        /// <summary>Room for the text of an IPv4 address and its NUL, in bytes.</summary>
        public const int INET_ADDRSTRLEN = 16;

        /// <summary>Room for the text of an IPv6 address and its NUL, in bytes.</summary>
        public const int INET6_ADDRSTRLEN = 46;

        /// <summary>Room for the name of an interface and its NUL, in bytes.</summary>
        public const int IF_NAMESIZE = 16;

        /// <summary>The longest name of a host, in bytes, without its NUL.</summary>
        public const int HOST_NAME_MAX = 64;
    }
}
#endif
