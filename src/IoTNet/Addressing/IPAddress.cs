using System;

namespace IoTNet
{
    /// <summary>An IPv4 or IPv6 address: .NET's and nanoFramework's <c>System.Net.IPAddress</c>.</summary>
    /// <remarks>Everything but <see cref="ScopeId"/> is fixed at construction, and the shared addresses
    /// (<see cref="Any"/>, <see cref="IPv6Any"/> ...) cannot be changed at all. Set a scope before the address is used
    /// as a key.</remarks>
    public sealed partial class IPAddress
    {
        /// <summary>0.0.0.0: every local IPv4 address.</summary>
        public static readonly IPAddress Any = new IPAddress(new byte[4], 0, 4, 0);

        /// <summary>127.0.0.1: this host.</summary>
        public static readonly IPAddress Loopback = new IPAddress(0x0100007FL);

        /// <summary>255.255.255.255: every host on the link.</summary>
        public static readonly IPAddress Broadcast = new IPAddress(0xFFFFFFFFL);

        /// <summary>255.255.255.255, as .NET and nanoFramework have it: no interface.</summary>
        public static readonly IPAddress None = Broadcast;

        /// <summary>::, every local IPv6 address.</summary>
        public static readonly IPAddress IPv6Any = new IPAddress(new byte[16], 0, 16, 0);

        /// <summary>::1, this host.</summary>
        public static readonly IPAddress IPv6Loopback = MakeIPv6Loopback();

        /// <summary>::, as .NET has it: no interface.</summary>
        public static readonly IPAddress IPv6None = IPv6Any;

        private const int IPv4Length = 4;
        private const int IPv6Length = 16;

        // Network byte order; 4 or 16 bytes say the family.
        private readonly byte[] _bytes;
        private uint _scopeId;

        /// <summary>Makes an IPv4 address from a number.</summary>
        /// <param name="newAddress">The address in network order, its first byte lowest: 0x0100007F is
        /// 127.0.0.1.</param>
        /// <exception cref="ArgumentOutOfRangeException">The number is outside 0..0xFFFFFFFF.</exception>
        public IPAddress(long newAddress)
        {
            CheckUInt32(newAddress, nameof(newAddress));
            _bytes = new byte[IPv4Length];
            for (int i = 0; i < IPv4Length; i++)
            {
                _bytes[i] = (byte)(newAddress >> (8 * i));
            }
        }

        /// <summary>Makes an address from its bytes.</summary>
        /// <param name="address">4 bytes (IPv4) or 16 bytes (IPv6) in network byte order; they are copied.</param>
        /// <exception cref="ArgumentNullException">No array was given.</exception>
        /// <exception cref="ArgumentException">The array has neither 4 nor 16 bytes.</exception>
        public IPAddress(byte[] address)
        {
            if (address == null)
            {
                throw new ArgumentNullException(nameof(address));
            }

            if (address.Length != IPv4Length && address.Length != IPv6Length)
            {
                throw new ArgumentException(
                    "An IP address has 4 or 16 bytes, not " + address.Length.ToString() + ".", nameof(address));
            }

            _bytes = Octets.Copy(address, 0, address.Length);
        }

        /// <summary>Makes an IPv6 address with a scope.</summary>
        /// <param name="address">16 bytes in network byte order; they are copied.</param>
        /// <param name="scopeid">The interface that a link-local address belongs to, 0..0xFFFFFFFF; 0 = none.</param>
        /// <exception cref="ArgumentNullException">No array was given.</exception>
        /// <exception cref="ArgumentException">The array has not 16 bytes.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The scope is outside 0..0xFFFFFFFF.</exception>
        public IPAddress(byte[] address, long scopeid)
        {
            if (address == null)
            {
                throw new ArgumentNullException(nameof(address));
            }

            if (address.Length != IPv6Length)
            {
                throw new ArgumentException(
                    "Only an IPv6 address (16 bytes) has a scope; the address has " +
                    address.Length.ToString() + " bytes.", nameof(address));
            }

            CheckUInt32(scopeid, nameof(scopeid));
            _bytes = Octets.Copy(address, 0, IPv6Length);
            _scopeId = (uint)scopeid;
        }

