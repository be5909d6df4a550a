namespace IoTNet
{
    /// <summary>One way to reach a service: what a socket is opened with, and what it is bound or connected to. POSIX's
    /// <c>struct addrinfo</c>.</summary>
    public sealed class AddressInfo
    {
        internal AddressInfo(IPEndPoint endPoint, SocketType type, ProtocolType protocol, string canonicalName)
        {
            EndPoint = endPoint;
            SocketType = type;
            Protocol = protocol;
            CanonicalName = canonicalName;
        }

        /// <summary>IPv4 or IPv6.</summary>
        public AddressFamily Family => EndPoint.AddressFamily;

        /// <summary>The socket's type.</summary>
        public SocketType SocketType { get; }

        /// <summary>The socket's protocol.</summary>
        public ProtocolType Protocol { get; }

        /// <summary>Address and port.</summary>
        public IPEndPoint EndPoint { get; }

        /// <summary>With AI_CANONNAME, in the first result: the name behind all aliases, or the host as it was given when that
        /// is an address. Else null.</summary>
        public string CanonicalName { get; }
    }
}
