namespace IoTNet
{
    /// <summary>The limits and wishes of a <see cref="WebSocketClient"/>, read when it connects.</summary>
    public sealed class WebSocketClientOptions : WebSocketOptions
    {
        /// <summary>Makes them with the defaults.</summary>
        public WebSocketClientOptions()
        {
            BatchBytes = WebSocketDefaults.ClientBatchBytes;
        }

        /// <summary>The limits of its connection; defaults as a WebSocket server's.</summary>
        public ConnectionOptions Connection { get; } = new ConnectionOptions
        {
            BufferBytes = HttpDefaults.BufferBytes,
            HighWaterBytes = HttpDefaults.HighWaterBytes,
            LowWaterBytes = HttpDefaults.LowWaterBytes,
            MaxBufferedBytes = HttpDefaults.MaxBufferedBytes,
        };

        /// <summary>How long it may take from the lookup to the server's answer, in ms, 1 or more. Default 10,000. Too short: slow
        /// servers are never reached; too long: one that is silent is waited for.</summary>
        public int ConnectTimeoutMs { get; set; } = 10000;

        /// <summary>The subprotocols to offer, the best first; null, the default, = none. A server that takes none of them is
        /// connected all the same: <see cref="WebSocket.Protocol"/> is null then.</summary>
        public string[] Protocols { get; set; }

        /// <summary>The Origin header, for servers that ask for one; null, the default, = none.</summary>
        public string Origin { get; set; }

        /// <summary>The Authorization header; null, the default, = none. <see cref="HttpCredentials.Basic"/> writes one of
        /// Basic; <c>"Bearer " + token</c> is the other.</summary>
        public string Authorization { get; set; }

        /// <summary>More headers, as names and values in turn; null, the default, = none.</summary>
        public string[] Headers { get; set; }

        /// <summary>Opens the sockets for wss://; null, the default, = there is none, and wss:// is refused with EPROTONOSUPPORT.
        /// ws:// is plain with it, too. It is meant instead of <see cref="ConnectionOptions.Security"/> of
        /// <see cref="Connection"/>.</summary>
        public ISocketSecurity Security { get; set; }

        /// <summary>The longest head of the server's answer, in bytes, 256 to 65,536. Default 16 KiB; on a device 2 KiB. Too small: a
        /// server that answers with more is refused; too large: memory while it connects.</summary>
        public int MaxHeadBytes { get; set; } = HttpDefaults.MaxHeadBytes;

        internal override void Check()
        {
            base.Check();
            OptionRange.Check(ConnectTimeoutMs, 1, int.MaxValue, nameof(ConnectTimeoutMs));
            OptionRange.Check(MaxHeadBytes, 256, 65536, nameof(MaxHeadBytes));
        }
    }
}