        /// <summary>Makes an address from a piece of a buffer that is known to hold it.</summary>
        internal IPAddress(byte[] buffer, int offset, int length, uint scopeId)
        {
            _bytes = Octets.Copy(buffer, offset, length);
            _scopeId = scopeId;
        }

        /// <summary><see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.</summary>
        public AddressFamily AddressFamily =>
            _bytes.Length == IPv4Length ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;

        /// <summary>The interface that an IPv6 address belongs to (RFC 4007), 0..0xFFFFFFFF; 0 = none, and always 0 for
        /// IPv4.</summary>
        /// <exception cref="InvalidOperationException">Set on an IPv4 address, or on one of the shared addresses of
        /// this class.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Set to a number outside 0..0xFFFFFFFF.</exception>
        public long ScopeId
        {
            get => _scopeId;
            set
            {
                CheckUInt32(value, nameof(value));
                if (_bytes.Length == IPv4Length)
                {
                    throw new InvalidOperationException("The IPv4 address " + ToString() + " cannot have a scope.");
                }

                // Everyone who uses the shared addresses would get the scope as well.
                if ((object)this == (object)IPv6Any || (object)this == (object)IPv6Loopback)
                {
                    throw new InvalidOperationException(
                        "The shared address " + ToString() + " cannot have a scope; " +
                        "make one of your own with new IPAddress(bytes, scope).");
                }

                _scopeId = (uint)value;
            }
        }

        /// <summary>Whether the address is an IPv4-mapped IPv6 address, ::ffff:a.b.c.d (RFC 4291 2.5.5.2).</summary>
        public bool IsIPv4MappedToIPv6 => _bytes.Length == IPv6Length && IPAddressFormatter.IsMapped(_bytes, 0);

        /// <summary>Whether the address is an IPv6 link-local one, fe80::/10 (RFC 4291 2.5.6).</summary>
        public bool IsIPv6LinkLocal => _bytes.Length == IPv6Length && _bytes[0] == 0xFE && (_bytes[1] & 0xC0) == 0x80;

        /// <summary>Whether the address is an IPv6 multicast one, ff00::/8 (RFC 4291 2.7).</summary>
        public bool IsIPv6Multicast => _bytes.Length == IPv6Length && _bytes[0] == 0xFF;

        /// <summary>Whether the address is a multicast one of either family: 224.0.0.0/4 (RFC 1112 4) or ff00::/8. A
        /// mapped address counts as the IPv6 address that it is: false.</summary>
        public bool IsMulticast => _bytes.Length == IPv4Length ? (_bytes[0] & 0xF0) == 0xE0 : _bytes[0] == 0xFF;

        /// <summary>Whether two addresses are equal; null equals null.</summary>
        /// <param name="a">One address, or null.</param>
        /// <param name="b">The other address, or null.</param>
        /// <returns>True when family, bytes and scope are equal.</returns>
        public static bool operator ==(IPAddress a, IPAddress b) => (object)a == null ? (object)b == null : a.Equals(b);

        /// <summary>Whether two addresses differ.</summary>
        /// <param name="a">One address, or null.</param>
        /// <param name="b">The other address, or null.</param>
        /// <returns>True when family, bytes or scope differ.</returns>
        public static bool operator !=(IPAddress a, IPAddress b) => !(a == b);

        /// <summary>Whether an address lies within the host itself: 127.0.0.0/8 (RFC 1122 3.2.1.3), ::1 (RFC 4291
        /// 2.5.3) or the IPv4-mapped form of the former.</summary>
        /// <param name="address">The address.</param>
        /// <returns>True for a loopback address.</returns>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        public static bool IsLoopback(IPAddress address)
        {
            if (address == null)
            {
                throw new ArgumentNullException(nameof(address));
            }

            byte[] bytes = address._bytes;
            if (bytes.Length == IPv4Length)
            {
                return bytes[0] == 127;
            }

            return address.IsIPv4MappedToIPv6
                ? bytes[12] == 127
                : Octets.AreEqual(bytes, IPv6Loopback._bytes, IPv6Length);
        }

