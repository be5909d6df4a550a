namespace IoTNet
{
    /// <summary>Takes an event that came to a server.</summary>
    /// <param name="socket">The client's socket.</param>
    /// <param name="args">The arguments, until the handler returns.</param>
    public delegate void SocketIOHandler(SocketIOSocket socket, SocketIOArgs args);

    /// <summary>Takes an event that came to a client.</summary>
    /// <param name="socket">The client's socket.</param>
    /// <param name="args">The arguments, until the handler returns.</param>
    public delegate void SocketIOClientHandler(SocketIOClient socket, SocketIOArgs args);

    /// <summary>Takes an acknowledgement.</summary>
    /// <param name="args">What the peer answers, until the handler returns; null when there is an error.</param>
    /// <param name="error">Null; ETIMEDOUT: it did not come in time; ECONNRESET: the socket was disconnected before.</param>
    public delegate void SocketIOAckHandler(SocketIOArgs args, SocketException error);

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

    /// <summary>Takes what happens to a client.</summary>
    /// <param name="socket">The client's socket.</param>
    public delegate void SocketIOConnectHandler(SocketIOClient socket);

    /// <summary>Takes the failure of a connect to a namespace.</summary>
    /// <param name="socket">The client's socket.</param>
    /// <param name="error">A <see cref="SocketIOException"/> when the server refused; else the connection's error: it is tried
    /// again then, unless that is turned off.</param>
    public delegate void SocketIOConnectErrorHandler(SocketIOClient socket, SocketException error);

    /// <summary>Takes the end of a client's connection to a namespace.</summary>
    /// <param name="socket">The client's socket.</param>
    /// <param name="reason">Why: one of <see cref="DisconnectReason"/>.</param>
    public delegate void SocketIOClientDisconnectHandler(SocketIOClient socket, string reason);

    /// <summary>Takes what happens to a manager's reconnecting.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="attempt">Which attempt, from 1.</param>
    public delegate void SocketIOReconnectHandler(SocketIOManager manager, int attempt);

    /// <summary>Takes the error of a manager's connection.</summary>
    /// <param name="manager">The manager.</param>
    /// <param name="error">What failed.</param>
    public delegate void SocketIOErrorHandler(SocketIOManager manager, SocketException error);
}
