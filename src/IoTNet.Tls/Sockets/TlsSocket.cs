using System;

namespace IoTNet
{
    /// <summary>
    /// A secured connection, for firmware that wants to be done in three lines:
    /// <code>
    /// TlsOptions options = new TlsOptions { CaCertificates = Encoding.UTF8.GetBytes(RootPem) };
    /// using TlsSocket connection = TlsSocket.Connect(address, "broker.example", options, 10000);
    /// connection.Send(bytes, 0, bytes.Length);
    /// </code>
    /// </summary>
    /// <remarks>It is a <see cref="IoTNet.Socket"/> of a board whose stack is a <see cref="TlsStack"/>, and that socket is there
    /// for all else: non-blocking mode, timeouts, a loop, a poller.</remarks>
    public sealed class TlsSocket : IDisposable
    {
        private readonly TlsStack _stack;

        private TlsSocket(Socket socket, TlsStack stack)
        {
            Socket = socket;
            _stack = stack;
        }

        /// <summary>The socket: what it sends and receives is plain.</summary>
        public Socket Socket { get; }

        /// <summary>The protocol that was agreed on, such as <c>TLS 1.3</c>; null when it is not known.</summary>
        public string Protocol => Session?.Protocol;

        /// <summary>The cipher suite by IANA's number; 0 when it is not known.</summary>
        public int CipherSuite
        {
            get
            {
                byte[] value = new byte[4];
                return Socket.TryGetSocketOption(TlsOptionName.Level, TlsOptionName.CipherSuiteUsed, value, 4) < 0 ? 0
                    : TlsValue.ReadInt(value, 0);
            }
        }

        /// <summary>The application protocol that was agreed on; null for none.</summary>
        public string ApplicationProtocol => Session?.ApplicationProtocol;

        /// <summary>Why TLS gave the connection up; null when it did not, or the socket is closed.</summary>
        public TlsFailure Failure => _stack.GetFailure(Socket.Handle);

        private TlsSession Session => _stack.Find(Socket.Handle);

        /// <summary>Connects to a server on the current board's stack and waits until the peer is known to be it.</summary>
        /// <param name="remote">Its address. (Names are found by IoTNet.Dns.)</param>
        /// <param name="host">The name that its certificate must have.</param>
        /// <param name="options">Credentials and the rest.</param>
        /// <param name="timeoutMs">How long connection and handshake may take together, ms; -1 = as long as the stack and
        /// <see cref="TlsOptions.HandshakeTimeoutMs"/> let them.</param>
        /// <returns>The connection, to be closed.</returns>
        /// <exception cref="ArgumentNullException">The address or the options are null.</exception>
        /// <exception cref="TlsException">ECONNABORTED: TLS refused, or was refused, and the text says why; ETIMEDOUT; EINVAL: own
        /// credentials cannot be read; and as <see cref="Socket.Connect(EndPoint, int)"/>.</exception>
        /// <exception cref="SocketException">EPROTONOSUPPORT: the board's stack has no TLS; ENFILE.</exception>
        public static TlsSocket Connect(EndPoint remote, string host, TlsOptions options, int timeoutMs)
        {
            Check(options);
            if (remote == null)
            {
                throw new ArgumentNullException(nameof(remote));
            }

            Socket socket = options.Open(NetworkStack.Current, remote.AddressFamily, host);
            TlsSocket connection = new TlsSocket(socket, (TlsStack)socket.Stack);
            int result = socket.TryConnect(remote, timeoutMs);
            return result < 0 ? throw connection.Give(result, "connect to " + remote.ToString()) : connection;
        }

        /// <summary>Opens a socket that accepts secured connections, for <see cref="Accept"/> or a server of IoTNet.</summary>
        /// <param name="local">The address; port 0 lets the stack choose.</param>
        /// <param name="options">The certificate and the rest.</param>
        /// <param name="backlog">How many connections may wait.</param>
        /// <returns>The listening socket, to be closed.</returns>
        /// <exception cref="ArgumentNullException">The address or the options are null.</exception>
        /// <exception cref="SocketException">EPROTONOSUPPORT: the board's stack has no TLS; EADDRINUSE and others as
        /// <see cref="Socket.Bind"/> and <see cref="Socket.Listen"/>.</exception>
        public static Socket Listen(EndPoint local, TlsOptions options, int backlog)
        {
            Check(options);
            if (local == null)
            {
                throw new ArgumentNullException(nameof(local));
            }

            Socket listener = options.Open(NetworkStack.Current, local.AddressFamily, null);
            try
            {
                listener.Bind(local);
                listener.Listen(backlog);
                return listener;
            }
            catch (SocketException)
            {
                listener.Close();
                throw;
            }
        }

