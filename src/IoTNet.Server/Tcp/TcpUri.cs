// RFC 3986 3: scheme, host and port; the forms are those of ReactPHP's socket servers and connectors.
using System;

namespace IoTNet
{
    /// <summary>Where to listen or to connect, as text: <c>tcp://HOST:PORT</c>, <c>HOST:PORT</c>, <c>PORT</c> (on 127.0.0.1),
    /// <c>unix://PATH</c>, <c>unix://@NAME</c> (an abstract name), <c>tls://HOST:PORT</c> for secured sockets; an IPv6 address
    /// stands in brackets.</summary>
    internal sealed class TcpUri
    {
        private const string Tcp = "tcp://";
        private const string Tls = "tls://";
        private const string Unix = "unix://";

        private readonly string _text;

        private TcpUri(string text)
        {
            _text = text;
        }

        /// <summary>The host; null for a Unix address.</summary>
        public string Host { get; private set; }

        /// <summary>The port.</summary>
        public int Port { get; private set; }

        /// <summary>The address; null when the host is a name.</summary>
        public EndPoint Address { get; private set; }

        /// <summary>The host without brackets, as certificates name it; null for a Unix address.</summary>
        public string Name { get; private set; }

        /// <summary>Reads a URI.</summary>
        /// <param name="uri">The URI.</param>
        /// <param name="isSecure">Whether its sockets are secured: only then is tls:// right.</param>
        /// <exception cref="ArgumentNullException">There is none.</exception>
        /// <exception cref="ArgumentException">It is wrong; the text names the URI and its part that is.</exception>
        public static TcpUri Parse(string uri, bool isSecure)
        {
            TcpUri parsed = new TcpUri(uri ?? throw new ArgumentNullException(nameof(uri)));
            int scheme = uri.IndexOf("://");
            if (uri.StartsWith(Unix))
            {
                parsed.ReadPath(uri.Substring(Unix.Length));
            }
            else if (scheme < 0 || uri.StartsWith(Tcp) || (isSecure && uri.StartsWith(Tls)))
            {
                parsed.ReadHostAndPort(scheme < 0 ? uri : uri.Substring(Tcp.Length));
            }
            else if (uri.StartsWith(Tls))
            {
                throw parsed.Wrong("the scheme tls needs the option Security");
            }
            else
            {
                throw parsed.Wrong("expected the scheme tcp or unix, not \"" + uri.Substring(0, scheme) + "\"");
            }

            return parsed;
        }

        /// <summary>Writes an address as a URI.</summary>
        /// <returns>Null for an address that has no name.</returns>
        public static string Of(SocketAddress address, bool isSecure)
        {
            return address.IsIP ? (isSecure ? Tls : Tcp) + address.ToString()
                : address.Family == AddressFamily.Unix && address.Size > SocketAddress.UnixPathOffset ? Unix + address.ToString()
                : null;
        }

        /// <summary>An exception that names the URI and its wrong part.</summary>
        public ArgumentException Wrong(string why)
        {
            return new ArgumentException("Invalid URI \"" + _text + "\" (EINVAL): " + why + ".");
        }

        private void ReadPath(string path)
        {
            if (path.Length == 0)
            {
                throw Wrong("the path is missing, expected unix://PATH");
            }

            try
            {
                Address = path[0] == '@' ? UnixEndPoint.Abstract(path.Substring(1)) : new UnixEndPoint(path);
            }
            catch (ArgumentException e)
            {
                throw Wrong("the path is no AF_UNIX path: " + e.Message);
            }
        }

        private void ReadHostAndPort(string text)
        {
            int colon = text.LastIndexOf(':');
            bool bracketed = text.Length > 0 && text[0] == '[';
            if (bracketed && colon < text.IndexOf(']'))
            {
                colon = -1;
            }

            if (colon < 0 && IsNumber(text))
            {
                // ReactPHP: a port alone is on 127.0.0.1.
                text = "127.0.0.1:" + text;
                colon = text.LastIndexOf(':');
            }

            if (colon < 0 || colon == text.Length - 1)
            {
                throw Wrong("the port is missing, expected tcp://HOST:PORT");
            }

            Host = text.Substring(0, colon);
            ReadPort(text.Substring(colon + 1));
            ReadHost(bracketed);
        }

        private void ReadPort(string text)
        {
            // Up to five digits, as more would not fit an int.
            int port = IsNumber(text) && text.Length <= 5 ? int.Parse(text) : -1;
            if (port < 0 || port > IPEndPoint.MaxPort)
            {
                throw Wrong("the port is 0 to 65535, not \"" + text + "\"");
            }

            Port = port;
        }

        private void ReadHost(bool bracketed)
        {
            if (Host.Length == 0)
            {
                throw Wrong("the host is missing, expected tcp://HOST:PORT");
            }

            Name = Host;
            if (bracketed)
            {
                Name = Host[Host.Length - 1] == ']' ? Host.Substring(1, Host.Length - 2) : "";
            }

            if (IPAddress.TryParse(Name, out IPAddress address) &&
                bracketed == (address.AddressFamily == AddressFamily.InterNetworkV6))
            {
                Address = new IPEndPoint(address, Port);
            }
            else if (bracketed)
            {
                throw Wrong("expected an IPv6 address in the brackets, not \"" + Host + "\"");
            }
            else if (Host.IndexOf(':') >= 0)
            {
                throw Wrong("an IPv6 address stands in brackets, unlike \"" + Host + "\"");
            }
        }

        private static bool IsNumber(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] < '0' || text[i] > '9')
                {
                    return false;
                }
            }

            return text.Length > 0;
        }
    }
}
