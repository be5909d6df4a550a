using System;

namespace IoTNet
{
    /// <summary>An IP address and a port: .NET's and nanoFramework's <c>System.Net.IPEndPoint</c>.</summary>
    public sealed class IPEndPoint : EndPoint
    {
        /// <summary>The least port: 0, which lets the stack choose one.</summary>
        public const int MinPort = 0;

        /// <summary>The greatest port.</summary>
        public const int MaxPort = 65535;

        private const int ScopeOffset = 24;

        private readonly IPAddress _address;
        private readonly int _port;

        /// <summary>Makes an end point from an IPv4 address as a number.</summary>
        /// <param name="address">The address in network order, its first byte lowest: 0x0100007F is 127.0.0.1.</param>
        /// <param name="port">The port, 0..65535.</param>
        /// <exception cref="ArgumentOutOfRangeException">The address is outside 0..0xFFFFFFFF, or the port outside
        /// 0..65535.</exception>
        public IPEndPoint(long address, int port)
            : this(new IPAddress(address), port)
        {
        }

        /// <summary>Makes an end point.</summary>
        /// <param name="address">The address.</param>
        /// <param name="port">The port, 0..65535.</param>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The port is outside 0..65535.</exception>
        public IPEndPoint(IPAddress address, int port)
        {
            if (address == null)
            {
                throw new ArgumentNullException(nameof(address));
            }

            if (port < MinPort || port > MaxPort)
            {
                throw new ArgumentOutOfRangeException(nameof(port),
                    "port must be 0-65535, not " + port.ToString() + ".");
            }

            _address = address;
            _port = port;
        }

        /// <summary>The address.</summary>
        public IPAddress Address => _address;

        /// <summary>The port, 0..65535.</summary>
        public int Port => _port;

        /// <inheritdoc/>
        public override AddressFamily AddressFamily => _address.AddressFamily;

        /// <summary>Reads an end point from text.</summary>
        /// <param name="s">Address, colon and decimal port; an IPv6 address stands in brackets: <c>192.0.2.1:80</c>,
        /// <c>[fe80::1%2]:80</c> (RFC 3986 3.2.2). The port must be there.</param>
        /// <returns>The end point.</returns>
        /// <exception cref="ArgumentNullException">No text was given.</exception>
        /// <exception cref="FormatException">The text is no end point; the message says what was expected.</exception>
        public static IPEndPoint Parse(string s)
        {
            if (s == null)
            {
                throw new ArgumentNullException(nameof(s));
            }

            IPEndPoint result;
            string reason = Parse(s, out result);
            if (reason != null)
            {
                throw new FormatException(IPAddressParser.Complain(s, "an IP end point", reason));
            }

            return result;
        }

        /// <summary>Reads an end point from text, if it is one.</summary>
        /// <param name="s">The text, in the forms that <see cref="Parse(string)"/> takes; or null.</param>
        /// <param name="result">The end point, or null.</param>
        /// <returns>Whether the text is an end point.</returns>
        public static bool TryParse(string s, out IPEndPoint result)
        {
            result = null;
            return s != null && Parse(s, out result) == null;
        }

        /// <summary>Makes an end point from a generic socket address. IPv6 flow information is not kept.</summary>
        /// <param name="socketAddress">An IPv4 or IPv6 address.</param>
        /// <returns>The new end point.</returns>
        /// <exception cref="ArgumentNullException">No address was given.</exception>
        /// <exception cref="ArgumentException">The address is of another family, or too short for its own.</exception>
        public static IPEndPoint FromSocketAddress(SocketAddress socketAddress)
        {
            if (socketAddress == null)
            {
                throw new ArgumentNullException(nameof(socketAddress));
            }

            if (!socketAddress.IsIP)
            {
                throw WrongFamily(socketAddress, "InterNetwork (2) or InterNetworkV6 (23)");
            }

            bool isIPv4 = socketAddress.Family == AddressFamily.InterNetwork;
            int needed = isIPv4 ? SocketAddress.IPv4Size : SocketAddress.IPv6Size;
            if (socketAddress.Size < needed)
            {
                throw new ArgumentException(
                    "An " + (isIPv4 ? "IPv4" : "IPv6") + " socket address has " + needed.ToString() + " bytes, not " +
                    socketAddress.Size.ToString() + ".", nameof(socketAddress));
            }

            byte[] buffer = socketAddress.Buffer;
            return new IPEndPoint(
                isIPv4 ? new IPAddress(buffer, 4, 4, 0) : new IPAddress(buffer, 8, 16, ReadScope(buffer)),
                socketAddress.Port);
        }

