namespace IoTNet
{
    /// <summary>Makes TLS engines: what a board has of TLS. <c>boards/tls</c> holds those over SslStream.</summary>
    public interface ITlsProvider
    {
        /// <summary>Makes an engine for one connected stream socket and reads the credentials that it needs; sends nothing
        /// yet.</summary>
        /// <param name="stack">The stack that carries the cipher text.</param>
        /// <param name="handle">The connected socket on it. The engine sends and receives there without waiting; it does not
        /// close it.</param>
        /// <param name="isServer">The side of the handshake.</param>
        /// <param name="host">Client: the name that the peer's certificate must have; "" = any; null = none was given.</param>
        /// <param name="options">Credentials and the rest; not changed by the engine but for its
        /// <see cref="TlsOptions.Prepared"/>.</param>
        /// <param name="engine">The engine, or null.</param>
        /// <param name="failure">Why there is none, or null.</param>
        /// <returns>0; or EINVAL (credentials that cannot be read, or a server without a certificate), EOPNOTSUPP (what the
        /// engine does not have), ENOMEM.</returns>
        int Open(INetworkStack stack, int handle, bool isServer, string host, TlsOptions options, out ITlsEngine engine,
            out TlsFailure failure);
    }
}
