using System;

namespace IoTNet
{
    /// <summary>One connection of a message socket and, where it is the side that connects, those that replace it. It lives on the
    /// context's loop: pipes on one side, a stream on the other, ZMTP between them (RFC 37).</summary>
    internal sealed partial class ZmtpSession : LoopWork, IPipeEnd, ISocketWatcher
    {
        private const string NoMemory = "there is no memory for what the peer announced, or for what goes out";

        private readonly MessageContext _context;
        private readonly MessageSocket _owner;
        private readonly MessageSocketOptions _options;
        private readonly string _endpoint;

        // Null for a connection that was accepted.
        private readonly string _uri;

        // Null when the stack chooses.
        private readonly string _localUri;
        private readonly TcpConnector _connector;
        private readonly LoopTimer _timer;
        private readonly LoopTimer _lingerTimer;
        private Peer _peer;
        private FramePipe _in;
        private FramePipe _out;
        private PendingConnect _connecting;
        private Socket _socket;
        private SocketWatch _watch;
        private int _tries;
        private bool _linked;
        private bool _ended;
        private bool _stops;

        /// <summary>A session for a connection that was accepted.</summary>
        public ZmtpSession(MessageContext context, MessageSocket owner, string endpoint)
        {
            _context = context;
            _owner = owner;
            _endpoint = endpoint;
            _options = owner.Options;
            _timer = new LoopTimer(context.Loop, OnTimer, null);
            _lingerTimer = new LoopTimer(context.Loop, OnLingerOver, null);
            _beatTimer = new LoopTimer(context.Loop, OnBeat, null);
            context.AddSession(this);
        }

        /// <summary>A session that connects.</summary>
        public ZmtpSession(MessageContext context, MessageSocket owner, string endpoint, string uri, string localUri)
            : this(context, owner, endpoint)
        {
            _uri = uri;
            _localUri = localUri;
            _connector = context.ConnectorTo(uri, _options.TransportSecurity);
            if (!_options.Immediate)
            {
                MakePeer();
                FirstPeer = _peer;
                _peer.Tell(Peer.Attached);
            }

            context.Schedule(this);
        }

        /// <summary>For a session that connects, the peer that it had from the beginning; null when there is none before there is
        /// a connection.</summary>
        public Peer FirstPeer { get; }

        // A peer that outlives its connections: messages wait for the next one.
        private bool IsPersistent => FirstPeer != null && _owner.Type != MessageSocketType.Pair;

        /// <summary>Whose it is.</summary>
        public MessageSocket Owner => _owner;

        // The application has closed the socket, or ended this endpoint.
        private bool IsEnding => _stops || (_out != null ? _out.IsWriterClosed : _owner.IsClosed);

        void IPipeEnd.OnReadable()
        {
            _context.Schedule(this);
        }

        void IPipeEnd.OnWritable()
        {
            _context.Schedule(this);
        }

        /// <summary>The application ends what it connected.</summary>
        public void Stop()
        {
            _stops = true;
            _context.Schedule(this);
        }

        /// <summary>Begins with a connected stream.</summary>
        public void Begin(Socket socket)
        {
            _socket = socket;
            try
            {
                _watch = _context.Loop.Watch(socket, PollEvents.In, this);
            }
            catch (Exception e) when (e is SocketException || e is ObjectDisposedException)
            {
                // The latter: its board has no power any more.
                Lose(e.Message);
                return;
            }

            Tell(_uri == null ? SocketEventKind.Accepted : SocketEventKind.Connected, 0, PeerName());
            BeginHandshake();
        }

        void ISocketWatcher.OnReady(SocketWatch watch, PollEvents events)
        {
            if ((events & PollEvents.Nval) != 0)
            {
                Lose("the network stack closed the socket");
                return;
            }

            try
            {
                if ((events & PollEvents.Out) != 0)
                {
                    Flush();
                }

                if (_socket != null && (events & ~PollEvents.Out) != 0)
                {
                    Receive();
                }
            }
            catch (OutOfMemoryException)
            {
                // A frame that is announced takes its memory at once: who announces more than there is ends this connection only.
                Lose(NoMemory);
            }
        }

        internal override void Run()
        {
            if (_ended)
            {
                return;
            }

            if (_context.Loop.IsStopping)
            {
                // The board has no power any more, and this is the loop's last round: it starts no timer.
                End();
                return;
            }

            try
            {
                Work();
            }
            catch (OutOfMemoryException)
            {
                Lose(NoMemory);
            }
        }

        // What pipes and application asked for: connect, send, go on receiving, end.
        private void Work()
        {
            if (IsEnding)
            {
                BeginEnd();
            }

            // Also for what was sent and closed before the loop came to it.
            if (!_ended && _uri != null && _socket == null && _connecting == null && !_timer.IsRunning)
            {
                Connect();
            }

            if (_linked && !IsEnding)
            {
                Resume();
            }

            if (_linked)
            {
                Flush();
            }
        }

