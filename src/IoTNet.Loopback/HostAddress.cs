namespace IoTNet
{
    /// <summary>An IP address without port: 16 bytes in network order, IPv4 as ::ffff:a.b.c.d (RFC 4291 2.5.5.2), so that one
    /// comparison serves both families.</summary>
    internal struct HostAddress
    {
        public const int Size = 16;

        private const int MappedPrefix = 0xFFFF;
        private const int IPv4Loopback = 0x7F000001;
        private const int IPv4LoopbackBroadcast = 0x7FFFFFFF;
        private const int IPv4LimitedBroadcast = -1;

        private int _a;
        private int _b;
        private int _c;
        private int _d;

        public bool IsIPv4 => _a == 0 && _b == 0 && _c == MappedPrefix;

        public bool IsAny => _a == 0 && _b == 0 && _d == 0 && (_c == 0 || _c == MappedPrefix);

        /// <summary>255.255.255.255, or the broadcast address of 127.0.0.0/8.</summary>
        public bool IsBroadcast => IsIPv4 && (_d == IPv4LimitedBroadcast || _d == IPv4LoopbackBroadcast);

        /// <summary>224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 2.7).</summary>
        public bool IsMulticast => IsIPv4 ? ((_d >> 28) & 0xF) == 0xE : ((_a >> 24) & 0xFF) == 0xFF;

        /// <summary>An address of 127.0.0.0/8 other than its broadcast address, or ::1.</summary>
        public bool IsLoopback =>
            IsIPv4 ? ((_d >> 24) & 0xFF) == 127 && !IsBroadcast : _a == 0 && _b == 0 && _c == 0 && _d == 1;

        public static HostAddress Any(bool ipv4)
        {
            HostAddress address = default(HostAddress);
            address._c = ipv4 ? MappedPrefix : 0;
            return address;
        }

        public static HostAddress Loopback(bool ipv4)
        {
            HostAddress address = Any(ipv4);
            address._d = ipv4 ? IPv4Loopback : 1;
            return address;
        }

        /// <summary>Reads 16 bytes.</summary>
        public static HostAddress Read(byte[] bytes, int offset)
        {
            HostAddress address = default(HostAddress);
            address._a = ReadWord(bytes, offset);
            address._b = ReadWord(bytes, offset + 4);
            address._c = ReadWord(bytes, offset + 8);
            address._d = ReadWord(bytes, offset + 12);
            return address;
        }

        /// <summary>Reads 4 bytes.</summary>
        public static HostAddress ReadIPv4(byte[] bytes, int offset)
        {
            HostAddress address = Any(true);
            address._d = ReadWord(bytes, offset);
            return address;
        }

        /// <summary>Reads the address of an IPv4 or IPv6 socket address.</summary>
        public static HostAddress Read(SocketAddress address)
        {
            return address.Family == AddressFamily.InterNetwork ? ReadIPv4(address.Buffer, 4) : Read(address.Buffer, 8);
        }

        public bool Is(HostAddress other)
        {
            return _d == other._d && _c == other._c && _b == other._b && _a == other._a;
        }

        public void CopyTo(byte[] bytes, int offset)
        {
            WriteWord(_a, bytes, offset);
            WriteWord(_b, bytes, offset + 4);
            WriteWord(_c, bytes, offset + 8);
            WriteWord(_d, bytes, offset + 12);
        }

        public void CopyIPv4To(byte[] bytes, int offset)
        {
            WriteWord(_d, bytes, offset);
        }

        /// <summary>Writes it as a socket address of a family; an IPv4 address in an IPv6 one is mapped.</summary>
        public void CopyTo(SocketAddress target, AddressFamily family, int port)
        {
            if (family == AddressFamily.InterNetwork)
            {
                target.Reset(family, SocketAddress.IPv4Size);
                WriteWord(_d, target.Buffer, 4);
            }
            else
            {
                target.Reset(family, SocketAddress.IPv6Size);
                CopyTo(target.Buffer, 8);
            }

            target.Port = port;
        }

        private static int ReadWord(byte[] bytes, int offset)
        {
            return (bytes[offset] << 24) | (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3];
        }

        private static void WriteWord(int word, byte[] bytes, int offset)
        {
            bytes[offset] = (byte)(word >> 24);
            bytes[offset + 1] = (byte)(word >> 16);
            bytes[offset + 2] = (byte)(word >> 8);
            bytes[offset + 3] = (byte)word;
        }
    }
}
