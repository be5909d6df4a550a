// Socket.IO protocol 5 over Engine.IO protocol 4.
using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>
    /// A Socket.IO server on an event loop. All its members, events and handlers belong to the loop's thread.
    /// <code>
    /// SocketIOServer io = new SocketIOServer(loop, "0.0.0.0:80", new SocketIOServerOptions());
    /// io.Use((socket, next) => next(socket.Handshake.GetAuth("token") == Token ? null : new SocketIOException("unauthorized")));
    /// io.Connection += socket =>
    /// {
    ///     socket.Join("kitchen");
    ///     socket.On("light", (s, args) => { io.To("kitchen").Emit("light", args[0]); args.Ack("ok"); });
    ///     socket.Disconnected += (s, reason) => Log(s.Id, reason);
    /// };
    /// </code>
    /// </summary>
    /// <remarks>What a handler throws closes its client's connection and is told by <see cref="HttpServer.Error"/>, by
    /// <see cref="EventLoop.Error"/> when it came from a timer.</remarks>
    public sealed class SocketIOServer : SocketIOEmitter
    {
        private readonly WebSocketServer _http;
        private readonly EngineServer _engine;
        private readonly Hashtable _byName = new Hashtable();
        private SocketIONamespace[] _namespaces = new SocketIONamespace[0];

        /// <summary>Opens a server with an HTTP server of its own.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="uri">Where, as <see cref="TcpServer"/> has it: <c>0.0.0.0:80</c>; port 0 takes a free one, which
        /// <see cref="HttpServer.Address"/> tells.</param>
        /// <param name="options">The limits and rules.</param>
        /// <exception cref="ArgumentNullException">Loop, URI or options are missing.</exception>
        /// <exception cref="ArgumentException">The URI or the path is wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        /// <exception cref="SocketException">It cannot listen there: EADDRINUSE, EADDRNOTAVAIL, EACCES, ENFILE.</exception>
        public SocketIOServer(EventLoop loop, string uri, SocketIOServerOptions options)
            : this(loop, new WebSocketServer(loop, uri), options)
        {
        }

        /// <summary>Adds Socket.IO to an HTTP server, beside its other routes.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="server">The server, of the same loop. A packet is not longer than its MaxMessageBytes, and in long-polling
        /// its MaxBodyBytes, either.</param>
        /// <param name="options">The limits and rules.</param>
        /// <exception cref="ArgumentNullException">Loop, server or options are missing.</exception>
        /// <exception cref="ArgumentException">The path is wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public SocketIOServer(EventLoop loop, WebSocketServer server, SocketIOServerOptions options)
        {
            Loop = loop ?? throw new ArgumentNullException(nameof(loop));
            _http = server ?? throw new ArgumentNullException(nameof(server));
            (options ?? throw new ArgumentNullException(nameof(options))).Check();
            Limits = options.Limits();
            MaxRooms = options.MaxRooms;
            MaxPendingAcks = options.MaxPendingAcks;
            ConnectTimeoutMs = options.ConnectTimeoutMs;
            MaxDisconnectionMs = options.MaxDisconnectionMs;
            MaxRecoveryEvents = options.MaxRecoveryEvents;
            MaxSessions = options.MaxClients;
            RecoverySkipsMiddleware = options.RecoverySkipsMiddleware;
            Writers = new PacketWriters(Limits.MaxNamespaceBytes);
            _engine = new EngineServer(SettingsOf(loop, options), OnSession);
            Sockets = Of("/");
            string path = options.FullPath();
            server.Route(path + "*", _engine.OnRequest, _engine.OnUpgrade);
            server.Route(path.Substring(0, path.Length - 1), _engine.OnRequest, _engine.OnUpgrade);
        }

        /// <summary>A client has connected to the namespace <c>/</c>.</summary>
        public event SocketIOSocketHandler Connection
        {
            add => Sockets.Connection += value;
            remove => Sockets.Connection -= value;
        }

        /// <summary>The HTTP server below, for its address, its routes and its errors.</summary>
        public WebSocketServer Http => _http;

        /// <summary>The namespace <c>/</c>.</summary>
        public SocketIONamespace Sockets { get; }

        /// <summary>How many connections there are, those that are in no namespace yet included.</summary>
        public int ClientCount => _engine.Count;

        // Fields, which on a device cost no call.
        internal readonly EventLoop Loop;

        internal readonly PacketLimits Limits;

        internal readonly int MaxRooms;

        internal readonly int MaxPendingAcks;

        internal readonly int ConnectTimeoutMs;

        internal readonly int MaxDisconnectionMs;

        internal readonly int MaxRecoveryEvents;

        internal readonly int MaxSessions;

        internal readonly bool RecoverySkipsMiddleware;

        internal readonly SocketIOArgs Args = new SocketIOArgs();

        internal readonly PacketHead Head = new PacketHead();

        internal override PacketWriters Writers { get; }

        /// <summary>Gives a namespace; it is made when it is not there yet. Clients can connect only to those that are.</summary>
        /// <param name="name">Its name: <c>/admin</c>; the slash may be left out.</param>
        /// <returns>The namespace.</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name has a comma, or is too long.</exception>
        public SocketIONamespace Of(string name)
        {
            name = NamespaceName.Check(name, Limits.MaxNamespaceBytes);
            SocketIONamespace found = (SocketIONamespace)_byName[name];
            if (found == null)
            {
                found = new SocketIONamespace(this, name);
                SocketIONamespace[] larger = new SocketIONamespace[_namespaces.Length + 1];
                Array.Copy(_namespaces, 0, larger, 0, _namespaces.Length);
                larger[_namespaces.Length] = found;
                _namespaces = larger;
                _byName[name] = found;
            }

            return found;
        }

        /// <summary>Adds middleware to the namespace <c>/</c>: <see cref="SocketIONamespace.Use"/>.</summary>
        /// <param name="middleware">It.</param>
        /// <returns>This server.</returns>
        /// <exception cref="ArgumentNullException">None was given.</exception>
        public SocketIOServer Use(SocketIOMiddleware middleware)
        {
            Sockets.Use(middleware);
            return this;
        }

        /// <summary>The sockets of a room of <c>/</c>.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>What to emit to.</returns>
        public SocketIOBroadcast To(string room)
        {
            return Sockets.To(room);
        }

        /// <summary>The same as <see cref="To"/>.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>What to emit to.</returns>
        public SocketIOBroadcast In(string room)
        {
            return Sockets.To(room);
        }

        /// <summary>The sockets of <c>/</c> that are not in a room.</summary>
        /// <param name="room">Its name, or a socket's id.</param>
        /// <returns>What to emit to.</returns>
        public SocketIOBroadcast Except(string room)
        {
            return Sockets.Except(room);
        }

        /// <summary>Disconnects all clients ("server shutting down") and takes no more; the HTTP server stays.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            _engine.Close(DisconnectReason.ServerShuttingDown);
        }

        internal SocketIONamespace Find(PacketHead head, byte[] buffer)
        {
            for (int i = 0; i < _namespaces.Length; i++)
            {
                if (head.IsFor(buffer, _namespaces[i].WireName))
                {
                    return _namespaces[i];
                }
            }

            return null;
        }

        internal override int Send(PacketWriter writer, bool isVolatile, SocketIOAckHandler ack, int timeoutMs)
        {
            return Sockets.Send(writer, isVolatile, ack, timeoutMs);
        }

        internal override bool Check(int result)
        {
            return result > 0;
        }

        private static EngineSettings SettingsOf(EventLoop loop, SocketIOServerOptions options)
        {
            return new EngineSettings
            {
                Loop = loop,
                AllowPolling = options.AllowPolling,
                AllowUpgrades = options.AllowUpgrades,
                PingIntervalMs = options.PingIntervalMs,
                PingTimeoutMs = options.PingTimeoutMs,
                UpgradeTimeoutMs = options.UpgradeTimeoutMs,
                MaxPayload = options.MaxPayload,
                MaxClients = options.MaxClients,
                MaxBufferedBytes = options.MaxBufferedBytes,
                Origins = options.Origins,
            };
        }

        private void OnSession(EngineSession session)
        {
            new ServerClient(this, session);
        }
    }
}