        private void MakePeer()
        {
            _in = _owner.NewInput();
            _out = _owner.NewOutput();
            _peer = _owner.NewPeer(_in, _out);
            _in.Writer = this;
            _out.Reader = this;
        }

        private void Connect()
        {
            _connecting = _connector.Connect(_uri, _localUri, _options.ConnectTimeoutMs, OnConnected);
        }

        private void OnConnected(Connection connection, SocketException error)
        {
            _connecting = null;
            if (connection == null)
            {
                Lose(error.Message);
            }
            else
            {
                Begin(connection.Detach());
            }
        }

        // The handshake is over: messages may go.
        private void Link()
        {
            _tries = 0;
            _timer.Stop();
            bool isNew = _peer == null;
            if (isNew)
            {
                MakePeer();
            }

            _peer.Identity = _mechanism.Peer.Identity;
            _peer.Epoch++;
            _linked = true;
            TellHandshake();
            BeginBeats();
            _owner.LinkNow(_peer);
            _peer.Tell(isNew ? Peer.Attached | Peer.Linked : Peer.Linked);
        }

        // The connection is over, or none came; what follows depends on whose side this is.
        private void Lose(string why)
        {
            bool refused = _mechanism != null && (_mechanism.IsRefused || _mechanism.Failure != null);
            bool wasLinked = _linked;
            bool hadSocket = _socket != null;
            DropConnection();
            if (hadSocket)
            {
                Tell(wasLinked ? SocketEventKind.Disconnected : SocketEventKind.HandshakeFailed, 0, why);
            }

            bool isOver = _uri == null || refused || _options.ReconnectMs < 0 || (IsEnding && !IsPersistent && (wasLinked || _out == null)) ||
                (wasLinked && _owner.Type == MessageSocketType.Pair);
            if (isOver)
            {
                End();
                return;
            }

            if (!IsPersistent && wasLinked)
            {
                ClosePipes();
            }
            else if (_in != null)
            {
                _owner.UnlinkNow(_peer);
                _in.Rollback();
                _in.TellReader();
                _out.Restart();
            }

            int delayMs = NextDelayMs();
            Tell(SocketEventKind.ConnectRetried, delayMs, why);
            _timer.Start(delayMs, 0);
        }

        // RFC 37: a growing delay, in part by chance, so that a restarted server is not met by all at once.
        private int NextDelayMs()
        {
            int delay = _options.ReconnectMs < 1 ? 1 : _options.ReconnectMs;
            for (int i = 0; i < _tries && delay < _options.ReconnectMaxMs && delay < int.MaxValue / 4; i++)
            {
                delay *= 2;
            }

            _tries++;
            delay = delay > _options.ReconnectMaxMs && _options.ReconnectMaxMs > 0 ? _options.ReconnectMaxMs : delay;
            byte[] chance = new byte[1];
            Randomness.Fill(chance);
            return delay + (delay / 2 * chance[0] / 255);
        }

        private void OnTimer(object state)
        {
            if (_socket != null)
            {
                Lose("the handshake took too long (HandshakeTimeoutMs)");
            }
            else
            {
                Connect();
            }
        }

        // The application has closed: what it sent may still go out for a while.
        private void BeginEnd()
        {
            if (_out == null || _options.LingerMs == 0 || !HasUnsent)
            {
                End();
                return;
            }

            if (_linked)
            {
                // Nobody reads any more: what comes stays in the stack. A handshake has to be read, or nothing goes out.
                _paused = true;
                UpdateEvents();
            }

            if (_options.LingerMs > 0 && !_lingerTimer.IsRunning)
            {
                _lingerTimer.Start(_options.LingerMs, 0);
            }
        }

        private void OnLingerOver(object state)
        {
            End();
        }

        private void End()
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            _timer.Stop();
            _lingerTimer.Stop();
            _connecting?.Cancel();
            _connecting = null;
            DropConnection();
            ClosePipes();
            Tell(SocketEventKind.Closed, 0, "");
            _context.RemoveSession(this);
        }

        private void ClosePipes()
        {
            if (_peer != null)
            {
                _in.CloseWriter();
                _out.CloseReader();
                _peer.Forget();
                _peer = null;
                _in = null;
                _out = null;
            }
        }

        private void DropConnection()
        {
            _linked = false;
            _beatTimer.Stop();
            _watch?.Close();
            _watch = null;
            _socket?.Close();
            _socket = null;
            _control.Clear();
            _wantsOut = false;
            _paused = false;
            _started = false;
        }
    }
}
