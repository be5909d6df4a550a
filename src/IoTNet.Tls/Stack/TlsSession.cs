namespace IoTNet
{
    /// <summary>One TLS socket: its state, and what moves it on. Nothing here waits; whoever waits does so on the inner socket
    /// (<see cref="TlsSelector"/>) and comes back.</summary>
    internal sealed partial class TlsSession
    {
        /// <summary>How long a socket that was closed may go on sending what was accepted, in ms.</summary>
        public const int LingerMs = 30000;

        private const int WouldBlock = -(int)Errno.EAGAIN;
        private const int Closed = -(int)Errno.EBADF;

        private readonly TlsStack _stack;
        private readonly INetworkStack _inner;
        private readonly bool _isServer;

        // The inner connection was there first: accepted, or plain until now.
        private readonly bool _isAttached;

        // Guards all but the watches; never held while anything waits.
        private readonly object _lock = new object();
        private TlsState _state;
        private ITlsEngine _engine;
        private Deadline _handshakeEnd;
        private Deadline _lingerEnd;
        private TlsOptions _options;
        private string _host;
        private bool _connectsBehind;
        private bool _inputEnded;
        private bool _inputShut;
        private bool _outputShut;
        private bool _finSent;
        private bool _isClosed;

        // A send would wait: the inner socket had no room, and has not said that it has again.
        private bool _isFull;

        // What ended the connection: told once as SO_ERROR and by a send, by each receive for ever after.
        private int _pendingError;
        private int _endedBy;

        public TlsSession(TlsStack stack, INetworkStack inner, int handle, TlsOptions options, string host, bool isServer,
            bool isAttached)
        {
            _stack = stack;
            _inner = inner;
            Handle = handle;
            _options = options;
            _host = host;
            _isServer = isServer;
            _isAttached = isAttached;
        }

        public int Handle { get; }

        /// <summary>The table's link.</summary>
        public TlsSession NextInTable { get; set; }

        public TlsFailure Failure { get; private set; }

        public bool IsClosed => _isClosed;

        public bool IsHandshaking => _state == TlsState.Handshaking;

        public bool IsListening => _state == TlsState.Listening;

        /// <summary>Whether calls are the inner socket's own.</summary>
        public bool IsPlain => !_isClosed && (_state == TlsState.Idle || _state == TlsState.Listening);

        /// <summary>Whether the peer may be named: POSIX has no peer before the connect is done.</summary>
        public bool HasPeer => _isAttached || _state == TlsState.Open || _state == TlsState.Idle;

        private bool HasUnsent => _engine != null && _engine.HasUnsent;

        private int Pending => _engine == null ? 0 : _engine.Pending;

        /// <summary>The session of a connection that this one, listening, accepted.</summary>
        public TlsSession Accept(int handle)
        {
            return new TlsSession(_stack, _inner, handle, _options, _host, true, true);
        }

        public int Receive(byte[] buffer, int offset, int count, bool peek, bool looks)
        {
            int signs;
            int result;
            lock (_lock)
            {
                signs = Signs();
                result = ReceiveCore(buffer, offset, count, peek, looks);
                signs = NewSigns(signs);
            }

            Tell(signs, null);
            return result;
        }

        // Stuck: some of the bytes taken have not gone out.
        public int Send(byte[] buffer, int offset, int count, out bool isStuck)
        {
            int signs;
            int result;
            lock (_lock)
            {
                signs = Signs();
                result = SendCore(buffer, offset, count);
                isStuck = HasUnsent;
                signs = NewSigns(signs);
            }

            Tell(signs, null);
            return result;
        }

        // Stuck: what is to go out first has not yet.
        public int Shutdown(SocketShutdown how, out bool isStuck)
        {
            int signs;
            int result;
            lock (_lock)
            {
                signs = Signs();
                Advance(false, true);
                result = ShutdownCore(how);
                isStuck = HasUnsent;
                signs = NewSigns(signs);
            }

            Tell(signs, null);
            return result;
        }

        /// <summary>Closes: close_notify when it goes without waiting.</summary>
        /// <param name="isReset">Whether nothing more is to be sent.</param>
        /// <returns>1: cipher text is still to be sent, and the inner socket to be closed after it; 0: close it now; or
        /// EBADF.</returns>
        public int Close(bool isReset)
        {
            int signs;
            bool lingers;
            lock (_lock)
            {
                if (_isClosed)
                {
                    return Closed;
                }

                signs = Signs();
                if (_state == TlsState.Open && !_outputShut && !isReset)
                {
                    // TLS's own messages (tickets), left unread, would make the stack reset the connection.
                    Advance(true, true);
                    isReset = ResetsUnread();
                }

                if (_state == TlsState.Open && !_outputShut && !isReset)
                {
                    ShutOutput(true);
                }

                lingers = HasUnsent && !isReset && _state == TlsState.Open;
                _isClosed = true;
                if (lingers)
                {
                    _lingerEnd = Deadline.After(LingerMs);
                }
                else
                {
                    CloseEngine();
                }

                signs = NewSigns(signs);
            }

            Tell(signs, null);
            return lingers ? 1 : 0;
        }

        /// <summary>Sends what is stuck, for a socket that nobody waits on or that is closed.</summary>
        /// <returns>Whether there is no more to do.</returns>
        public bool FlushStep()
        {
            int signs;
            bool isDone;
            lock (_lock)
            {
                signs = Signs();
                FlushOutput();
                isDone = !HasUnsent || _state != TlsState.Open || (_isClosed && _lingerEnd.RemainingMs() == 0);
                if (isDone && _isClosed)
                {
                    CloseEngine();
                }

                signs = NewSigns(signs);
            }

            Tell(signs, null);
            return isDone;
        }

        // RFC 2525 2.17: data that nobody will read must not look delivered.
        private bool ResetsUnread()
        {
            if (Pending == 0)
            {
                return false;
            }

            byte[] linger = new byte[8];
            linger[0] = 1;
            _inner.SetOption(Handle, SocketOptionLevel.Socket, SocketOptionName.Linger, linger, linger.Length);
            return true;
        }

        private void CloseEngine()
        {
            if (_engine != null)
            {
                _engine.Close();
                _engine = null;
            }
        }

        private int ReceiveCore(byte[] buffer, int offset, int count, bool peek, bool looks)
        {
            Advance(true, looks);
            if (_isClosed)
            {
                return Closed;
            }

            // What came before the end or the error is received before it.
            if (Pending > 0)
            {
                int taken = count == 0 ? 0 : _engine.Take(buffer, offset, count, peek);
                if (IsWatched)
                {
                    // What the engine took ahead is told to who waits: nothing comes on the socket for it.
                    Fill(false);
                }

                return taken;
            }

            if (_inputEnded || _inputShut)
            {
                return 0;
            }

            if (_state == TlsState.Failed)
            {
                // TCP tells an error once, and an end from then on; a stream that TLS gave up never looks as if it had ended.
                bool isTold = _pendingError == 0 && Failure == null;
                _pendingError = 0;
                return isTold ? 0 : _endedBy;
            }

            return WouldBlock;
        }

        private int SendCore(byte[] buffer, int offset, int count)
        {
            Advance(false, true);
            if (_isClosed)
            {
                return Closed;
            }

            if (_state == TlsState.Failed)
            {
                int error = TakePendingError();
                return error != 0 ? -error : -(int)Errno.EPIPE;
            }

            if (_outputShut)
            {
                return -(int)Errno.EPIPE;
            }

            if (_state == TlsState.Open)
            {
                LookForRoom(0);
            }

            if (_state != TlsState.Open || _isFull)
            {
                return WouldBlock;
            }

            int result = count == 0 ? 0 : _engine.Send(buffer, offset, count);
            _isFull = HasUnsent || result == WouldBlock;
            return result;
        }

        private int ShutdownCore(SocketShutdown how)
        {
            if (_isClosed)
            {
                return Closed;
            }

            if (_state != TlsState.Open && !(_state == TlsState.Handshaking && _isAttached))
            {
                return -(int)Errno.ENOTCONN;
            }

            int result = how == SocketShutdown.Receive || _outputShut ? 0 : ShutOutput(how == SocketShutdown.Both);
            _inputShut |= result == 0 && how != SocketShutdown.Send;
            return result;
        }

        // An engine that can only close does so when the other half is over as well.
        private int ShutOutput(bool mayClose)
        {
            if (_state == TlsState.Open)
            {
                int result = _engine.CloseNotify();
                if (result == -(int)Errno.EOPNOTSUPP)
                {
                    return mayClose ? CloseNow() : result;
                }
            }

            // In a handshake: once it is done.
            _outputShut = true;
            FlushOutput();
            return 0;
        }

        private int CloseNow()
        {
            CloseEngine();
            _inputEnded = true;
            _outputShut = true;
            _finSent = true;
            return 0;
        }

        private int TakePendingError()
        {
            int error = _pendingError;
            _pendingError = 0;
            return error;
        }
    }
}
