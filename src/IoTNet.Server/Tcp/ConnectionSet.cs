using System;

namespace IoTNet
{
    /// <summary>What the connections of one server or connector have in common: the loop, the limits, the time that they have,
    /// and the pieces that keep unsent bytes.</summary>
    internal sealed class ConnectionSet
    {
        // What one busy connection needs by default, and no more memory held for nobody than that.
        private const int MaxSparePieces = 4;

        // A peer that is slow by a few bytes holds a whole piece.
        private const int MaxPieceBytes = 64 * 1024;

        private static readonly byte[] s_true = { 1, 0, 0, 0 };

        private readonly bool _noDelay;
        private OutputPiece _spare;
        private int _spareCount;

        public ConnectionSet(EventLoop loop, ConnectionOptions options, ISocketSecurity security, TcpServer server)
        {
            Loop = loop;
            Server = server;
            BufferBytes = options.BufferBytes;
            HighWaterBytes = options.HighWaterBytes;
            LowWaterBytes = options.LowWaterBytes;
            MaxBufferedBytes = options.MaxBufferedBytes;
            AllowHalfOpen = options.AllowHalfOpen;
            _noDelay = options.NoDelay;
            Security = security;
            Idle = new ExpiryList(loop, options.IdleTimeoutMs);
            Failing = new ExpiryList(loop, 0);
        }

        public EventLoop Loop { get; }

        /// <summary>Null for a connector's.</summary>
        public TcpServer Server { get; }

        public int BufferBytes { get; }

        public int HighWaterBytes { get; }

        public int LowWaterBytes { get; }

        public int MaxBufferedBytes { get; }

        public bool AllowHalfOpen { get; }

        /// <summary>Secures the sockets; null = they are plain.</summary>
        public ISocketSecurity Security { get; }

        /// <summary>Those that work.</summary>
        public ExpiryList Idle { get; }

        /// <summary>Those whose error is to be told in the loop's next round.</summary>
        public ExpiryList Failing { get; }

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
            if (_spareCount < MaxSparePieces)
            {
                piece.Begin = 0;
                piece.End = 0;
                piece.Next = _spare;
                _spare = piece;
                _spareCount++;
            }
        }

        /// <summary>Tells of an exception that a handler threw.</summary>
        /// <returns>False when nobody wants to know: it is the loop's then.</returns>
        public bool Report(Connection connection, Exception error)
        {
            return Server != null && Server.Report(connection, error);
        }
    }
}
