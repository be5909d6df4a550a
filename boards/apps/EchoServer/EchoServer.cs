using System;
using System.Threading;

namespace IoTNet.Apps
{
    /// <summary>
    /// The echo service of RFC 862 over TCP and UDP: one thread, many clients, fixed memory.
    /// <code>
    /// EchoServer server = new EchoServer(new EchoServerOptions());
    /// server.Run();
    /// </code>
    /// </summary>
    /// <remarks>A server runs once. <see cref="Stop"/> may be called from any thread; the counters may be read from
    /// any.</remarks>
    public sealed partial class EchoServer
    {
        // The poller's sockets: the listener, UDP, then client i at FirstClient + i. Without UDP the listener is there twice.
        private const int ListenerIndex = 0;
        private const int DatagramIndex = 1;
        private const int FirstClient = 2;

        // How long to leave a socket alone that failed in a way that will not pass by itself, such as an empty pool.
        private const int PauseMs = 1000;

        private readonly EchoServerOptions _options;
        private readonly Poller _poller;
        private readonly SocketAddress _peer = new SocketAddress();
        private readonly object _lock = new object();
        private Socket _listener;
        private Thread _thread;
        private bool _stopped;

        /// <summary>Makes a server and takes all its memory. The options may not be changed afterwards.</summary>
        /// <param name="options">Address and limits.</param>
        /// <exception cref="ArgumentNullException">There are no options, or no address in them.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public EchoServer(EchoServerOptions options)
        {
            _options = options ?? throw new ArgumentNullException(nameof(options));
            if (options.Listen == null)
            {
                throw new ArgumentNullException("Listen");
            }

            CheckRange("MaxClients", options.MaxClients, 1, 1024);
            CheckRange("ClientBytes", options.ClientBytes, 1, 65536);
            CheckRange("DatagramBytes", options.DatagramBytes, 0, 65535);
            CheckRange("IdleTimeoutMs", options.IdleTimeoutMs, -1, int.MaxValue);
            _clients = new EchoClient[options.MaxClients];
            for (int i = 0; i < _clients.Length; i++)
            {
                _clients[i] = new EchoClient(options.ClientBytes);
            }

            _datagram = new byte[options.DatagramBytes];
            _poller = new Poller(FirstClient + options.MaxClients);
        }

        /// <summary>Where TCP is served; null before <see cref="Open"/>.</summary>
        public IPEndPoint LocalEndPoint { get; private set; }

        /// <summary>Where UDP is served; null before <see cref="Open"/> or without UDP. The same port as TCP's, unless
        /// any free one was asked for and that one was taken.</summary>
        public IPEndPoint UdpEndPoint { get; private set; }

        /// <summary>How many TCP clients are connected now.</summary>
        public int Clients => _clientCount;

        /// <summary>How many TCP clients came in all.</summary>
        public long Accepted { get; private set; }

        /// <summary>How often a client could not be accepted because the stack failed: most likely, no socket was
        /// left. It stays in the backlog for the next attempt.</summary>
        public long Refused { get; private set; }

        /// <summary>Bytes received over TCP and UDP.</summary>
        public long BytesIn { get; private set; }

        /// <summary>Bytes sent back over TCP and UDP.</summary>
        public long BytesOut { get; private set; }

        /// <summary>Datagrams that were sent back.</summary>
        public long Datagrams { get; private set; }

        /// <summary>Datagrams that were not: too long, from a port below 1024, or not sendable.</summary>
        public long Dropped { get; private set; }

        /// <summary>Opens the sockets; from now on clients can connect, and <see cref="Run"/> serves them.</summary>
        /// <exception cref="SocketException">An address cannot be served: EADDRINUSE, EACCES, EADDRNOTAVAIL; or no socket
        /// is left: ENFILE.</exception>
        /// <exception cref="InvalidOperationException">It was opened before.</exception>
        public void Open()
        {
            if (_listener != null)
            {
                throw new InvalidOperationException("An echo server is opened once; make another one.");
            }

            Socket listener = new Socket(_options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                // RFC 9293 3.6.1, TIME-WAIT: the connections that an earlier run closed hold the port for minutes. A stack
                // that does not know the option does not mind either.
                listener.TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, s_true, s_true.Length);
                listener.Bind(_options.Listen);
                listener.Listen(_options.Backlog);
                LocalEndPoint = (IPEndPoint)listener.LocalEndPoint;
                OpenDatagrams();
            }
            catch (SocketException)
            {
                listener.Close();
                throw;
            }

