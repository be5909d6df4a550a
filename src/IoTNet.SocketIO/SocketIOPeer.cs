using System;

namespace IoTNet
{
    /// <summary>One end of a connection to a namespace: what a server's SocketIOSocket and a
    /// SocketIOClient have in common. All members belong to the loop's thread.</summary>
    public abstract class SocketIOPeer : SocketIOEmitter
    {
        private readonly EventLoop _loop;
        private readonly SocketIOArgs _args;
        private readonly int _maxAcks;
        private readonly EventTable _events = new EventTable();

        // Made with the first event that asks for an acknowledgement.
        private AckTable _acks;

        internal SocketIOPeer(EventLoop loop, SocketIOArgs args, int maxAcks)
        {
            _loop = loop;
            _args = args;
            _maxAcks = maxAcks;
        }

        /// <summary>Its id, given by the server; null when it is not connected. It is no secret, and new with each
        /// connect.</summary>
        public string Id { get; internal set; }

        /// <summary>Whether it is connected.</summary>
        public bool IsConnected { get; internal set; }

        /// <summary>Anything of yours; socket.io's <c>data</c>.</summary>
        public object Tag { get; set; }

        internal EventTable Events => _events;

        internal EventLoop Loop => _loop;

        /// <summary>Lets an event go of handlers.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="handler">The handler; null = all of them.</param>
        /// <exception cref="ArgumentNullException">No name was given.</exception>
        public void Off(string name, object handler)
        {
            _events.Remove(name, handler);
        }

        /// <summary>Sends an event without arguments and asks for an acknowledgement.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="ack">Is told exactly once: of the answer, or why there is none.</param>
        /// <param name="timeoutMs">How long to wait for it, in ms; -1 = as long as the socket is connected.</param>
        /// <returns>As <see cref="SocketIOEmitter.Emit(string)"/>. When it was not taken the handler is not called.</returns>
        /// <exception cref="ArgumentNullException">Name or handler are missing.</exception>
        /// <exception cref="ArgumentException">The name is reserved.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="SocketException">ENOBUFS: it does not fit, or as many acknowledgements are due as may be.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Emit(string name, SocketIOAckHandler ack, int timeoutMs)
        {
            return Emit(name, null, ack, timeoutMs);
        }

        /// <summary>Sends an event with one argument and asks for an acknowledgement.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="argument">It.</param>
        /// <param name="ack">As above.</param>
        /// <param name="timeoutMs">As above.</param>
        /// <returns>As <see cref="SocketIOEmitter.Emit(string)"/>. When it was not taken the handler is not called.</returns>
        /// <exception cref="ArgumentNullException">Name or handler are missing.</exception>
        /// <exception cref="ArgumentException">The name is reserved, or the argument is none that can be sent.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="SocketException">As above.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Emit(string name, object argument, SocketIOAckHandler ack, int timeoutMs)
        {
            CheckAck(ack, timeoutMs);
            return Check(SendWith(Make(name, argument), ack, timeoutMs));
        }

        /// <summary>Sends an event and asks for an acknowledgement.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="arguments">Its arguments; null = none.</param>
        /// <param name="ack">As above.</param>
        /// <param name="timeoutMs">As above.</param>
        /// <returns>As <see cref="SocketIOEmitter.Emit(string)"/>. When it was not taken the handler is not called.</returns>
        /// <exception cref="ArgumentNullException">Name or handler are missing.</exception>
        /// <exception cref="ArgumentException">The name is reserved, or an argument is none that can be sent.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="SocketException">As above.</exception>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public bool Emit(string name, object[] arguments, SocketIOAckHandler ack, int timeoutMs)
        {
            CheckAck(ack, timeoutMs);
            return Check(SendWith(Make(name, arguments), ack, timeoutMs));
        }

        /// <summary>As <see cref="SocketIOEmitter.EndEmit"/>, and asks for an acknowledgement.</summary>
        /// <param name="ack">As above.</param>
        /// <param name="timeoutMs">As above.</param>
        /// <returns>As <see cref="SocketIOEmitter.Emit(string)"/>. When it was not taken the handler is not called.</returns>
        /// <exception cref="ArgumentNullException">No handler was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="SocketException">As above.</exception>
        /// <exception cref="InvalidOperationException">None was begun, or something in it is still open.</exception>
        public bool EndEmit(SocketIOAckHandler ack, int timeoutMs)
        {
            CheckAck(ack, timeoutMs);
            return Check(SendWith(TakeBegun(), ack, timeoutMs));
        }

        /// <summary>Sends an event or an acknowledgement whose array is not
        /// ended yet; gives what <see cref="SocketIOEmitter.TryEmit"/> does.</summary>
        internal abstract int SendPacket(PacketWriter writer, int type, long id, bool isVolatile);

