namespace IoTNet
{
    // What moves a session on, under its lock: cipher text in and out, failures.
    internal sealed partial class TlsSession
    {
        private const int Trouble = (int)(PollEvents.Err | PollEvents.Hup);

        /// <summary>Tells which of some events are so.</summary>
        /// <param name="events">In, Out, both or none.</param>
        /// <param name="seenInner">What was seen on the inner socket just now: then the session moves on as far as it goes
        /// without waiting. -1: nobody looked; only what is known counts.</param>
        /// <param name="wanted">What to wait for on the inner socket before looking again.</param>
        /// <param name="except">A selector that need not be told of what has changed.</param>
        /// <returns>The events; Nval when the socket is closed.</returns>
        public int Look(int events, int seenInner, out int wanted, TlsSelector except)
        {
            int signs;
            int seen;
            wanted = 0;
            lock (_lock)
            {
                if (_isClosed || (seenInner > 0 && (seenInner & (int)PollEvents.Nval) != 0))
                {
                    return (int)PollEvents.Nval;
                }

                if (IsPlain)
                {
                    wanted = events;
                    return seenInner < 0 ? 0 : seenInner & (events | Trouble);
                }

                signs = Signs();
                if (seenInner >= 0)
                {
                    bool wasUnsent = HasUnsent;
                    Advance((events & (int)PollEvents.In) != 0, true);
                    LookForRoom(wasUnsent ? 0 : seenInner);
                    TakeInnerError(seenInner);
                }
                else if (_state == TlsState.Handshaking && _handshakeEnd.RemainingMs() == 0)
                {
                    FailByTime();
                }
                else if ((events & (int)PollEvents.In) != 0)
                {
                    Fill(false);
                }

                seen = EventsNow(events, seenInner, out wanted);
                signs = NewSigns(signs);
            }

            Tell(signs, except);
            return seen;
        }

        /// <summary>How long the handshake may still take: ms; -1 when there is none.</summary>
        public int HandshakeLeftMs()
        {
            lock (_lock)
            {
                return _state == TlsState.Handshaking && !_isClosed ? _handshakeEnd.RemainingMs() : -1;
            }
        }

        private int EventsNow(int events, int seenInner, out int wanted)
        {
            const int In = (int)PollEvents.In;
            const int Out = (int)PollEvents.Out;
            wanted = HasUnsent ? Out : 0;
            switch (_state)
            {
                case TlsState.Connecting:
                    wanted |= Out;
                    return 0;
                case TlsState.Handshaking:
                    wanted |= (int)_engine.Wanted;
                    return 0;
                case TlsState.Failed:
                    wanted = 0;
                    return (events & (In | Out)) | (Pending > 0 ? 0 : (int)PollEvents.Hup) |
                        (_pendingError != 0 ? (int)PollEvents.Err : 0);
                default:
                    break;
            }

            bool isReadable = Pending > 0 || _inputEnded || _inputShut;

            // A send that is to fail does not wait either.
            bool isWritable = _outputShut || !_isFull;
            wanted |= (isReadable ? 0 : events & In) | (isWritable ? 0 : Out);
            return (isReadable ? events & In : 0) | (isWritable ? events & Out : 0) |
                (seenInner > 0 ? seenInner & (int)PollEvents.Hup : 0);
        }

        // Looks: at the inner socket. Who will wait for it anyway need not.
        private void Advance(bool input, bool looks)
        {
            if (_isClosed)
            {
                return;
            }

            if (looks && _state == TlsState.Connecting && _connectsBehind)
            {
                AdvanceConnect();
            }

            if (looks && _state == TlsState.Handshaking)
            {
                AdvanceHandshake();
            }

            FlushOutput();
            if (input)
            {
                Fill(looks);
            }
        }

        private void Fill(bool looks)
        {
            if (_state != TlsState.Open || _engine == null || _inputEnded || _inputShut || Pending > 0)
            {
                return;
            }

            int result = _engine.Fill(looks);
            _inputEnded = result == 0;
            if (result < 0 && result != WouldBlock)
            {
                Fail(result, _engine.Failure);
            }
        }

        private void FlushOutput()
        {
            if (_state != TlsState.Open)
            {
                return;
            }

            if (HasUnsent)
            {
                _engine.Flush();
                _isFull |= HasUnsent;
            }

            if (_outputShut && !_finSent && !HasUnsent)
            {
                // After close_notify, so that who looks at the connection alone sees the end as well.
                _finSent = true;
                _inner.Shutdown(Handle, SocketShutdown.Send);
            }
        }

        // Once the inner socket had no room, there is some when it says so: POSIX wants more than a byte then.
        private void LookForRoom(int seenInner)
        {
            if (_isFull && !HasUnsent)
            {
                _isFull = (seenInner & (int)PollEvents.Out) == 0 && _inner.Poll(Handle, PollEvents.Out, 0) == 0;
            }
        }

        // The connection is over; an alert of ours is on its way, if there is one.
        private void Fail(int error, TlsFailure failure)
        {
            if (HasUnsent)
            {
                _engine.Flush();
            }

            _state = TlsState.Failed;
            _pendingError = -error;
            _endedBy = error;
            Failure = failure;
            int result = _inner.Shutdown(Handle, SocketShutdown.Send);
            if (result == -(int)Errno.EOPNOTSUPP)
            {
                // An engine on such a stack ends the connection itself.
                CloseEngine();
            }
            else if (result >= 0 && failure != null)
            {
                DiscardInput();
            }
        }

        // What stays unread when the socket is closed makes the stack reset the connection, and our alert may be lost with it.
        private void DiscardInput()
        {
            byte[] scratch = new byte[512];
            for (int i = 0; i < 32; i++)
            {
                SocketFlags flags = SocketFlags.None;
                if (_inner.Receive(Handle, scratch, 0, scratch.Length, ref flags, null, 0) <= 0)
                {
                    return;
                }
            }
        }

        // An error that nobody would come upon: only the other half was asked for.
        private void TakeInnerError(int seenInner)
        {
            if (_state == TlsState.Open && (seenInner & (int)PollEvents.Err) != 0 && Pending == 0)
            {
                int error = InnerError();
                if (error != 0)
                {
                    Fail(-error, null);
                }
            }
        }

        private int InnerError()
        {
            byte[] value = new byte[4];
            int result = _inner.GetOption(Handle, SocketOptionLevel.Socket, SocketOptionName.Error, value, 4);
            return result < 0 ? -result : TlsValue.ReadInt(value, 0);
        }
    }
}
