namespace IoTNet
{
    /// <summary>Takes a datagram that came to a <see cref="UdpServer"/>.</summary>
    /// <param name="buffer">Holds it; the next datagram overwrites it.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">How many bytes it has; 0 is an empty datagram.</param>
    /// <param name="source">Where it came from, and the way back; the next datagram overwrites it, too.</param>
    public delegate void UdpHandler(byte[] buffer, int offset, int count, UdpSource source);
}
