namespace IoTNet
{
    /// <summary>How far a connection-oriented socket has come.</summary>
    internal enum ConnectionState
    {
        /// <summary>Neither connected nor listening.</summary>
        Idle,

        /// <summary>Takes connections.</summary>
        Listening,

        /// <summary>Waits for room in a listener's backlog (TCP: SYN_SENT).</summary>
        Connecting,

        /// <summary>Has a peer, or had one and still has something to tell (TCP: ESTABLISHED to LAST_ACK).</summary>
        Connected,

        /// <summary>TCP: a connect failed, and connect() has not told so yet (Linux: SS_CONNECTING and CLOSE).</summary>
        Failed,

        /// <summary>TCP: both halves have ended, or the connection was reset (Linux: SS_CONNECTED and CLOSE).</summary>
        Over,
    }

    /// <summary>What TCP and AF_UNIX stream and seqpacket sockets have in common: the listener's queues, and streams of
    /// bytes. A connection is made while the client connects; its server end waits without a handle for accept().</summary>
    internal abstract class ConnectionSocket : MemorySocket
    {
        private readonly ByteRing _input = new ByteRing();
        private ConnectionQueue _ready;
        private ConnectionQueue _waiting;
        private int _backlog;

        /// <summary>The listener whose backlog this one waits for.</summary>
        private ConnectionSocket _listener;

        protected ConnectionState State;

        /// <summary>The other end; null when it is closed.</summary>
        protected ConnectionSocket Peer;

        /// <summary>The next one in the queue that this one waits in.</summary>
        public ConnectionSocket NextInQueue;

        protected ConnectionSocket(UnixStack stack, AddressFamily family, SocketType type)
            : base(stack, family, type)
        {
        }

        public bool IsListening => State == ConnectionState.Listening;

        public override int Available => IsListening ? -(int)Errno.EINVAL : _input.Count;

        /// <summary>Whether as many connections wait as may: as on Linux, one more than the backlog says.</summary>
        protected bool IsBacklogFull => _ready.Count > _backlog;

        /// <summary>Whether unread bytes or records wait.</summary>
        protected virtual bool HasInput => _input.Count > 0;

        /// <summary>Whether a connection waits to be accepted.</summary>
        protected bool HasReady => _ready.Count > 0;

        /// <summary>How many bytes may wait on their way to this socket.</summary>
        protected int InputLimit => ReceiveBuffer + (Peer == null ? 0 : Peer.SendBuffer);

        /// <summary>How many of them do.</summary>
        protected virtual int InputBytes => _input.Count;

        /// <summary>Whether it is worth to send: a quarter of the way to the peer is free. To wake a sender for less would
        /// make it run for a few bytes at a time.</summary>
        protected bool HasUsefulRoom => Peer == null || 4 * (long)(Peer.InputLimit - Peer.InputBytes) >= Peer.InputLimit;

        public override int Listen(int backlog)
        {
            int result = State == ConnectionState.Listening ? 0 : PrepareListen();
            if (result < 0)
            {
                return result;
            }

            _ready = _ready ?? new ConnectionQueue();
            _waiting = _waiting ?? new ConnectionQueue();
            _backlog = backlog < 0 ? 0 : backlog > Stack.Limits.MaxBacklog ? Stack.Limits.MaxBacklog : backlog;
            State = ConnectionState.Listening;
            AdmitWaiting();
            return 0;
        }

        public override int Accept(out ConnectionSocket accepted)
        {
            accepted = null;
            if (IsPair)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            if (State != ConnectionState.Listening || (IsInputEnded && !HasReady))
            {
                return -(int)Errno.EINVAL;
            }

            if (!HasReady)
            {
                return -(int)Errno.EAGAIN;
            }

            // Without a free handle the connection goes on waiting.
            int handle = Stack.Register(_ready.First);
            if (handle > 0)
            {
                accepted = _ready.Take();
                AdmitWaiting();
            }

            return handle;
        }

        /// <summary>The peer's address, whether the connection lasts or not (accept() tells it in any case).</summary>
        public abstract void CopyRemoteAddress(SocketAddress remote);

