// RFC 6455 4.2: the server.
using System;

namespace IoTNet
{
    /// <summary>
    /// Serves WebSockets, and what else is asked for over HTTP on the same port, on a loop.
    /// <code>
    /// WebSocketServer server = new WebSocketServer(loop, "0.0.0.0:80");
    /// server.Route("/", new HttpPage("text/html; charset=utf-8", dashboard).Answer);
    /// server.Connection += OnConnection;      // OnConnection(socket) { socket.Text += OnText; }
    /// loop.Run();
    /// </code>
    /// </summary>
    /// <remarks><b>Where a request goes.</b> To the first route that fits; else, an upgrade to the server itself
    /// (<see cref="WebSocketServerOptions.Path"/>, <see cref="Connection"/>) and any other to <see cref="HttpServer.Request"/>. What nobody
    /// takes is answered with 404; with 426 and Sec-WebSocket-Version where a WebSocket would have been taken.</remarks>
    public sealed class WebSocketServer : HttpServer, IWebSocketOwner
    {
        private readonly WebSocketSet _set;
        private readonly string _path;
        private readonly string[] _protocols;
        private readonly string[] _origins;
        private int _clientCount;
        private WebSocket _firstSocket;

        // The next one of a ForEach, which a close may take away.
        private WebSocket _cursor;

        /// <summary>Opens a server with the default limits.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="uri">Where, as the other constructor has it.</param>
        /// <exception cref="ArgumentNullException">No loop or URI was given.</exception>
        /// <exception cref="ArgumentException">As the other constructor's.</exception>
        /// <exception cref="SocketException">As the other constructor's.</exception>
        public WebSocketServer(EventLoop loop, string uri)
            : this(loop, uri, new WebSocketServerOptions())
        {
        }

        /// <summary>Opens a server.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="uri">Where, as <see cref="TcpServer"/> has it: <c>0.0.0.0:80</c>; port 0 takes a free one, which
        /// <see cref="HttpServer.Address"/> tells.</param>
        /// <param name="options">The limits and rules.</param>
        /// <exception cref="ArgumentNullException">Loop, URI or options are missing.</exception>
        /// <exception cref="ArgumentException">The URI is wrong, or a subprotocol is no token.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        /// <exception cref="SocketException">It cannot listen there: EADDRINUSE, EADDRNOTAVAIL, EACCES, ENFILE.</exception>
        public WebSocketServer(EventLoop loop, string uri, WebSocketServerOptions options)
            : this(loop, uri, options, MakeSet(loop, options))
        {
        }

        // What may fail is made before the base listens.
        private WebSocketServer(EventLoop loop, string uri, WebSocketServerOptions options, WebSocketSet set)
            : base(loop, uri, options)
        {
            _set = set;
            set.Owner = this;
            _path = options.Path;
            _protocols = options.Protocols;
            _origins = options.Origins;
        }

        /// <summary>A WebSocket that the server itself has accepted is open. Its events are to be set now: bytes may have come with
        /// the handshake.</summary>
        public event WebSocketHandler Connection;

        /// <summary>How many WebSockets are connected.</summary>
        public override int ClientCount => _clientCount;

        /// <summary>Gives a path to handlers of its own. The first route that fits counts.</summary>
        /// <param name="path">The path without the query: <c>/live</c>; with a star at its end all that begin so:
        /// <c>/socket.io/*</c>.</param>
        /// <param name="onRequest">Answers its requests; null = there are none to answer: 426 when onUpgrade is given, else
        /// 404.</param>
        /// <param name="onUpgrade">Decides about its WebSockets; null = there are none: 404.</param>
        /// <returns>This server.</returns>
        /// <exception cref="ArgumentNullException">No path was given.</exception>
        public WebSocketServer Route(string path, HttpHandler onRequest, UpgradeHandler onUpgrade)
        {
            Add(new WebSocketRoute(path, onRequest, onUpgrade));
            return this;
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
            _clientCount++;
            return socket;
        }

        void IWebSocketOwner.OnSocketClosed(WebSocket socket)
        {
            _clientCount--;
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

        internal override void TakeUpgrade(HttpConnection http, HttpRequest request, HttpResponse response, HttpRoute route)
        {
            if (!Upgrades(request.Path, route, out UpgradeHandler handler))
            {
                base.TakeNobodys(request, response, route);
                return;
            }

            WebSocketUpgrade upgrade = new WebSocketUpgrade(this, http, request, response);
            if (!upgrade.Check(_origins))
            {
                return;
            }

            if (handler != null)
            {
                handler(upgrade);
                return;
            }

            WebSocket socket = upgrade.Accept(upgrade.Choose(_protocols));
            if (socket != null)
            {
                Connection?.Invoke(socket);
            }
        }

        internal override void TakeNobodys(HttpRequest request, HttpResponse response, HttpRoute route)
        {
            if (!Upgrades(request.Path, route, out _))
            {
                base.TakeNobodys(request, response, route);
                return;
            }

            // RFC 9110 15.5.22.
            response.SetHeader("Upgrade", "websocket");
            response.SetHeader("Sec-WebSocket-Version", "13");
            response.IsLast = true;
            Plain(response, 426, HttpStatus.Words(426));
        }

        private static WebSocketSet MakeSet(EventLoop loop, WebSocketServerOptions options)
        {
            (options ?? throw new ArgumentNullException(nameof(options))).Check();
            return new WebSocketSet(loop, options.Sockets, options.Tcp);
        }

        // Whether a path has WebSockets; the handler is null where the server itself accepts them.
        private bool Upgrades(string path, HttpRoute route, out UpgradeHandler handler)
        {
            handler = (route as WebSocketRoute)?.OnUpgrade;
            return route == null ? _path == null || _path == path : handler != null;
        }
    }
}
