using System;

namespace IoTNet
{
    /// <summary>http://HOST[:PORT][/NAMESPACE], and the same with https, ws and wss.</summary>
    internal static class SocketIOUri
    {
        /// <summary>The URI of the WebSocket.</summary>
        /// <param name="path">Engine.IO's path.</param>
        /// <param name="query">More of the query; null = none.</param>
        public static string ToWebSocket(string uri, string path, string query)
        {
            return Base(uri, out string _) + path + "?EIO=4&transport=websocket" + (query == null ? "" : "&" + query);
        }

        /// <summary>The namespace that a URI names.</summary>
        public static string NamespaceOf(string uri)
        {
            Base(uri, out string rest);
            int end = rest.IndexOf('?');
            return end < 0 ? rest : rest.Substring(0, end);
        }

        private static string Base(string uri, out string rest)
        {
            if (uri == null)
            {
                throw new ArgumentNullException(nameof(uri));
            }

            int colon = uri.IndexOf(':');
            string scheme = colon < 0 || colon + 2 >= uri.Length || uri[colon + 1] != '/' || uri[colon + 2] != '/' ? "" : uri.Substring(0, colon);
            string webSocket = scheme == "http" || scheme == "ws" ? "ws" : scheme == "https" || scheme == "wss" ? "wss" : null;
            if (webSocket == null)
            {
                throw new ArgumentException("Invalid URI \"" + uri + "\" (EINVAL): expected the scheme http, https, ws or wss.", nameof(uri));
            }

            string authority = uri.Substring(colon + 3);
            int slash = authority.IndexOf('/');
            int question = authority.IndexOf('?');
            int end = slash >= 0 && (question < 0 || slash < question) ? slash : question;
            rest = end < 0 ? "" : authority.Substring(end);
            return webSocket + "://" + (end < 0 ? authority : authority.Substring(0, end));
        }
    }
}
