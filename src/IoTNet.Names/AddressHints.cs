namespace IoTNet
{
    /// <summary>Which addresses <see cref="Dns.GetAddrInfo(string, string, AddressHints, int)"/> is to give: POSIX's
    /// <c>hints</c>.</summary>
    public sealed class AddressHints
    {
        /// <summary>What to do. Default none.</summary>
        public AddressInfoFlags Flags { get; set; }

        /// <summary>IPv4, IPv6, or Unspecified (default) for both.</summary>
        public AddressFamily Family { get; set; }

        /// <summary>Stream, Dgram, Raw, or 0 (default) for one result of each.</summary>
        public SocketType SocketType { get; set; }

        /// <summary>The protocol; Unspecified (default) for the usual one of the type.</summary>
        public ProtocolType Protocol { get; set; }

        /// <summary>Who is asked for names; null (default) = <see cref="IoTNet.Resolver.Default"/>.</summary>
        public Resolver Resolver { get; set; }
    }
}