            _poller.Add(listener, PollEvents.None);
            _poller.Add(_datagrams ?? listener, PollEvents.None);
            lock (_lock)
            {
                _listener = listener;
                if (_stopped)
                {
                    listener.Close();
                }
            }
        }

        /// <summary>Serves until <see cref="Stop"/>, then closes everything. Opens the sockets if that was not done.</summary>
        /// <returns>0; or <c>-(int)Errno</c> when the stack cannot wait for its sockets any longer.</returns>
        /// <exception cref="SocketException">As <see cref="Open"/>.</exception>
        public int Run()
        {
            if (_listener == null)
            {
                Open();
            }

            try
            {
                return Serve();
            }
            finally
            {
                CloseAll();
            }
        }

        /// <summary>Opens the sockets and serves on a thread of its own.</summary>
        /// <exception cref="SocketException">As <see cref="Open"/>.</exception>
        public void Start()
        {
            Open();
            lock (_lock)
            {
                // Started under the lock: a Stop on another thread finds none, or one that it can wait for.
                _thread = new Thread(RunOnThread);
                _thread.Start();
            }
        }

        /// <summary>Ends <see cref="Run"/>, or the thread of <see cref="Start"/>, and waits for the latter. All sockets are
        /// closed then; clients lose what was not sent back.</summary>
        public void Stop()
        {
            Thread thread;
            lock (_lock)
            {
                _stopped = true;
                thread = _thread;
                if (_listener != null)
                {
                    // The listener being open is what "running" means, and its close is what wakes the poller.
                    _listener.Close();
                }
            }

            if (thread != null && thread != Thread.CurrentThread)
            {
                thread.Join();
            }
        }

        private static void CheckRange(string name, int value, int from, int to)
        {
            if (value < from || value > to)
            {
                // Without the parameter's name, which the desktop would add: the text names what is meant.
                throw new ArgumentOutOfRangeException(null,
                    name + " is " + from.ToString() + " to " + to.ToString() + ", not " + value.ToString() + ".");
            }
        }

        private void RunOnThread()
        {
            Run();
        }

        private int Serve()
        {
            while (!_listener.IsClosed)
            {
                int ready = _poller.TryWait(Arm());
                if (ready < 0)
                {
                    Log("waiting for sockets failed: " + Describe(ready));
                    return ready;
                }

                EchoClients();
                if (_poller.GetEvents(DatagramIndex) != PollEvents.None && _datagrams != null)
                {
                    EchoDatagrams();
                }

                if (_poller.GetEvents(ListenerIndex) != PollEvents.None)
                {
                    AcceptClients();
                }
            }

            return 0;
        }

        // Says what to wait for; gives how long.
        private int Arm()
        {
            int waitMs = -1;
            int acceptPauseMs = _acceptPause.RemainingMs();
            int datagramPauseMs = _datagramPause.RemainingMs();
            bool accepts = _clientCount < _clients.Length && acceptPauseMs == 0;
            _poller.SetEvents(ListenerIndex, accepts ? PollEvents.In : PollEvents.None);
            if (_datagrams != null)
            {
                _poller.SetEvents(DatagramIndex, datagramPauseMs == 0 ? PollEvents.In : PollEvents.None);
            }

            waitMs = Sooner(waitMs, acceptPauseMs > 0 ? acceptPauseMs : -1);
            waitMs = Sooner(waitMs, datagramPauseMs > 0 ? datagramPauseMs : -1);
            for (int i = 0; i < _clientCount; i++)
            {
                _poller.SetEvents(FirstClient + i, _clients[i].WaitsFor);
                waitMs = Sooner(waitMs, _clients[i].Idle.RemainingMs());
            }

            return waitMs;
        }

        private static int Sooner(int firstMs, int secondMs)
        {
            return firstMs < 0 || (secondMs >= 0 && secondMs < firstMs) ? secondMs : firstMs;
        }

        private void CloseAll()
        {
            while (_clientCount > 0)
            {
                Disconnect(_clientCount - 1, "the server stops");
            }

            if (_datagrams != null)
            {
                _datagrams.Close();
            }

            _listener.Close();
        }

        private void Log(string line)
        {
            if (_options.Log != null)
            {
                _options.Log(line);
            }
        }

        private static string Describe(int result)
        {
            return ErrnoTable.Describe((Errno)(-result));
        }
    }
}