        /// <inheritdoc/>
        public override EndPoint Create(SocketAddress socketAddress)
        {
            IPEndPoint created = FromSocketAddress(socketAddress);
            if (created.AddressFamily != AddressFamily)
            {
                throw WrongFamily(socketAddress, ((int)AddressFamily).ToString() + " like this end point");
            }

            return created;
        }

        /// <inheritdoc/>
        public override void WriteTo(SocketAddress socketAddress)
        {
            if (socketAddress == null)
            {
                throw new ArgumentNullException(nameof(socketAddress));
            }

            bool isIPv4 = _address.AddressFamily == AddressFamily.InterNetwork;
            socketAddress.Reset(_address.AddressFamily, isIPv4 ? SocketAddress.IPv4Size : SocketAddress.IPv6Size);
            socketAddress.Port = _port;
            byte[] buffer = socketAddress.Buffer;
            _address.WriteTo(buffer, isIPv4 ? 4 : 8);
            if (!isIPv4)
            {
                uint scope = (uint)_address.ScopeId;
                buffer[ScopeOffset] = (byte)scope;
                buffer[ScopeOffset + 1] = (byte)(scope >> 8);
                buffer[ScopeOffset + 2] = (byte)(scope >> 16);
                buffer[ScopeOffset + 3] = (byte)(scope >> 24);
            }
        }

        /// <summary>Whether another object is the same end point.</summary>
        /// <param name="obj">The other object, or null.</param>
        /// <returns>True when it is an end point of equal address and port.</returns>
        public override bool Equals(object obj)
        {
            IPEndPoint other = obj as IPEndPoint;
            return other != null && other._port == _port && other._address.Equals(_address);
        }

        /// <summary>A hash of address and port.</summary>
        /// <returns>Equal for equal end points.</returns>
        public override int GetHashCode() => (_address.GetHashCode() * 31) + _port;

        /// <summary>The end point as text, as <see cref="Parse(string)"/> reads it.</summary>
        /// <returns><c>192.0.2.1:80</c> or <c>[fe80::1%2]:80</c> (RFC 5952 6).</returns>
        public override string ToString()
        {
            string address = _address.ToString();
            return (AddressFamily == AddressFamily.InterNetwork ? address : "[" + address + "]") + ":" +
                _port.ToString();
        }

        private static string Parse(string text, out IPEndPoint result)
        {
            result = null;
            bool bracketed = text.Length > 0 && text[0] == '[';
            int start = bracketed ? 1 : 0;
            int end = IPAddressParser.IndexOf(text, bracketed ? ']' : ':', start, text.Length);
            int colon = bracketed ? end + 1 : end;
            if (colon >= text.Length || text[colon] != ':')
            {
                return "expected address:port, for example 192.0.2.1:80 or [2001:db8::1]:80";
            }

            IPAddress address;
            string reason = IPAddressParser.Parse(text, start, end, out address);
            if (reason != null)
            {
                return reason + (bracketed ? "" : "; an IPv6 address stands in brackets");
            }

            if (bracketed != (address.AddressFamily == AddressFamily.InterNetworkV6))
            {
                return "expected an IPv6 address in the brackets";
            }

            long port = IPAddressParser.ParseDecimal(text, colon + 1, text.Length, MaxPort);
            if (port < 0)
            {
                return "port must be 0-65535, in decimal without leading zeros";
            }

            result = new IPEndPoint(address, (int)port);
            return null;
        }

        private static uint ReadScope(byte[] buffer)
        {
            return buffer[ScopeOffset] | ((uint)buffer[ScopeOffset + 1] << 8) |
                ((uint)buffer[ScopeOffset + 2] << 16) | ((uint)buffer[ScopeOffset + 3] << 24);
        }

        private static ArgumentException WrongFamily(SocketAddress socketAddress, string expected)
        {
            return new ArgumentException(
                "Expected a socket address of family " + expected + ", not " +
                ((int)socketAddress.Family).ToString() + ".", nameof(socketAddress));
        }
    }
}
