namespace IoTNet
{
    /// <summary>The address families that IoTNet knows, numbered as in .NET and nanoFramework.</summary>
    public enum AddressFamily
    {
        /// <summary>Not known.</summary>
        Unknown = -1,

        /// <summary>No family; connecting a datagram socket to it dissolves the association (POSIX
        /// connect()).</summary>
        Unspecified = 0,

        /// <summary>AF_UNIX: names within one host.</summary>
        Unix = 1,

        /// <summary>AF_INET: IPv4.</summary>
        InterNetwork = 2,

        /// <summary>AF_INET6: IPv6.</summary>
        InterNetworkV6 = 23,
    }
}
