// RFC 6455 3.
using System;

namespace IoTNet
{
    /// <summary>ws://HOST[:PORT][/PATH][?QUERY], and the same with wss.</summary>
    internal sealed class WebSocketUri
    {
        private const string Plain = "ws://";
        private const string Secure = "wss://";

        private WebSocketUri()
        {
        }

        public bool IsSecure { get; private set; }

        /// <summary>The Host header: without the port when it is the scheme's.</summary>
        public string Host { get; private set; }

        /// <summary>For <see cref="TcpConnector.Connect(string,int,ConnectHandler)"/>.</summary>
        public string Tcp { get; private set; }

        /// <summary>Path and query.</summary>
        public string Target { get; private set; }

        public static WebSocketUri Parse(string uri)
        {
            if (uri == null)
            {
                throw new ArgumentNullException(nameof(uri));
            }

            WebSocketUri parsed = new WebSocketUri { IsSecure = Ascii.BeginsWith(uri, Secure) };
            if (!parsed.IsSecure && !Ascii.BeginsWith(uri, Plain))
            {
                throw Wrong(uri, "expected the scheme ws or wss");
            }

            if (uri.IndexOf('#') >= 0)
            {
                throw Wrong(uri, "a fragment is not allowed");
            }

            for (int i = 0; i < uri.Length; i++)
            {
                if (uri[i] <= ' ' || uri[i] >= 0x7F)
                {
                    throw Wrong(uri, "expected ASCII without spaces; percent-encode the rest");
                }
            }

            string rest = uri.Substring(parsed.IsSecure ? Secure.Length : Plain.Length);
            int end = rest.IndexOf('/');
            int query = rest.IndexOf('?');
            end = end < 0 || (query >= 0 && query < end) ? query : end;
            string authority = end < 0 ? rest : rest.Substring(0, end);
            string target = end < 0 ? "/" : rest.Substring(end);
            parsed.Target = target[0] == '?' ? "/" + target : target;
            if (authority.IndexOf('@') >= 0)
            {
                throw Wrong(uri, "name and password belong to WebSocketClientOptions.Authorization");
            }

            parsed.ReadAuthority(uri, authority);
            return parsed;
        }

        private void ReadAuthority(string uri, string authority)
        {
            int colon = authority.LastIndexOf(':');
            if (colon >= 0 && colon < authority.IndexOf(']'))
            {
                colon = -1;
            }

            string standard = IsSecure ? "443" : "80";
            string host = colon < 0 ? authority : authority.Substring(0, colon);
            string port = colon < 0 || colon == authority.Length - 1 ? standard : authority.Substring(colon + 1);
            Tcp = "tcp://" + host + ":" + port;
            Host = port == standard ? host : host + ":" + port;
            try
            {
                TcpConnector.Check(Tcp, null);
            }
            catch (ArgumentException e)
            {
                throw Wrong(uri, e.Message);
            }
        }

        private static ArgumentException Wrong(string uri, string why)
        {
            return new ArgumentException("Invalid URI \"" + uri + "\" (EINVAL): " + why + ".", nameof(uri));
        }
    }
}
