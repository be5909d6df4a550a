namespace IoTNet
{
    /// <summary>
    /// Opens WebSockets.
    /// <code>
    /// WebSocketClient.Connect(loop, "ws://board.local/live", new WebSocketClientOptions(), OnConnected);
    /// ...
    /// void OnConnected(WebSocket socket, SocketException error)
    /// {
    ///     if (socket != null) { socket.Text += OnText; }
    /// }
    /// </code>
    /// </summary>
    public static class WebSocketClient
    {
        /// <summary>Begins to connect; on the loop's thread, or any one while the loop does not run.</summary>
        /// <param name="loop">The loop.</param>
        /// <param name="uri"><c>ws://HOST[:PORT][/PATH][?QUERY]</c>, or with wss, where the options have a Security.</param>
        /// <param name="options">Limits and wishes.</param>
        /// <param name="handler">Called once, in a later round of the loop, unless it is cancelled. Errors: those of
        /// <see cref="TcpConnector.Connect(string,int,ConnectHandler)"/>; ETIMEDOUT, no answer within ConnectTimeoutMs; ECONNRESET, the server ended the
        /// connection before its answer; <see cref="WebSocketHandshakeException"/>, it answered otherwise, redirects
        /// included.</param>
        /// <returns>What goes on, to be cancelled.</returns>
        /// <exception cref="System.ArgumentNullException">Something is missing.</exception>
        /// <exception cref="System.ArgumentException">The URI is wrong (EINVAL), a subprotocol is no token, or a header has a line
        /// end.</exception>
        /// <exception cref="System.ArgumentOutOfRangeException">A limit is out of its range.</exception>
        /// <exception cref="SocketException">EPROTONOSUPPORT: wss without a Security.</exception>
        /// <exception cref="System.InvalidOperationException">Not on the loop's thread.</exception>
        public static PendingWebSocket Connect(EventLoop loop, string uri, WebSocketClientOptions options, WebSocketConnectHandler handler)
        {
            PendingWebSocket pending = new PendingWebSocket(loop, uri, options, handler);
            pending.Begin();
            return pending;
        }
    }
}
