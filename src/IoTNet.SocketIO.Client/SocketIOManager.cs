// Socket.IO protocol 5 over Engine.IO protocol 4, the client's side.
using System;

namespace IoTNet
{
    /// <summary>
    /// A connection to a Socket.IO server, which the sockets of its namespaces share: it connects, and again when the connection
    /// is lost. All members belong to the loop's thread.
    /// <code>
    /// SocketIOManager manager = new SocketIOManager(loop, "http://board.local", new SocketIOClientOptions());
    /// SocketIOClient admin = manager.Socket("/admin");
    /// admin.Connected += s => s.Emit("hello", "from here");
    /// admin.Connect();
    /// </code>
    /// </summary>
    public sealed partial class SocketIOManager
    {
        private readonly EventLoop _loop;
        private readonly SocketIOClientOptions _options;
        private readonly string _uri;
        private readonly Backoff _backoff;
        private readonly LoopTimer _reconnectTimer;
        private readonly PacketLimits _limits;
        private readonly PacketHead _head = new PacketHead();
        private readonly PacketDecoder _decoder;
        private SocketIOClient[] _sockets = new SocketIOClient[0];

        // Whether it connects again when the connection is lost.
        private bool _wanted;
        private bool _reconnecting;

        /// <summary>Makes a manager that does not connect yet.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="uri">The server: <c>http://board.local:8080</c>; also https, ws and wss. A path in it is a namespace's,
        /// which counts for <see cref="SocketIOClient.Connect(EventLoop, string, SocketIOClientOptions)"/>.</param>
        /// <param name="options">The limits and wishes.</param>
        /// <exception cref="ArgumentNullException">Something is missing.</exception>
        /// <exception cref="ArgumentException">URI or path are wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public SocketIOManager(EventLoop loop, string uri, SocketIOClientOptions options)
        {
            _loop = loop ?? throw new ArgumentNullException(nameof(loop));
            _options = options ?? throw new ArgumentNullException(nameof(options));
            options.Check();
            _uri = SocketIOUri.ToWebSocket(uri, options.FullPath(), options.Query);
            options.WebSocket.ConnectTimeoutMs = options.TimeoutMs;
            _limits = options.Limits();
            _backoff = new Backoff(options.ReconnectionDelayMs, options.ReconnectionDelayMaxMs, options.RandomizationPercent);
            _reconnectTimer = new LoopTimer(loop, OnReconnectTimer, null);
            _pingTimer = new LoopTimer(loop, OnPingTimer, null);
            _decoder = new PacketDecoder(_limits, _head, this);
            Writers = new PacketWriters(_limits.MaxNamespaceBytes);
        }

        /// <summary>An attempt to connect again begins.</summary>
        public event SocketIOReconnectHandler ReconnectAttempt;

        /// <summary>It has connected again.</summary>
        public event SocketIOReconnectHandler Reconnected;

        /// <summary>It has given up: as many attempts as it may make have failed.</summary>
        public event SocketIOReconnectHandler ReconnectFailed;

        /// <summary>The connection could not be made, or failed.</summary>
        public event SocketIOErrorHandler Error;

        /// <summary>Whether the connection is there.</summary>
        public bool IsOpen => _state == StateOpen;

        internal EventLoop Loop => _loop;

        internal SocketIOClientOptions Options => _options;

        internal PacketWriters Writers { get; }

        internal SocketIOArgs Args { get; } = new SocketIOArgs();

        /// <summary>Gives the socket of a namespace; it is made when it is not there yet, and does not connect by itself.</summary>
        /// <param name="name">The namespace: <c>/admin</c>; the slash may be left out.</param>
        /// <returns>The socket.</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name has a comma, or is too long.</exception>
        public SocketIOClient Socket(string name)
        {
            name = NamespaceName.Check(name, _limits.MaxNamespaceBytes);
            for (int i = 0; i < _sockets.Length; i++)
            {
                if (_sockets[i].Namespace == name)
                {
                    return _sockets[i];
                }
            }

            SocketIOClient socket = new SocketIOClient(this, name);
            SocketIOClient[] larger = new SocketIOClient[_sockets.Length + 1];
            Array.Copy(_sockets, 0, larger, 0, _sockets.Length);
            larger[_sockets.Length] = socket;
            _sockets = larger;
            return socket;
        }

        /// <summary>Disconnects all sockets ("io client disconnect") and the connection.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            for (int i = 0; i < _sockets.Length; i++)
            {
                _sockets[i].Disconnect();
            }

            Leave();
        }

        /// <summary>A socket wants to be connected.</summary>
        internal void Want()
        {
            _wanted = true;
            if (_state == StateClosed && !_reconnecting)
            {
                Open();
            }
        }

        /// <summary>A socket does not want to be connected any more: the last one ends the connection.</summary>
        internal void Unwant()
        {
            for (int i = 0; i < _sockets.Length; i++)
            {
                if (_sockets[i].IsActive)
                {
                    return;
                }
            }

            Leave();
        }

        private void Leave()
        {
            _wanted = false;
            _reconnecting = false;
            _reconnectTimer.Stop();
            _backoff.Reset();
            CloseEngine(DisconnectReason.IOClientDisconnect);
        }

        private void OnOpened()
        {
            int attempts = _backoff.Attempts;
            bool wasReconnecting = _reconnecting;
            _reconnecting = false;
            _backoff.Reset();
            for (int i = 0; i < _sockets.Length && IsOpen; i++)
            {
                _sockets[i].OnOpened();
            }

            if (wasReconnecting)
            {
                Reconnected?.Invoke(this, attempts);
            }
        }

        private void OnNotOpened(SocketException error)
        {
            try
            {
                Error?.Invoke(this, error);
                for (int i = 0; i < _sockets.Length; i++)
                {
                    _sockets[i].OnNotOpened(error);
                }
            }
            finally
            {
                Reconnect();
            }
        }

        private void OnLost(string reason)
        {
            _decoder.Clear();
            try
            {
                Lose(reason, 0);
            }
            finally
            {
                Reconnect();
            }
        }

        // All sockets, also when the handler of one throws.
        private void Lose(string reason, int index)
        {
            if (index < _sockets.Length)
            {
                try
                {
                    _sockets[index].OnLost(reason);
                }
                finally
                {
                    Lose(reason, index + 1);
                }
            }
        }

        private void Reconnect()
        {
            if (!_wanted || !_options.Reconnection || _state != StateClosed || _loop.IsStopping)
            {
                _reconnecting = false;
                return;
            }

            if (_options.ReconnectionAttempts >= 0 && _backoff.Attempts >= _options.ReconnectionAttempts)
            {
                int attempts = _backoff.Attempts;
                _backoff.Reset();
                _reconnecting = false;
                _wanted = false;
                ReconnectFailed?.Invoke(this, attempts);
                return;
            }

            _reconnecting = true;
            _reconnectTimer.Start(_backoff.NextMs(), 0);
        }

        private void OnReconnectTimer(object state)
        {
            ReconnectAttempt?.Invoke(this, _backoff.Attempts);
            if (_wanted && _state == StateClosed)
            {
                Open();
            }
        }
    }
}