        /// <summary>Waits for a connection and its handshake.</summary>
        /// <param name="listener">From <see cref="Listen"/>.</param>
        /// <param name="timeoutMs">How long both may take together, ms; -1 = for ever for the connection, and as the options say
        /// for the handshake.</param>
        /// <returns>The connection, to be closed; null when none came in time.</returns>
        /// <exception cref="TlsException">A connection came and its handshake failed; the listener goes on.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Accept()"/>.</exception>
        public static TlsSocket Accept(Socket listener, int timeoutMs)
        {
            if (listener == null)
            {
                throw new ArgumentNullException(nameof(listener));
            }

            Deadline deadline = Deadline.After(timeoutMs);
            if (!listener.Accept(timeoutMs, out Socket accepted))
            {
                return null;
            }

            TlsSocket connection = new TlsSocket(accepted, StackOf(accepted));
            connection.Handshake(deadline.RemainingMs());
            return connection;
        }

        /// <summary>Secures a plain connection that is there (STARTTLS, a proxy's tunnel): whatever the two sides sent before was
        /// plain, all that follows is not.</summary>
        /// <param name="socket">The connected socket; it goes on being used, and is closed when this fails.</param>
        /// <param name="isServer">The side of the handshake.</param>
        /// <param name="host">Client: the name that the server's certificate must have.</param>
        /// <param name="options">Credentials and the rest.</param>
        /// <param name="timeoutMs">How long the handshake may take, ms; -1 = as the options say.</param>
        /// <returns>The connection.</returns>
        /// <exception cref="ArgumentNullException">The socket or the options are null.</exception>
        /// <exception cref="TlsException">As <see cref="Connect"/>; ENOTCONN, EISCONN: it is secured already.</exception>
        /// <exception cref="SocketException">EPROTONOSUPPORT: the socket's stack has no TLS.</exception>
        public static TlsSocket Secure(Socket socket, bool isServer, string host, TlsOptions options, int timeoutMs)
        {
            Check(options);
            if (socket == null)
            {
                throw new ArgumentNullException(nameof(socket));
            }

            TlsSocket connection = new TlsSocket(socket, StackOf(socket));
            int result = connection._stack.Secure(socket.Handle, isServer, host, options);
            if (result < 0)
            {
                throw connection.Give(result, "secure " + socket.ToString());
            }

            connection.Handshake(timeoutMs);
            return connection;
        }

        /// <summary>Sends all bytes.</summary>
        /// <param name="buffer">Holds them.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>How many were taken.</returns>
        /// <exception cref="SocketException">As <see cref="Socket.Send(byte[], int, int, SocketFlags)"/>.</exception>
        public int Send(byte[] buffer, int offset, int count)
        {
            return Socket.Send(buffer, offset, count, SocketFlags.None);
        }

        /// <summary>Receives bytes.</summary>
        /// <param name="buffer">Takes them.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <returns>How many; 0 = the peer has ended the stream.</returns>
        /// <exception cref="SocketException">As <see cref="Socket.Receive(byte[], int, int, SocketFlags)"/>; ECONNABORTED: the
        /// stream was cut, or a record was bad.</exception>
        public int Receive(byte[] buffer, int offset, int count)
        {
            return Socket.Receive(buffer, offset, count, SocketFlags.None);
        }

        /// <summary>Sends; does not throw.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <returns>As <see cref="Socket.TrySend"/>.</returns>
        public int TrySend(byte[] buffer, int offset, int count)
        {
            return Socket.TrySend(buffer, offset, count, SocketFlags.None);
        }

        /// <summary>Receives; does not throw.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <returns>As <see cref="Socket.TryReceive"/>.</returns>
        public int TryReceive(byte[] buffer, int offset, int count)
        {
            return Socket.TryReceive(buffer, offset, count, SocketFlags.None);
        }

        /// <summary>Closes the connection.</summary>
        public void Close()
        {
            Socket.Close();
        }

        /// <summary>Closes the connection.</summary>
        public void Dispose()
        {
            Socket.Close();
        }

        private static void Check(TlsOptions options)
        {
            if (options == null)
            {
                throw new ArgumentNullException(nameof(options));
            }
        }

        private static TlsStack StackOf(Socket socket)
        {
            return socket.Stack as TlsStack ?? throw new SocketException(Errno.EPROTONOSUPPORT,
                "secure " + socket.ToString() + ": its stack, " + socket.Stack.Name + ", has no TLS");
        }

        // Whatever the handshake's end is: writable, or failed.
        private void Handshake(int timeoutMs)
        {
            PollEvents seen = Socket.Wait(PollEvents.Out, timeoutMs);
            if (seen == PollEvents.Out)
            {
                return;
            }

            byte[] error = new byte[4];
            int result = seen == PollEvents.None ? 0
                : Socket.TryGetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error, error, 4);
            int errno = result < 0 ? -result : TlsValue.ReadInt(error, 0);
            if (seen == PollEvents.None || errno != 0 || Failure != null)
            {
                throw Give(errno == 0 ? -(int)Errno.ETIMEDOUT : -errno, "secure " + Socket.ToString());
            }
        }

        private TlsException Give(int result, string what)
        {
            Errno error = (Errno)(-result);
            TlsFailure failure = Failure;
            Socket.Close();
            return new TlsException(error,
                what + ": " + (failure != null && failure.Errno == error ? failure.Text : ErrnoTable.Describe(error)), failure);
        }
    }
}
