using System;

namespace IoTNet
{
    /// <summary>
    /// A socket with the names and signatures of .NET's and nanoFramework's class, so that a library moves over by changing
    /// its <c>using</c> lines, and what nanoFramework's lacks: bounded connects and accepts, non-blocking mode,
    /// half-close, messages, peek, pairs, AF_UNIX.
    /// </summary>
    /// <remarks>
    /// <para>Calls that can fail throw <see cref="SocketException"/>, which names the error, or
    /// <see cref="ObjectDisposedException"/> on a closed socket. Beside each stands a <c>Try</c> form that gives the result
    /// or <c>-(int)Errno</c>, never throws and does not allocate: the one for firmware loops.</para>
    /// <para>Any number of threads may use a socket at once. Closing it wakes the calls that wait on it.</para>
    /// <para>A socket has no finalizer: close it, or the stack's pool stays short of it.</para>
    /// </remarks>
    public sealed partial class Socket : IDisposable
    {
        private readonly NetworkStack _stacks;
        private INetworkStack _stack;
        private int _handle;

        /// <summary>Opens a socket on the current board's stack (<see cref="NetworkStack.Current"/>).</summary>
        /// <param name="addressFamily">InterNetwork, InterNetworkV6 or Unix.</param>
        /// <param name="socketType">Stream, Dgram, Seqpacket (Unix) or Raw.</param>
        /// <param name="protocolType">Unspecified for the usual one, Tcp, Udp, or a raw socket's protocol.</param>
        /// <exception cref="SocketException">EAFNOSUPPORT, ESOCKTNOSUPPORT, EPROTONOSUPPORT: the stack does not have it
        /// (Unix: there is no stack in memory either); ENETDOWN: no stack was given to <see cref="NetworkStack"/>; ENFILE:
        /// all sockets of the pool that the text names are in use; EACCES: raw sockets need a right.</exception>
        public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType)
            : this(NetworkStack.Current, addressFamily, socketType, protocolType)
        {
        }

        /// <summary>Opens a socket on a given board's stack.</summary>
        /// <param name="stacks">The board's stacks.</param>
        /// <param name="addressFamily">InterNetwork, InterNetworkV6 or Unix.</param>
        /// <param name="socketType">Stream, Dgram, Seqpacket (Unix) or Raw.</param>
        /// <param name="protocolType">Unspecified for the usual one, Tcp, Udp, or a raw socket's protocol.</param>
        /// <exception cref="ArgumentNullException">No stacks were given.</exception>
        /// <exception cref="SocketException">As the other constructor's.</exception>
        public Socket(NetworkStack stacks, AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType)
        {
            _stacks = stacks ?? throw new ArgumentNullException(nameof(stacks));
            _kind = Kind(addressFamily, socketType, Resolve(addressFamily, socketType, protocolType));
            _handle = stacks.Open(addressFamily, socketType, protocolType, out _stack);
            if (_handle < 0)
            {
                throw Failure(_handle, OpenText("socket", addressFamily, socketType, protocolType));
            }
        }

        // A socket that the stack has opened already; connected when it was accepted or is one of a pair.
        private Socket(NetworkStack stacks, INetworkStack stack, int handle, int kind, int state)
        {
            _stacks = stacks;
            _stack = stack;
            _handle = handle;
            _kind = kind;
            _state = state;
        }

        /// <summary>The family it was opened with.</summary>
        public AddressFamily AddressFamily => (AddressFamily)(_kind & 0xFF);

        /// <summary>The type it was opened with.</summary>
        public SocketType SocketType => (SocketType)((_kind >> 8) & 0xFF);

        /// <summary>Its protocol; Tcp or Udp when it was opened with Unspecified.</summary>
        public ProtocolType ProtocolType => (ProtocolType)(_kind >> 16);

        /// <summary>The stack's handle, or -1 when the socket is closed.</summary>
        public int Handle => IsClosed ? -1 : _handle;

        /// <summary>The stack that carries it.</summary>
        public INetworkStack Stack => _stack;

        /// <summary>Whether the socket is connected and not closed. It does not see the peer leave; a receive that gives 0
        /// does.</summary>
        public bool Connected => IsConnected && !IsClosed;

