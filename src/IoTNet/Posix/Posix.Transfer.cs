#if IOTNET_POSIX_NAMES
// <sys/socket.h> send, recv and their kin; <unistd.h> read, write.
namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>Sends bytes or one datagram to the connected peer (<see cref="Socket.TrySend"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="buf">The bytes.</param>
        /// <param name="len">How many of them.</param>
        /// <param name="flags">MSG_DONTWAIT, MSG_DONTROUTE, MSG_OOB; MSG_NOSIGNAL, MSG_MORE and others are ignored.</param>
        /// <returns>The bytes taken; or -1: EPIPE: the sending half is over, or never was; ECONNRESET; EAGAIN: no room within
        /// SO_SNDTIMEO, or none now and the call does not wait; EDESTADDRREQ, ENOTCONN: no peer; EMSGSIZE: the datagram is too
        /// long; ECONNREFUSED: an earlier datagram; EFAULT: no buffer, or a shorter one; EINVAL: a length below 0; EINTR:
        /// closed meanwhile.</returns>
        public static int send(int sockfd, byte[] buf, int len, int flags)
        {
            return sendto(sockfd, buf, 0, len, flags, null, 0);
        }

        /// <summary>As send(), from a place in the array (C: buf + offset).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="buf">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="len">How many.</param>
        /// <param name="flags">As in the other form.</param>
        /// <returns>As the other form.</returns>
        public static int send(int sockfd, byte[] buf, int offset, int len, int flags)
        {
            return sendto(sockfd, buf, offset, len, flags, null, 0);
        }

        /// <summary>Sends one datagram (<see cref="Socket.TrySendTo"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="buf">Its bytes.</param>
        /// <param name="len">How many of them; 0 sends an empty datagram.</param>
        /// <param name="flags">As in send().</param>
        /// <param name="dest_addr">Where to; null for the connected peer. Ignored by TCP and seqpacket sockets.</param>
        /// <param name="addrlen">How many bytes of the address count.</param>
        /// <returns>As send(); also EACCES: a broadcast without SO_BROADCAST; ENETUNREACH, EHOSTUNREACH; EAFNOSUPPORT; EINVAL: an
        /// address length that does not fit the family; EISCONN, EOPNOTSUPP: an address on a Unix stream.</returns>
        public static int sendto(int sockfd, byte[] buf, int len, int flags, sockaddr dest_addr, int addrlen)
        {
            return sendto(sockfd, buf, 0, len, flags, dest_addr, addrlen);
        }

        /// <summary>As sendto(), from a place in the array (C: buf + offset).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="buf">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="len">How many.</param>
        /// <param name="flags">As in send().</param>
        /// <param name="dest_addr">Where to; null for the connected peer.</param>
        /// <param name="addrlen">How many bytes of the address count.</param>
        /// <returns>As the other form.</returns>
        public static int sendto(int sockfd, byte[] buf, int offset, int len, int flags, sockaddr dest_addr, int addrlen)
        {
            Socket of = DescriptorTable.Get(sockfd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            int result = CheckMemory(ref buf, offset, len);
            if (result < 0)
            {
                return Return(result);
            }

            if (dest_addr == null)
            {
                return Return(of.SendCore(buf, offset, len, MessageFlags.ForSend(flags), null));
            }

            SocketAddress to = Scratch.TakeAddress();
            result = SockaddrCodec.ReadDestination(of, dest_addr, addrlen, to);
            if (result >= 0)
            {
                result = of.SendCore(buf, offset, len, MessageFlags.ForSend(flags), to.Family == AddressFamily.Unspecified ? null : to);
            }

            Scratch.Give(to);
            return Return(result);
        }

        /// <summary>Receives bytes or one datagram (<see cref="Socket.TryReceive"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="buf">Takes the bytes.</param>
        /// <param name="len">How many at most; the rest of a longer datagram is lost.</param>
        /// <param name="flags">MSG_PEEK, MSG_DONTWAIT, MSG_WAITALL, MSG_TRUNC (return a datagram's real length), MSG_OOB; others
        /// are ignored.</param>
        /// <returns>The bytes received; 0 at the peer's end of stream, or for an empty datagram; or -1: EAGAIN:
        /// nothing came within SO_RCVTIMEO, or nothing is there and the call does not wait; ENOTCONN; ECONNRESET;
        /// ECONNREFUSED: an earlier datagram; ETIMEDOUT: the connection died; EFAULT: no buffer, or a shorter one; EINVAL: a
        /// length below 0; EINTR: closed meanwhile.</returns>
        public static int recv(int sockfd, byte[] buf, int len, int flags)
        {
            int none = 0;
            return recvfrom(sockfd, buf, 0, len, flags, null, ref none);
        }

        /// <summary>As recv(), to a place in the array (C: buf + offset).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="buf">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="len">How many at most.</param>
        /// <param name="flags">As in the other form.</param>
        /// <returns>As the other form.</returns>
        public static int recv(int sockfd, byte[] buf, int offset, int len, int flags)
        {
            int none = 0;
            return recvfrom(sockfd, buf, offset, len, flags, null, ref none);
        }

        /// <summary>Receives one datagram and its sender (<see cref="Socket.TryReceiveFrom"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="buf">Takes the bytes.</param>
        /// <param name="len">How many at most.</param>
        /// <param name="flags">As in recv().</param>
        /// <param name="src_addr">Filled with the sender's address; null when it is not wanted.</param>
        /// <param name="addrlen">In: the room for it in bytes. Out: its full length, also when it was cut; 0 when the sender has
        /// none, as on TCP.</param>
        /// <returns>As recv(); also EINVAL: an address length below 0; EFAULT: less room than it says (the datagram is lost in
        /// both cases, as on Linux).</returns>
        public static int recvfrom(int sockfd, byte[] buf, int len, int flags, sockaddr src_addr, ref int addrlen)
        {
            return recvfrom(sockfd, buf, 0, len, flags, src_addr, ref addrlen);
        }

        /// <summary>As recvfrom(), to a place in the array (C: buf + offset).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="buf">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="len">How many at most.</param>
        /// <param name="flags">As in recv().</param>
        /// <param name="src_addr">Filled with the sender's address; null when it is not wanted.</param>
        /// <param name="addrlen">As in the other form.</param>
        /// <returns>As the other form.</returns>
        public static int recvfrom(int sockfd, byte[] buf, int offset, int len, int flags, sockaddr src_addr, ref int addrlen)
        {
            Socket of = DescriptorTable.Get(sockfd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            int result = CheckMemory(ref buf, offset, len);
            if (result < 0)
            {
                return Return(result);
            }

            SocketFlags seen = MessageFlags.ForReceive(flags);
            if (src_addr == null)
            {
                return Return(of.ReceiveCore(buf, offset, len, ref seen, null));
            }

            SocketAddress from = Scratch.TakeAddress();
            result = of.ReceiveCore(buf, offset, len, ref seen, SockaddrCodec.TellsSender(of) ? from : null);
            if (result >= 0)
            {
                SockaddrCodec.ForgetUnnamed(from);
                int written = SockaddrCodec.Write(from, src_addr, ref addrlen);
                result = written < 0 ? written : result;
            }

            Scratch.Give(from);
            return Return(result);
        }

        /// <summary>Receives into a buffer: recv() without flags.</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="buf">Takes the bytes.</param>
        /// <param name="count">How many at most; 0 gives 0 and leaves a datagram where it is.</param>
        /// <returns>As recv().</returns>
        public static int read(int fd, byte[] buf, int count)
        {
            return read(fd, buf, 0, count);
        }

        /// <summary>As read(), to a place in the array (C: buf + offset).</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="buf">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <returns>As the other form.</returns>
        public static int read(int fd, byte[] buf, int offset, int count)
        {
            if (count == 0 && DescriptorTable.Get(fd) != null)
            {
                return 0;
            }

            return recv(fd, buf, offset, count, 0);
        }

        /// <summary>Sends a buffer: send() without flags.</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="buf">The bytes.</param>
        /// <param name="count">How many of them.</param>
        /// <returns>As send().</returns>
        public static int write(int fd, byte[] buf, int count)
        {
            return send(fd, buf, 0, count, 0);
        }

        /// <summary>As write(), from a place in the array (C: buf + offset).</summary>
        /// <param name="fd">The descriptor.</param>
        /// <param name="buf">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>As send().</returns>
        public static int write(int fd, byte[] buf, int offset, int count)
        {
            return send(fd, buf, offset, count, 0);
        }
    }
}
#endif
