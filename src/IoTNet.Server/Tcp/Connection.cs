using System;

namespace IoTNet
{
    /// <summary>
    /// A connection of a <see cref="TcpServer"/> or a <see cref="TcpConnector"/>, told by events on the loop's thread.
    /// <code>
    /// connection.Data += OnData;            // OnData(connection, buffer, offset, count)
    /// connection.Write(bytes, 0, count);    // false: more than HighWaterBytes wait; Drain comes when there is room again
    /// connection.End();                     // sends what waits, then ends this half
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para><b>Order.</b> <see cref="Data"/> any number of times, <see cref="Ended"/> at most once, <see cref="Error"/> at most
    /// once, <see cref="Closed"/> exactly once and last: the handlers are let go then. Bytes that come while nobody handles
    /// Data are dropped; <see cref="Pause"/> keeps them in the stack.</para>
    /// <para><b>Threads.</b> All members belong to the loop's thread; others use <see cref="EventLoop.Post"/>.</para>
    /// <para><b>Exceptions</b> of a handler close the connection and are told by <see cref="TcpServer.Error"/>; where nobody
    /// listens, by <see cref="EventLoop.Error"/>. The server goes on.</para>
    /// <para><b>Memory.</b> An idle connection holds no buffer; reads and writes allocate nothing once the server's spare pieces
    /// are there (4 of BufferBytes).</para>
    /// </remarks>
    public sealed partial class Connection : WatchedSocket
    {
        /// <summary>The stage of those that all middleware have let pass.</summary>
        internal const int LastStage = short.MaxValue;

        /// <summary>When its time is over.</summary>
        internal long DueMs;

        // What it is and has been through, and above the flags how many middleware have let it pass: on a device a field takes
        // 12 bytes, of whatever type it is.
        private const int OpenFlag = 1;
        private const int ClosedFlag = 1 << 1;
        private const int HadErrorFlag = 1 << 2;
        private const int PausedFlag = 1 << 3;
        private const int PeekedFlag = 1 << 4;
        private const int PeerEndedFlag = 1 << 5;
        private const int MustDrainFlag = 1 << 6;
        private const int EndedFlag = 1 << 7;
        private const int FinishedFlag = 1 << 8;
        private const int HeardFlag = 1 << 9;
        private const int FlagsMask = 0xFFFF;
        private const int StageShift = 16;

        private static readonly byte[] s_resetOnClose = { 1, 0, 0, 0, 0, 0, 0, 0 };
        private static readonly HandlerSet s_nobody = new HandlerSet();

        private readonly ConnectionSet _set;
        private HandlerSet _handlers = s_nobody;
        private Attachment _attachments;
        private object _tag;
        private int _flags;

        internal Connection(ConnectionSet set, Socket socket)
            : base(socket)
        {
            _set = set;
            set.Add(this);
            set.Restart(this, set.JoiningMs);
        }

        /// <summary>Bytes came.</summary>
        public event ConnectionDataHandler Data
        {
            add
            {
                _set.Draft(_handlers).Data += value;
                _handlers = _set.Share();
            }

            remove
            {
                _set.Draft(_handlers).Data -= value;
                _handlers = _set.Share();
            }
        }

        /// <summary>The peer has ended its half: no more data comes. Afterwards this half is ended, too, unless
        /// <see cref="ConnectionOptions.AllowHalfOpen"/> is set.</summary>
        public event ConnectionHandler Ended
        {
            add
            {
                _set.Draft(_handlers).Ended += value;
                _handlers = _set.Share();
            }

            remove
            {
                _set.Draft(_handlers).Ended -= value;
                _handlers = _set.Share();
            }
        }

        /// <summary>After a write that gave false: the unsent bytes are down to LowWaterBytes.</summary>
        public event ConnectionHandler Drain
        {
            add
            {
                _set.Draft(_handlers).Drain += value;
                _handlers = _set.Share();
            }

            remove
            {
                _set.Draft(_handlers).Drain -= value;
                _handlers = _set.Share();
            }
        }

        /// <summary>The connection failed and will be closed: ECONNRESET, EPIPE, ETIMEDOUT (the peer does not acknowledge, or
        /// one of the server's timeouts), EBADF (its socket was closed elsewhere), or what else the stack gives.</summary>
        public event ConnectionErrorHandler Error
        {
            add
            {
                _set.Draft(_handlers).Error += value;
                _handlers = _set.Share();
            }

            remove
            {
                _set.Draft(_handlers).Error -= value;
                _handlers = _set.Share();
            }
        }

        /// <summary>The connection is over and its socket closed.</summary>
        public event ConnectionClosedHandler Closed
        {
            add
            {
                _set.Draft(_handlers).Closed += value;
                _handlers = _set.Share();
            }

            remove
            {
                _set.Draft(_handlers).Closed -= value;
                _handlers = _set.Share();
            }
        }

        /// <inheritdoc/>
        public override EventLoop Loop => _set.Loop;

        /// <summary>Whether the connection is over.</summary>
        public bool IsClosed => (_flags & ClosedFlag) != 0;

        /// <summary>Anything of yours.</summary>
        public object Tag
        {
            get => _tag;
            set => _tag = value;
        }

        /// <summary>This end's address as a URI, <c>tcp://127.0.0.1:7</c> or <c>tls://127.0.0.1:7</c>; null when the connection is closed.</summary>
        public string LocalAddress
        {
            get
            {
                SocketAddress address = new SocketAddress();
                return IsClosed || Socket.TryGetLocalAddress(address) < 0 ? null : TcpUri.Of(address, _set.Security != null);
            }
        }

