namespace IoTNet
{
    /// <summary>The server answered, but not with a WebSocket. The message says with what.</summary>
    public sealed class WebSocketHandshakeException : SocketException
    {
        internal WebSocketHandshakeException(int status, string message)
            : base(Errno.ECONNREFUSED, message)
        {
            Status = status;
        }

        /// <summary>The status of its answer: 404, 302 (redirects are not followed) …; 101 when the handshake itself was wrong, 0
        /// when the answer was no HTTP.</summary>
        public int Status { get; }
    }
}
