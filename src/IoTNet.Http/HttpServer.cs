// RFC 9110: the server.
using System;

namespace IoTNet
{
    /// <summary>
    /// Serves HTTP on a loop.
    /// <code>
    /// HttpServer server = new HttpServer(loop, "0.0.0.0:80");
    /// server.Route("/", new HttpPage("text/html; charset=utf-8", page).Answer);
    /// loop.Run();
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para><b>Where a request goes.</b> To the first <see cref="Route"/> that fits, else to <see cref="Request"/>. What nobody takes is
    /// answered with 404.</para>
    /// <para><b>WebSockets</b> on the same port: <c>WebSocketServer</c> (IoTNet.WebSocket.Server) is this server with them. Here an upgrade
    /// to one is answered with 501, and <see cref="ClientCount"/> is -1.</para>
    /// <para><b>Threads.</b> Its members belong to the loop's thread, or to any one while the loop does not run.</para>
    /// </remarks>
    public class HttpServer : IHttpOwner
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
        public HttpServer(EventLoop loop, string uri)
            : this(loop, uri, new HttpServerOptions())
        {
        }

        /// <summary>Opens a server.</summary>
        /// <param name="loop">The loop that serves it.</param>
        /// <param name="uri">Where, as <see cref="TcpServer"/> has it: <c>0.0.0.0:80</c>; port 0 takes a free one, which
        /// <see cref="Address"/> tells.</param>
        /// <param name="options">The limits and rules.</param>
        /// <exception cref="ArgumentNullException">Loop, URI or options are missing.</exception>
        /// <exception cref="ArgumentException">The URI is wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        /// <exception cref="SocketException">It cannot listen there: EADDRINUSE, EADDRNOTAVAIL, EACCES, ENFILE.</exception>
        public HttpServer(EventLoop loop, string uri, HttpServerOptions options)
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
            _tcp = new TcpServer(loop, uri, options.Tcp);
            _tcp.Connection += OnConnection;
        }

        /// <summary>A request that no route takes and that is no upgrade to a WebSocket. With a handler here it has to be answered.</summary>
        public event HttpHandler Request;

        /// <summary>Something failed and the server goes on: an accept, or a handler of a connection that threw (the source is
        /// the connection, which is closed).</summary>
        public event LoopErrorHandler Error
        {
            add => _tcp.Error += value;
            remove => _tcp.Error -= value;
        }

        /// <summary>The TCP server below, for its address, its middleware (<see cref="TcpServer.Use"/>: address rules, rate limits) and
        /// its pause.</summary>
        public TcpServer Tcp => _tcp;

        /// <summary>Where it listens, as a URI: <c>tcp://127.0.0.1:8080</c>; null when it is closed.</summary>
        public string Address => _tcp.Address;

        /// <summary>How many WebSockets are connected; -1 here, as this server has none.</summary>
        public virtual int ClientCount => -1;

        /// <summary>As <see cref="ClientCount"/>, for the client that asks: -1 also when it cannot have a WebSocket, as it speaks
        /// HTTP/1.0.</summary>
        /// <param name="request">Its request.</param>
        /// <returns>The count, or -1.</returns>
        /// <exception cref="ArgumentNullException">No request was given.</exception>
        public int ClientCountFor(HttpRequest request)
        {
            return (request ?? throw new ArgumentNullException(nameof(request))).IsHttp10 ? -1 : ClientCount;
        }

        /// <summary>Gives a path to a handler of its own. The first route that fits counts.</summary>
        /// <param name="path">The path without the query: <c>/info</c>; with a star at its end all that begin so:
        /// <c>/files/*</c>.</param>
        /// <param name="onRequest">Answers its requests; null = there are none to answer: 404.</param>
        /// <returns>This server.</returns>
        /// <exception cref="ArgumentNullException">No path was given.</exception>
        public HttpServer Route(string path, HttpHandler onRequest)
        {
            Add(new HttpRoute(path, onRequest));
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

        /// <summary>Sends an answer of the server's own.</summary>
        internal static void Plain(HttpResponse response, int status, string text)
        {
            response.Send(status, "text/plain; charset=utf-8", text + "\n");
        }

        /// <summary>Adds a route behind the others.</summary>
        internal void Add(HttpRoute route)
        {
            HttpRoute[] routes = new HttpRoute[_routes.Length + 1];
            Array.Copy(_routes, 0, routes, 0, _routes.Length);
            routes[_routes.Length] = route;
            _routes = routes;
        }

        /// <summary>Answers an upgrade to a WebSocket.</summary>
        /// <param name="route">The path's; null when it has none.</param>
        internal virtual void TakeUpgrade(HttpConnection http, HttpRequest request, HttpResponse response, HttpRoute route)
        {
            Plain(response, 501, "This server has no WebSocket.");
        }

        /// <summary>Answers a request that nobody takes.</summary>
        internal virtual void TakeNobodys(HttpRequest request, HttpResponse response, HttpRoute route)
        {
            Plain(response, 404, HttpStatus.Words(404));
        }

        private void TakeRequest(HttpRequest request, HttpResponse response, HttpRoute route)
        {
            HttpHandler handler = route == null ? Request : route.OnRequest;
            if (handler != null)
            {
                handler(request, response);
            }
            else
            {
                TakeNobodys(request, response, route);
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
