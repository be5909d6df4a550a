namespace IoTNet
{
    /// <summary>Why a socket was disconnected: socket.io's words.</summary>
    public static class DisconnectReason
    {
        /// <summary>At both: the connection ended.</summary>
        public const string TransportClose = "transport close";

        /// <summary>At both: the connection failed, or the peer violated Engine.IO's protocol.</summary>
        public const string TransportError = "transport error";

        /// <summary>At both: the peer gave no sign of life.</summary>
        public const string PingTimeout = "ping timeout";

        /// <summary>At both: the peer sent a packet that is none.</summary>
        public const string ParseError = "parse error";

        /// <summary>At a server: the client called Disconnect.</summary>
        public const string ClientNamespaceDisconnect = "client namespace disconnect";

        /// <summary>At a server: it called Disconnect.</summary>
        public const string ServerNamespaceDisconnect = "server namespace disconnect";

        /// <summary>At a server: it is closed.</summary>
        public const string ServerShuttingDown = "server shutting down";

        /// <summary>At a server: the client did what no client does in this state, or connected to no namespace in time.</summary>
        public const string ForcedServerClose = "forced server close";

        /// <summary>At a client: it called Disconnect.</summary>
        public const string IOClientDisconnect = "io client disconnect";

        /// <summary>At a client: the server called Disconnect. It does not reconnect by itself then.</summary>
        public const string IOServerDisconnect = "io server disconnect";
    }
}
