using System;

namespace IoTNet
{
    // Addresses and connections: bind, listen, accept, connect, shutdown.
    public sealed partial class Socket
    {
        /// <summary>The largest backlog that <see cref="Listen"/> honours (SOMAXCONN); larger ones count as this.</summary>
        public const int MaxBacklog = 128;

        /// <summary>Gives the socket its local address.</summary>
        /// <param name="localEP">The address; port 0 lets the stack choose one, which
        /// <see cref="LocalEndPoint"/> then tells.</param>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        /// <exception cref="SocketException">EADDRINUSE; EADDRNOTAVAIL: not an address of this host, or one of
        /// 127.0.0.0/8 or ::1 that no stack of the board carries; EINVAL: bound already;
        /// EAFNOSUPPORT: an address of another family; EACCES; ENOENT: a Unix path in a folder that is not
        /// there.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Bind(EndPoint localEP)
        {
            ThrowIfClosed();
            SocketAddress address = ToAddress(localEP, nameof(localEP));
            int result = TryBind(address);
            if (result < 0)
            {
                throw Failure(result, "bind to " + localEP.ToString());
            }
        }

        /// <summary>Gives the socket its local address; does not throw.</summary>
        /// <param name="local">The address.</param>
        /// <returns>0, or <c>-(int)Errno</c> as <see cref="Bind"/> throws it; -EBADF when closed.</returns>
        public int TryBind(SocketAddress local)
        {
            int result = Route(local);
            if (result >= 0)
            {
                result = _stack.Bind(_handle, local);
                if (result >= 0)
                {
                    MarkBound();
                }
            }

            return result;
        }

        /// <summary>Makes the socket accept connections.</summary>
        /// <param name="backlog">How many connections may wait to be accepted, up to <see cref="MaxBacklog"/>; below 1
        /// counts as 1.</param>
        /// <exception cref="SocketException">EOPNOTSUPP: not a stream or seqpacket socket; EINVAL: connected;
        /// EADDRINUSE.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Listen(int backlog)
        {
            ThrowIfClosed();
            int result = TryListen(backlog);
            if (result < 0)
            {
                throw Failure(result, "listen on " + ToString());
            }
        }

        /// <summary>Makes the socket accept connections; does not throw.</summary>
        /// <param name="backlog">As in <see cref="Listen"/>.</param>
        /// <returns>0, or <c>-(int)Errno</c>.</returns>
        public int TryListen(int backlog)
        {
            if (IsClosed)
            {
                return Closed;
            }

            int result = _stack.Listen(_handle, backlog < 1 ? 1 : backlog > MaxBacklog ? MaxBacklog : backlog);
            if (result >= 0)
            {
                Change(ListeningBit | BoundBit, 0);
            }

            return result;
        }

        /// <summary>Waits for a connection and takes it.</summary>
        /// <returns>The connection.</returns>
        /// <exception cref="SocketException">EINVAL: not listening; EAGAIN: none is there and the socket is non-blocking;
        /// ETIMEDOUT: none came within <see cref="ReceiveTimeout"/>; ENFILE: no socket left for it (it keeps waiting);
        /// EINTR: closed meanwhile.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public Socket Accept()
        {
            ThrowIfClosed();
            int result = FinishWait(TryAcceptCore(WaitMs(SocketFlags.None, ReceiveTimeout), null, out Socket accepted), SocketFlags.None);
            if (result < 0)
            {
                throw Failure(result, "accept on " + ToString());
            }

            return accepted;
        }

        /// <summary>Waits for a connection for a limited time and takes it.</summary>
        /// <param name="timeoutMs">Milliseconds; 0 = only what is there, -1 = for ever.</param>
        /// <param name="accepted">The connection, or null.</param>
        /// <returns>Whether one came in time.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="SocketException">As <see cref="Accept()"/>, but for EAGAIN and ETIMEDOUT.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public bool Accept(int timeoutMs, out Socket accepted)
        {
            Arguments.CheckTimeout(timeoutMs);
            ThrowIfClosed();
            int result = TryAcceptCore(timeoutMs, null, out accepted);
            if (result < 0 && result != WouldBlock)
            {
                throw Failure(result, "accept on " + ToString());
            }

            return result >= 0;
        }

