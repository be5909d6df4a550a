using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>
    /// TLS for the sockets of a stack: <c>NetworkStack.Use(new TlsStack(new SystemNetStack(), new SslStreamProvider()))</c>.
    /// A socket that is opened with protocol <see cref="ProtocolType.Tls12"/> or <see cref="ProtocolType.Tls13"/> sends and
    /// receives plain bytes like any other, and cipher text goes over the wire; all other sockets are the inner stack's, at the
    /// price of one look into a table.
    /// </summary>
    /// <remarks>
    /// <para><b>Connect</b> ends when the peer is known to be the right one: a non-blocking one becomes writable then, and option
    /// Error tells how it ended. <b>Accept</b> gives the connection at once; its first send or receive waits for the handshake
    /// and gives its error. Whoever waits, polls, sends or receives moves the handshake on.</para>
    /// <para><b>Errors.</b> What TLS itself refuses is ECONNABORTED, a handshake that takes too long ETIMEDOUT, own credentials
    /// that are no good EINVAL; <see cref="GetFailure"/> says why. A connection that ends without close_notify is ECONNABORTED
    /// for the receiver, not an end: somebody may have cut it (RFC 8446 6.1).</para>
    /// <para><b>Close</b> sends close_notify and all that was accepted; what the peer does not take at once goes out behind, for
    /// 30 s at most.</para>
    /// </remarks>
    public sealed partial class TlsStack : INetworkStack, ISelectorStack, ILocalAddresses, INameServers, INetworkInterfaces, IFailureReasons,
        ISocketCounter
    {
        private const int BadHandle = -(int)Errno.EBADF;
        private const int WouldBlock = -(int)Errno.EAGAIN;

        private readonly INetworkStack _inner;
        private readonly TlsSessionTable _sessions = new TlsSessionTable();
        private readonly TlsFlusher _flusher;
        private readonly ArrayList _idleSelectors = new ArrayList();

        /// <summary>Puts TLS over a stack.</summary>
        /// <param name="inner">What carries the cipher text, and all plain sockets.</param>
        /// <param name="provider">What does the cryptography.</param>
        /// <exception cref="ArgumentNullException">One of them is null.</exception>
        public TlsStack(INetworkStack inner, ITlsProvider provider)
        {
            _inner = inner ?? throw new ArgumentNullException(nameof(inner));
            Provider = provider ?? throw new ArgumentNullException(nameof(provider));
            Credentials = new TlsCredentialStore();
            _flusher = new TlsFlusher(this);
        }

        /// <summary>The stack below.</summary>
        public INetworkStack Inner => _inner;

        /// <summary>What does the cryptography.</summary>
        public ITlsProvider Provider { get; }

        /// <summary>Credentials by tag, for option TLS_SEC_TAG_LIST.</summary>
        public TlsCredentialStore Credentials { get; }

        /// <summary>How many TLS sockets are open, those that still send after their close included: 0 when nothing
        /// leaked.</summary>
        public int OpenSessions => _sessions.Count;

        /// <summary>How many sockets were closed and still send what they had accepted.</summary>
        public int ClosingSessions => _flusher.ClosingCount;

        /// <inheritdoc/>
        /// <remarks>0 when the inner stack does not count.</remarks>
        public int OpenSockets
        {
            get
            {
                ISocketCounter inner = _inner as ISocketCounter;
                return inner == null ? 0 : inner.OpenSockets;
            }
        }

        /// <inheritdoc/>
        public string Name => _inner.Name;

        /// <inheritdoc/>
        public bool HasLoopback => _inner.HasLoopback;

        /// <inheritdoc/>
        public string DescribeExhaustion() => _inner.DescribeExhaustion();

        /// <summary>Why TLS gave a socket up.</summary>
        /// <param name="handle">The socket, still open.</param>
        /// <returns>The reason; null when TLS did not, or it is not a TLS socket.</returns>
        public TlsFailure GetFailure(int handle)
        {
            return _sessions.Find(handle)?.Failure;
        }

        /// <inheritdoc/>
        public string DescribeFailure(int handle, Errno error)
        {
            TlsFailure failure = GetFailure(handle);
            return failure != null && failure.Errno == error ? failure.Text : null;
        }

        /// <summary>Makes a connected plain socket a TLS socket (STARTTLS): from here on all bytes are encrypted. The handshake
        /// goes on as that of an accepted connection. A selector that watches the socket must be told to again.</summary>
        /// <param name="handle">The socket; nobody may be sending or receiving on it.</param>
        /// <param name="isServer">The side of the handshake.</param>
        /// <param name="host">Client: the name that the peer's certificate must have.</param>
        /// <param name="options">Credentials and the rest.</param>
        /// <returns>0; or EISCONN (it is one already), ENOTCONN, EBADF.</returns>
        /// <exception cref="ArgumentNullException">There are no options.</exception>
        public int Secure(int handle, bool isServer, string host, TlsOptions options)
        {
            if (options == null)
            {
                throw new ArgumentNullException(nameof(options));
            }

            if (_sessions.Find(handle) != null)
            {
                return -(int)Errno.EISCONN;
            }

            int result = _inner.GetRemoteAddress(handle, new SocketAddress());
            if (result >= 0)
            {
                TlsSession session = new TlsSession(this, _inner, handle, options, host, isServer, true);
                _sessions.Add(session);
                session.Attach();
            }

            return result;
        }

        /// <inheritdoc/>
        public int Open(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            if (protocol != ProtocolType.Tls12 && protocol != ProtocolType.Tls13)
            {
                return _inner.Open(family, type, protocol);
            }

            if (type != SocketType.Stream)
            {
                return -(int)Errno.EPROTONOSUPPORT;
            }

            int handle = _inner.Open(family, type, family == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
            if (handle >= 0)
            {
                TlsOptions options = new TlsOptions();
                options.Protocols = protocol == ProtocolType.Tls13 ? TlsProtocols.Tls13 : TlsProtocols.Tls12 | TlsProtocols.Tls13;
                _sessions.Add(new TlsSession(this, _inner, handle, options, null, false, false));
            }

            return handle;
        }

        /// <inheritdoc/>
        public int Close(int handle)
        {
            TlsSession session = _sessions.Find(handle);
            if (session == null)
            {
                return _inner.Close(handle);
            }

            int result = session.Close(ResetsOnClose(handle));
            if (result > 0)
            {
                _flusher.Add(session);
            }
            else if (result == 0)
            {
                FinishClose(session);
            }

            return result > 0 ? 0 : result;
        }

        /// <inheritdoc/>
        public int GetLocalAddress(int handle, SocketAddress local)
        {
            return IsClosed(handle) ? BadHandle : _inner.GetLocalAddress(handle, local);
        }

        /// <inheritdoc/>
        public int GetRemoteAddress(int handle, SocketAddress remote)
        {
            TlsSession session = _sessions.Find(handle);
            if (session != null && !session.IsPlain)
            {
                // A connect that goes on behind ends without being polled.
                if ((session.Look(0, 0, out int wanted, null) & (int)PollEvents.Nval) != 0)
                {
                    return BadHandle;
                }

                if (!session.HasPeer)
                {
                    return -(int)Errno.ENOTCONN;
                }
            }

            return _inner.GetRemoteAddress(handle, remote);
        }

        /// <inheritdoc/>
        public int GetLocalAddresses(IPAddress[] addresses)
        {
            ILocalAddresses inner = _inner as ILocalAddresses;
            return inner == null ? 0 : inner.GetLocalAddresses(addresses);
        }

        /// <inheritdoc/>
        public int GetNameServers(IPAddress[] servers)
        {
            INameServers inner = _inner as INameServers;
            return inner == null ? 0 : inner.GetNameServers(servers);
        }

        /// <inheritdoc/>
        public int FindInterface(string name)
        {
            INetworkInterfaces inner = _inner as INetworkInterfaces;
            return inner == null ? 0 : inner.FindInterface(name);
        }

        /// <inheritdoc/>
        public string GetInterfaceName(int index)
        {
            INetworkInterfaces inner = _inner as INetworkInterfaces;
            return inner == null ? null : inner.GetInterfaceName(index);
        }

        internal TlsSession Find(int handle)
        {
            return _sessions.Find(handle);
        }

        internal void Configure(int handle, TlsOptions options, string host)
        {
            _sessions.Find(handle)?.Configure(options, host);
        }

        // The session stays until the inner socket is gone: nobody with the handle may come by its plain bytes.
        internal void FinishClose(TlsSession session)
        {
            _inner.Close(session.Handle);
            _sessions.Remove(session);
        }

        private bool IsClosed(int handle)
        {
            TlsSession session = _sessions.Find(handle);
            return session != null && session.IsClosed;
        }

        private bool ResetsOnClose(int handle)
        {
            byte[] linger = new byte[8];
            return _inner.GetOption(handle, SocketOptionLevel.Socket, SocketOptionName.Linger, linger, 8) == 8 &&
                TlsValue.ReadInt(linger, 0) != 0 && TlsValue.ReadInt(linger, 4) == 0;
        }
    }
}