        /// <summary>Whether the socket was ever connected. As Java's isConnected: stays true after close and after the
        /// peer closed.</summary>
        public bool IsConnected
        {
            get
            {
                // A connect that went on behind is seen by its result, as nobody may have asked for it.
                if (Is(ConnectingBit) && !IsClosed && _stack.GetRemoteAddress(_handle, new SocketAddress()) >= 0)
                {
                    Change(ConnectedBit | BoundBit, ConnectingBit);
                }

                return Is(ConnectedBit);
            }
        }

        /// <summary>Whether this socket was closed here. As Java's isClosed: the peer's close does not count.</summary>
        public bool IsClosed => Is(ClosedBit);

        /// <summary>Whether the socket got a local address. As Java's isBound: stays true after close.</summary>
        public bool IsBound => Is(BoundBit) || IsConnected;

        /// <summary>Whether calls wait (true, at first) or answer EAGAIN and EINPROGRESS at once.</summary>
        public bool Blocking
        {
            get => !Is(NonBlockingBit);
            set => Change(value ? 0 : NonBlockingBit, value ? NonBlockingBit : 0);
        }

        /// <summary>The local address; for an unbound IP socket the unspecified one with port 0.</summary>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public EndPoint LocalEndPoint
        {
            get
            {
                ThrowIfClosed();
                SocketAddress address = new SocketAddress();
                Check(TryGetLocalAddress(address), "read the local address");
                return EndPoint.From(address);
            }
        }

        /// <summary>The peer's address; null when the peer has none.</summary>
        /// <exception cref="SocketException">ENOTCONN: there is no peer.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public EndPoint RemoteEndPoint
        {
            get
            {
                ThrowIfClosed();
                SocketAddress address = new SocketAddress();
                Check(TryGetRemoteAddress(address), "read the peer's address");
                return EndPoint.From(address);
            }
        }

        /// <summary>Opens two sockets that are connected to each other (POSIX socketpair()), in memory.</summary>
        /// <param name="addressFamily">Unix.</param>
        /// <param name="socketType">Stream, Dgram or Seqpacket.</param>
        /// <param name="protocolType">Unspecified.</param>
        /// <param name="first">The one end.</param>
        /// <param name="second">The other end.</param>
        /// <exception cref="SocketException">EAFNOSUPPORT: not Unix, or there is no stack in memory
        /// (<see cref="NetworkStack.Local"/>); ENETDOWN: no stack at all; EPROTOTYPE, EPROTONOSUPPORT; ENFILE.</exception>
        public static void Pair(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType, out Socket first, out Socket second)
        {
            int result = TryPair(addressFamily, socketType, protocolType, out first, out second);
            if (result < 0)
            {
                NetworkStack stacks = NetworkStack.Current;
                throw Failure(stacks, stacks.Local, addressFamily, result, OpenText("pair of sockets", addressFamily, socketType, protocolType));
            }
        }

        /// <summary>Opens two sockets that are connected to each other; does not throw.</summary>
        /// <param name="addressFamily">Unix.</param>
        /// <param name="socketType">Stream, Dgram or Seqpacket.</param>
        /// <param name="protocolType">Unspecified.</param>
        /// <param name="first">The one end, or null.</param>
        /// <param name="second">The other end, or null.</param>
        /// <returns>0, or <c>-(int)Errno</c> as <see cref="Pair"/> throws it.</returns>
        public static int TryPair(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType, out Socket first, out Socket second)
        {
            return TryPair(NetworkStack.Current, addressFamily, socketType, protocolType, out first, out second);
        }

        /// <summary>Opens two sockets of certain stacks that are connected to each other; does not throw.</summary>
        /// <param name="stacks">What they go over.</param>
        /// <param name="addressFamily">Unix.</param>
        /// <param name="socketType">Stream, Dgram or Seqpacket.</param>
        /// <param name="protocolType">Unspecified.</param>
        /// <param name="first">The one end, or null.</param>
        /// <param name="second">The other end, or null.</param>
        /// <returns>0, or <c>-(int)Errno</c> as <see cref="Pair"/> throws it.</returns>
        public static int TryPair(
            NetworkStack stacks, AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType, out Socket first, out Socket second)
        {
            first = null;
            second = null;
            int handle = stacks.OpenPair(addressFamily, socketType, protocolType, out int other);
            if (handle < 0)
            {
                return handle;
            }

            int kind = Kind(addressFamily, socketType, protocolType);
            first = new Socket(stacks, stacks.Local, handle, kind, ConnectedBit | BoundBit);
            second = new Socket(stacks, stacks.Local, other, kind, ConnectedBit | BoundBit);
            return 0;
        }

