// RFC 6455 4.2.
using System;
using System.Text;

namespace IoTNet
{
    /// <summary>
    /// A client that asks for a WebSocket, as an <see cref="UpgradeHandler"/> sees it: it is accepted or refused once, at once or
    /// any time later on the loop's thread.
    /// <code>
    /// WebSocket socket = upgrade.Accept(upgrade.Choose(protocols));
    /// socket.Text += OnText;
    /// </code>
    /// </summary>
    public sealed class WebSocketUpgrade
    {
        private readonly WebSocketServer _server;
        private readonly HttpConnection _http;
        private readonly HttpResponse _response;

        internal WebSocketUpgrade(WebSocketServer server, HttpConnection http, HttpRequest request, HttpResponse response)
        {
            _server = server;
            _http = http;
            _response = response;
            Request = request;
        }

        /// <summary>The request.</summary>
        public HttpRequest Request { get; }

        /// <summary>The origin of the page that asks; null when the client is no browser.</summary>
        public string Origin => Request.GetHeader("Origin");

        /// <summary>The subprotocols that the client offers, as a list with commas, the best first; null when there are
        /// none.</summary>
        public string Protocols => Request.GetHeader("Sec-WebSocket-Protocol");

        /// <summary>Whether it has been accepted or refused.</summary>
        public bool IsDecided => _response.IsSent;

        /// <summary>Whether the client has left before that.</summary>
        public bool IsAborted => _response.IsAborted;

        /// <summary>Whether the client offers a subprotocol.</summary>
        /// <param name="protocol">The subprotocol; the case matters.</param>
        /// <returns>Whether it does.</returns>
        public bool Offers(string protocol)
        {
            string[] offered = (Protocols ?? "").Split(',');
            for (int i = 0; i < offered.Length; i++)
            {
                if (offered[i].Trim() == protocol)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Chooses the first of one's own subprotocols that the client offers.</summary>
        /// <param name="protocols">One's own, the best first; null = none.</param>
        /// <returns>The subprotocol; null when there is none in common.</returns>
        public string Choose(string[] protocols)
        {
            for (int i = 0; protocols != null && i < protocols.Length; i++)
            {
                if (Offers(protocols[i]))
                {
                    return protocols[i];
                }
            }

            return null;
        }

        /// <summary>Adds a header to the answer, whichever it is.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">Its value.</param>
        /// <exception cref="ArgumentException">As <see cref="HttpResponse.SetHeader"/>.</exception>
        public void SetHeader(string name, string value)
        {
            _response.SetHeader(name, value);
        }

        /// <summary>Accepts the client.</summary>
        /// <param name="protocol">The subprotocol, one that the client offers; null = none.</param>
        /// <returns>The WebSocket, open. Its events are to be set before the handler returns, or at once when it is accepted
        /// later: what came with the handshake is told then. Null when the client has left.</returns>
        /// <exception cref="ArgumentException">The client does not offer the subprotocol.</exception>
        /// <exception cref="InvalidOperationException">It has been decided; or not on the loop's thread.</exception>
        public WebSocket Accept(string protocol)
        {
            CheckUndecided();
            if (protocol != null && !Offers(protocol))
            {
                // RFC 6455 4.1: the client would have to fail the connection.
                throw new ArgumentException("The client does not offer the subprotocol \"" + protocol + "\".", nameof(protocol));
            }

            Connection connection = Request.Connection;
            if (IsAborted || !connection.IsWritable)
            {
                return null;
            }

            bool isPacked = _server.Packs && DeflateOffer.IsAmong(Request.GetHeader("Sec-WebSocket-Extensions"));
            byte[] answer = Encoding.UTF8.GetBytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                "Sec-WebSocket-Accept: " + HandshakeKey.AcceptOf(Request.GetHeader("Sec-WebSocket-Key")) + "\r\n" +
                (protocol == null ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") +
                (isPacked ? "Sec-WebSocket-Extensions: " + DeflateOffer.Text + "\r\n" : "") +
                _response.Headers + "\r\n");
            if (connection.TryWrite(answer, 0, answer.Length) < 0)
            {
                return null;
            }

            WebSocket socket = _server.Open(connection, Request, protocol, isPacked);
            _http.Leave(socket, out byte[] kept, out int start, out int count);
            socket.Begin(kept, start, count);
            return socket;
        }

        /// <summary>Refuses the client.</summary>
        /// <param name="status">400 to 599: 401, 403, 404 …</param>
        /// <param name="text">The body, for a human; null = none.</param>
        /// <exception cref="InvalidOperationException">It has been decided; or not on the loop's thread.</exception>
        public void Refuse(int status, string text)
        {
            CheckUndecided();
            Refuse(status, "text/plain; charset=utf-8", text ?? "");
        }

        /// <summary>Refuses the client, with a body of any type.</summary>
        /// <param name="status">400 to 599.</param>
        /// <param name="contentType">For example <c>application/json</c>.</param>
        /// <param name="text">The body.</param>
        /// <exception cref="InvalidOperationException">It has been decided; or not on the loop's thread.</exception>
        public void Refuse(int status, string contentType, string text)
        {
            CheckUndecided();
            _response.IsLast = true;
            _response.Send(status, contentType, text);
        }

        /// <summary>Checks the request, and answers one that is wrong.</summary>
        internal bool Check(string[] origins)
        {
            string version = Request.GetHeader("Sec-WebSocket-Version");
            if (Request.Method != "GET" || !Ascii.HasToken(Request.GetHeader("Connection"), "upgrade") ||
                !HandshakeKey.IsValid(Request.GetHeader("Sec-WebSocket-Key")))
            {
                Refuse(400, "A WebSocket is asked for by GET, with Connection: Upgrade and a Sec-WebSocket-Key of 16 bytes.\n");
            }
            else if (version != "13")
            {
                // RFC 6455 4.4: the versions that are spoken here.
                SetHeader("Upgrade", "websocket");
                SetHeader("Sec-WebSocket-Version", "13");
                Refuse(426, "Sec-WebSocket-Version 13 is spoken here.\n");
            }
            else if (!Allows(origins, Origin))
            {
                Refuse(403, "This origin is not allowed.\n");
            }

            return !IsDecided;
        }

        private static bool Allows(string[] origins, string origin)
        {
            if (origins == null || origin == null)
            {
                return true;
            }

            for (int i = 0; i < origins.Length; i++)
            {
                if (Ascii.AreSame(origins[i], origin))
                {
                    return true;
                }
            }

            return false;
        }

        private void CheckUndecided()
        {
            if (IsDecided)
            {
                throw new InvalidOperationException("The client has been answered.");
            }
        }
    }
}
