#if IOTNET_POSIX_NAMES
using System;

namespace IoTNet
{
    /// <summary>Turns POSIX's addresses into those of the stacks and back: they differ in the number of AF_INET6, and a Unix
    /// path has no NUL at its end there. Lengths are checked as Linux checks them, for the family of the socket.</summary>
    internal static class SockaddrCodec
    {
        // RFC 2133's address has no scope id; Linux still takes it.
        private const int IPv6SizeWithoutScope = 24;

        private const AddressFamily None = AddressFamily.Unspecified;

        public static AddressFamily ToCore(int family)
        {
            switch (family)
            {
                case Posix.AF_UNSPEC: return AddressFamily.Unspecified;
                case Posix.AF_UNIX: return AddressFamily.Unix;
                case Posix.AF_INET: return AddressFamily.InterNetwork;
                case Posix.AF_INET6: return AddressFamily.InterNetworkV6;
                default: return AddressFamily.Unknown;
            }
        }

        public static int ToPosix(AddressFamily family)
        {
            return family == AddressFamily.InterNetworkV6 ? Posix.AF_INET6 : (int)family;
        }

        /// <summary>Reads the address to bind to.</summary>
        /// <returns>0; -EFAULT; -EINVAL: too short or too long; -EAFNOSUPPORT.</returns>
        public static int ReadLocal(Socket socket, Posix.sockaddr from, int length, SocketAddress to)
        {
            int result = CheckLength(from, length);
            if (result < 0)
            {
                return result;
            }

            // unix(7), autobind: the family alone.
            if (socket.AddressFamily == AddressFamily.Unix && length == SocketAddress.UnixPathOffset && from.sa_family == Posix.AF_UNIX)
            {
                to.Reset(AddressFamily.Unix, length);
                return 0;
            }

            // bind(2), Linux: AF_UNSPEC counts as AF_INET when the address is INADDR_ANY.
            bool any = socket.AddressFamily == AddressFamily.InterNetwork && length >= SocketAddress.IPv4Size && from.GetInt(4) == 0;
            return Read(socket, from, length, any, to);
        }

        /// <summary>Reads the address to connect to; of family Unspecified, it takes the peer away.</summary>
        /// <returns>As <see cref="ReadLocal"/>.</returns>
        public static int ReadPeer(Socket socket, Posix.sockaddr from, int length, SocketAddress to)
        {
            int result = CheckLength(from, length);
            if (result < 0)
            {
                return result;
            }

            if (length < 2)
            {
                return -Posix.EINVAL;
            }

            if (from.sa_family == Posix.AF_INET && socket.AddressFamily == AddressFamily.InterNetworkV6 && socket.SocketType == SocketType.Dgram)
            {
                // ipv6(7), IPV6_V6ONLY: as Linux tells it, before the length.
                return -Posix.EAFNOSUPPORT;
            }

            if (from.sa_family == Posix.AF_UNSPEC && (socket.AddressFamily != AddressFamily.Unix || socket.SocketType == SocketType.Dgram))
            {
                to.Reset(None, SocketAddress.UnixPathOffset);
                return 0;
            }

            return Read(socket, from, length, false, to);
        }

        /// <summary>Reads the destination of a datagram. On a TCP or seqpacket socket it has no bearing (POSIX sendto()).</summary>
        /// <returns>As <see cref="ReadLocal"/>; the address is of family Unspecified when there is none.</returns>
        public static int ReadDestination(Socket socket, Posix.sockaddr from, int length, SocketAddress to)
        {
            to.Reset(None, SocketAddress.UnixPathOffset);
            int result = CheckLength(from, length);
            if (result < 0)
            {
                return result;
            }

            bool isUnix = socket.AddressFamily == AddressFamily.Unix;
            if (isUnix && length > 0 && socket.SocketType == SocketType.Stream)
            {
                return socket.Connected ? -Posix.EISCONN : -Posix.EOPNOTSUPP;
            }

            if (socket.SocketType == SocketType.Stream || socket.SocketType == SocketType.Seqpacket || (isUnix && length == 0))
            {
                return 0;
            }

            if (socket.AddressFamily == AddressFamily.InterNetworkV6 && length >= 2)
            {
                switch (from.sa_family)
                {
                    case Posix.AF_UNSPEC:
                        // udp(7), Linux: on an IPv6 socket no address, on an IPv4 socket as AF_INET.
                        return 0;

                    // ipv6(7), IPV6_V6ONLY; an IPv4 destination is written ::ffff:a.b.c.d here.
                    case Posix.AF_INET:
                        return -Posix.ENETUNREACH;
                    case Posix.AF_INET6:
                        break;
                    default:
                        return -Posix.EINVAL;
                }
            }

            return Read(socket, from, length, socket.AddressFamily == AddressFamily.InterNetwork, to);
        }

