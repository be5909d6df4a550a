namespace IoTNet
{
    /// <summary>What a stack implements beside <see cref="INetworkStack"/> when its link tells which DNS servers to ask: by
    /// DHCP (RFC 2132 3.8), by configuration, or because the host says so.</summary>
    public interface INameServers
    {
        /// <summary>Tells the name servers, the preferred one first. They answer on port 53.</summary>
        /// <param name="servers">Filled from index 0 on; further servers are left out.</param>
        /// <returns>How many were written; 0 when the link is down or told none.</returns>
        int GetNameServers(IPAddress[] servers);
    }
}
