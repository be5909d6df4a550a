// unix(7): the three kinds of AF_UNIX address.
using System;

namespace IoTNet
{
    /// <summary>An AF_UNIX address: a path, an abstract name, or none.</summary>
    /// <remarks>
    /// The bytes are the address; text is only a view of them. A path is UTF-8, and bytes that are not become lone
    /// surrogates U+DC80..U+DCFF and come back from them (Python's "surrogateescape"), so that on the desktop every
    /// path survives as a string. A nanoFramework device keeps strings as UTF-8: there such a surrogate may not
    /// survive, and a string ends at its first NUL, so that a path which begins with one is empty: the unnamed address.
    /// Portable code uses the constructor that takes bytes, and <see cref="GetBytes"/>.
    /// </remarks>
    public sealed class UnixEndPoint : EndPoint
    {
        /// <summary>The most bytes of a path without its end mark, and of an abstract name behind its leading NUL:
        /// either mark takes one of the 108 bytes of Linux's <c>sun_path</c>.</summary>
        public const int MaxPathLength = 107;

        private readonly byte[] _bytes;

        /// <summary>Makes the address of a path.</summary>
        /// <param name="path">The path; its UTF-8 form has at most 107 bytes. Empty gives the unnamed address.</param>
        /// <exception cref="ArgumentNullException">No path was given.</exception>
        /// <exception cref="ArgumentException">The path is too long, holds a NUL, or a surrogate that stands for no
        /// byte.</exception>
        public UnixEndPoint(string path)
        {
            if (path == null)
            {
                throw new ArgumentNullException(nameof(path));
            }

            CheckLength(path.Length, "path", "characters", nameof(path));
            byte[] bytes = SurrogateEscape.GetBytes(path);
            if (bytes.Length > 0 && bytes[0] == 0)
            {
                throw new ArgumentException(
                    "AF_UNIX path begins with NUL; an abstract name is made with UnixEndPoint.Abstract.", nameof(path));
            }

            CheckPath(bytes, nameof(path));
            _bytes = bytes;
        }

        /// <summary>Makes an address from its bytes.</summary>
        /// <param name="address">A path without end mark (at most 107 bytes); a NUL and an abstract name (at most 108
        /// bytes in all); or nothing: the unnamed address. The bytes are copied.</param>
        /// <exception cref="ArgumentNullException">No array was given.</exception>
        /// <exception cref="ArgumentException">The path or name is too long, or the path holds a NUL.</exception>
        public UnixEndPoint(byte[] address)
        {
            if (address == null)
            {
                throw new ArgumentNullException(nameof(address));
            }

            if (address.Length > 0 && address[0] == 0)
            {
                CheckLength(address.Length - 1, "abstract name", "bytes", nameof(address));
            }
            else
            {
                CheckPath(address, nameof(address));
            }

            _bytes = Octets.Copy(address, 0, address.Length);
        }

        /// <inheritdoc/>
        public override AddressFamily AddressFamily => AddressFamily.Unix;

        /// <summary>Whether the address is an abstract name: not in the file system, gone with its last
        /// socket.</summary>
        public bool IsAbstract => _bytes.Length > 0 && _bytes[0] == 0;

        /// <summary>Whether the address is empty: that of a socket never bound.</summary>
        public bool IsUnnamed => _bytes.Length == 0;

        /// <summary>The path as text, bytes outside UTF-8 as lone surrogates U+DC80..U+DCFF; null for an abstract name,
        /// empty for the unnamed address.</summary>
        public string Path => IsAbstract ? null : SurrogateEscape.GetString(_bytes, 0, _bytes.Length);

        /// <summary>Makes an address with an abstract name.</summary>
        /// <param name="name">The name without its leading NUL: 0 to 107 bytes of any value.</param>
        /// <returns>The address.</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name is too long.</exception>
        public static UnixEndPoint Abstract(byte[] name)
        {
            if (name == null)
            {
                throw new ArgumentNullException(nameof(name));
            }

            CheckLength(name.Length, "abstract name", "bytes", nameof(name));
            byte[] address = new byte[1 + name.Length];
            Array.Copy(name, 0, address, 1, name.Length);
            return new UnixEndPoint(address);
        }

        /// <summary>Makes an address with an abstract name.</summary>
        /// <param name="name">The name without its leading NUL; its UTF-8 form has at most 107 bytes.</param>
        /// <returns>The address.</returns>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        /// <exception cref="ArgumentException">The name is too long, or holds a surrogate that stands for no
        /// byte.</exception>
        public static UnixEndPoint Abstract(string name)
        {
            if (name == null)
            {
                throw new ArgumentNullException(nameof(name));
            }

            CheckLength(name.Length, "abstract name", "characters", nameof(name));
            return Abstract(SurrogateEscape.GetBytes(name));
        }