        /// <summary>Waits for a connection for a limited time and takes it; does not throw. It allocates the new socket,
        /// and nothing when none came.</summary>
        /// <param name="timeoutMs">Milliseconds; 0 = only what is there, -1 = for ever.</param>
        /// <param name="accepted">The connection, or null.</param>
        /// <returns>0; -EAGAIN when none came in time; or <c>-(int)Errno</c> as <see cref="Accept()"/> throws it.</returns>
        public int TryAccept(int timeoutMs, out Socket accepted)
        {
            return TryAcceptCore(timeoutMs, null, out accepted);
        }

        /// <summary>As <see cref="TryAccept(int, out Socket)"/>, and tells the peer's address.</summary>
        /// <param name="timeoutMs">Milliseconds; 0 = only what is there, -1 = for ever.</param>
        /// <param name="peer">Filled in place with the peer's address.</param>
        /// <param name="accepted">The connection, or null.</param>
        /// <returns>As the other form.</returns>
        public int TryAccept(int timeoutMs, SocketAddress peer, out Socket accepted)
        {
            return TryAcceptCore(timeoutMs, peer, out accepted);
        }

        /// <summary>Connects: a stream to a server, a datagram socket to the only peer that it exchanges datagrams
        /// with. Waits as long as option ConnectTimeout says (at first: as long as the stack).</summary>
        /// <param name="remoteEP">The peer.</param>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        /// <exception cref="SocketException">ECONNREFUSED; ETIMEDOUT; EINPROGRESS: the socket is non-blocking, wait until it is
        /// writable and read option Error; EALREADY; EISCONN; ENETUNREACH; EHOSTUNREACH; EADDRNOTAVAIL: within
        /// the board, and no stack carries that; EAFNOSUPPORT; ENOENT: no such
        /// Unix path; EINTR: closed meanwhile.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Connect(EndPoint remoteEP)
        {
            ConnectOrThrow(remoteEP, WaitMs(SocketFlags.None, ConnectTimeout));
        }

        /// <summary>Connects within a limited time, also on a non-blocking socket. A connect that ran out of time is over:
        /// close the socket.</summary>
        /// <param name="remoteEP">The peer.</param>
        /// <param name="timeoutMs">Milliseconds; 0 = begin only (EINPROGRESS), -1 = as long as the stack takes.</param>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="SocketException">As <see cref="Connect(EndPoint)"/>; ETIMEDOUT when the time is over.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Connect(EndPoint remoteEP, int timeoutMs)
        {
            Arguments.CheckTimeout(timeoutMs);
            ConnectOrThrow(remoteEP, timeoutMs);
        }

        /// <summary>Connects within a limited time; does not throw.</summary>
        /// <param name="remote">The peer; one of family Unspecified takes a datagram socket's peer away.</param>
        /// <param name="timeoutMs">Milliseconds; 0 = begin only (EINPROGRESS), -1 = as long as the stack takes.</param>
        /// <returns>0, or <c>-(int)Errno</c> as <see cref="Connect(EndPoint)"/> throws it.</returns>
        public int TryConnect(SocketAddress remote, int timeoutMs)
        {
            int result = Route(remote);
            if (result < 0)
            {
                return result;
            }

            result = _stack.Connect(_handle, remote, timeoutMs);
            if (result >= 0)
            {
                bool dissolved = remote.Family == AddressFamily.Unspecified;
                Change(dissolved ? 0 : ConnectedBit | BoundBit, dissolved ? ConnectedBit | ConnectingBit : ConnectingBit);
            }
            else if (result == -(int)Errno.EINPROGRESS)
            {
                Change(ConnectingBit, 0);
            }

            return result;
        }

