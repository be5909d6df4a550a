#if !IOTNET_NO_WEBSOCKET
using System;

namespace IoTNet
{
    // The WebSockets of the server.
    public sealed partial class WebSocketServer
    {
        private WebSocketSet _set;
        private string _path;
        private string[] _protocols;
        private string[] _origins;
        private WebSocket _firstSocket;

        // The next one of a ForEach, which a close may take away.
        private WebSocket _cursor;

        /// <summary>A WebSocket that the server itself has accepted is open. Its events are to be set now: bytes may have come with
        /// the handshake.</summary>
        public event WebSocketHandler Connection;

        /// <summary>How many WebSockets are connected; -1 in a build without WebSocket.</summary>
        public int ClientCount { get; private set; }

        /// <summary>As <see cref="ClientCount"/>, for the client that asks: -1 also when it cannot have a WebSocket, as it speaks
        /// HTTP/1.0.</summary>
        /// <param name="request">Its request.</param>
        /// <returns>The count, or -1.</returns>
        /// <exception cref="ArgumentNullException">No request was given.</exception>
        public int ClientCountFor(HttpRequest request)
        {
            return (request ?? throw new ArgumentNullException(nameof(request))).IsHttp10 ? -1 : ClientCount;
        }

        /// <summary>Calls a handler for each WebSocket, those that routes have accepted included; the handler may close
        /// any.</summary>
        /// <param name="handler">The handler. Not to be called from within itself.</param>
        /// <exception cref="ArgumentNullException">No handler was given.</exception>
        public void ForEach(WebSocketHandler handler)
        {
            if (handler == null)
            {
                throw new ArgumentNullException(nameof(handler));
            }

            WebSocket socket = _firstSocket;
            while (socket != null)
            {
                _cursor = socket.After;
                handler(socket);
                socket = _cursor;
            }
        }

        /// <summary>Begins the close handshake with all WebSockets.</summary>
        /// <param name="code">As <see cref="WebSocket.Close(int, string)"/>; 1001 for a server that goes down.</param>
        /// <param name="reason">As there.</param>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void CloseSockets(int code, string reason)
        {
            WebSocket socket = _firstSocket;
            while (socket != null)
            {
                WebSocket next = socket.After;
                socket.Close(code, reason);
                socket = next;
            }
        }

        /// <summary>Whether messages may be packed.</summary>
        internal bool Packs => _set.Compressor != null;

        /// <summary>The client's handshake is answered: it is a WebSocket.</summary>
        internal WebSocket Open(Connection connection, HttpRequest request, string protocol, bool isPacked)
        {
            WebSocket socket = new WebSocket(_set, connection, request, protocol, true, isPacked);
            socket.After = _firstSocket;
            if (_firstSocket != null)
            {
                _firstSocket.Before = socket;
            }

            _firstSocket = socket;
            ClientCount++;
            return socket;
        }

        internal void OnSocketClosed(WebSocket socket)
        {
            ClientCount--;
            if (_cursor == socket)
            {
                _cursor = socket.After;
            }

            if (socket.Before == null)
            {
                _firstSocket = socket.After;
            }
            else
            {
                socket.Before.After = socket.After;
            }

            if (socket.After != null)
            {
                socket.After.Before = socket.Before;
            }

            socket.Before = null;
            socket.After = null;
        }

        private void Prepare(EventLoop loop, WebSocketServerOptions options)
        {
            _set = new WebSocketSet(loop, options, options.Tcp, this);
            _path = options.Path;
            _protocols = options.Protocols;
            _origins = options.Origins;
            for (int i = 0; _protocols != null && i < _protocols.Length; i++)
            {
                if (!Ascii.IsToken(_protocols[i]))
                {
                    throw new ArgumentException("Expected a subprotocol, a token, not \"" + _protocols[i] + "\".", nameof(options));
                }
            }
        }

        private bool Upgrades(string path, HttpRoute route)
        {
            return route == null ? _path == null || _path == path : route.OnUpgrade != null;
        }

        private void TakeUpgrade(HttpConnection http, HttpRequest request, HttpResponse response, HttpRoute route)
        {
            if (!Upgrades(request.Path, route))
            {
                Plain(response, 404, HttpStatus.Words(404));
                return;
            }

            WebSocketUpgrade upgrade = new WebSocketUpgrade(this, http, request, response);
            if (!upgrade.Check(_origins))
            {
                return;
            }

            if (route != null)
            {
                route.OnUpgrade(upgrade);
                return;
            }

            WebSocket socket = upgrade.Accept(upgrade.Choose(_protocols));
            if (socket != null)
            {
                Connection?.Invoke(socket);
            }
        }
    }
}
#endif
