namespace IoTNet
{
    /// <summary>What travels with a datagram. Each stack has one, which its lock guards, so that no datagram allocates.</summary>
    internal sealed class Envelope
    {
        /// <summary>The sender's address, as the receiver's family writes it.</summary>
        public readonly SocketAddress Source = new SocketAddress();

        /// <summary>Where it was sent to (IP only).</summary>
        public HostAddress Destination;

        /// <summary>The sender's IpTimeToLive (IP only).</summary>
        public int TimeToLive;

        /// <summary>Broadcast or Multicast.</summary>
        public SocketFlags Kind;
    }
}
