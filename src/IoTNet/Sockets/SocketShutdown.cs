namespace IoTNet
{
    /// <summary>Which half of a connection <see cref="Socket.Shutdown"/> ends. Numbered as POSIX SHUT_*.</summary>
    public enum SocketShutdown
    {
        /// <summary>SHUT_RD: nothing more is received; a receive gives 0.</summary>
        Receive = 0,

        /// <summary>SHUT_WR: nothing more is sent; the peer reads the end of the stream (half-close).</summary>
        Send = 1,

        /// <summary>SHUT_RDWR: both halves.</summary>
        Both = 2,
    }
}