        /// <summary>Connects within a limited time; does not throw.</summary>
        /// <param name="remoteEP">The peer.</param>
        /// <param name="timeoutMs">Milliseconds; 0 = begin only (EINPROGRESS), -1 = as long as the stack takes.</param>
        /// <returns>0, or <c>-(int)Errno</c>; -EFAULT when no address was given.</returns>
        public int TryConnect(EndPoint remoteEP, int timeoutMs)
        {
            return remoteEP == null ? -(int)Errno.EFAULT : TryConnect(remoteEP.Serialize(), timeoutMs);
        }

        /// <summary>Ends one or both halves of the connection; the socket stays open.</summary>
        /// <param name="how">Which half; Send lets the peer read the end of the stream (half-close).</param>
        /// <exception cref="SocketException">ENOTCONN; EOPNOTSUPP: the stack cannot (nanoFramework's boards: Send).</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public void Shutdown(SocketShutdown how)
        {
            ThrowIfClosed();
            int result = TryShutdown(how);
            if (result < 0)
            {
                throw Failure(result, "shut down " + ToString());
            }
        }

        /// <summary>Ends one or both halves of the connection; does not throw.</summary>
        /// <param name="how">Which half.</param>
        /// <returns>0, or <c>-(int)Errno</c>; -EINVAL for another number than 0, 1, 2.</returns>
        public int TryShutdown(SocketShutdown how)
        {
            if (IsClosed)
            {
                return Closed;
            }

            return how < SocketShutdown.Receive || how > SocketShutdown.Both ? -(int)Errno.EINVAL : _stack.Shutdown(_handle, how);
        }

        internal int TryAcceptCore(int timeoutMs, SocketAddress peer, out Socket accepted)
        {
            accepted = null;
            if (IsClosed)
            {
                return Closed;
            }

            int handle = _stack.Accept(_handle, peer, timeoutMs);
            if (handle < 0)
            {
                return handle;
            }

            accepted = new Socket(_stacks, _stack, handle, _kind, ConnectedBit | BoundBit);
            return 0;
        }

        private static SocketAddress ToAddress(EndPoint endPoint, string argument)
        {
            if (endPoint == null)
            {
                throw new ArgumentNullException(argument);
            }

            return endPoint.Serialize();
        }

        private void ConnectOrThrow(EndPoint remoteEP, int timeoutMs)
        {
            ThrowIfClosed();
            int result = TryConnect(ToAddress(remoteEP, nameof(remoteEP)), timeoutMs);
            if (result < 0)
            {
                string limit = result == TimedOut && timeoutMs > 0 ? " within " + timeoutMs.ToString() + " ms" : "";
                throw Failure(result, "connect to " + remoteEP.ToString() + limit);
            }
        }

        /// <summary>Before a socket gets its first address: moves it to the in-memory stack when the address lies within
        /// the board and the board's own stack has no loopback. EADDRNOTAVAIL when none in memory carries it: a network
        /// stack would send it out.</summary>
        private int Route(SocketAddress address)
        {
            if (IsClosed)
            {
                return Closed;
            }

            if (address == null)
            {
                return -(int)Errno.EFAULT;
            }

            // A stack that opened an AF_UNIX socket carries its names.
            if (_stack.HasLoopback || AddressFamily == AddressFamily.Unix || Is(SettledBits) || !address.IsLoopback)
            {
                return 0;
            }

            if (!_stacks.HasLocalLoopback)
            {
                return -(int)Errno.EADDRNOTAVAIL;
            }

            int moved = _stacks.Local.Open(AddressFamily, SocketType, ProtocolType);
            if (moved < 0)
            {
                return moved;
            }

            INetworkStack left = null;
            int leftHandle = 0;
            bool closed;
            lock (s_lock)
            {
                closed = IsClosed;
                if (!closed && _stack != _stacks.Local && !Is(SettledBits))
                {
                    left = _stack;
                    leftHandle = _handle;
                    _stack = _stacks.Local;
                    _handle = moved;
                }
            }

            if (left == null)
            {
                // Closed meanwhile, or another thread was first.
                _stacks.Local.Close(moved);
                return closed ? Closed : 0;
            }

            left.Close(leftHandle);
            return ReplayOptions();
        }
    }
}
