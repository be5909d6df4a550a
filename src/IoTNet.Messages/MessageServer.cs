using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// Answers messages over TCP (or AF_UNIX streams): one thread, several clients, bounded memory and time.
    /// <code>
    /// MessageServer server = new MessageServer(new MessageServerOptions { Listen = endPoint }, Answer);
    /// server.Run();
    /// Message Answer(Message request) { return Message.FromJson(...); }
    /// </code>
    /// </summary>
    /// <remarks>A server runs once. The handler is called on its thread, one request at a time. A client that sends something
    /// else than messages, is late, or whose handler throws, is closed and told to the log; the others do not notice.
    /// <see cref="Stop"/> may be called from any thread.</remarks>
    public sealed class MessageServer
    {
        private const int ListenerIndex = 0;
        private const int FirstClient = 1;

        // How long to leave a listener alone that cannot accept: most likely, no socket of the pool is free.
        private const int PauseMs = 1000;

        private static readonly byte[] s_true = { 1, 0, 0, 0 };

        private readonly MessageServerOptions _options;
        private readonly MessageHandler _handler;
        private readonly Poller _poller;

        // The first _count places are taken, in the poller's order.
        private readonly MessageConnection[] _clients;
        private readonly object _lock = new object();
        private Socket _listener;
        private Thread _thread;
        private Deadline _acceptPause;
        private int _count;
        private bool _stopped;

        /// <summary>Makes a server. The options may not be changed afterwards.</summary>
        /// <param name="options">Address and limits.</param>
        /// <param name="handler">Answers the requests.</param>
        /// <exception cref="ArgumentNullException">Options, address, limits or handler are null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public MessageServer(MessageServerOptions options, MessageHandler handler)
        {
            _options = options ?? throw new ArgumentNullException(nameof(options));
            _handler = handler ?? throw new ArgumentNullException(nameof(handler));
            if (options.Listen == null)
            {
                throw new ArgumentNullException("Listen");
            }

            if (options.MaxClients < 1 || options.MaxClients > 1024 || options.TimeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(options), "Clients are 1 to 1024, not " + options.MaxClients.ToString() +
                    ", and a timeout is -1 or more, not " + options.TimeoutMs.ToString() + ".");
            }

            // The limits' own check, before the first client instead of with it.
            new MessageReader(options.Limits).End();
            _clients = new MessageConnection[options.MaxClients];
            _poller = new Poller(FirstClient + options.MaxClients);
        }

        /// <summary>Where it listens; null before <see cref="Open"/>.</summary>
        public EndPoint LocalEndPoint { get; private set; }

        /// <summary>How many clients are connected.</summary>
        public int Clients => _count;

        /// <summary>How many requests were answered, up to the last byte given to the stack.</summary>
        public int Answered { get; private set; }

        /// <summary>How many clients were closed because they, or the handler, failed.</summary>
        public int Failed { get; private set; }

        /// <summary>Opens the listener; from now on clients can connect, and <see cref="Run"/> serves them.</summary>
        /// <exception cref="SocketException">The address cannot be served: EADDRINUSE, EACCES, EADDRNOTAVAIL; or no socket is
        /// left: ENFILE.</exception>
        /// <exception cref="InvalidOperationException">It was opened before.</exception>
        public void Open()
        {
            if (_listener != null)
            {
                throw new InvalidOperationException("A message server is opened once; make another one.");
            }

            Socket listener = new Socket(_options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                // RFC 9293 3.6.1: the connections that an earlier run closed hold the port in TIME-WAIT.
                listener.TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, s_true, s_true.Length);
                listener.Bind(_options.Listen);
                listener.Listen(_options.MaxClients);
                LocalEndPoint = listener.LocalEndPoint;
            }
            catch (SocketException)
            {
                listener.Close();
                throw;
            }

            _poller.Add(listener, PollEvents.In);
            lock (_lock)
            {
                _listener = listener;
                if (_stopped)
                {
                    listener.Close();
                }
            }
        }

        /// <summary>Serves until <see cref="Stop"/>, then closes everything. Opens the listener if that was not done.</summary>
        /// <exception cref="SocketException">As <see cref="Open"/>; or the stack cannot wait for its sockets any longer.</exception>
        public void Run()
        {
            if (_listener == null)
            {
                Open();
            }

            try
            {
                while (!_listener.IsClosed)
                {
                    _poller.Wait(Arm());
                    ServeClients();
                    if (_poller.GetEvents(ListenerIndex) != PollEvents.None)
                    {
                        AcceptClients();
                    }
                }
            }
            finally
            {
                while (_count > 0)
                {
                    Close(_count - 1);
                }

                _listener.Close();
            }
        }

        /// <summary>Opens the listener and serves on a thread of its own.</summary>
        /// <exception cref="SocketException">As <see cref="Open"/>.</exception>
        public void Start()
        {
            Open();
            lock (_lock)
            {
                // Started under the lock: a Stop on another thread finds none, or one that it can wait for.
                _thread = new Thread(Run);
                _thread.Start();
            }
        }

        /// <summary>Ends <see cref="Run"/>, or the thread of <see cref="Start"/>, and waits for the latter.</summary>
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

        // Says what to wait for; gives how long.
        private int Arm()
        {
            int pauseMs = _acceptPause.RemainingMs();
            _poller.SetEvents(ListenerIndex, _count < _clients.Length && pauseMs == 0 ? PollEvents.In : PollEvents.None);
            int waitMs = pauseMs > 0 ? pauseMs : -1;
            for (int i = 0; i < _count; i++)
            {
                _poller.SetEvents(FirstClient + i, _clients[i].WaitsFor);
                int leftMs = _clients[i].RemainingMs();
                waitMs = waitMs < 0 || (leftMs >= 0 && leftMs < waitMs) ? leftMs : waitMs;
            }

            return waitMs;
        }

        private void ServeClients()
        {
            // Backwards: Close moves the last client, which had its turn, to the place that becomes free.
            for (int i = _count - 1; i >= 0; i--)
            {
                if (_poller.GetEvents(FirstClient + i) != PollEvents.None)
                {
                    Serve(i);
                }
                else if (_clients[i].RemainingMs() == 0)
                {
                    Fail(i, "late");
                }
            }
        }

        private void Serve(int place)
        {
            MessageConnection client = _clients[place];
            int answered = client.Answered;
            try
            {
                if (!client.Advance())
                {
                    Close(place);
                }
            }
            catch (Exception e)
            {
                // Also the handler's own: one client's request must not end the service of the others.
                Fail(place, e.Message);
            }

            Answered += client.Answered - answered;
        }

        private void AcceptClients()
        {
            while (_count < _clients.Length)
            {
                int result = _listener.TryAccept(0, out Socket socket);
                if (result < 0)
                {
                    Errno error = (Errno)(-result);
                    if (error != Errno.EAGAIN && error != Errno.EINTR && error != Errno.EBADF && error != Errno.ECONNABORTED)
                    {
                        // The connection stays in the backlog: asking again at once would keep the processor busy.
                        _acceptPause = Deadline.After(PauseMs);
                        Log("cannot accept a client now: " + ErrnoTable.Text(error));
                    }

                    return;
                }

                // An answer is due at once; a stack without the option is no worse than slower.
                socket.TrySetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, s_true, s_true.Length);
                _clients[_count] = new MessageConnection(socket, _options, _handler);
                _poller.Add(socket, PollEvents.In);
                _count++;
            }
        }

        private void Fail(int place, string why)
        {
            Failed++;
            Log("client closed: " + why);
            Close(place);
        }

        private void Close(int place)
        {
            _clients[place].Socket.Close();
            _poller.Remove(FirstClient + place);
            _count--;
            _clients[place] = _clients[_count];
            _clients[_count] = null;

            // A socket of the pool is free again.
            _acceptPause = Deadline.After(0);
        }

        private void Log(string line)
        {
            if (_options.Log != null)
            {
                _options.Log(line);
            }
        }
    }
}
