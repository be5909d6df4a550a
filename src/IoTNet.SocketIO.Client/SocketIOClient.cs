using System;
using System.Collections;

namespace IoTNet
{
    /// <summary>
    /// A client's socket in a namespace.
    /// <code>
    /// SocketIOClient socket = SocketIOClient.Connect(loop, "http://board.local", new SocketIOClientOptions());
    /// socket.On("light", (s, args) => Show(args.GetBoolean(0)));
    /// socket.Emit("light", true, OnAck, 5000);      // sent when it is connected
    /// </code>
    /// </summary>
    public sealed class SocketIOClient : SocketIOPeer
    {
        private readonly SocketIOManager _manager;
        private readonly ArrayList _waiting = new ArrayList();
        private long _waitingBytes;

        internal SocketIOClient(SocketIOManager manager, string name)
            : base(manager.Loop, manager.Args, manager.Options.MaxPendingAcks)
        {
            _manager = manager;
            Namespace = name;
            WireName = NamespaceName.ToWire(name);
            Auth = manager.Options.Auth;
        }

        /// <summary>It is connected, for the first time or again. Events that waited have been sent.</summary>
        public event SocketIOConnectHandler Connected;

        /// <summary>It could not be connected.</summary>
        public event SocketIOConnectErrorHandler ConnectError;

        /// <summary>It is not connected any more.</summary>
        public event SocketIOClientDisconnectHandler Disconnected;

        /// <summary>Any event, before the handlers of its name (socket.io's <c>onAny</c>).</summary>
        public event SocketIOClientHandler AnyEvent;

        /// <summary>The connection that it shares.</summary>
        public SocketIOManager Manager => _manager;

        /// <summary>The namespace: <c>/admin</c>.</summary>
        public string Namespace { get; }

        /// <summary>What the server gets as <c>auth</c> with the next connect: a <see cref="Hashtable"/>, or null.</summary>
        public object Auth { get; set; }

        /// <summary>Whether it wants to be connected: it is, or will be when the connection is there.</summary>
        public bool IsActive { get; private set; }

        /// <summary>How many events wait for the connect.</summary>
        public int WaitingCount => _waiting.Count;

        /// <summary>The next event is dropped when it cannot go out at once.</summary>
        public SocketIOClient Volatile
        {
            get
            {
                IsVolatile = true;
                return this;
            }
        }

        internal byte[] WireName { get; }

        internal override PacketWriters Writers => _manager.Writers;

        /// <summary>Makes a manager, and connects the socket of the namespace that the URI names.</summary>
        /// <param name="loop">The loop.</param>
        /// <param name="uri">The server, and the namespace: <c>http://board.local/admin</c>.</param>
        /// <param name="options">The limits and wishes.</param>
        /// <returns>The socket; its handlers are to be set now.</returns>
        /// <exception cref="ArgumentNullException">Something is missing.</exception>
        /// <exception cref="ArgumentException">URI or path are wrong.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public static SocketIOClient Connect(EventLoop loop, string uri, SocketIOClientOptions options)
        {
            SocketIOManager manager = new SocketIOManager(loop, uri, options);
            SocketIOClient socket = manager.Socket(SocketIOUri.NamespaceOf(uri));
            socket.Connect();
            return socket;
        }

        /// <summary>Connects, and keeps connected. When it is, or will be, this does nothing.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Connect()
        {
            if (!IsActive)
            {
                IsActive = true;
                if (_manager.IsOpen)
                {
                    OnOpened();
                }
            }

            _manager.Want();
        }

        /// <summary>Disconnects ("io client disconnect"); events that wait are kept. The last socket of a manager ends its
        /// connection.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Disconnect()
        {
            if (!IsActive)
            {
                return;
            }

            if (IsConnected)
            {
                Send(Writers.Take(), PacketType.Disconnect);
            }

            Leave(DisconnectReason.IOClientDisconnect);
        }

        /// <summary>Sets a handler of an event; an event may have several, which are called in the order in which they were set.
        /// They stay through disconnects.</summary>
        /// <param name="name">The event's name.</param>
        /// <param name="handler">The handler.</param>
        /// <returns>This socket.</returns>
        /// <exception cref="ArgumentNullException">Name or handler are missing.</exception>
        /// <exception cref="ArgumentException">The name is reserved: there are .NET events for those.</exception>
        public SocketIOClient On(string name, SocketIOClientHandler handler)
        {
            Events.Add(name, handler);
            return this;
        }

