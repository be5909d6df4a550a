using System;

namespace IoTNet
{
    /// <summary>
    /// Accepts connections of TCP and Unix stream sockets on a loop.
    /// <code>
    /// TcpServer server = new TcpServer(loop, "0.0.0.0:7");
    /// server.Connection += OnConnection;      // OnConnection(connection) { connection.Data += OnData; }
    /// loop.Run();
    /// </code>
    /// </summary>
    /// <remarks>Its members belong to the loop's thread, or to any one while the loop does not run. What it promises is what
    /// ReactPHP's TcpServer does: ports, addresses as URIs, pause and resume, errors that do not end it. A loop that is
    /// stopped does not close sockets: close the server, and its connections, before or after.</remarks>
    public sealed partial class TcpServer
    {
        private static readonly byte[] s_true = { 1, 0, 0, 0 };

        private readonly EventLoop _loop;
        private readonly ConnectionSet _set;
        private readonly Socket _listener;
        private readonly int _maxConnections;
        private readonly bool _refuseAboveLimit;
        private bool _paused;
        private bool _closed;

        /// <summary>Opens a server with the default limits.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="uri">Where, as the other constructor has it.</param>
        /// <exception cref="ArgumentNullException">No loop or URI was given.</exception>
        /// <exception cref="ArgumentException">As the other constructor's.</exception>
        /// <exception cref="SocketException">As the other constructor's.</exception>
        public TcpServer(EventLoop loop, string uri)
            : this(loop, uri, new TcpServerOptions())
        {
        }

        /// <summary>Opens a server.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="uri">Where: <c>tcp://192.0.2.1:80</c>; <c>[::1]:80</c> (tcp:// may be left out); <c>80</c> alone is on
        /// 127.0.0.1; tls:// instead of tcp:// with <see cref="ConnectionOptions.Security"/>; <c>unix://PATH</c>, or <c>unix://@NAME</c> for an abstract name. Port 0 takes a free one, which
        /// <see cref="Address"/> tells. A Unix path must not exist yet, and stays when the server is closed.</param>
        /// <param name="options">The limits.</param>
        /// <exception cref="ArgumentNullException">Loop, URI or options are missing.</exception>
        /// <exception cref="ArgumentException">The URI is wrong (EINVAL; the text names the part that is); the host is no IP
        /// address.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        /// <exception cref="SocketException">It cannot listen there: EADDRINUSE, EADDRNOTAVAIL, EACCES, EAFNOSUPPORT, ENFILE,
        /// EPROTONOSUPPORT (the board's stack has no TLS); the text names the URI.</exception>
        public TcpServer(EventLoop loop, string uri, TcpServerOptions options)
        {
            _loop = loop ?? throw new ArgumentNullException(nameof(loop));
            (options ?? throw new ArgumentNullException(nameof(options))).Check();
            TcpUri parsed = TcpUri.Parse(uri, options.Security != null);
            if (parsed.Address == null)
            {
                throw parsed.Wrong("the host is no IP address: \"" + parsed.Host + "\"");
            }

            _set = new ConnectionSet(loop, options, options.Security, this);
            _set.JoiningMs = options.MiddlewareTimeoutMs;
            _set.SilentMs = options.FirstByteTimeoutMs;
            _maxConnections = options.MaxConnections;
            _refuseAboveLimit = options.RefuseAboveLimit;
            _retry = new LoopTimer(loop, OnRetry, null);
            _listener = Listen(uri, parsed.Address, options.Backlog);
            try
            {
                _watch = loop.Watch(_listener, PollEvents.In, this);
            }
            catch
            {
                _listener.Close();
                throw;
            }
        }

        /// <summary>A client is connected, and all middleware let it pass.</summary>
        public event ConnectionHandler Connection;

        /// <summary>A client was refused: by a middleware, by MiddlewareTimeoutMs, or above the limit. It is closed after the
        /// call.</summary>
        public event ConnectionRefusedHandler Refused;

        /// <summary>Something failed and the server goes on: an accept (the source is the server; ENFILE and the like are told
        /// once until an accept succeeds), or a middleware or a handler of a connection that threw (the source is the connection, which is
        /// closed).</summary>
        public event LoopErrorHandler Error;

        /// <summary>The server has been closed.</summary>
        public event TcpServerHandler Closed;

        /// <summary>Where it listens, as a URI: <c>tcp://127.0.0.1:8080</c>, <c>tls://127.0.0.1:8443</c> with
        /// <see cref="ConnectionOptions.Security"/>; null when it is closed.</summary>
        public string Address
        {
            get
            {
                SocketAddress address = new SocketAddress();
                return _closed || _listener.TryGetLocalAddress(address) < 0 ? null : TcpUri.Of(address, _set.Security != null);
            }
        }

        /// <summary>The listening socket.</summary>
        public Socket Socket => _listener;

        /// <summary>How many connections there are, those with the middleware included.</summary>
        public int ConnectionCount { get; private set; }

        /// <summary>Stops accepting: clients wait in the backlog. Pausing again does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Pause()
        {
            _loop.CheckThread();
            _paused = true;
            UpdateEvents();
        }

        /// <summary>Accepts again.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Resume()
        {
            _loop.CheckThread();
            _paused = false;
            UpdateEvents();
        }

        /// <summary>Stops listening; clients in the backlog are lost, those with the middleware closed, and the connections go
        /// on (<see cref="CloseConnections"/>). Closing again does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            _loop.CheckThread();
            if (_closed)
            {
                return;
            }

            _closed = true;
            _retry.Stop();
            _watch.Close();
            _listener.Close();
            TcpServerHandler closed = Closed;
            Closed = null;
            Connection = null;
            _set.CloseAll(true);
            closed?.Invoke(this);
        }

        /// <summary>Closes all connections at once.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void CloseConnections()
        {
            _loop.CheckThread();
            _set.CloseAll(false);
        }

        private Socket Listen(string uri, EndPoint address, int backlog)
        {
            Socket listener = null;
            try
            {
                listener = _set.Open(address.AddressFamily, null);
                if (address.AddressFamily != AddressFamily.Unix)
                {
                    // RFC 9293 3.6.1, TIME-WAIT: the connections that an earlier run closed hold the port for minutes.
                    listener.TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, s_true, s_true.Length);
                }

                listener.Bind(address);
                listener.Listen(backlog);
                return listener;
            }
            catch (SocketException e)
            {
                listener?.Close();
                throw new SocketException(e.Errno, "Failed to listen on \"" + uri + "\": " + e.Message);
            }
        }
    }
}
