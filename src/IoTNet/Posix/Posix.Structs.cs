#if IOTNET_POSIX_NAMES
// The other structs, laid out as on Linux LP64.
// POSIX names its structs in lower case; those names are the point of this class.
#pragma warning disable CS8981
using System;

namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>A stretch of time: 16 bytes.</summary>
        public sealed class timeval : OctetView
        {
            /// <summary>sizeof(struct timeval): 16 bytes.</summary>
            public const int SizeOf = 16;

            /// <summary>Makes 0 s.</summary>
            public timeval()
                : base(SizeOf)
            {
            }

            /// <summary>Seconds.</summary>
            public long tv_sec
            {
                get => GetLong(0);
                set => PutLong(0, value);
            }

            /// <summary>Microseconds, 0 to 999,999.</summary>
            public long tv_usec
            {
                get => GetLong(8);
                set => PutLong(8, value);
            }

            // Rounded up, so that a small wait never becomes none; what an int of ms cannot hold (24 days) is cut to it.
            internal int ToMilliseconds()
            {
                if (tv_sec >= int.MaxValue / 1000)
                {
                    return int.MaxValue;
                }

                long ms = (tv_sec * 1000) + ((tv_usec + 999) / 1000);
                return ms > int.MaxValue ? int.MaxValue : (int)ms;
            }

            internal void SetMilliseconds(int ms)
            {
                tv_sec = ms / 1000;
                tv_usec = ms % 1000 * 1000;
            }
        }

        /// <summary>What close does with unsent data (SO_LINGER): 8 bytes.</summary>
        public sealed class linger : OctetView
        {
            /// <summary>sizeof(struct linger): 8 bytes.</summary>
            public const int SizeOf = 8;

            /// <summary>Makes one that is off.</summary>
            public linger()
                : base(SizeOf)
            {
            }

            /// <summary>Whether it is on: 0 or another number.</summary>
            public int l_onoff
            {
                get => (int)(long)GetInt(0);
                set => PutInt(0, (uint)value);
            }

            /// <summary>How long, in seconds.</summary>
            public int l_linger
            {
                get => (int)(long)GetInt(4);
                set => PutInt(4, (uint)value);
            }
        }

        /// <summary>An IPv4 multicast membership (IP_ADD_MEMBERSHIP): 8 bytes.</summary>
        public sealed class ip_mreq : OctetView
        {
            /// <summary>sizeof(struct ip_mreq): 8 bytes.</summary>
            public const int SizeOf = 8;

            private readonly in_addr _group;
            private readonly in_addr _interface;

            /// <summary>Makes a zeroed one.</summary>
            public ip_mreq()
                : base(SizeOf)
            {
                _group = new in_addr(Bytes, 0);
                _interface = new in_addr(Bytes, 4);
            }

            /// <summary>The group.</summary>
            public in_addr imr_multiaddr
            {
                get => _group;
                set => _group.Assign(value);
            }

            /// <summary>The address of the interface; INADDR_ANY lets the stack choose.</summary>
            public in_addr imr_interface
            {
                get => _interface;
                set => _interface.Assign(value);
            }
        }

        /// <summary>An IPv6 multicast membership (IPV6_JOIN_GROUP): 20 bytes.</summary>
        public sealed class ipv6_mreq : OctetView
        {
            /// <summary>sizeof(struct ipv6_mreq): 20 bytes.</summary>
            public const int SizeOf = 20;

            private readonly in6_addr _group;

            /// <summary>Makes a zeroed one.</summary>
            public ipv6_mreq()
                : base(SizeOf)
            {
                _group = new in6_addr(Bytes, 0);
            }

            /// <summary>The group.</summary>
            public in6_addr ipv6mr_multiaddr
            {
                get => _group;
                set => _group.Assign(value);
            }

            /// <summary>The number of the interface; 0 lets the stack choose.</summary>
            public uint ipv6mr_interface
            {
                get => GetInt(16);
                set => PutInt(16, value);
            }
        }

        /// <summary>One descriptor to wait for with poll().</summary>
        public struct pollfd
        {
            /// <summary>The descriptor; below 0 it is passed over.</summary>
            public int fd;

            /// <summary>What to wait for: POLLIN, POLLOUT.</summary>
            public short events;

            /// <summary>What was seen; also POLLERR, POLLHUP, POLLNVAL.</summary>
            public short revents;
        }

        /// <summary>One buffer of a message.</summary>
        public struct iovec
        {
            /// <summary>The array that the buffer lies in.</summary>
            public byte[] iov_base;

            /// <summary>Where in it the buffer begins: what C does by arithmetic on iov_base.</summary>
            public int iov_offset;

            /// <summary>How many bytes it has.</summary>
            public int iov_len;
        }

        /// <summary>A message for sendmsg() and recvmsg().</summary>
        public sealed class msghdr
        {
            /// <summary>The other side's address, or null.</summary>
            public sockaddr msg_name;

            /// <summary>Its length in bytes. After recvmsg() the full length, even where the address was cut.</summary>
            public int msg_namelen;

            /// <summary>The buffers.</summary>
            public iovec[] msg_iov;

            /// <summary>How many of them count, at most 1,024.</summary>
            public int msg_iovlen;

            /// <summary>Room for control data, read and written with CMSG_FIRSTHDR() and its kin; or null.</summary>
            public byte[] msg_control;

            /// <summary>How many bytes of it count. After recvmsg() how many were written.</summary>
            public int msg_controllen;

            /// <summary>After recvmsg(): what was seen, such as MSG_TRUNC. Ignored by sendmsg().</summary>
            public int msg_flags;
        }

        /// <summary>The head of one piece of control data: 16 bytes, then the data.</summary>
        public sealed class cmsghdr : OctetView
        {
            /// <summary>sizeof(struct cmsghdr): 16 bytes.</summary>
            public const int SizeOf = 16;

            internal cmsghdr(byte[] control, int offset)
                : base(control, offset, SizeOf)
            {
            }

            /// <summary>Bytes of head and data, without the padding behind: CMSG_LEN(data).</summary>
            public long cmsg_len
            {
                get => GetLong(0);
                set => PutLong(0, value);
            }

            /// <summary>The layer: SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6.</summary>
            public int cmsg_level
            {
                get => (int)(long)GetInt(8);
                set => PutInt(8, (uint)value);
            }

            /// <summary>What it is: IP_PKTINFO, IP_TTL, IPV6_PKTINFO, IPV6_HOPLIMIT.</summary>
            public int cmsg_type
            {
                get => (int)(long)GetInt(12);
                set => PutInt(12, (uint)value);
            }
        }

        /// <summary>Descriptors for select(), 0 to FD_SETSIZE - 1.</summary>
        public sealed class fd_set
        {
            internal readonly int[] Bits = new int[FD_SETSIZE / 32];

            internal bool Has(int fd)
            {
                return (Bits[fd >> 5] & (1 << (fd & 31))) != 0;
            }

            internal void Add(int fd)
            {
                Bits[fd >> 5] |= 1 << (fd & 31);
            }

            internal void Remove(int fd)
            {
                Bits[fd >> 5] &= ~(1 << (fd & 31));
            }
        }
    }
}
#endif