        /// <summary>The bytes of the address.</summary>
        /// <returns>A new array: 4 bytes (IPv4) or 16 (IPv6) in network byte order.</returns>
        public byte[] GetAddressBytes() => Octets.Copy(_bytes, 0, _bytes.Length);

        /// <summary>Writes the bytes of the address, without allocating.</summary>
        /// <param name="target">Receives 4 bytes (IPv4) or 16 (IPv6) in network byte order.</param>
        /// <param name="offset">Where in the target to begin.</param>
        /// <returns>How many bytes were written: 4 or 16.</returns>
        /// <exception cref="ArgumentNullException">No target was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The address does not fit between the offset and the target's
        /// end.</exception>
        public int WriteTo(byte[] target, int offset)
        {
            Arguments.CheckBuffer(target, offset, _bytes.Length);
            Array.Copy(_bytes, 0, target, offset, _bytes.Length);
            return _bytes.Length;
        }

        /// <summary>The IPv4-mapped form of an IPv4 address, ::ffff:a.b.c.d (RFC 4291 2.5.5.2).</summary>
        /// <returns>A new address; an IPv6 address gives itself.</returns>
        public IPAddress MapToIPv6()
        {
            if (_bytes.Length == IPv6Length)
            {
                return this;
            }

            byte[] mapped = new byte[IPv6Length];
            mapped[10] = 0xFF;
            mapped[11] = 0xFF;
            WriteTo(mapped, 12);
            return new IPAddress(mapped, 0, IPv6Length, 0);
        }

        /// <summary>The IPv4 address inside of an IPv4-mapped one.</summary>
        /// <returns>A new address; an IPv4 address gives itself.</returns>
        /// <exception cref="InvalidOperationException">The address is an IPv6 one that holds no IPv4 address. (.NET
        /// would make up an address from the last four bytes: 0.0.0.1 from ::1.)</exception>
        public IPAddress MapToIPv4()
        {
            if (_bytes.Length == IPv4Length)
            {
                return this;
            }

            if (!IsIPv4MappedToIPv6)
            {
                throw new InvalidOperationException(
                    "Expected an IPv4-mapped address (::ffff:a.b.c.d), not " + ToString() + ".");
            }

            return new IPAddress(_bytes, 12, IPv4Length, 0);
        }

        /// <summary>Whether another object is the same address.</summary>
        /// <param name="other">The other object, or null.</param>
        /// <returns>True when it is an address of equal family, bytes and scope.</returns>
        public override bool Equals(object other) => Equals(other as IPAddress);

        /// <summary>Whether another address is the same.</summary>
        /// <param name="other">The other address, or null.</param>
        /// <returns>True when family, bytes and scope are equal. An IPv4 address and its mapped form differ.</returns>
        public bool Equals(IPAddress other) =>
            (object)other != null && other._bytes.Length == _bytes.Length && other._scopeId == _scopeId &&
            Octets.AreEqual(other._bytes, _bytes, _bytes.Length);

        /// <summary>A hash of the address.</summary>
        /// <returns>Equal for equal addresses.</returns>
        public override int GetHashCode() => Octets.GetHash(_bytes, _bytes.Length, (int)(long)_scopeId);

        /// <summary>The address as text.</summary>
        /// <returns>Four decimal numbers for IPv4; the canonical form of RFC 5952 for IPv6, with <c>%scope</c> when
        /// there is one.</returns>
        public override string ToString() => IPAddressFormatter.Format(_bytes, _scopeId);

        private static IPAddress MakeIPv6Loopback()
        {
            byte[] bytes = new byte[IPv6Length];
            bytes[15] = 1;
            return new IPAddress(bytes, 0, IPv6Length, 0);
        }

        private static void CheckUInt32(long number, string name)
        {
            if (number < 0 || number > 0xFFFFFFFFL)
            {
                throw new ArgumentOutOfRangeException(name, "Expected 0 to 4294967295, not " + number.ToString() + ".");
            }
        }
    }
}