        /// <summary>Calls a handler of an event.</summary>
        internal abstract void Call(object handler, SocketIOArgs args);

        internal override int Send(PacketWriter writer, bool isVolatile, SocketIOAckHandler ack, int timeoutMs)
        {
            if (ack == null)
            {
                return SendPacket(writer, PacketType.Event, -1, isVolatile);
            }

            _acks ??= new AckTable();
            if (_acks.Count == _maxAcks)
            {
                return -(int)Errno.ENOBUFS;
            }

            long id = _acks.NextId++;
            int result = SendPacket(writer, PacketType.Event, id, isVolatile);
            if (result >= 0 || Keeps(result))
            {
                Await(id, ack, timeoutMs);
            }

            return result;
        }

        /// <summary>Whether an event with this result is kept until it can be sent.</summary>
        internal virtual bool Keeps(int result)
        {
            return false;
        }

        /// <summary>An event with an acknowledgement ran out of time.</summary>
        internal virtual void OnAckTimeout(long id)
        {
        }

        internal bool SendAck(long id, object[] values)
        {
            PacketWriter writer = Writers.Take();
            writer.Json.WriteStartArray();
            for (int i = 0; values != null && i < values.Length; i++)
            {
                writer.Write(values[i]);
            }

            return SendAck(id, writer);
        }

        internal bool SendAck(long id, PacketWriter writer)
        {
            int result = SendPacket(writer, PacketType.Ack, id, false);
            Writers.GiveBack(writer);
            return Check(result);
        }

        /// <summary>An event or an acknowledgement has come, and was checked.</summary>
        internal void Take(PacketHead head)
        {
            bool isAck = PacketType.IsAck(head.Type);
            long id = head.Id;
            _args.Bind(this, isAck ? -1 : id);
            try
            {
                if (isAck)
                {
                    // One that nobody asked for, or that came too late, is dropped, as socket.io does.
                    _acks?.Take(id)?.Invoke(_args, null);
                    return;
                }

                TakeEvent(_args);
            }
            finally
            {
                _args.Release();
            }
        }

        internal abstract void TakeEvent(SocketIOArgs args);

        internal void CallHandlers(SocketIOArgs args)
        {
            int at = 0;
            object handler = _events.Next(args, ref at);
            while (handler != null)
            {
                Call(handler, args);
                handler = IsConnected ? _events.Next(args, ref at) : null;
            }
        }

        /// <summary>No acknowledgement comes any more.</summary>
        internal void FailAcks(string reason)
        {
            // Those that a handler asks for now are for a later connection.
            for (int left = _acks == null ? 0 : _acks.Count; left > 0 && _acks.Count > 0; left--)
            {
                _acks.TakeFirst()(null, new SocketException(Errno.ECONNRESET, ToString() + " was disconnected before the acknowledgement: " +
                    reason));
            }
        }

        internal void StopAcks()
        {
            if (_acks != null)
            {
                _acks.Timer?.Stop();
                _acks.TimerDueMs = long.MaxValue;
            }
        }

        private static void CheckAck(SocketIOAckHandler ack, int timeoutMs)
        {
            if (ack == null)
            {
                throw new ArgumentNullException(nameof(ack));
            }

            if (timeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(timeoutMs), "Expected -1 or more, not " + timeoutMs.ToString() + ".");
            }
        }

        private void Await(long id, SocketIOAckHandler ack, int timeoutMs)
        {
            long dueMs = timeoutMs < 0 ? long.MaxValue : Environment.TickCount64 + timeoutMs;
            _acks.Add(id, ack, dueMs);

            // The timer is left at the earliest time that it ever had: an answer in time costs no call of it.
            if (dueMs < _acks.TimerDueMs && !_loop.IsStopping)
            {
                _acks.TimerDueMs = dueMs;
                _acks.Timer ??= new LoopTimer(_loop, OnAckTimer, null);
                _acks.Timer.Start(timeoutMs, 0);
            }
        }

        private void OnAckTimer(object state)
        {
            _acks.TimerDueMs = long.MaxValue;
            long nowMs = Environment.TickCount64;
            try
            {
                SocketIOAckHandler handler = _acks.TakeDue(nowMs, out long id);
                while (handler != null)
                {
                    OnAckTimeout(id);
                    handler(null, new SocketException(Errno.ETIMEDOUT, ToString() + ": no acknowledgement in time"));
                    handler = _acks.TakeDue(nowMs, out id);
                }
            }
            finally
            {
                long next = _acks.NextDueMs();
                if (next < _acks.TimerDueMs && !_loop.IsStopping)
                {
                    _acks.TimerDueMs = next;
                    _acks.Timer.Start((int)(next > nowMs ? next - nowMs : 0), 0);
                }
            }
        }
    }
}
