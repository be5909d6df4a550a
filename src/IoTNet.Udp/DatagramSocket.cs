using System;

namespace IoTNet
{
    /// <summary>
    /// A datagram socket as Node's <c>dgram</c> has it, on an <see cref="EventLoop"/>.
    /// <code>
    /// DatagramSocket socket = new DatagramSocket(loop);
    /// socket.Message += (s, buffer, offset, count, from) =&gt; s.Send(buffer, offset, count, from, null);
    /// socket.Bind(7);
    /// loop.Run();
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para>A call in the wrong state throws <see cref="DatagramException"/> with Node's code. What it begins ends on the loop
    /// later, never within the call: with its callback, an event, or <see cref="Error"/> when there is no callback. An error
    /// that nobody takes is thrown to the loop.</para>
    /// <para>All members belong to the loop's thread, or to any one while the loop does not run. When the loop has been stopped
    /// nothing is told any more; <see cref="Close"/> still frees the socket.</para>
    /// <para>The socket is opened with its first address, so a pool gives it up to a socket that is bound. Sending to an
    /// address, to the connected peer or to the same host as before, and receiving, allocate nothing.</para>
    /// </remarks>
    public sealed partial class DatagramSocket : ISocketWatcher, IDisposable
    {
        // So that a socket that is never idle leaves the loop's others their turn.
        private const int StepsPerRound = 16;

        private readonly EventLoop _loop;
        private readonly LoopTimer _work;
        private readonly AddressFamily _family;
        private readonly byte[] _buffer;
        private readonly SocketAddress _from = new SocketAddress();
        private Socket _socket;
        private SocketWatch _watch;

        // What is under way; null when nothing is.
        private DatagramRequest _bind;
        private DatagramRequest _connect;
        private DatagramEventHandler _onBound;
        private bool _isBound;
        private bool _isConnected;
        private bool _isClosed;
        private bool _isCloseTold;

        /// <summary>Makes a socket that has no address yet.</summary>
        /// <param name="loop">The loop; the socket is on its board.</param>
        /// <param name="family">InterNetwork (udp4) or InterNetworkV6 (udp6).</param>
        /// <param name="datagramBytes">How many bytes of a datagram are taken, 1 to 65,535; the rest of a longer one is
        /// lost (<see cref="IsTruncated"/>).</param>
        /// <exception cref="ArgumentNullException">There is no loop.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The family or the size is none of these.</exception>
        public DatagramSocket(EventLoop loop, AddressFamily family = AddressFamily.InterNetwork,
            int datagramBytes = UdpServer.DefaultDatagramBytes)
        {
            _loop = loop ?? throw new ArgumentNullException(nameof(loop));
            if (family != AddressFamily.InterNetwork && family != AddressFamily.InterNetworkV6)
            {
                throw new ArgumentOutOfRangeException(nameof(family), "Expected InterNetwork or InterNetworkV6, not " + ((int)family).ToString() + ".");
            }

            if (datagramBytes < 1 || datagramBytes > 65535)
            {
                throw new ArgumentOutOfRangeException(nameof(datagramBytes), "Expected 1 to 65535 bytes, not " + datagramBytes.ToString() + ".");
            }

            _family = family;
            _buffer = new byte[datagramBytes];
            _work = new LoopTimer(loop, Work, null);
            _onResolved = OnResolved;
        }

        /// <summary>A datagram came.</summary>
        public event DatagramMessageHandler Message;

        /// <summary>The socket has its local address, and receives.</summary>
        public event DatagramEventHandler Listening;

        /// <summary>The socket has its peer.</summary>
        public event DatagramEventHandler Connected;

        /// <summary>The socket is closed; no event comes afterwards.</summary>
        public event DatagramEventHandler Closed;

        /// <summary>Something failed that has no callback: a bind, a receive (such as ECONNREFUSED for an earlier datagram to
        /// the connected peer), or a send or connect without one.</summary>
        public event DatagramErrorHandler Error;

        /// <summary>Whether other sockets may have the same address and port (SO_REUSEADDR): set it before
        /// <see cref="Bind"/>.</summary>
        public bool ReuseAddress { get; set; }

        /// <summary>Whether a udp6 socket leaves IPv4 to others: set it before <see cref="Bind"/>. Default false, as in
        /// Node.</summary>
        public bool IPv6Only { get; set; }

        /// <summary>Within <see cref="Message"/>: whether the datagram was longer than the buffer.</summary>
        public bool IsTruncated { get; private set; }

        /// <summary>Gives the socket its local address; <see cref="Listening"/> tells that it has it. A failure is told by
        /// <see cref="Error"/>, and it may be tried again: EADDRINUSE, EADDRNOTAVAIL, EACCES, EINVAL (the other family's
        /// address), ENFILE, or a name's codes.</summary>
        /// <param name="port">The port; 0 = any free one.</param>
        /// <param name="address">An address or name; null = every address.</param>
        /// <param name="callback">Called once after Listening; not when it fails.</param>
        /// <exception cref="DatagramException">ERR_SOCKET_ALREADY_BOUND; ERR_SOCKET_DGRAM_NOT_RUNNING: closed;
        /// ERR_SOCKET_BAD_PORT: outside 0..65535 (Node takes the lower 16 bits).</exception>
        public void Bind(int port = 0, string address = null, DatagramEventHandler callback = null)
        {
            CheckRunning();
            CheckPort(port, 0);
            if (_isBound || _bind != null)
            {
                throw new DatagramException("ERR_SOCKET_ALREADY_BOUND", Errno.EINVAL, "Socket is already bound");
            }

            BeginBind(port, address, callback);
        }

