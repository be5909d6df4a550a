namespace IoTNet
{
    /// <summary>Is told how a send or a connect of a <see cref="DatagramSocket"/> ended.</summary>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <param name="bytes">How many bytes were sent; 0 after an error or a connect.</param>
    public delegate void DatagramCallback(DatagramException error, int bytes);

    /// <summary>Is told of a step in the life of a <see cref="DatagramSocket"/>.</summary>
    /// <param name="socket">The socket.</param>
    public delegate void DatagramEventHandler(DatagramSocket socket);

    /// <summary>Is told of an error that no callback takes.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="error">The error.</param>
    public delegate void DatagramErrorHandler(DatagramSocket socket, DatagramException error);

    /// <summary>Takes a datagram.</summary>
    /// <param name="socket">The socket that it came to.</param>
    /// <param name="buffer">Holds it; the next datagram overwrites it.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">How many bytes it has.</param>
    /// <param name="from">The sender: family, port, and as text the address; the next datagram overwrites it.
    /// <see cref="IPEndPoint.FromSocketAddress"/> makes an object of it.</param>
    public delegate void DatagramMessageHandler(DatagramSocket socket, byte[] buffer, int offset, int count, SocketAddress from);
}
