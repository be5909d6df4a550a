#if IOTNET_POSIX_NAMES
// <sys/socket.h>: addresses and connections.
namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>Gives a socket its local address (<see cref="Socket.TryBind"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="addr">The address; port 0 lets the stack choose one.</param>
        /// <param name="addrlen">How many bytes of it count; of AF_UNIX the family alone lets the stack choose a name.</param>
        /// <returns>0, or -1: EADDRINUSE; EADDRNOTAVAIL: not an address of this host; EINVAL: bound already, or a length that
        /// does not fit the family; EAFNOSUPPORT: an address of another family; EFAULT: no address; EACCES; ENOENT: a
        /// path in a folder that is not there.</returns>
        public static int bind(int sockfd, sockaddr addr, int addrlen)
        {
            Socket of = DescriptorTable.Get(sockfd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            SocketAddress local = Scratch.TakeAddress();
            int result = SockaddrCodec.ReadLocal(of, addr, addrlen, local);
            if (result >= 0)
            {
                result = of.TryBind(local);
            }

            Scratch.Give(local);
            return Return(result);
        }

        /// <summary>Makes a socket accept connections (<see cref="Socket.TryListen"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="backlog">How many connections may wait, up to SOMAXCONN; below 1 counts as 1.</param>
        /// <returns>0, or -1: EOPNOTSUPP: not a stream or seqpacket socket; EINVAL: connected; EADDRINUSE.</returns>
        public static int listen(int sockfd, int backlog)
        {
            Socket of = DescriptorTable.Get(sockfd);
            return of == null ? Fail(EBADF) : Return(of.TryListen(backlog));
        }

        /// <summary>Waits for a connection and takes it (<see cref="Socket.TryAccept(int, SocketAddress, out Socket)"/>).</summary>
        /// <param name="sockfd">The listening descriptor.</param>
        /// <param name="addr">Filled with the peer's address; null when it is not wanted.</param>
        /// <param name="addrlen">In: the room for it in bytes. Out: its full length, also when it was cut.</param>
        /// <returns>The connection's descriptor (it waits, whatever the listener does); or -1: EAGAIN: none came within
        /// SO_RCVTIMEO, or none is there and the socket does not wait; EINVAL: not listening, or a length below 0 (the
        /// connection is then lost, as on Linux); EOPNOTSUPP: not a stream; EMFILE: no descriptor is free, ENFILE: no
        /// socket (in both cases the connection keeps waiting); EFAULT: less room than the length says; EINTR:
        /// closed meanwhile.</returns>
        public static int accept(int sockfd, sockaddr addr, ref int addrlen)
        {
            Socket of = DescriptorTable.Get(sockfd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            // Before the connection is taken, so that none is lost when no number is free.
            int fd = DescriptorTable.Reserve(false);
            if (fd < 0)
            {
                return Return(fd);
            }

            SocketAddress peer = addr == null ? null : Scratch.TakeAddress();
            int result = of.TryAcceptCore(WaitMs(of, of.ReceiveTimeout), peer, out Socket accepted);
            if (peer != null)
            {
                result = result < 0 ? result : SockaddrCodec.Write(peer, addr, ref addrlen);
                Scratch.Give(peer);
            }

            if (result < 0)
            {
                DescriptorTable.Cancel(fd);
                accepted?.Close();
                return Return(result);
            }

            DescriptorTable.Fill(fd, accepted);
            return fd;
        }

        /// <summary>As accept() with NULL for address and length.</summary>
        /// <param name="sockfd">The listening descriptor.</param>
        /// <returns>The connection's descriptor, or -1, as the other form.</returns>
        public static int accept(int sockfd)
        {
            int none = 0;
            return accept(sockfd, null, ref none);
        }

        /// <summary>Connects a stream to a server, or sets a datagram socket's peer (<see cref="Socket.TryConnect(SocketAddress, int)"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="addr">The peer; family AF_UNSPEC takes a datagram socket's peer away.</param>
        /// <param name="addrlen">How many bytes of it count.</param>
        /// <returns>0, or -1: ECONNREFUSED; ETIMEDOUT: the stack gave up; EINPROGRESS: it goes on behind (the socket does not
        /// wait, or SO_SNDTIMEO is over, as on Linux): wait with poll() for POLLOUT, then read SO_ERROR; EALREADY: one is under
        /// way; EISCONN; ENETUNREACH, EHOSTUNREACH; EADDRNOTAVAIL; EAFNOSUPPORT; EINVAL: a length that does not fit the
        /// family; EFAULT: no address; EAGAIN: a Unix listener's backlog is full; ENOENT: no such path; EPROTOTYPE;
        /// EINTR: closed meanwhile.</returns>
        public static int connect(int sockfd, sockaddr addr, int addrlen)
        {
            Socket of = DescriptorTable.Get(sockfd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            SocketAddress peer = Scratch.TakeAddress();
            int result = SockaddrCodec.ReadPeer(of, addr, addrlen, peer);
            if (result >= 0)
            {
                result = Connect(of, peer, WaitMs(of, of.SendTimeout));
            }

            Scratch.Give(peer);
            return Return(result);
        }

        /// <summary>Ends one or both halves of a connection (<see cref="Socket.TryShutdown"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="how">SHUT_RD, SHUT_WR, SHUT_RDWR.</param>
        /// <returns>0, or -1: ENOTCONN; EINVAL: another number; EOPNOTSUPP: the stack cannot.</returns>
        public static int shutdown(int sockfd, int how)
        {
            Socket of = DescriptorTable.Get(sockfd);
            return of == null ? Fail(EBADF) : Return(of.TryShutdown((SocketShutdown)how));
        }

        /// <summary>Tells the local address (<see cref="Socket.TryGetLocalAddress"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="addr">Filled with the address.</param>
        /// <param name="addrlen">In: the room for it in bytes. Out: its full length, also when it was cut.</param>
        /// <returns>0, or -1: EINVAL: a length below 0; EFAULT: less room than the length says.</returns>
        public static int getsockname(int sockfd, sockaddr addr, ref int addrlen)
        {
            return GetAddress(sockfd, false, addr, ref addrlen);
        }

        /// <summary>Tells the peer's address (<see cref="Socket.TryGetRemoteAddress"/>).</summary>
        /// <param name="sockfd">The descriptor.</param>
        /// <param name="addr">Filled with the address.</param>
        /// <param name="addrlen">In: the room for it in bytes. Out: its full length, also when it was cut.</param>
        /// <returns>0, or -1: ENOTCONN; EINVAL: a length below 0; EFAULT: less room than the length says.</returns>
        public static int getpeername(int sockfd, sockaddr addr, ref int addrlen)
        {
            return GetAddress(sockfd, true, addr, ref addrlen);
        }

        private static int GetAddress(int fd, bool ofPeer, sockaddr addr, ref int addrlen)
        {
            Socket of = DescriptorTable.Get(fd);
            if (of == null)
            {
                return Fail(EBADF);
            }

            SocketAddress address = Scratch.TakeAddress();
            int result = ofPeer ? of.TryGetRemoteAddress(address) : of.TryGetLocalAddress(address);
            if (result >= 0)
            {
                result = SockaddrCodec.Write(address, addr, ref addrlen);
            }

            Scratch.Give(address);
            return Return(result);
        }

        // socket(7), SO_SNDTIMEO: a connect that is still under way when the time is over gives EINPROGRESS and goes on. A Unix
        // one waits for room in the backlog only, and gives EAGAIN.
        private static int Connect(Socket of, SocketAddress peer, int timeoutMs)
        {
            if (of.AddressFamily == AddressFamily.Unix)
            {
                int answer = of.TryConnect(peer, timeoutMs);
                return answer == -ETIMEDOUT ? -EAGAIN : answer;
            }

            int result = of.TryConnect(peer, timeoutMs > 0 ? 0 : timeoutMs);
            if (result != -EINPROGRESS || timeoutMs <= 0)
            {
                return result;
            }

            PollEvents seen = of.Wait(PollEvents.Out, timeoutMs);
            if (seen == PollEvents.None)
            {
                return result;
            }

            byte[] error = new byte[4];
            result = of.TryGetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error, error, error.Length);
            return result < 0 ? result : -(int)(long)new OctetView(error, 0, error.Length).GetInt(0);
        }
    }
}
#endif