        /// <summary>Opens a socket on the current board's stack; does not throw.</summary>
        internal static int TryOpen(AddressFamily family, SocketType type, ProtocolType protocol, out Socket socket)
        {
            NetworkStack stacks = NetworkStack.Current;
            int handle = stacks.Open(family, type, protocol, out INetworkStack stack);
            socket = handle < 0 ? null : new Socket(stacks, stack, handle, Kind(family, type, Resolve(family, type, protocol)), 0);
            return handle < 0 ? handle : 0;
        }

        /// <summary>Closes the socket: what was sent is still delivered, calls that wait on it in other threads end with
        /// EINTR or EBADF. A shared one does so with the last that shares it (<see cref="Share"/>): until then calls that wait go
        /// on, new ones on this object find it closed. Closing again does nothing.</summary>
        public void Close()
        {
            lock (s_lock)
            {
                if (IsClosed)
                {
                    return;
                }

                _state |= ClosedBit;
                ShareCount shares = _extras?.Shares;
                if (shares != null && --shares.Count > 0)
                {
                    return;
                }
            }

            _stack.Close(_handle);
        }

        /// <summary>A second object for the same socket (as POSIX dup()): the stack's socket is closed when both are. Blocking
        /// and timeouts are copied, and each object's own from then on.</summary>
        /// <returns>The other object.</returns>
        /// <exception cref="SocketException">ENOTCONN: the socket has no address yet, and its first one may still move it to
        /// another stack.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public Socket Share()
        {
            lock (s_lock)
            {
                // Whoever closes does it under this lock: a count that is found here stays above zero.
                ThrowIfClosed();
                if (!IsBound && !Is(ConnectingBit))
                {
                    throw Failure(-(int)Errno.ENOTCONN, "share " + ToString());
                }

                Extras own = MakeExtras();
                own.Shares = own.Shares ?? new ShareCount();
                own.Shares.Count++;
                Socket other = new Socket(_stacks, _stack, _handle, _kind, _state);
                other._extras = own.Copy();
                return other;
            }
        }

        /// <summary>Closes the socket, as <see cref="Close"/>.</summary>
        public void Dispose()
        {
            Close();
        }

        /// <summary>Writes the local address into an existing object; does not throw.</summary>
        /// <param name="address">Filled in place.</param>
        /// <returns>0, or -EBADF.</returns>
        public int TryGetLocalAddress(SocketAddress address)
        {
            return IsClosed ? Closed : _stack.GetLocalAddress(_handle, address);
        }

        /// <summary>Writes the peer's address into an existing object; does not throw.</summary>
        /// <param name="address">Filled in place.</param>
        /// <returns>0, -ENOTCONN or -EBADF.</returns>
        public int TryGetRemoteAddress(SocketAddress address)
        {
            return IsClosed ? Closed : _stack.GetRemoteAddress(_handle, address);
        }

        /// <summary>Names the socket by its addresses, for messages.</summary>
        /// <returns>For example <c>tcp 127.0.0.1:7 - 127.0.0.1:40112</c>.</returns>
        public override string ToString()
        {
            string text = ProtocolType == ProtocolType.Tcp ? "tcp" : ProtocolType == ProtocolType.Udp ? "udp" :
                ProtocolType >= ProtocolType.Tls12 ? "tls" : AddressFamily == AddressFamily.Unix ? "unix" : "raw";
            if (IsClosed)
            {
                return text + " (closed)";
            }

            SocketAddress address = new SocketAddress();
            if (TryGetLocalAddress(address) >= 0)
            {
                text += " " + address.ToString();
            }

            if (TryGetRemoteAddress(address) >= 0)
            {
                text += " - " + address.ToString();
            }

            return text;
        }

        private static ProtocolType Resolve(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            if (protocol != ProtocolType.Unspecified || family == AddressFamily.Unix)
            {
                return protocol;
            }

            return type == SocketType.Stream ? ProtocolType.Tcp : type == SocketType.Dgram ? ProtocolType.Udp : protocol;
        }
    }
}
