namespace IoTNet
{
    /// <summary>A client's address as a number, for tables: an IPv4 address, or the first 64 bits of an IPv6 one, as a network
    /// that has one has them all (RFC 4291 2.5.4).</summary>
    internal sealed class PeerKey
    {
        private readonly SocketAddress _address = new SocketAddress();

        /// <summary>Reads a client's address.</summary>
        /// <returns>The number; 0 for a client without an address: a Unix one, or one that has left.</returns>
        public long Read(Connection connection)
        {
            if (connection.Socket.TryGetRemoteAddress(_address) < 0 || !_address.IsIP)
            {
                return 0;
            }

            byte[] bytes = _address.Buffer;
            if (_address.Family == AddressFamily.InterNetwork || _address.IsMapped)
            {
                // 0:ffff: in front is no IPv6 network's.
                return (0xFFFFL << 32) | ReadInt(bytes, _address.Family == AddressFamily.InterNetwork ? 4 : 20);
            }

            return (ReadInt(bytes, 8) << 32) | ReadInt(bytes, 12);
        }

        private static long ReadInt(byte[] bytes, int offset)
        {
            return ((long)bytes[offset] << 24) | ((long)bytes[offset + 1] << 16) | ((long)bytes[offset + 2] << 8) | bytes[offset + 3];
        }
    }
}