        /// <summary>Makes an end point from a generic socket address. As on Linux, a path ends at its first
        /// NUL.</summary>
        /// <param name="socketAddress">A Unix address.</param>
        /// <returns>The new end point.</returns>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        /// <exception cref="ArgumentException">The address is of another family, or its path has 108 bytes.</exception>
        public static UnixEndPoint FromSocketAddress(SocketAddress socketAddress)
        {
            if (socketAddress == null)
            {
                throw new ArgumentNullException(nameof(socketAddress));
            }

            if (socketAddress.Family != AddressFamily.Unix)
            {
                throw new ArgumentException(
                    "Expected a socket address of family Unix (1), not " + ((int)socketAddress.Family).ToString() + ".",
                    nameof(socketAddress));
            }

            return new UnixEndPoint(
                Octets.Copy(socketAddress.Buffer, SocketAddress.UnixPathOffset, GetLength(socketAddress)));
        }

        /// <summary>The bytes of the address.</summary>
        /// <returns>A new array: the path without end mark, a NUL and the abstract name, or nothing.</returns>
        public byte[] GetBytes() => Octets.Copy(_bytes, 0, _bytes.Length);

        /// <inheritdoc/>
        public override EndPoint Create(SocketAddress socketAddress) => FromSocketAddress(socketAddress);

        /// <inheritdoc/>
        public override void WriteTo(SocketAddress socketAddress)
        {
            if (socketAddress == null)
            {
                throw new ArgumentNullException(nameof(socketAddress));
            }

            socketAddress.Reset(AddressFamily.Unix, SocketAddress.UnixPathOffset + _bytes.Length);
            Array.Copy(_bytes, 0, socketAddress.Buffer, SocketAddress.UnixPathOffset, _bytes.Length);
        }

        /// <summary>Whether another object is the same address.</summary>
        /// <param name="obj">The other object, or null.</param>
        /// <returns>True when it is a Unix address of equal bytes.</returns>
        public override bool Equals(object obj)
        {
            UnixEndPoint other = obj as UnixEndPoint;
            return other != null && other._bytes.Length == _bytes.Length &&
                Octets.AreEqual(other._bytes, _bytes, _bytes.Length);
        }

        /// <summary>A hash of the bytes.</summary>
        /// <returns>Equal for equal addresses.</returns>
        public override int GetHashCode() => Octets.GetHash(_bytes, _bytes.Length, _bytes.Length);

        /// <summary>The address as text for people.</summary>
        /// <returns>The path; <c>@</c> and the abstract name, bytes outside printable ASCII and the backslash as
        /// <c>\xNN</c>; or <c>(unnamed)</c>.</returns>
        public override string ToString() => Format(_bytes, 0, _bytes.Length);

        /// <summary>The text of an address that stands in a buffer, valid or not.</summary>
        internal static string Format(byte[] buffer, int offset, int count)
        {
            if (count == 0)
            {
                return "(unnamed)";
            }

            if (buffer[offset] != 0)
            {
                return SurrogateEscape.GetString(buffer, offset, count);
            }

            const string hexDigits = "0123456789abcdef";
            char[] text = new char[1 + ((count - 1) * 4)];
            int length = 0;
            text[length++] = '@';
            for (int i = offset + 1; i < offset + count; i++)
            {
                byte b = buffer[i];
                if (b >= ' ' && b <= '~' && b != '\\')
                {
                    text[length++] = (char)b;
                    continue;
                }

                text[length++] = '\\';
                text[length++] = 'x';
                text[length++] = hexDigits[b >> 4];
                text[length++] = hexDigits[b & 15];
            }

            return new string(text, 0, length);
        }

        /// <summary>How many bytes the path or name of a Unix socket address has: a path ends at its first
        /// NUL.</summary>
        internal static int GetLength(SocketAddress socketAddress)
        {
            int length = socketAddress.Size - SocketAddress.UnixPathOffset;
            int end = Octets.IndexOfNul(socketAddress.Buffer, SocketAddress.UnixPathOffset, socketAddress.Size) -
                SocketAddress.UnixPathOffset;
            return end == 0 ? length : end;
        }

        private static void CheckPath(byte[] path, string name)
        {
            int nul = Octets.IndexOfNul(path, 0, path.Length);
            if (nul < path.Length)
            {
                throw new ArgumentException("AF_UNIX path holds a NUL at byte " + nul.ToString() + ".", name);
            }

            CheckLength(path.Length, "path", "bytes", name);
        }

        // A character is a byte or more, so text is refused by its characters before room is made for its bytes.
        private static void CheckLength(int length, string what, string unit, string name)
        {
            if (length > MaxPathLength)
            {
                throw new ArgumentException(
                    "AF_UNIX " + what + " too long: " + length.ToString() + " " + unit + ", at most 107 bytes fit.",
                    name);
            }
        }
    }
}