        /// <summary>Writes an address where the caller wants it: what does not fit is cut, the length is always the full
        /// one.</summary>
        /// <returns>0; -EINVAL: a length below 0; -EFAULT: less room than the length says.</returns>
        public static int Write(SocketAddress from, Posix.sockaddr to, ref int length)
        {
            if (length < 0)
            {
                return -Posix.EINVAL;
            }

            int full = from.Family == None ? 0 : from.Size;
            if (from.Family == AddressFamily.Unix && from.Size > SocketAddress.UnixPathOffset && from[SocketAddress.UnixPathOffset] != 0)
            {
                // unix(7): offsetof(struct sockaddr_un, sun_path) + strlen(sun_path) + 1.
                full++;
            }

            int count = length < full ? length : full;
            if (count > 0)
            {
                if (to == null || count > to.Length)
                {
                    return -Posix.EFAULT;
                }

                Copy(from, to, count);
            }

            length = full;
            return 0;
        }

        /// <summary>Whether a receive tells who sent: not on TCP, where Linux leaves the length 0.</summary>
        public static bool TellsSender(Socket socket)
        {
            return socket.SocketType != SocketType.Stream || socket.AddressFamily == AddressFamily.Unix;
        }

        /// <summary>A sender without a name: Linux's receive gives length 0, where getpeername() gives the family
        /// alone.</summary>
        public static void ForgetUnnamed(SocketAddress from)
        {
            if (from.Size == SocketAddress.UnixPathOffset)
            {
                from.Reset(None, SocketAddress.UnixPathOffset);
            }
        }

        private static void Copy(SocketAddress from, Posix.sockaddr to, int count)
        {
            int bytes = count < from.Size ? count : from.Size;
            Array.Copy(from.Buffer, 0, to.Bytes, to.Offset, bytes);
            if (count > bytes)
            {
                to[bytes] = 0;
            }

            to[0] = (byte)ToPosix(from.Family);
        }

        // The socket layer's own check, before the family's.
        private static int CheckLength(Posix.sockaddr from, int length)
        {
            if (length < 0 || length > Posix.sockaddr_storage.SizeOf)
            {
                return -Posix.EINVAL;
            }

            return length == 0 || (from != null && length <= from.Length) ? 0 : -Posix.EFAULT;
        }

        private static int Read(Socket socket, Posix.sockaddr from, int length, bool unspecifiedIsIPv4, SocketAddress to)
        {
            if (socket.AddressFamily == AddressFamily.Unix)
            {
                return ReadUnix(from, length, to);
            }

            bool isIPv6 = socket.AddressFamily == AddressFamily.InterNetworkV6;
            if (length < (isIPv6 ? IPv6SizeWithoutScope : SocketAddress.IPv4Size))
            {
                return -Posix.EINVAL;
            }

            AddressFamily family = ToCore(from.sa_family);
            if (family != socket.AddressFamily && !(unspecifiedIsIPv4 && family == None))
            {
                return -Posix.EAFNOSUPPORT;
            }

            int size = isIPv6 ? SocketAddress.IPv6Size : SocketAddress.IPv4Size;
            to.Reset(socket.AddressFamily, size);
            Array.Copy(from.Bytes, from.Offset + 2, to.Buffer, 2, (length < size ? length : size) - 2);
            return 0;
        }

        private static int ReadUnix(Posix.sockaddr from, int length, SocketAddress to)
        {
            if (length <= SocketAddress.UnixPathOffset || length > SocketAddress.MaxSize || from.sa_family != Posix.AF_UNIX)
            {
                return -Posix.EINVAL;
            }

            // unix(7): a path ends at its first NUL, an abstract name has one before it and as many as it likes within.
            int end = length;
            if (from[SocketAddress.UnixPathOffset] != 0)
            {
                end = SocketAddress.UnixPathOffset + 1;
                while (end < length && from[end] != 0)
                {
                    end++;
                }
            }

            to.Reset(AddressFamily.Unix, end);
            Array.Copy(from.Bytes, from.Offset + 2, to.Buffer, 2, end - 2);
            return 0;
        }
    }
}
#endif
