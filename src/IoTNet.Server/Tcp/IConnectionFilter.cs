namespace IoTNet
{
    /// <summary>
    /// Stands between a connection's socket and its program and changes the bytes on their way: the place for TLS.
    /// <see cref="Connection.UseFilter"/> puts it in. Its calls come on the loop's thread, none after <see cref="OnClosed"/>.
    /// </summary>
    /// <remarks>A TLS engine that works on bytes (records in, records out, as mbedTLS with its own BIO or .NET's SslStream over a
    /// pair of buffers) is such a filter: a middleware puts it in, it shakes hands by <see cref="FilterPort.Send"/> and
    /// <see cref="OnReceived"/>, and calls the middleware's next when it is done. An engine that wants the socket itself (as
    /// nanoFramework's own SslStream) is a stack (<see cref="INetworkStack"/>), not a filter.</remarks>
    public interface IConnectionFilter
    {
        /// <summary>The filter is in.</summary>
        /// <param name="port">Takes what it lets through, for as long as the connection lives.</param>
        void OnBegin(FilterPort port);

        /// <summary>Bytes came from the socket; <see cref="FilterPort.Deliver"/> gives the program what they mean.</summary>
        /// <param name="buffer">Holds the bytes until the call returns; it may be written to.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        void OnReceived(byte[] buffer, int offset, int count);

        /// <summary>The program writes; <see cref="FilterPort.Send"/> gives the socket what it is to carry.</summary>
        /// <param name="buffer">Holds the bytes; they are the program's, not to be written to.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        void OnWrite(byte[] buffer, int offset, int count);

        /// <summary>The socket's stream ended; <see cref="FilterPort.DeliverEnd"/> when that is a proper end, else
        /// <see cref="FilterPort.Fail"/> (RFC 8446 6.1: truncation).</summary>
        void OnPeerEnded();

        /// <summary>The program ends its half: the last chance to send (close_notify).</summary>
        void OnEnd();

        /// <summary>The connection is closed.</summary>
        void OnClosed();
    }
}
