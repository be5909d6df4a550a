// RFC 6455.
using System;

namespace IoTNet
{
    /// <summary>
    /// A WebSocket, a server's or a client's side of it, told by events on the loop's thread.
    /// <code>
    /// socket.Text += OnText;                // OnText(socket, buffer, offset, count): a whole message, valid UTF-8
    /// socket.SendText("hello");             // false: more than HighWaterBytes wait; Drain comes when there is room again
    /// socket.Close(1000, "done");           // the close handshake; Closed comes at its end
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para><b>Messages.</b> <see cref="Text"/> and <see cref="Binary"/> give whole messages, straight from the receive buffer when
    /// they came in one piece. With a handler of <see cref="Part"/> they are given as they come, and nothing is kept.</para>
    /// <para><b>Order.</b> <see cref="Error"/> at most once, <see cref="Closed"/> exactly once and last: the handlers are let go
    /// then.</para>
    /// <para><b>Threads.</b> All members belong to the loop's thread; others use <see cref="EventLoop.Post"/>.</para>
    /// <para><b>Sending.</b> What a handler sends is written when the handlers of the bytes that came are done, together; elsewhere
    /// each call writes.</para>
    /// <para><b>Exceptions</b> of a handler close the connection and are told by the server's event Error; a client's
    /// by <see cref="EventLoop.Error"/>.</para>
    /// <para><b>Memory.</b> Nothing is allocated for a frame once the buffers of the server are there. An idle WebSocket holds no
    /// buffer.</para>
    /// </remarks>
    public sealed partial class WebSocket : IConnectionUser
    {
        // What it is and has been through: on a device a field takes 12 bytes, of whatever type it is.
        private const int ServerFlag = 1;
        private const int PacksFlag = 1 << 1;
        private const int CloseSentFlag = 1 << 2;
        private const int CloseReceivedFlag = 1 << 3;
        private const int PingedFlag = 1 << 4;
        private const int ReceivingFlag = 1 << 5;
        private const int HeardFlag = 1 << 6;

        // Between the parts of a message: the next one is a continuation.
        private const int PartSentFlag = 1 << 7;

        private static readonly LoopCallback s_onTimer = OnTimer;

        private readonly WebSocketSet _set;
        private int _flags;

        // Pings, and the end of a close; made when the first is due.
        private LoopTimer _timer;

        internal WebSocket(WebSocketSet set, Connection connection, HttpRequest request, string protocol, bool isServer, bool isPacked)
        {
            _set = set;
            _flags = (isServer ? ServerFlag : 0) | (isPacked ? PacksFlag : 0);
            Connection = connection;
            Request = request;
            Protocol = protocol;
            _reader = new MessageReader(this, isServer, isPacked, set.Reader);
        }

        /// <summary>A text message: UTF-8, checked.</summary>
        public event WebSocketDataHandler Text;

        /// <summary>A binary message.</summary>
        public event WebSocketDataHandler Binary;

        /// <summary>A part of a message, as it comes: with a handler here, Text and Binary are silent, and the limits of frame and
        /// message do not count. To be set before the first byte comes, or between two messages.</summary>
        public event WebSocketPartHandler Part;

        /// <summary>A ping came, and has been answered.</summary>
        public event WebSocketDataHandler PingReceived;

        /// <summary>A pong came.</summary>
        public event WebSocketDataHandler PongReceived;

        /// <summary>After a send that gave false: the unsent bytes are down to LowWaterBytes.</summary>
        public event WebSocketHandler Drain;

        /// <summary>The WebSocket failed and will be closed.</summary>
        public event WebSocketErrorHandler Error;

        /// <summary>The WebSocket is over.</summary>
        public event WebSocketClosedHandler Closed;

        /// <summary>The connection, for addresses and for its socket's options. Its events, its bytes and its
        /// <see cref="Connection.Tag"/> are the WebSocket's.</summary>
        public Connection Connection { get; }

        /// <summary>The request that asked for it, at the server; null at the client.</summary>
        public HttpRequest Request { get; }

        /// <summary>The subprotocol; null when none was agreed upon.</summary>
        public string Protocol { get; }

        /// <summary>Whether messages are packed (permessage-deflate).</summary>
        public bool IsCompressed => Is(PacksFlag);

        /// <summary>Whether this is the server's side.</summary>
        public bool IsServer => Is(ServerFlag);

        /// <summary>Whether messages can be sent: neither side has begun to close.</summary>
        public bool IsOpen => _state == StateOpen && Connection.IsWritable;

        /// <summary>Whether it is over.</summary>
        public bool IsClosed => _state == StateClosed;

        /// <summary>How many bytes wait to be sent, headers included.</summary>
        public int BufferedBytes => Connection.BufferedBytes + _set.Batch.CountOf(this);

        /// <summary>Anything of yours.</summary>
        public object Tag { get; set; }

        internal WebSocket Before { get; set; }

        internal WebSocket After { get; set; }

        /// <summary>Names it by its addresses, for messages.</summary>
        /// <returns>For example <c>tcp 127.0.0.1:80 - 127.0.0.1:40112</c>.</returns>
        public override string ToString()
        {
            return Connection.ToString();
        }

        /// <summary>The handshake is over: frames from now on.</summary>
        internal void Begin(byte[] kept, int start, int count)
        {
            if (kept != null && count > 0)
            {
                Keep(kept, start, count);
                RunLater();
            }

            if (_set.PingIntervalMs > 0 && !_set.Loop.IsStopping)
            {
                StartTimer(_set.PingIntervalMs);
            }
        }

        /// <summary>No pings: the protocol above has its own.</summary>
        internal void StopPings()
        {
            if (_state == StateOpen)
            {
                _timer?.Stop();
                _timer = null;
            }
        }

        void IConnectionUser.OnEnded()
        {
            // Without a close frame the end of the stream is the end of the WebSocket (1006), also where the connection is
            // allowed to stay half open.
            Connection.End();
        }

        void IConnectionUser.OnDrain()
        {
            if (_state == StateOpen)
            {
                Drain?.Invoke(this);
            }
        }

        void IConnectionUser.OnError(SocketException error)
        {
            TellError(error);
        }

        private void StartTimer(int timeMs)
        {
            _timer ??= new LoopTimer(_set.Loop, s_onTimer, this);
            _timer.Start(timeMs, 0);
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
