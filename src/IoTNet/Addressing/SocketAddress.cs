using System;

namespace IoTNet
{
    /// <summary>
    /// The generic socket address (POSIX <c>struct sockaddr_storage</c>): the bytes of an address of any family. The
    /// family stands in the first two bytes, so it can be read before anything else about the address is known.
    /// </summary>
    /// <remarks>
    /// One instance can be reused for any number of calls; the network stacks fill it in place and never allocate.
    /// <code>
    /// offset  IPv4 (16 bytes)   IPv6 (28 bytes)        Unix (2 to 110 bytes)
    /// 0..1    family            family                 family      (AddressFamily's number, low byte first)
    /// 2..3    port              port                   2..: path without end mark, or NUL + abstract name
    /// 4..     address (4)       flow information (4)
    /// 8..     zero (8)          address (16)
    /// 24..                      scope id (4, low byte first)
    /// </code>
    /// Ports, addresses and flow information are in network byte order.
    /// </remarks>
    public sealed class SocketAddress
    {
        /// <summary>Bytes of an IPv4 address (<c>struct sockaddr_in</c>).</summary>
        public const int IPv4Size = 16;

        /// <summary>Bytes of an IPv6 address (<c>struct sockaddr_in6</c>).</summary>
        public const int IPv6Size = 28;

        /// <summary>The most bytes that an address has: a Unix address with 108 bytes of path or name.</summary>
        public const int MaxSize = 110;

        /// <summary>Where a Unix address's path or name begins.</summary>
        public const int UnixPathOffset = 2;

        // Most addresses are IPv4 or IPv6; only a Unix address makes the buffer grow to its full size.
        private byte[] _bytes = new byte[IPv6Size];
        private int _size = UnixPathOffset;

        /// <summary>Makes an empty address of <see cref="AddressFamily.Unspecified"/>.</summary>
        public SocketAddress()
        {
        }

        /// <summary>Makes a zeroed address of a given family and size.</summary>
        /// <param name="family">Its family.</param>
        /// <param name="size">Its size in bytes, 2 to <see cref="MaxSize"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The size is outside 2..110.</exception>
        public SocketAddress(AddressFamily family, int size)
        {
            Reset(family, size);
        }

        /// <summary>The family, read from the first two bytes.</summary>
        public AddressFamily Family
        {
            get
            {
                int family = _bytes[0] | (_bytes[1] << 8);
                return family == 0xFFFF ? AddressFamily.Unknown : (AddressFamily)family;
            }
        }

        /// <summary>How many bytes the address has now.</summary>
        public int Size => _size;

        /// <summary>The port of an IPv4 or IPv6 address, 0..65535; 0 for every other family.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Set to a number outside 0..65535.</exception>
        /// <exception cref="InvalidOperationException">Set on an address of another family, which has no
        /// port.</exception>
        public int Port
        {
            get => IsIP ? (_bytes[2] << 8) | _bytes[3] : 0;
            set
            {
                if (value < 0 || value > 65535)
                {
                    throw new ArgumentOutOfRangeException(nameof(value),
                        "port must be 0-65535, not " + value.ToString() + ".");
                }

                // These bytes belong to the path of a Unix address.
                if (!IsIP)
                {
                    throw new InvalidOperationException(
                        "An address of family " + ((int)Family).ToString() + " has no port to set.");
                }

                _bytes[2] = (byte)(value >> 8);
                _bytes[3] = (byte)value;
            }
        }

        /// <summary>The bytes of the address. Only the first <see cref="Size"/> bytes belong to it; do not keep the
        /// array: it is replaced when the address grows.</summary>
        public byte[] Buffer => _bytes;

        /// <summary>One byte of the address.</summary>
        /// <param name="offset">Which byte, 0 to <see cref="Size"/> - 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">The offset is outside the address.</exception>
        public byte this[int offset]
        {
            get
            {
                CheckOffset(offset);
                return _bytes[offset];
            }

            set
            {
                CheckOffset(offset);
                _bytes[offset] = value;
            }
        }

        /// <summary>Whether the address is an IPv4 or IPv6 one.</summary>
        public bool IsIP =>
            Family == AddressFamily.InterNetwork || Family == AddressFamily.InterNetworkV6;

