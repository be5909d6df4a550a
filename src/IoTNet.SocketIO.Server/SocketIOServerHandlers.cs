namespace IoTNet
{
    /// <summary>Takes an event that came to a server.</summary>
    /// <param name="socket">The client's socket.</param>
    /// <param name="args">The arguments, until the handler returns.</param>
    public delegate void SocketIOHandler(SocketIOSocket socket, SocketIOArgs args);

    /// <summary>Takes a client that has connected to a namespace.</summary>
    /// <param name="socket">Its socket.</param>
    public delegate void SocketIOSocketHandler(SocketIOSocket socket);

    /// <summary>Takes the end of a server's socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="reason">Why: one of <see cref="DisconnectReason"/>.</param>
    public delegate void SocketIODisconnectHandler(SocketIOSocket socket, string reason);

    /// <summary>Decides about a client that connects to a namespace.</summary>
    /// <param name="socket">Its socket, with its handshake; it is not connected yet.</param>
    /// <param name="next">Goes on, at once or any time later on the loop's thread.</param>
    public delegate void SocketIOMiddleware(SocketIOSocket socket, SocketIONext next);

    /// <summary>Goes on with a client. A second call does nothing.</summary>
    /// <param name="error">Why it is refused: it gets message and details as connect_error; null = it may pass.</param>
    public delegate void SocketIONext(SocketIOException error = null);
}
