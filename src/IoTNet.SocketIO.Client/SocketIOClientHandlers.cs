namespace IoTNet
{
    /// <summary>Takes an event that came to a client.</summary>
    /// <param name="socket">The client's socket.</param>
    /// <param name="args">The arguments, until the handler returns.</param>
    public delegate void SocketIOClientHandler(SocketIOClient socket, SocketIOArgs args);

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