        /// <summary>Whether the address lies within the host itself: 127.0.0.0/8 (RFC 1122 3.2.1.3), ::1 (RFC 4291
        /// 2.5.3), the IPv4-mapped form of the former, or any Unix address.</summary>
        public bool IsLoopback
        {
            get
            {
                switch (Family)
                {
                    case AddressFamily.Unix:
                        return true;
                    case AddressFamily.InterNetwork:
                        return _bytes[4] == 127;
                    case AddressFamily.InterNetworkV6:
                        return IsMapped ? _bytes[20] == 127 : Octets.AreZero(_bytes, 8, 23) && _bytes[23] == 1;
                    default:
                        return false;
                }
            }
        }

        /// <summary>Whether the address is the unspecified one: 0.0.0.0 or :: ("any").</summary>
        public bool IsAny
        {
            get
            {
                switch (Family)
                {
                    case AddressFamily.InterNetwork:
                        return Octets.AreZero(_bytes, 4, 8);
                    case AddressFamily.InterNetworkV6:
                        return Octets.AreZero(_bytes, 8, 24);
                    default:
                        return false;
                }
            }
        }

        /// <summary>Whether the address is an IPv4-mapped IPv6 address, ::ffff:a.b.c.d (RFC 4291 2.5.5.2).</summary>
        public bool IsMapped =>
            Family == AddressFamily.InterNetworkV6 && IPAddressFormatter.IsMapped(_bytes, 8);

        /// <summary>Empties the address: a given family and size, every other byte zero.</summary>
        /// <param name="family">The family.</param>
        /// <param name="size">The size in bytes, 2 to <see cref="MaxSize"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">The size is outside 2..110.</exception>
        public void Reset(AddressFamily family, int size)
        {
            if (size < UnixPathOffset || size > MaxSize)
            {
                throw new ArgumentOutOfRangeException(nameof(size),
                    "A socket address has 2 to 110 bytes, not " + size.ToString() + ".");
            }

            // The fixed fields of the IP families are read without a check of Size, so the buffer never gets shorter.
            if (size > _bytes.Length)
            {
                _bytes = new byte[MaxSize];
            }
            else
            {
                Array.Clear(_bytes, 0, _bytes.Length);
            }

            _bytes[0] = (byte)(int)family;
            _bytes[1] = (byte)((int)family >> 8);
            _size = size;
        }

        /// <summary>Takes over family, size and bytes of another address.</summary>
        /// <param name="other">The address to copy.</param>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        public void CopyFrom(SocketAddress other)
        {
            if (other == null)
            {
                throw new ArgumentNullException(nameof(other));
            }

            // Reset would empty the source as well.
            if (other == this)
            {
                return;
            }

            Reset(other.Family, other._size);
            Array.Copy(other._bytes, 0, _bytes, 0, other._size);
        }

        /// <summary>Whether two addresses have the same size and bytes.</summary>
        /// <param name="obj">The other address.</param>
        /// <returns>True when all bytes are equal.</returns>
        public override bool Equals(object obj)
        {
            SocketAddress other = obj as SocketAddress;
            return other != null && other._size == _size && Octets.AreEqual(other._bytes, _bytes, _size);
        }

        /// <summary>A hash of the bytes.</summary>
        /// <returns>Equal for equal addresses.</returns>
        public override int GetHashCode() => Octets.GetHash(_bytes, _size, _size);

        /// <summary>The address as text: the text of its end point, or the family's number and size.</summary>
        /// <returns>For example <c>192.0.2.1:80</c>.</returns>
        public override string ToString()
        {
            // Text is for diagnosis: an address that is cut short, or a path too long for an end point, has one too.
            switch (Family)
            {
                case AddressFamily.Unix:
                    return UnixEndPoint.Format(_bytes, UnixPathOffset, UnixEndPoint.GetLength(this));
                case AddressFamily.InterNetwork when _size >= IPv4Size:
                case AddressFamily.InterNetworkV6 when _size >= IPv6Size:
                    return IPEndPoint.FromSocketAddress(this).ToString();
            }

            return "family " + ((int)Family).ToString() + ", " + _size.ToString() + " bytes";
        }

        private void CheckOffset(int offset)
        {
            if (offset < 0 || offset >= _size)
            {
                throw new ArgumentOutOfRangeException(nameof(offset),
                    "The address has " + _size.ToString() + " bytes; there is no byte " + offset.ToString() + ".");
            }
        }
    }
}
