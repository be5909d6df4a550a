// RFC 6455 4.2: the server.
using System;

namespace IoTNet
{
    /// <summary>
    /// Serves WebSockets, and what else is asked for over HTTP on the same port, on a loop.
    /// <code>
    /// WebSocketServer server = new WebSocketServer(loop, "0.0.0.0:80");
    /// server.Route("/", new HttpPage("text/html; charset=utf-8", dashboard).Answer, null);
    /// server.Connection += OnConnection;      // OnConnection(socket) { socket.Text += OnText; }
    /// loop.Run();
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para><b>Where a request goes.</b> To the first <see cref="Route"/> that fits; else, an upgrade to the server itself
    /// (<see cref="WebSocketServerOptions.Path"/>, <c>Connection</c>) and any other to <see cref="Request"/>. What
    /// nobody takes is answered with 404; with 426 and Sec-WebSocket-Version where a WebSocket would have been taken.</para>
    /// <para><b>Threads.</b> Its members belong to the loop's thread, or to any one while the loop does not run.</para>
    /// <para><b>A build without WebSocket</b> (symbol IOTNET_NO_WEBSOCKET) serves HTTP only: an upgrade is answered with 501,
    /// <see cref="ClientCount"/> is -1, and what is about WebSockets is not there.</para>
    /// </remarks>
    public sealed partial class WebSocketServer : IHttpOwner
    {
        private readonly TcpServer _tcp;
        private readonly HttpSettings _http;
        private readonly HttpAuthorizer _authorize;
        private readonly string _realm;
        private HttpRoute[] _routes = new HttpRoute[0];

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
        /// <see cref="Address"/> tells.</param>
        /// <param name="options">The limits and rules.</param>
        /// <exception cref="ArgumentNullException">Loop, URI or options are missing.</exception>
        /// <exception cref="ArgumentException">The URI is wrong, or a subprotocol is no token.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        /// <exception cref="SocketException">It cannot listen there: EADDRINUSE, EADDRNOTAVAIL, EACCES, ENFILE.</exception>
        public WebSocketServer(EventLoop loop, string uri, WebSocketServerOptions options)
        {
            (options ?? throw new ArgumentNullException(nameof(options))).Check();
            _authorize = options.Authorize;
            _realm = options.Realm;
            _http = new HttpSettings
            {
                Loop = loop,
                Owner = this,
                MaxHeadBytes = options.MaxHeadBytes,
                MaxHeaders = options.MaxHeaders,
                MaxBodyBytes = options.MaxBodyBytes,
                MaxBufferedBytes = options.Tcp.MaxBufferedBytes,
                HeadTimeoutMs = options.HeadTimeoutMs,
                BodyTimeoutMs = options.BodyTimeoutMs,
                KeepAliveMs = options.KeepAliveMs,
            };
            Prepare(loop, options);
            _tcp = new TcpServer(loop, uri, options.Tcp);
            _tcp.Connection += OnConnection;
        }

        /// <summary>A request that no route takes and that is no upgrade. With a handler here it has to be answered.</summary>
        public event HttpHandler Request;

        /// <summary>Something failed and the server goes on: an accept, or a handler of a connection that threw (the source is
        /// the connection, which is closed).</summary>
        public event LoopErrorHandler Error
        {
            add => _tcp.Error += value;
            remove => _tcp.Error -= value;
        }

        /// <summary>The TCP server below, for its address, its middleware (<see cref="TcpServer.Use"/>: a TLS filter, address rules,
        /// rate limits) and its pause.</summary>
        public TcpServer Tcp => _tcp;

        /// <summary>Where it listens, as a URI: <c>tcp://127.0.0.1:8080</c>; null when it is closed.</summary>
        public string Address => _tcp.Address;

        /// <summary>Gives a path to handlers of its own. The first route that fits counts.</summary>
        /// <param name="path">The path without the query: <c>/info</c>; with a star at its end all that begin so:
        /// <c>/socket.io/*</c>.</param>
        /// <param name="onRequest">Answers its requests; null = there are none to answer: 426 when onUpgrade is given, else
        /// 404.</param>
        /// <param name="onUpgrade">Decides about its WebSockets; null = there are none: 404.</param>
        /// <returns>This server.</returns>
        /// <exception cref="ArgumentNullException">No path was given.</exception>
        public WebSocketServer Route(string path, HttpHandler onRequest, UpgradeHandler onUpgrade)
        {
            HttpRoute[] routes = new HttpRoute[_routes.Length + 1];
            Array.Copy(_routes, 0, routes, 0, _routes.Length);
            routes[_routes.Length] = new HttpRoute(path ?? throw new ArgumentNullException(nameof(path)), onRequest, onUpgrade);
            _routes = routes;
            return this;
        }

        /// <summary>Stops listening; the connections go on. Closing again does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            _tcp.Close();
        }

        /// <summary>Closes all connections at once, without close frames.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void CloseConnections()
        {
            _tcp.CloseConnections();
        }

        void IHttpOwner.OnRequest(HttpConnection http, HttpRequest request, HttpResponse response)
        {
            if (_authorize != null && !_authorize(request, HttpCredentials.Parse(request.GetHeader("Authorization"))))
            {
                response.SetHeader("WWW-Authenticate", "Basic realm=\"" + _realm + "\", charset=\"UTF-8\"");
                Plain(response, 401, HttpStatus.Words(401));
                return;
            }

            HttpRoute route = RouteOf(request.Path);
            string upgrade = request.GetHeader("Upgrade");

            // RFC 9110 7.8: a request of HTTP/1.0 has no upgrade.
            if (upgrade != null && !request.IsHttp10 && Ascii.HasToken(upgrade, "websocket"))
            {
                TakeUpgrade(http, request, response, route);
            }
            else
            {
                TakeRequest(request, response, route);
            }
        }

        void IHttpOwner.OnClosed(HttpConnection http)
        {
        }

        // An answer of the server's own.
        internal static void Plain(HttpResponse response, int status, string text)
        {
            response.Send(status, "text/plain; charset=utf-8", text + "\n");
        }

        private void TakeRequest(HttpRequest request, HttpResponse response, HttpRoute route)
        {
            HttpHandler handler = route == null ? Request : route.OnRequest;
            if (handler != null)
            {
                handler(request, response);
            }
            else if (Upgrades(request.Path, route))
            {
                // RFC 9110 15.5.22.
                response.SetHeader("Upgrade", "websocket");
                response.SetHeader("Sec-WebSocket-Version", "13");
                response.IsLast = true;
                Plain(response, 426, HttpStatus.Words(426));
            }
            else
            {
                Plain(response, 404, HttpStatus.Words(404));
            }
        }

        private HttpRoute RouteOf(string path)
        {
            for (int i = 0; i < _routes.Length; i++)
            {
                if (_routes[i].Fits(path))
                {
                    return _routes[i];
                }
            }

            return null;
        }

        private void OnConnection(Connection connection)
        {
            new HttpConnection(_http, connection);
        }
    }
}