        /// <summary>Names it, for messages.</summary>
        /// <returns>For example <c>client of /admin</c>.</returns>
        public override string ToString()
        {
            return "client of " + Namespace;
        }

        /// <summary>The connection is there.</summary>
        internal void OnOpened()
        {
            if (IsActive)
            {
                PacketWriter writer = Writers.Take();
                if (Auth != null)
                {
                    Json.WriteValue(writer.Json, Auth);
                }

                Send(writer, PacketType.Connect);
            }
        }

        internal void OnNotOpened(SocketException error)
        {
            if (IsActive)
            {
                ConnectError?.Invoke(this, error);
            }
        }

        /// <summary>The connection was lost; it will connect again.</summary>
        internal void OnLost(string reason)
        {
            if (IsConnected)
            {
                End(reason);
            }
        }

        internal void OnServerDisconnect()
        {
            if (IsConnected)
            {
                Leave(DisconnectReason.IOServerDisconnect);
            }
        }

        /// <summary>The server's answer to the connect; gives what is wrong with it, or null.</summary>
        internal string OnAnswer(bool isConnected, Hashtable payload)
        {
            if (IsConnected || payload == null)
            {
                return "an answer to no connect, or without a payload";
            }

            if (!isConnected)
            {
                IsActive = false;
                _manager.Unwant();
                ConnectError?.Invoke(this, new SocketIOException(payload["message"] as string ?? "", payload["data"]));
                return null;
            }

            Id = payload["sid"] as string;
            if (Id == null)
            {
                return "a connect without a sid";
            }

            IsConnected = true;
            Flush();
            Connected?.Invoke(this);
            return null;
        }

        /// <summary>Sends what waits, as far as it fits.</summary>
        internal void Flush()
        {
            while (_waiting.Count > 0 && IsConnected && _manager.SendOut(((WaitingEvent)_waiting[0]).Packet, false) >= 0)
            {
                Forget(0);
            }
        }

        internal override int SendPacket(PacketWriter writer, int type, long id, bool isVolatile)
        {
            writer.End(null);
            writer.Finish(type, WireName, id);
            if (IsConnected && _waiting.Count == 0)
            {
                return _manager.SendOut(writer, isVolatile);
            }

            if (isVolatile || type != PacketType.Event)
            {
                return isVolatile ? -(int)Errno.EAGAIN : -(int)Errno.EPIPE;
            }

            long size = writer.Size();
            if (_waiting.Count >= _manager.Options.MaxBufferedEvents || size > _manager.Options.MaxBufferedBytes - _waitingBytes)
            {
                return -(int)Errno.ENOBUFS;
            }

            _waiting.Add(new WaitingEvent { Packet = writer.Copy(), Id = id });
            _waitingBytes += size;
            return -(int)Errno.EPIPE;
        }

        internal override bool Keeps(int result)
        {
            return result == -(int)Errno.EPIPE;
        }

        internal override void OnAckTimeout(long id)
        {
            for (int i = 0; i < _waiting.Count; i++)
            {
                if (((WaitingEvent)_waiting[i]).Id == id)
                {
                    Forget(i);
                    return;
                }
            }
        }

        internal override void TakeEvent(SocketIOArgs args)
        {
            AnyEvent?.Invoke(this, args);
            if (IsConnected)
            {
                CallHandlers(args);
            }
        }

        internal override void Call(object handler, SocketIOArgs args)
        {
            ((SocketIOClientHandler)handler)(this, args);
        }

        private void Send(PacketWriter writer, int type)
        {
            writer.Finish(type, WireName, -1);
            _manager.SendOut(writer, false);
            Writers.GiveBack(writer);
        }

        private void Leave(string reason)
        {
            bool wasConnected = IsConnected;
            IsActive = false;
            IsConnected = false;
            _manager.Unwant();
            if (wasConnected)
            {
                End(reason);
            }
        }

        private void End(string reason)
        {
            IsConnected = false;
            Id = null;
            try
            {
                FailAcks(reason);
            }
            finally
            {
                Disconnected?.Invoke(this, reason);
            }
        }

        private void Forget(int index)
        {
            _waitingBytes -= ((WaitingEvent)_waiting[index]).Packet.Size();
            _waiting.RemoveAt(index);
        }

        private sealed class WaitingEvent
        {
            public OutgoingPacket Packet;

            // -1 = it asks for no acknowledgement.
            public long Id;
        }
    }
}