        /// <summary>Whether the socket may begin to listen, and what it takes.</summary>
        protected abstract int PrepareListen();

        /// <summary>Makes the server's end of a connection.</summary>
        protected abstract ConnectionSocket CreateEnd(ConnectionSocket client);

        /// <summary>A connect that waited was let in.</summary>
        protected abstract void OnAdmitted();

        /// <summary>A connect that waited found its listener closed.</summary>
        protected abstract void OnRefused();

        /// <summary>Whether a connect that waits has run out of time; then it is over.</summary>
        protected abstract bool HasExpired();

        /// <summary>Ends a connection that nobody will accept.</summary>
        protected abstract void Discard();

        /// <summary>Connects a client to this listener, unless the backlog is full.</summary>
        protected bool TryAdmit(ConnectionSocket client)
        {
            if (IsBacklogFull)
            {
                return false;
            }

            ConnectionSocket end = CreateEnd(client);
            Join(client, end);
            _ready.Add(end);
            Waits.Wake(Wakes.Input);
            return true;
        }

        /// <summary>Makes two sockets each other's peers.</summary>
        protected static void Join(ConnectionSocket a, ConnectionSocket b)
        {
            a.Peer = b;
            b.Peer = a;
            a.State = ConnectionState.Connected;
            b.State = ConnectionState.Connected;
        }

        /// <summary>Waits for room in a listener's backlog.</summary>
        protected void WaitInBacklogOf(ConnectionSocket listener)
        {
            _listener = listener;
            listener._waiting.Add(this);
            State = ConnectionState.Connecting;
        }

        /// <summary>Stops to wait for room in a backlog.</summary>
        protected void StopWaiting()
        {
            if (_listener != null)
            {
                _listener._waiting.Remove(this);
                _listener = null;
            }
        }

        /// <summary>Ends the connections that nobody accepted, and the connects that wait.</summary>
        protected void StopListening()
        {
            State = ConnectionState.Idle;
            for (ConnectionSocket end = _ready.Take(); end != null; end = _ready.Take())
            {
                end.Discard();
            }

            RefuseWaiting();
        }

        protected void RefuseWaiting()
        {
            for (ConnectionSocket client = _waiting.First; client != null; client = _waiting.First)
            {
                client.StopWaiting();
                client.OnRefused();
            }
        }

        /// <summary>Moves as many bytes as fit to the peer.</summary>
        protected int SendBytes(ref Transfer data)
        {
            ByteRing ring = Peer._input;
            int limit = Peer.InputLimit;
            int count = data.Count - data.Done;
            count = count < limit - ring.Count ? count : limit - ring.Count;
            if (count <= 0)
            {
                return data.Count == data.Done ? 0 : -(int)Errno.EAGAIN;
            }

            ring.Reserve(count, limit);
            data.CopyTo(ring, count);
            Peer.Waits.Wake(Wakes.Input);
            return count;
        }

        /// <summary>Takes bytes that wait, of which there are some.</summary>
        protected int ReceiveBytes(ref Transfer data)
        {
            int count = data.Count < _input.Count ? data.Count : _input.Count;
            data.CopyFrom(_input, 0, count);
            if (!data.Has(SocketFlags.Peek))
            {
                _input.Skip(count);
                WakeSender();
            }

            return count;
        }

        /// <summary>Lets the peer go on sending, when it is worth it.</summary>
        protected void WakeSender()
        {
            if (Peer != null && Peer.HasUsefulRoom)
            {
                Peer.Waits.Wake(Wakes.Room);
            }
        }

        protected override void OnBufferChanged()
        {
            Waits.Wake(Wakes.Room);
            WakeSender();
        }

        /// <summary>Lets go of the memory.</summary>
        protected virtual void FreeInput()
        {
            _input.Free();
        }

        private void AdmitWaiting()
        {
            while (_waiting.First != null && !IsBacklogFull)
            {
                ConnectionSocket client = _waiting.First;
                if (!client.HasExpired())
                {
                    TryAdmit(client);
                    client.StopWaiting();
                    client.OnAdmitted();
                }
            }
        }
    }
}
