namespace IoTNet
{
    /// <summary>
    /// A stack that carries traffic within the board, beside the network's: AF_UNIX, socket pairs, and 127.0.0.0/8 and ::1
    /// for a network stack without a loopback interface. <c>UnixStack</c> of the assembly IoTNet.Unix has the first two,
    /// <c>LoopbackStack</c> of IoTNet.Loopback has all of it; a board that needs nothing of this has none
    /// (<see cref="NetworkStack.Local"/> is null).
    /// </summary>
    public interface ILocalStack : INetworkStack
    {
        /// <summary>Opens two AF_UNIX sockets that are connected to each other (POSIX socketpair()).</summary>
        /// <param name="family">Unix.</param>
        /// <param name="type">Stream, Dgram or Seqpacket.</param>
        /// <param name="protocol">Unspecified.</param>
        /// <param name="second">The other socket's handle; 0 when the call failed.</param>
        /// <returns>One socket's handle; or EAFNOSUPPORT (not Unix), EPROTOTYPE (another type), EPROTONOSUPPORT,
        /// ENFILE.</returns>
        int OpenPair(AddressFamily family, SocketType type, ProtocolType protocol, out int second);
    }
}