        /// <summary>Tells the local address: address, family, port.</summary>
        /// <returns>The address.</returns>
        /// <exception cref="DatagramException">EBADF: not bound; ERR_SOCKET_DGRAM_NOT_RUNNING: closed.</exception>
        public IPEndPoint Address()
        {
            CheckRunning();
            SocketAddress local = new SocketAddress();
            Check("getsockname", _socket == null ? BadSocket : _socket.TryGetLocalAddress(local));
            return IPEndPoint.FromSocketAddress(local);
        }

        /// <summary>Chooses a peer: sends go to it and datagrams come only from it. Binds the socket when it is not.</summary>
        /// <param name="port">The peer's port, 1 to 65,535.</param>
        /// <param name="host">Its address or name; null = 127.0.0.1 or ::1.</param>
        /// <param name="callback">Is told how it ended; null: <see cref="Error"/> is told of a failure.
        /// <see cref="Connected"/> comes in either case.</param>
        /// <exception cref="DatagramException">ERR_SOCKET_DGRAM_IS_CONNECTED, also while it connects; ERR_SOCKET_BAD_PORT;
        /// ERR_SOCKET_DGRAM_NOT_RUNNING: closed.</exception>
        public void Connect(int port, string host = null, DatagramCallback callback = null)
        {
            CheckPort(port, 1);
            CheckRunning();
            CheckNotConnected(_connect != null);
            if (!_isBound && _bind == null)
            {
                BeginBind(0, null, null);
            }

            _connect = new DatagramRequest { Callback = callback };
            Begin(_connect, host ?? Loopback, port);
        }

        /// <summary>Takes the peer away.</summary>
        /// <exception cref="DatagramException">ERR_SOCKET_DGRAM_NOT_CONNECTED; ERR_SOCKET_DGRAM_NOT_RUNNING: closed; what the
        /// stack says (EOPNOTSUPP on nanoFramework's boards).</exception>
        public void Disconnect()
        {
            CheckConnected();
            CheckRunning();
            Check("connect", _socket.TryConnect(new SocketAddress(), 0));
            _isConnected = false;
        }

        /// <summary>Tells the peer's address.</summary>
        /// <returns>The address.</returns>
        /// <exception cref="DatagramException">ERR_SOCKET_DGRAM_NOT_CONNECTED; ERR_SOCKET_DGRAM_NOT_RUNNING:
        /// closed.</exception>
        public IPEndPoint RemoteAddress()
        {
            CheckRunning();
            CheckConnected();
            SocketAddress remote = new SocketAddress();
            Check("getpeername", _socket.TryGetRemoteAddress(remote));
            return IPEndPoint.FromSocketAddress(remote);
        }

        /// <summary>Closes the socket at once. What has not been sent is not: its callbacks are told ECANCELED; then
        /// <see cref="Closed"/> comes.</summary>
        /// <exception cref="DatagramException">ERR_SOCKET_DGRAM_NOT_RUNNING: closed already.</exception>
        public void Close()
        {
            CheckRunning();
            _isClosed = true;
            _watch?.Close();
            _socket?.Close();
            Wake();
        }

        /// <summary>Closes the socket when it is not closed.</summary>
        public void Dispose()
        {
            if (!_isClosed)
            {
                Close();
            }
        }

        void ISocketWatcher.OnReady(SocketWatch watch, PollEvents events)
        {
            if ((events & PollEvents.Out) != 0)
            {
                _isFull = false;
                watch.Events = PollEvents.In;
                Wake();
            }

            if ((events & ~PollEvents.Out) != 0)
            {
                Receive();
            }
        }

        private void Receive()
        {
            for (int i = 0; i < StepsPerRound && !_isClosed; i++)
            {
                SocketFlags flags = SocketFlags.DontWait;
                int count = _socket.TryReceiveFrom(_buffer, 0, _buffer.Length, ref flags, _from);
                if (count == -(int)Errno.EAGAIN || count == -(int)Errno.EINTR)
                {
                    return;
                }

                if (count < 0)
                {
                    Raise(DatagramException.Of("recvmsg", (Errno)(-count), null));
                }
                else if (Message != null)
                {
                    IsTruncated = (flags & SocketFlags.Truncated) != 0;
                    Message(this, _buffer, 0, count, _from);
                }
            }
        }

        // Everything that ends later ends here, on the loop.
        private void Work(object state)
        {
            bool isDone = false;
            try
            {
                int steps = 0;
                while (!isDone && steps++ < StepsPerRound)
                {
                    isDone = !Step();
                }
            }
            finally
            {
                // A handler threw, or the others are due.
                if (!isDone)
                {
                    Wake();
                }
            }
        }

        private bool Step()
        {
            if (!_isClosed && _bind != null && _bind.IsReady)
            {
                FinishBind();
                return true;
            }

            if (_connect != null && (_isClosed || _connect.Error != null || (_isBound && _connect.IsReady)))
            {
                FinishConnect();
                return true;
            }

            return SendNext() || TellClosed();
        }

        private bool TellClosed()
        {
            if (_isClosed && !_isCloseTold)
            {
                _isCloseTold = true;
                Closed?.Invoke(this);
            }

            return false;
        }

        private void Wake()
        {
            try
            {
                _work.Start(0, 0);
            }
            catch (ObjectDisposedException)
            {
                // The loop has been stopped, and nothing is told any more.
            }
        }

        private void Raise(DatagramException error)
        {
            if (Error == null)
            {
                throw error;
            }

            Error(this, error);
        }
    }
}
