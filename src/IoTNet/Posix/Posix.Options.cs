#if IOTNET_POSIX_NAMES
// <sys/socket.h> getsockopt, setsockopt.
using System;

namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>Reads an option (<see cref="Socket.TryGetSocketOption"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP.</param>
        /// <param name="optname">The option; <see cref="SocketOptionName"/> tells which stacks have it. Its value is an int but
        /// for SO_LINGER (struct linger), SO_RCVTIMEO and SO_SNDTIMEO (struct timeval), IP_MULTICAST_IF (struct
        /// in_addr).</param>
        /// <param name="optval">Takes the value.</param>
        /// <param name="optlen">In: the room for it in bytes; a longer value is silently cut. Out: how many were
        /// written.</param>
        /// <returns>0, or -1: ENOPROTOOPT: the stack does not have the option; EOPNOTSUPP: a level that the socket does not have (ENOPROTOOPT
        /// on AF_INET6); EINVAL: a length below 0; EFAULT: no room, or less than the length says; ENOTCONN: IP_MTU without a peer.</returns>
        public static int getsockopt(int sockfd, int level, int optname, byte[] optval, ref int optlen)
        {
            return GetOption(sockfd, level, optname, optval, 0, optval == null ? 0 : optval.Length, ref optlen);
        }

        /// <summary>Reads an option into a struct.</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="level">As in the other form.</param>
        /// <param name="optname">As in the other form.</param>
        /// <param name="optval">The struct: timeval, linger, in_addr.</param>
        /// <param name="optlen">As in the other form.</param>
        /// <returns>As the other form.</returns>
        public static int getsockopt(int sockfd, int level, int optname, OctetView optval, ref int optlen)
        {
            return optval == null ? GetOption(sockfd, level, optname, null, 0, 0, ref optlen)
                : GetOption(sockfd, level, optname, optval.Bytes, optval.Offset, optval.Length, ref optlen);
        }

        /// <summary>Reads an option into an int.</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="level">As in the other form.</param>
        /// <param name="optname">As in the other form.</param>
        /// <param name="optval">The int.</param>
        /// <param name="optlen">As in the other form; sizeof(int).</param>
        /// <returns>As the other form.</returns>
        public static int getsockopt(int sockfd, int level, int optname, ref int optval, ref int optlen)
        {
            OctetView value = new OctetView(4);
            value.PutInt(0, (uint)optval);
            int result = getsockopt(sockfd, level, optname, value, ref optlen);
            optval = (int)(long)value.GetInt(0);
            return result;
        }

        /// <summary>Sets an option (<see cref="Socket.TrySetSocketOption"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="level">SOL_SOCKET, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP.</param>
        /// <param name="optname">The option, as in getsockopt(); memberships take a struct ip_mreq or ipv6_mreq.</param>
        /// <param name="optval">Its value. Times are rounded up to ms; one below 0 s, which Linux takes as "at once", counts as
        /// 1 ms.</param>
        /// <param name="optlen">How many bytes it has.</param>
        /// <returns>0, or -1: ENOPROTOOPT: the stack does not have the option, or it can only be read; EOPNOTSUPP: a level above
        /// SOL_SOCKET on AF_UNIX; EINVAL: too short, or not a value that it can have; EDOM: tv_usec outside 0..999999;
        /// EFAULT: no value, or less than the length says; EADDRNOTAVAIL, ENODEV: no such interface.</returns>
        public static int setsockopt(int sockfd, int level, int optname, byte[] optval, int optlen)
        {
            return SetOption(sockfd, level, optname, optval, 0, optval == null ? 0 : optval.Length, optlen);
        }

        /// <summary>Sets an option to a struct.</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="level">As in the other form.</param>
        /// <param name="optname">As in the other form.</param>
        /// <param name="optval">The struct: timeval, linger, in_addr, ip_mreq, ipv6_mreq.</param>
        /// <param name="optlen">How many bytes of it count.</param>
        /// <returns>As the other form.</returns>
        public static int setsockopt(int sockfd, int level, int optname, OctetView optval, int optlen)
        {
            return optval == null ? SetOption(sockfd, level, optname, null, 0, 0, optlen)
                : SetOption(sockfd, level, optname, optval.Bytes, optval.Offset, optval.Length, optlen);
        }

        /// <summary>Sets an option to an int.</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="level">As in the other form.</param>
        /// <param name="optname">As in the other form.</param>
        /// <param name="optval">The int.</param>
        /// <param name="optlen">sizeof(int).</param>
        /// <returns>As the other form.</returns>
        public static int setsockopt(int sockfd, int level, int optname, int optval, int optlen)
        {
            OctetView value = new OctetView(4);
            value.PutInt(0, (uint)optval);
            return setsockopt(sockfd, level, optname, value, optlen);
        }

        private static int GetOption(int fd, int level, int optname, byte[] target, int offset, int room, ref int optlen)
        {
            Socket of = DescriptorTable.Get(fd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            int result = CheckLevel(of, level);
            if (result < 0 || optlen < 0)
            {
                // Linux gives another error for the same mistake here than in setsockopt().
                bool isIPv4 = of.AddressFamily == AddressFamily.InterNetwork;
                return Fail(result == 0 ? EINVAL : isIPv4 ? EOPNOTSUPP : -result);
            }

            OptionKind kind = SocketOptionTable.Find(level, optname, out SocketOptionLevel coreLevel, out SocketOptionName name);
            if (kind == OptionKind.Unknown)
            {
                return Fail(ENOPROTOOPT);
            }

            OctetView value = new OctetView(OptionCodec.MostLength(kind));
            result = of.TryGetSocketOption(coreLevel, name, value.Bytes, value.Length);
            if (result < 0)
            {
                return Return(result);
            }

            int length = OptionCodec.FromCore(kind, value, result);
            if (level == IPPROTO_IP && optlen > 0 && optlen < 4 && length == 4 && value.GetInt(0) <= 255)
            {
                // ip(7), Linux: a number that fits into a byte, asked for with less than an int, is a byte.
                length = 1;
            }

            length = optlen < length ? optlen : length;
            if (length > room)
            {
                return Fail(EFAULT);
            }

            if (length > 0)
            {
                Array.Copy(value.Bytes, 0, target, offset, length);
            }

            optlen = length;
            return 0;
        }

        private static int SetOption(int fd, int level, int optname, byte[] source, int offset, int available, int optlen)
        {
            Socket of = DescriptorTable.Get(fd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            int result = optlen < 0 ? -EINVAL : CheckLevel(of, level);
            if (result < 0)
            {
                return Return(result);
            }

            int least = OptionCodec.LeastLength(level);
            if (optlen < least || available < least)
            {
                return Fail(optlen < least ? EINVAL : EFAULT);
            }

            OptionKind kind = SocketOptionTable.Find(level, optname, out SocketOptionLevel coreLevel, out SocketOptionName name);
            if (kind == OptionKind.Unknown)
            {
                return Fail(ENOPROTOOPT);
            }

            if (optlen < OptionCodec.LeastLength(kind, level))
            {
                return Fail(EINVAL);
            }

            int most = OptionCodec.MostLength(kind);
            int length = optlen < most ? optlen : most;
            if (length > available)
            {
                return Fail(EFAULT);
            }

            OctetView value = new OctetView(most);
            if (length > 0)
            {
                Array.Copy(source, offset, value.Bytes, 0, length);
            }

            length = OptionCodec.ToCore(kind, value, length);
            return Return(length < 0 ? length : of.TrySetSocketOption(coreLevel, name, value.Bytes, length));
        }

        // Linux: AF_UNIX has options of the socket layer only, IPv4 sockets have none of IPv6, and each protocol has its own.
        private static int CheckLevel(Socket of, int level)
        {
            if (level != SOL_SOCKET && of.AddressFamily == AddressFamily.Unix)
            {
                return -EOPNOTSUPP;
            }

            switch (level)
            {
                case SOL_SOCKET:
                case IPPROTO_IP:
                    return 0;
                case IPPROTO_IPV6:
                    return of.AddressFamily == AddressFamily.InterNetworkV6 ? 0 : -ENOPROTOOPT;
                case IPPROTO_TCP:
                    return of.SocketType == SocketType.Stream ? 0 : -ENOPROTOOPT;
                case IPPROTO_UDP:
                    return of.SocketType == SocketType.Dgram ? 0 : -ENOPROTOOPT;
                case SocketOptionTable.TlsLevel:
                    return of.ProtocolType >= ProtocolType.Tls12 ? 0 : -ENOPROTOOPT;
                default:
                    return -ENOPROTOOPT;
            }
        }
    }
}
#endif
