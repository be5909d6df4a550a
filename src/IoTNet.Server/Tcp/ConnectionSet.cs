namespace IoTNet
{
    /// <summary>What the connections of one server or connector have in common: the loop, the limits, the time that they have,
    /// the pieces that keep unsent bytes, and the handlers.</summary>
    internal sealed partial class ConnectionSet
    {
        public readonly EventLoop Loop;

        /// <summary>Null for a connector's.</summary>
        public readonly TcpServer Server;

        /// <summary>Secures the sockets; null = they are plain.</summary>
        public readonly ISocketSecurity Security;

        public readonly int BufferBytes;

        public readonly int HighWaterBytes;

        public readonly int LowWaterBytes;

        public readonly int MaxBufferedBytes;

        public readonly bool AllowHalfOpen;

        // What one busy connection needs by default, and no more memory held for nobody than that.
        private const int MaxSparePieces = 4;

        // A peer that is slow by a few bytes holds a whole piece.
        private const int MaxPieceBytes = 64 * 1024;

        // A server's connections get their handlers one after the other: a set for each step.
        private const int MaxHandlerSets = 8;

        private static readonly byte[] s_true = { 1, 0, 0, 0 };

        private readonly bool _noDelay;
        private readonly HandlerSet[] _handlers = new HandlerSet[MaxHandlerSets];
        private readonly HandlerSet _draft = new HandlerSet();
        private int _handlersMade;
        private OutputPiece _spare;
        private int _spareCount;

        public ConnectionSet(EventLoop loop, ConnectionOptions options, ISocketSecurity security, TcpServer server)
        {
            Loop = loop;
            Server = server;
            Security = security;
            BufferBytes = options.BufferBytes;
            HighWaterBytes = options.HighWaterBytes;
            LowWaterBytes = options.LowWaterBytes;
            MaxBufferedBytes = options.MaxBufferedBytes;
            AllowHalfOpen = options.AllowHalfOpen;
            IdleMs = options.IdleTimeoutMs;
            _noDelay = options.NoDelay;
            _timer = new LoopTimer(loop, OnTimer, null);
        }

        /// <summary>Opens a socket to listen or to connect with.</summary>
        /// <param name="family">The family of its address.</param>
        /// <param name="host">The peer's name for its certificate; null to listen.</param>
        public Socket Open(AddressFamily family, string host)
        {
            return Security == null ? new Socket(Loop.Stacks, family, SocketType.Stream, ProtocolType.Unspecified)
                : Security.Open(Loop.Stacks, family, host);
        }

        /// <summary>Gives a socket that has just been connected the options of the set.</summary>
        public void Configure(Socket socket)
        {
            if (_noDelay && socket.AddressFamily != AddressFamily.Unix)
            {
                socket.TrySetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, s_true, s_true.Length);
            }
        }

        public OutputPiece TakePiece()
        {
            OutputPiece piece = _spare;
            if (piece == null)
            {
                return new OutputPiece(BufferBytes < MaxPieceBytes ? BufferBytes : MaxPieceBytes);
            }

            _spare = piece.Next;
            _spareCount--;
            piece.Next = null;
            return piece;
        }

        public void GiveBack(OutputPiece piece)
        {
            piece.Last = null;
            if (_spareCount < MaxSparePieces)
            {
                piece.Begin = 0;
                piece.End = 0;
                piece.Next = _spare;
                _spare = piece;
                _spareCount++;
            }
        }

        /// <summary>Begins to change the handlers of a connection.</summary>
        /// <param name="handlers">Those that it has.</param>
        /// <returns>A copy of them, to be changed and then shared.</returns>
        public HandlerSet Draft(HandlerSet handlers)
        {
            _draft.CopyFrom(handlers);
            return _draft;
        }

        /// <summary>Ends the change.</summary>
        /// <returns>Handlers that are like the draft's.</returns>
        public HandlerSet Share()
        {
            for (int i = 0; i < MaxHandlerSets; i++)
            {
                if (_handlers[i] != null && _handlers[i].IsLike(_draft))
                {
                    return _handlers[i];
                }
            }

            HandlerSet made = new HandlerSet();
            made.CopyFrom(_draft);
            _handlers[_handlersMade++ & (MaxHandlerSets - 1)] = made;
            return made;
        }

        /// <summary>Tells of an exception that a handler threw.</summary>
        /// <returns>False when nobody wants to know: it is the loop's then.</returns>
        public bool Report(Connection connection, System.Exception error)
        {
            return Server != null && Server.Report(connection, error);
        }
    }
}
