namespace IoTNet
{
    /// <summary>Takes an acknowledgement.</summary>
    /// <param name="args">What the peer answers, until the handler returns; null when there is an error.</param>
    /// <param name="error">Null; ETIMEDOUT: it did not come in time; ECONNRESET: the socket was disconnected before.</param>
    public delegate void SocketIOAckHandler(SocketIOArgs args, SocketException error);
}
