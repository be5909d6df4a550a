namespace IoTNet
{
    /// <summary>The limits and rules of a <see cref="SocketIOServer"/>, read when it is made.</summary>
    public sealed class SocketIOServerOptions : SocketIOOptions
    {
        /// <summary>Whether clients may use HTTP long-polling, for browsers behind proxies that let no WebSocket pass. Default false:
        /// WebSocket only, for which a JavaScript client sets <c>transports: ["websocket"]</c>. On: each such client holds one
        /// or two connections, and each packet costs a request.</summary>
        public bool AllowPolling { get; set; }

        /// <summary>Whether such a client may go over to a WebSocket. Default true.</summary>
        public bool AllowUpgrades { get; set; } = true;

        /// <summary>The origins whose pages may use long-polling from elsewhere: <c>http://panel.local</c>, <c>*</c> for all; null,
        /// the default, = none but the server's own. For WebSockets it is <see cref="WebSocketServerOptions.Origins"/>.</summary>
        public string[] Origins { get; set; }

        /// <summary>How often a client gets a ping, in ms, 1 or more. Default 25,000, as socket.io's. Too short: traffic; too long:
        /// clients that have vanished keep their place, and a NAT may forget the connection.</summary>
        public int PingIntervalMs { get; set; } = 25000;

        /// <summary>How long its answer may take, in ms, 1 or more. Default 20,000, as socket.io's. Too short: clients on slow links
        /// are lost; too long: those that have vanished keep their place.</summary>
        public int PingTimeoutMs { get; set; } = 20000;

        /// <summary>How long a client may take to connect to a namespace, in ms, 1 or more. Default 45,000, as socket.io's. Too
        /// long: clients that do nothing hold all places.</summary>
        public int ConnectTimeoutMs { get; set; } = 45000;

        /// <summary>How long going over to a WebSocket may take, in ms, 100 or more. Default 10,000, as socket.io's.</summary>
        public int UpgradeTimeoutMs { get; set; } = 10000;

        /// <summary>The most clients at a time, 1 or more. Default 1,000; on a device 8. One more is answered with 503. Too large:
        /// memory, and on a device sockets.</summary>
        public int MaxClients { get; set; } = SocketIODefaults.MaxClients;

        /// <summary>The most rooms of a namespace at a time, 0 or more. Default 10,000; on a device 32. Beyond it Join throws
        /// ENOBUFS. Too large: a handler that makes rooms of what clients send fills memory.</summary>
        public int MaxRooms { get; set; } = SocketIODefaults.MaxRooms;

        /// <summary>How long a client that lost its connection may come back to its id, its rooms and the events it missed, in ms;
        /// socket.io's <c>connectionStateRecovery.maxDisconnectionDuration</c>. 0, the default, = not at all. On: events are
        /// kept, see MaxRecoveryEvents.</summary>
        public int MaxDisconnectionMs { get; set; }

        /// <summary>How many of a namespace's last events are kept for that, 1 or more. Default 1,000; on a device 16. Too small:
        /// clients that missed more start anew; too large: memory.</summary>
        public int MaxRecoveryEvents { get; set; } = SocketIODefaults.MaxRecoveryEvents;

        /// <summary>Whether the middleware is passed over by a client that comes back so. Default true, as socket.io's.</summary>
        public bool RecoverySkipsMiddleware { get; set; } = true;

        internal override void Check()
        {
            base.Check();
            CheckRange(PingIntervalMs, 1, int.MaxValue, nameof(PingIntervalMs));
            CheckRange(PingTimeoutMs, 1, int.MaxValue, nameof(PingTimeoutMs));
            CheckRange(ConnectTimeoutMs, 1, int.MaxValue, nameof(ConnectTimeoutMs));
            CheckRange(UpgradeTimeoutMs, 100, int.MaxValue, nameof(UpgradeTimeoutMs));
            CheckRange(MaxClients, 1, int.MaxValue, nameof(MaxClients));
            CheckRange(MaxRooms, 0, int.MaxValue, nameof(MaxRooms));
            CheckRange(MaxDisconnectionMs, 0, int.MaxValue, nameof(MaxDisconnectionMs));
            CheckRange(MaxRecoveryEvents, 1, 65536, nameof(MaxRecoveryEvents));
        }
    }
}
