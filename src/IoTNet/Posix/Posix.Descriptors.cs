#if IOTNET_POSIX_NAMES
// <sys/socket.h> socket, socketpair; <unistd.h> close; <fcntl.h>; <sys/ioctl.h>.
namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>Opens a socket (<see cref="Socket(AddressFamily, SocketType, ProtocolType)"/>).</summary>
        /// <param name="domain">AF_INET, AF_INET6, AF_UNIX.</param>
        /// <param name="type">SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_RAW; SOCK_NONBLOCK and SOCK_CLOEXEC may be added.</param>
        /// <param name="protocol">0 for the usual one, or IPPROTO_*.</param>
        /// <returns>The lowest free descriptor, 3 or above; or -1: EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT; EINVAL: a
        /// type or protocol beyond all that exist; EMFILE: FD_SETSIZE descriptors are open; ENFILE: the stack's pool is
        /// exhausted; EACCES or EPERM: a raw socket without the right to.</returns>
        public static int socket(int domain, int type, int protocol)
        {
            int result = CheckKind(domain, type, ref protocol);
            Socket opened = null;
            if (result >= 0)
            {
                result = Socket.TryOpen(SockaddrCodec.ToCore(domain), (SocketType)(type & SOCK_TYPE_MASK), (ProtocolType)protocol, out opened);
            }

            return Return(result < 0 ? result : Install(opened, type));
        }

        /// <summary>Opens two sockets that are connected to each other (<see cref="Socket.Pair(AddressFamily, SocketType, ProtocolType, out Socket, out Socket)"/>).</summary>
        /// <param name="domain">AF_UNIX.</param>
        /// <param name="type">SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET; SOCK_NONBLOCK and SOCK_CLOEXEC may be added.</param>
        /// <param name="protocol">0.</param>
        /// <param name="sv">Takes both descriptors.</param>
        /// <returns>0, or -1: EOPNOTSUPP: a family without pairs; EFAULT: no room for two numbers; and as socket().</returns>
        public static int socketpair(int domain, int type, int protocol, int[] sv)
        {
            int result = CheckKind(domain, type, ref protocol);
            if (result < 0)
            {
                return Return(result);
            }

            if (sv == null || sv.Length < 2)
            {
                return Fail(EFAULT);
            }

            if (domain != AF_UNIX)
            {
                return Fail(EOPNOTSUPP);
            }

            result = Socket.TryPair(AddressFamily.Unix, (SocketType)(type & SOCK_TYPE_MASK), (ProtocolType)protocol,
                out Socket first, out Socket second);
            if (result < 0)
            {
                // POSIX allows either error for a type that the family does not have; Linux gives this one.
                return Fail(result == -EPROTOTYPE ? ESOCKTNOSUPPORT : -result);
            }

            int fd = Install(first, type);
            if (fd < 0)
            {
                second.Close();
                return Return(fd);
            }

            int other = Install(second, type);
            if (other < 0)
            {
                DescriptorTable.Remove(fd).Close();
                return Return(other);
            }

            sv[0] = fd;
            sv[1] = other;
            return 0;
        }

        /// <summary>Closes a descriptor (<see cref="Socket.Close"/>): what was sent is still delivered, and calls that wait on
        /// it in other threads end with EINTR or EBADF. Its number is free at once.</summary>
        /// <param name="fd">The descriptor.</param>
        /// <returns>0, or -1: EBADF.</returns>
        public static int close(int fd)
        {
            Socket removed = DescriptorTable.Remove(fd);
            if (removed == null)
            {
                return Fail(EBADF);
            }

            removed.Close();
            return 0;
        }

        /// <summary>Reads or sets the flags of a descriptor.</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="cmd">F_GETFL; F_SETFL; F_GETFD; F_SETFD (FD_CLOEXEC is kept and has no bearing: there is no exec).</param>
        /// <param name="arg">The flags to set: of O_* only O_NONBLOCK counts, as in POSIX access modes are passed over.</param>
        /// <returns>The flags (O_RDWR among them), or 0; or -1: EINVAL: another command.</returns>
        public static int fcntl(int fd, int cmd, int arg = 0)
        {
            Socket of = DescriptorTable.Get(fd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            switch (cmd)
            {
                case F_GETFL:
                    return of.Blocking ? O_RDWR : O_RDWR | O_NONBLOCK;
                case F_SETFL:
                    of.Blocking = (arg & O_NONBLOCK) == 0;
                    return 0;
                case F_GETFD:
                    return DescriptorTable.GetCloseOnExec(fd) ? FD_CLOEXEC : 0;
                case F_SETFD:
                    DescriptorTable.SetCloseOnExec(fd, (arg & FD_CLOEXEC) != 0);
                    return 0;
                default:
                    return Fail(EINVAL);
            }
        }

        /// <summary>Asks or sets something of a descriptor.</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="request">FIONREAD: how many bytes a receive can take now; for datagrams, the length of the next one.
        /// FIONBIO: whether calls do not wait.</param>
        /// <param name="argp">FIONREAD: filled; FIONBIO: 0 or another number.</param>
        /// <returns>0, or -1: ENOTTY: another request; EINVAL: FIONREAD on a socket that listens.</returns>
        public static int ioctl(int fd, int request, ref int argp)
        {
            Socket of = DescriptorTable.Get(fd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            switch (request)
            {
                case FIONREAD:
                    return GetAvailable(of, ref argp);
                case FIONBIO:
                    of.Blocking = argp == 0;
                    return 0;
                default:
                    return Fail(ENOTTY);
            }
        }

        private static int GetAvailable(Socket of, ref int count)
        {
            byte[] value = new byte[4];
            int result = of.TryGetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection, value, 4);
            if (result >= 0 && value[0] != 0)
            {
                return Fail(EINVAL);
            }

            if (result >= 0)
            {
                result = of.TryGetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Available, value, 4);
            }

            if (result < 0)
            {
                return Return(result);
            }

            count = (int)(long)new OctetView(value, 0, 4).GetInt(0);
            return 0;
        }

        // What Linux checks before it asks the family.
        private static int CheckKind(int domain, int type, ref int protocol)
        {
            if ((type & ~(SOCK_TYPE_MASK | SOCK_NONBLOCK | SOCK_CLOEXEC)) != 0)
            {
                return -EINVAL;
            }

            bool exists = domain >= 0 && domain <= AF_MAX;
            if (exists && (type & SOCK_TYPE_MASK) > SOCK_PACKET)
            {
                return -EINVAL;
            }

            if (domain != AF_INET && domain != AF_INET6 && domain != AF_UNIX)
            {
                return -EAFNOSUPPORT;
            }

            if (domain == AF_UNIX)
            {
                // PF_UNIX is another name of its one protocol, 0.
                bool known = protocol == 0 || protocol == PF_UNIX;
                protocol = 0;
                return known ? 0 : -EPROTONOSUPPORT;
            }

            return protocol < 0 || protocol > IPPROTO_MAX ? -EINVAL : 0;
        }

        private static int Install(Socket opened, int type)
        {
            int fd = DescriptorTable.Reserve((type & SOCK_CLOEXEC) != 0);
            if (fd < 0)
            {
                opened.Close();
                return fd;
            }

            opened.Blocking = (type & SOCK_NONBLOCK) == 0;
            DescriptorTable.Fill(fd, opened);
            return fd;
        }
    }
}
#endif
