namespace IoTNet
{
    /// <summary>What a stack implements beside <see cref="INetworkStack"/> when it can list the board's own addresses.</summary>
    public interface ILocalAddresses
    {
        /// <summary>Tells the addresses that a socket can be bound to now: those of all interfaces that are up, IPv4 and IPv6,
        /// the loopback ones too when the stack carries them.</summary>
        /// <param name="addresses">Filled from index 0 on, each address once; may have no room at all.</param>
        /// <returns>How many there are; more than fit are left out.</returns>
        int GetLocalAddresses(IPAddress[] addresses);
    }
}