        /// <summary>The peer's address as a URI; null when the connection is closed, and for a Unix client, which has
        /// none.</summary>
        public string RemoteAddress
        {
            get
            {
                SocketAddress address = new SocketAddress();
                return IsClosed || Socket.TryGetRemoteAddress(address) < 0 ? null : TcpUri.Of(address, _set.Security != null);
            }
        }

        /// <summary>Whether the middleware are passed.</summary>
        internal bool IsOpen => (_flags & OpenFlag) != 0;

        /// <summary>How many middleware have let it pass.</summary>
        internal int Stage
        {
            get => _flags >> StageShift;
            set => _flags = (_flags & FlagsMask) | (value << StageShift);
        }

        /// <summary>Attaches a value, for handlers that come later; a new one under the same key replaces it.</summary>
        /// <param name="key">Compared by reference: an object that its owner keeps.</param>
        /// <param name="value">The value; null takes it away.</param>
        /// <exception cref="ArgumentNullException">No key was given.</exception>
        public void Attach(object key, object value)
        {
            Attachment attachment = Find(key ?? throw new ArgumentNullException(nameof(key)));
            if (attachment != null)
            {
                attachment.Value = value;
            }
            else if (value != null)
            {
                _attachments = new Attachment(key, value, _attachments);
            }
        }

        /// <summary>Gives what was attached.</summary>
        /// <param name="key">Under which key.</param>
        /// <returns>The value; null when there is none.</returns>
        public object GetAttached(object key)
        {
            Attachment attachment = Find(key);
            return attachment == null ? null : attachment.Value;
        }

        /// <summary>Closes the connection at once: what has not been sent is dropped. <see cref="Closed"/> comes within this
        /// call. Closing again does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Close()
        {
            _set.Loop.CheckThread();
            CloseNow(false);
        }

        /// <summary>As <see cref="Close"/>, and the peer gets a reset, also for what the stack has not sent yet (linger of 0 s,
        /// on stacks that have it).</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Abort()
        {
            _set.Loop.CheckThread();
            Socket.TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, s_resetOnClose, s_resetOnClose.Length);
            CloseNow(false);
        }

        /// <summary>Names the connection by its addresses, for messages.</summary>
        /// <returns>For example <c>tcp 127.0.0.1:7 - 127.0.0.1:40112</c>.</returns>
        public override string ToString()
        {
            return Socket.ToString();
        }

        /// <summary>The middleware are passed: events are told from now on.</summary>
        internal void Open()
        {
            // The idle time counts from the first byte, unless that has no time of its own.
            _flags |= _set.SilentMs < 0 ? OpenFlag | HeardFlag : OpenFlag;
            _set.Restart(this, _set.SilentMs < 0 ? _set.IdleMs : _set.SilentMs);
            UpdateEvents();
        }

        /// <summary>Begins to look at the socket.</summary>
        internal void Watch()
        {
            if (!IsClosed && !IsWatched)
            {
                Watch(Wants());
            }
        }

        /// <summary>Its time is over.</summary>
        internal void Expire()
        {
            try
            {
                if (IsOpen)
                {
                    Fail(Errno.ETIMEDOUT, "wait for the peer of ");
                }
                else
                {
                    _set.Server.Refuse(this, TcpFailure.Of(Errno.ETIMEDOUT, "wait for the middleware of " + ToString()));
                }
            }
            catch (Exception e)
            {
                if (!Crash(e))
                {
                    throw;
                }
            }
        }

        /// <summary>Tells the error, then closes.</summary>
        internal void Fail(Errno error, string what)
        {
            _flags |= HadErrorFlag;
            try
            {
                _handlers.Error?.Invoke(this, new SocketException(error, what + ToString() + ": " + Socket.DescribeFailure(error)));
            }
            finally
            {
                CloseNow(true);
            }
        }

        /// <summary>Closes after an exception of a handler.</summary>
        /// <returns>Whether the exception was told to somebody.</returns>
        internal bool Crash(Exception error)
        {
            bool told = false;
            try
            {
                told = _set.Report(this, error);
            }
            finally
            {
                CloseNow(true);
            }

            return told;
        }

        /// <summary>Gives everything back, then tells.</summary>
        internal void CloseNow(bool hadError)
        {
            if (IsClosed)
            {
                return;
            }

            _flags |= hadError ? ClosedFlag | HadErrorFlag : ClosedFlag;
            Leave();
            Socket.Close();
            ConnectionClosedHandler closed = _handlers.Closed;
            _handlers = s_nobody;
            try
            {
                closed?.Invoke(this, (_flags & HadErrorFlag) != 0);
            }
            finally
            {
                _set.Server?.OnConnectionClosed();
            }
        }

        /// <summary>Takes the socket away, for a protocol that reads and writes it itself: the connection is over without a word,
        /// the server does not count it any more, and what was not sent is dropped. For a handler that has just got the
        /// connection.</summary>
        /// <returns>The socket, open; closing it is the caller's now.</returns>
        /// <exception cref="InvalidOperationException">The connection is closed; or not on the loop's thread.</exception>
        public Socket Detach()
        {
            _set.Loop.CheckThread();
            if (IsClosed)
            {
                throw new InvalidOperationException("The connection is closed.");
            }

            _flags |= ClosedFlag;
            Leave();
            _handlers = s_nobody;
            _set.Server?.OnConnectionClosed();
            return Socket;
        }

        private void Leave()
        {
            _set.Remove(this);
            DropOutput();
            Unwatch();
        }

        private Attachment Find(object key)
        {
            Attachment attachment = _attachments;
            while (attachment != null && attachment.Key != key)
            {
                attachment = attachment.Next;
            }

            return attachment;
        }

        private sealed class Attachment
        {
            public readonly object Key;
            public readonly Attachment Next;
            public object Value;

            public Attachment(object key, object value, Attachment next)
            {
                Key = key;
                Value = value;
                Next = next;
            }
        }
    }
}
