namespace IoTNet
{
    /// <summary>Which layer a socket option belongs to. Numbered as in .NET and nanoFramework.</summary>
    public enum SocketOptionLevel
    {
        /// <summary>SOL_SOCKET: the socket itself.</summary>
        Socket = 65535,

        /// <summary>IPPROTO_IP: IPv4.</summary>
        IP = 0,

        /// <summary>IPPROTO_TCP.</summary>
        Tcp = 6,

        /// <summary>IPPROTO_UDP.</summary>
        Udp = 17,

        /// <summary>IPPROTO_IPV6.</summary>
        IPv6 = 41,
    }
}
