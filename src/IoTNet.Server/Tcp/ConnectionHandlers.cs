namespace IoTNet
{
    /// <summary>Takes what happens on a connection. The connection is given to each handler, so that one delegate, made once,
    /// serves all connections.</summary>
    /// <param name="connection">The connection.</param>
    public delegate void ConnectionHandler(Connection connection);

    /// <summary>Takes bytes of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="buffer">Holds the bytes. It is shared by all connections of the loop: what is needed later is copied before
    /// the handler returns.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many, at least 1.</param>
    public delegate void ConnectionDataHandler(Connection connection, byte[] buffer, int offset, int count);

    /// <summary>Takes the error that ends a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="error">What failed, and why.</param>
    public delegate void ConnectionErrorHandler(Connection connection, SocketException error);

    /// <summary>Takes the end of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="hadError">Whether an error ended it.</param>
    public delegate void ConnectionClosedHandler(Connection connection, bool hadError);
}
