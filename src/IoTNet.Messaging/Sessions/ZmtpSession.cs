using System;

namespace IoTNet
{
    /// <summary>One connection of a message socket and, where it is the side that connects, those that replace it. It lives on the
    /// context's loop: pipes on one side, a stream on the other, ZMTP between them (RFC 37).</summary>
    internal sealed partial class ZmtpSession : WatchedSocket, ILoopWork, IPipeEnd
    {
        private const string NoMemory = "there is no memory for what the peer announced, or for what goes out";

        // What it is and has been through: on a device a field takes 12 bytes, of whatever type it is.
        private const int EndedFlag = 1;

        // A peer that outlives its connections: messages wait for the next one.
        private const int PersistentFlag = 1 << 1;
        private const int GreetedFlag = 1 << 2;
        private const int Speaks30Flag = 1 << 3;
        private const int StartedFlag = 1 << 4;
        private const int CopiesMessageFlag = 1 << 5;
        private const int OpensMessageFlag = 1 << 6;

        private static readonly LoopCallback s_onTimer = OnTimer;
        private static readonly LoopCallback s_onLingerOver = OnLingerOver;

        private readonly MessageSocket _owner;
        private readonly MessageSocketOptions _options;
        private readonly string _endpoint;

        // Null for a connection that was accepted.
        private readonly ConnectEndpoint _target;

        // For the handshake, the wait before the next connect, and heartbeats, one after the other.
        private readonly LoopTimer _timer;
        private LoopTimer _lingerTimer;
        private Peer _peer;
        private bool _linked;

        // The loop's; and what the application's thread sets.
        private int _flags;
        private bool _stops;

        /// <summary>A session that connects to a target, or takes a connection that was accepted (null).</summary>
        public ZmtpSession(MessageSocket owner, string endpoint, ConnectEndpoint target)
            : base(null)
        {
            _owner = owner;
            _endpoint = endpoint;
            _target = target;
            _options = owner.Options;
            _timer = new LoopTimer(Loop, s_onTimer, this);
            owner.Context.AddSession(this);
        }

        /// <inheritdoc/>
        public override EventLoop Loop => _owner.Context.Loop;

        public bool IsQueued { get; set; }

        public ILoopWork NextWork { get; set; }

        /// <summary>Whose it is.</summary>
        public MessageSocket Owner => _owner;

        // The application has closed the socket, or ended this endpoint.
        private bool IsEnding => _stops || (_peer != null ? _peer.Out.IsWriterClosed : _owner.IsClosed);

        void IPipeEnd.OnReadable()
        {
            _owner.Context.Schedule(this);
        }

        void IPipeEnd.OnWritable()
        {
            _owner.Context.Schedule(this);
        }

        /// <summary>Begins to connect.</summary>
        /// <returns>The peer that it has from the beginning; null when there is none before there is a connection.</returns>
        public Peer Attach()
        {
            // The loop may take it away as soon as it knows of it.
            Peer first = null;
            if (!_options.Immediate)
            {
                MakePeer();
                first = _peer;
                Set(PersistentFlag, _owner.Type != MessageSocketType.Pair);
                first.Tell(Peer.Attached);
            }

            _owner.Context.Schedule(this);
            return first;
        }

        /// <summary>The application ends what it connected.</summary>
        public void Stop()
        {
            _stops = true;
            _owner.Context.Schedule(this);
        }

        /// <summary>Begins with a connected stream.</summary>
        public void Begin(Socket socket)
        {
            Socket = socket;
            try
            {
                Watch(PollEvents.In);
            }
            catch (Exception e) when (e is SocketException || e is ObjectDisposedException)
            {
                // The latter: its board has no power any more.
                Lose(e.Message);
                return;
            }

            Tell(_target == null ? SocketEventKind.Accepted : SocketEventKind.Connected, 0, PeerName());
            BeginHandshake();
        }

        /// <inheritdoc/>
        protected override void OnReady(PollEvents events)
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

                if (Socket != null && (events & ~PollEvents.Out) != 0)
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

        public void Run()
        {
            if (Is(EndedFlag))
            {
                return;
            }

            if (Loop.IsStopping)
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

        public void Abandon()
        {
            // Nobody waits.
        }

        // What pipes and application asked for: connect, send, go on receiving, end.
        private void Work()
        {
            if (IsEnding)
            {
                BeginEnd();
            }

            // Also for what was sent and closed before the loop came to it.
            if (!Is(EndedFlag) && _target != null && Socket == null && _target.Pending == null && !_timer.IsRunning)
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
            _peer = _owner.NewPeer(_owner.NewInput(), _owner.NewOutput());
            _peer.In.Writer = this;
            _peer.Out.Reader = this;
        }

        private void Connect()
        {
            _target.Pending = _target.Connector.Connect(_target.Uri, _target.LocalUri, _options.ConnectTimeoutMs, OnConnected);
        }

        private void OnConnected(Connection connection, SocketException error)
        {
            _target.Pending = null;
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
            if (_target != null)
            {
                _target.Tries = 0;
            }

            if (!_mechanism.Seals)
            {
                // It has done its part.
                _mechanism = null;
            }

            BeginBeats();
            _owner.LinkNow(_peer);
            _peer.Tell(isNew ? Peer.Attached | Peer.Linked : Peer.Linked);
        }

        private static void OnTimer(object state)
        {
            ZmtpSession session = (ZmtpSession)state;
            if (session._linked)
            {
                session.Beat();
            }
            else if (session.Socket != null)
            {
                session.Lose("the handshake took too long (HandshakeTimeoutMs)");
            }
            else
            {
                session.Connect();
            }
        }

        private bool Is(int flag)
        {
            return (_flags & flag) != 0;
        }

        private void Set(int flag, bool isSet)
        {
            _flags = isSet ? _flags | flag : _flags & ~flag;
        }
    }
}
