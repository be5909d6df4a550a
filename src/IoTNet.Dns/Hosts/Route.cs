namespace IoTNet
{
    /// <summary>Asks the board's stack how it would reach an address. A UDP socket is connected, which sends
    /// nothing.</summary>
    internal static class Route
    {
        // RFC 5737 and RFC 3849: addresses for documentation, which only a default route leads to.
        private static readonly IPAddress s_anywhereIPv4 = IPAddress.Parse("192.0.2.1");
        private static readonly IPAddress s_anywhereIPv6 = IPAddress.Parse("2001:db8::1");

        /// <summary>AI_ADDRCONFIG: leaves out a family that there is no route for while there is one for the other. With no
        /// route at all nothing is left out: loopback still works.</summary>
        /// <param name="family">The family asked for, Unspecified for both.</param>
        /// <returns>The family to give; Unknown for none.</returns>
        public static AddressFamily Narrow(AddressFamily family)
        {
            bool ipv4 = Exists(s_anywhereIPv4, out _);
            bool ipv6 = Exists(s_anywhereIPv6, out _);
            if (ipv4 == ipv6)
            {
                return family;
            }

            AddressFamily only = ipv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
            return family == AddressFamily.Unspecified || family == only ? only : AddressFamily.Unknown;
        }

        /// <summary>Whether the stack has a way to an address.</summary>
        /// <param name="destination">The address.</param>
        /// <param name="source">The address that it would send from; null when it does not tell.</param>
        /// <returns>False when it has none; true also when it cannot be found out, for lack of a free socket.</returns>
        public static bool Exists(IPAddress destination, out IPAddress source)
        {
            source = null;
            INetworkStack stack = NetworkStack.Current.Network;
            if (!stack.HasLoopback && IPAddress.IsLoopback(destination))
            {
                // The board's in-memory stack serves it, if it has one that carries IP.
                ILocalStack local = NetworkStack.Current.Local;
                bool isServed = local != null && local.HasLoopback;
                source = isServed ? destination : null;
                return isServed;
            }

            int handle = stack.Open(destination.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            if (handle < 0)
            {
                return handle != -(int)Errno.EAFNOSUPPORT;
            }

            // RFC 863: the discard port, though nothing is sent.
            SocketAddress address = new IPEndPoint(destination, 9).Serialize();
            bool exists = stack.Connect(handle, address, 0) >= 0;
            if (exists && stack.GetLocalAddress(handle, address) >= 0 && address.IsIP)
            {
                IPAddress local = IPEndPoint.FromSocketAddress(address).Address;
                source = local.Equals(IPAddress.Any) || local.Equals(IPAddress.IPv6Any) ? null : local;
            }

            stack.Close(handle);
            return exists;
        }
    }
}
