namespace IoTNet
{
    /// <summary>Where a TLS socket stands.</summary>
    internal enum TlsState
    {
        /// <summary>Not connected: everything but options is the inner socket's.</summary>
        Idle,

        /// <summary>As Idle: it accepts connections.</summary>
        Listening,

        /// <summary>The inner socket connects.</summary>
        Connecting,

        /// <summary>The inner socket is connected; the peer is not known yet.</summary>
        Handshaking,

        /// <summary>Secured.</summary>
        Open,

        /// <summary>Given up: can only be closed.</summary>
        Failed,
    }
}
