namespace IoTNet
{
    /// <summary>Opens sockets whose connections are secured (TLS). A protocol that has such an option opens its sockets here
    /// instead of with <c>new Socket</c> and uses them like any other: what it sends and receives is plain, the wire is not.
    /// </summary>
    /// <remarks>Such a socket is connected, and becomes writable, once the peer is known to be the right one; a handshake that
    /// fails ends as a connect that fails, or, on an accepted connection, as an error of its first send or receive.</remarks>
    public interface ISocketSecurity
    {
        /// <summary>Opens a stream socket to connect or to listen with; what it accepts is secured like it.</summary>
        /// <param name="stacks">The board's stacks.</param>
        /// <param name="family">InterNetwork, InterNetworkV6 or Unix.</param>
        /// <param name="host">The name that the peer's certificate must have, for a client; null for a server.</param>
        /// <returns>The socket, to be closed.</returns>
        /// <exception cref="SocketException">As <see cref="Socket"/>'s constructor; EPROTONOSUPPORT: the board's stack has no
        /// TLS.</exception>
        Socket Open(NetworkStack stacks, AddressFamily family, string host);
    }
}
