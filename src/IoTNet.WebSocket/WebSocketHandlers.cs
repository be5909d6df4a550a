namespace IoTNet
{
    /// <summary>Takes what happens on a WebSocket.</summary>
    /// <param name="socket">The WebSocket.</param>
    public delegate void WebSocketHandler(WebSocket socket);

    /// <summary>Takes a message, a ping or a pong.</summary>
    /// <param name="socket">The WebSocket.</param>
    /// <param name="buffer">Holds the bytes until the handler returns; it may be written to. What is needed later is copied.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many; 0 for an empty message.</param>
    public delegate void WebSocketDataHandler(WebSocket socket, byte[] buffer, int offset, int count);

    /// <summary>Takes a part of a message.</summary>
    /// <param name="socket">The WebSocket.</param>
    /// <param name="buffer">Holds the bytes until the handler returns; it may be written to.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many; may be 0.</param>
    /// <param name="isText">Whether the message is text. A character may lie in two parts.</param>
    /// <param name="isLast">Whether the message ends with it.</param>
    public delegate void WebSocketPartHandler(WebSocket socket, byte[] buffer, int offset, int count, bool isText, bool isLast);

    /// <summary>Takes the error that ends a WebSocket.</summary>
    /// <param name="socket">The WebSocket.</param>
    /// <param name="error">What failed: the connection's error, or ECONNABORTED and what the peer did wrong.</param>
    public delegate void WebSocketErrorHandler(WebSocket socket, SocketException error);

    /// <summary>Takes the end of a WebSocket.</summary>
    /// <param name="socket">The WebSocket.</param>
    /// <param name="code">The peer's code, 1005 when its close frame had none; when it sent none, the code that this end closed
    /// with for a violation, else 1006.</param>
    /// <param name="reason">The words that came with the code; may be empty.</param>
    /// <param name="wasClean">Whether both close frames were exchanged.</param>
    public delegate void WebSocketClosedHandler(WebSocket socket, int code, string reason, bool wasClean);
}
