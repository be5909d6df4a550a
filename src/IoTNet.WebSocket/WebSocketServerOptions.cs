namespace IoTNet
{
    /// <summary>The limits and rules of a <see cref="WebSocketServer"/>, read when it is made.</summary>
    public sealed class WebSocketServerOptions : WebSocketOptions
    {
        /// <summary>The limits of its TCP server. Defaults as there, but on a desktop 1,024 connections, a backlog of 128, a receive
        /// buffer of 160 KiB, marks of 256 and 64 KiB and at most 32 MiB unsent; on a device buffers of 1 KiB, marks of 4 and 1 KiB and at
        /// most 20 KiB. A message longer than <see cref="ConnectionOptions.MaxBufferedBytes"/> cannot be sent in one
        /// frame.</summary>
        public TcpServerOptions Tcp { get; } = new TcpServerOptions
        {
            Backlog = WebSocketDefaults.Backlog,
            MaxConnections = WebSocketDefaults.MaxConnections,
            BufferBytes = WebSocketDefaults.BufferBytes,
            HighWaterBytes = WebSocketDefaults.HighWaterBytes,
            LowWaterBytes = WebSocketDefaults.LowWaterBytes,
            MaxBufferedBytes = WebSocketDefaults.MaxBufferedBytes,
        };

        /// <summary>The path on which the server itself accepts WebSockets (<c>WebSocketServer.Connection</c>), without the
        /// query: <c>/live</c>; null, the default, = every path that no route has.</summary>
        public string Path { get; set; }

        /// <summary>The subprotocols that the server speaks, the best first; null, the default, = none. The first one that the client
        /// offers is taken; with none in common the WebSocket has none, and the client decides whether it stays.</summary>
        public string[] Protocols { get; set; }

        /// <summary>The origins from which a browser's page may open a WebSocket: <c>http://board.local</c>, <c>null</c> for files; null,
        /// the default, = all. Null: any page that a user of this network opens may use the board in the user's name. Clients
        /// that are no browsers send none, and pass.</summary>
        public string[] Origins { get; set; }

        /// <summary>Decides about each request, upgrades and others, by its Authorization header; null, the default, = all are
        /// allowed. Without TLS what it brings can be read by everybody on the network.</summary>
        public HttpAuthorizer Authorize { get; set; }

        /// <summary>The name under which browsers ask their user for name and password. Default <c>board</c>.</summary>
        public string Realm { get; set; } = "board";

        /// <summary>The longest head of a request, in bytes, 256 to 65,536. Default 16 KiB; on a device 2 KiB. Too small: browsers with
        /// many cookies get 431; too large: each client may fill as much memory.</summary>
        public int MaxHeadBytes { get; set; } = WebSocketDefaults.MaxHeadBytes;

        /// <summary>The most headers of a request, 1 or more. Default 100; on a device 40. Too small: 431 for browsers; too large:
        /// each lookup walks as many.</summary>
        public int MaxHeaders { get; set; } = WebSocketDefaults.MaxHeaders;

        /// <summary>The longest body of a request, in bytes, 0 or more. Default 1 MiB; on a device 4 KiB. Too small: 413; too
        /// large: each client may fill as much memory.</summary>
        public int MaxBodyBytes { get; set; } = WebSocketDefaults.MaxBodyBytes;

        /// <summary>How long a client may take for the head of a request, from the connect on, in ms, 1 or more. Default 10,000. Too
        /// short: clients on slow links get 408; too long: those that send a byte now and then hold all places.</summary>
        public int HeadTimeoutMs { get; set; } = 10000;

        /// <summary>How long a client may take for the body of a request, in ms, 1 or more. Default 30,000. As
        /// HeadTimeoutMs.</summary>
        public int BodyTimeoutMs { get; set; } = 30000;

        /// <summary>How long a connection is kept for another request, in ms; 0 = not. Default 5,000. Too short: a connect for each
        /// request; too long: idle browsers hold places.</summary>
        public int KeepAliveMs { get; set; } = 5000;

        internal override void Check()
        {
            base.Check();
            CheckRange(MaxHeadBytes, 256, 65536, nameof(MaxHeadBytes));
            CheckRange(MaxHeaders, 1, int.MaxValue, nameof(MaxHeaders));
            CheckRange(MaxBodyBytes, 0, int.MaxValue / 2, nameof(MaxBodyBytes));
            CheckRange(HeadTimeoutMs, 1, int.MaxValue, nameof(HeadTimeoutMs));
            CheckRange(BodyTimeoutMs, 1, int.MaxValue, nameof(BodyTimeoutMs));
            CheckRange(KeepAliveMs, 0, int.MaxValue, nameof(KeepAliveMs));
            CheckRange(Tcp.MaxBufferedBytes, Tcp.HighWaterBytes + 1, int.MaxValue, nameof(Tcp.MaxBufferedBytes));
        }
    }
}
