using System;
using System.Text;

namespace IoTNet.Apps
{
    /// <summary>The page, and the readings for all who look at it. Its sockets are few: pages are answered without keep-alive,
    /// so that one place is enough for all of them, and each of the others is a WebSocket's.</summary>
    internal sealed class DashboardServer
    {
        // A page whose network is slower than the readings misses some: the next one says more than those that wait.
        private const int WaitingBytes = 512;

        // A browser that has vanished holds a place no longer than these together, twice the first.
        private const int PingMs = 5000;
        private const int PongMs = 5000;

        // Browsers connect before they have something to ask, too, and the page has one place.
        private const int FirstByteMs = 2000;
        private const int HeadMs = 4000;

        // Who takes nothing of the page, or of the readings, gives the place back; longer than a ping and its pong take.
        private const int IdleMs = 20000;

        private const string Page = "text/html; charset=utf-8";
        private const string LivePath = "/live";

        private readonly long _beginMs = Environment.TickCount64;
        private readonly WebSocketServer _server;
        private readonly HttpPage _page = new HttpPage(Page, Encoding.UTF8.GetBytes(DashboardPage.Html));
        private readonly Thermometer _sensor;
        private readonly DashboardMessages _messages;
        private readonly WebSocketHandler _tell;
        private readonly WebSocketDataHandler _onText;
        private readonly LoopTimer _timer;
        private readonly int _clients;
        private int _intervalMs;

        /// <summary>Opens it. For <paramref name="clients"/> WebSockets it takes two sockets more.</summary>
        /// <exception cref="SocketException">It cannot listen there.</exception>
        public DashboardServer(EventLoop loop, IPEndPoint address, string name, int intervalMs, int clients)
        {
            WebSocketServerOptions options = new WebSocketServerOptions
            {
                MaxHeadBytes = 2048,
                MaxHeaders = 40,
                MaxBodyBytes = 0,
                HeadTimeoutMs = HeadMs,
                KeepAliveMs = 0,

                // Nowhere else, or there would be WebSockets that nobody counts.
                Path = LivePath,
            };
            options.Sockets.MaxFrameBytes = 256;
            options.Sockets.MaxMessageBytes = 256;
            options.Sockets.BatchBytes = 1024;
            options.Sockets.PingIntervalMs = PingMs;
            options.Sockets.PongTimeoutMs = PongMs;
            options.Sockets.CloseTimeoutMs = 1000;
            options.Tcp.MaxConnections = clients + 1;
            options.Tcp.Backlog = 2;
            options.Tcp.FirstByteTimeoutMs = FirstByteMs;
            options.Tcp.IdleTimeoutMs = IdleMs;
            options.Tcp.BufferBytes = 1024;
            options.Tcp.HighWaterBytes = 2048;
            options.Tcp.LowWaterBytes = 512;
            options.Tcp.MaxBufferedBytes = 4096;

            _clients = clients;
            _intervalMs = intervalMs;
            _sensor = new Thermometer(name);
            _messages = new DashboardMessages(name, clients);
            _tell = Tell;
            _onText = OnText;
            _timer = new LoopTimer(loop, OnTimer, null);
            _server = new WebSocketServer(loop, "tcp://" + address.ToString(), options);
            _server.Route("/", OnPage, null).Route("/info", OnInfo, null).Route(LivePath, null, OnUpgrade);
        }

        /// <summary>Something failed, and the server goes on.</summary>
        public event LoopErrorHandler Error
        {
            add => _server.Error += value;
            remove => _server.Error -= value;
        }

        public EndPoint LocalEndPoint => _server.Tcp.Socket.LocalEndPoint;

        /// <summary>Begins to read the sensor.</summary>
        /// <exception cref="ObjectDisposedException">The loop has been stopped.</exception>
        public void Start()
        {
            _timer.Start(0, _intervalMs);
        }

        public void Close()
        {
            _server.Close();
            _server.CloseConnections();
        }

        private void OnPage(HttpRequest request, HttpResponse response)
        {
            response.SetHeader("Cache-Control", "no-cache");
            _page.Answer(request, response);
        }

        private void OnInfo(HttpRequest request, HttpResponse response)
        {
            _messages.WriteState(_sensor, _server.ClientCount, _intervalMs);
            response.SetHeader("Cache-Control", "no-store");

            // The buffer is written anew before a slow client has taken all of it.
            byte[] body = new byte[_messages.Length];
            Array.Copy(_messages.Buffer, 0, body, 0, body.Length);
            response.Send(200, "application/json", body, 0, body.Length);
        }

        private void OnUpgrade(WebSocketUpgrade upgrade)
        {
            // RFC 6455 10.2: pages of other servers do not set this board's interval.
            if (upgrade.Origin != null && upgrade.Origin != "http://" + upgrade.Request.GetHeader("Host"))
            {
                upgrade.Refuse(403, "Only the board's own page may connect.\n");
                return;
            }

            if (_server.ClientCount >= _clients)
            {
                upgrade.SetHeader("Retry-After", "5");
                upgrade.Refuse(503, "This board has room for " + _clients.ToString() + " browsers at once, and all places are in use.\n");
                return;
            }

            WebSocket socket = upgrade.Accept(null);
            if (socket != null)
            {
                socket.Text += _onText;
                _messages.WriteState(_sensor, _server.ClientCount, _intervalMs);
                Tell(socket);
            }
        }

        private void OnText(WebSocket socket, byte[] buffer, int offset, int count)
        {
            string error = DashboardMessages.ReadInterval(buffer, offset, count, out int intervalMs);
            if (error != null)
            {
                _messages.WriteError(error);
                Tell(socket);
                return;
            }

            _intervalMs = intervalMs;
            _timer.Start(intervalMs, intervalMs);
            _messages.WriteInterval(intervalMs);
            _server.ForEach(_tell);
        }

        private void OnTimer(object state)
        {
            _sensor.Read();
            _messages.WriteReading(_sensor, Environment.TickCount64 - _beginMs, _server.ClientCount, _intervalMs);
            _server.ForEach(_tell);
        }

        // What does not fit is lost for this one alone.
        private void Tell(WebSocket socket)
        {
            if (socket.BufferedBytes < WaitingBytes)
            {
                socket.TrySend(_messages.Buffer, 0, _messages.Length, true);
            }
        }
    }
}
