namespace IoTNet
{
    // The calls that begin a session's connection.
    internal sealed partial class TlsSession
    {
        private static readonly byte[] s_on = { 1, 0, 0, 0 };

        public void OnListening()
        {
            lock (_lock)
            {
                _state = TlsState.Listening;
            }
        }

        /// <summary>Whether a connect may begin; marks it as begun.</summary>
        /// <param name="goesOnBehind">Whether nobody waits in the inner socket's connect.</param>
        public int BeginConnect(bool goesOnBehind)
        {
            lock (_lock)
            {
                switch (_isClosed ? TlsState.Failed : _state)
                {
                    case TlsState.Idle:
                        _state = TlsState.Connecting;
                        _connectsBehind = goesOnBehind;
                        return 0;
                    case TlsState.Connecting:
                    case TlsState.Handshaking:
                        return -(int)(_isAttached ? Errno.EISCONN : Errno.EALREADY);
                    case TlsState.Failed:
                        return _isClosed ? Closed : -(int)Errno.EINVAL;
                    default:
                        return -(int)Errno.EISCONN;
                }
            }
        }

        /// <summary>The inner connect gave its answer.</summary>
        public void OnConnected(int result)
        {
            int signs;
            lock (_lock)
            {
                if (_state != TlsState.Connecting || _isClosed || result == -(int)Errno.EINPROGRESS)
                {
                    return;
                }

                signs = Signs();
                if (result == 0)
                {
                    Begin();
                }
                else if (result == WouldBlock || result == -(int)Errno.EAFNOSUPPORT || result == -(int)Errno.EALREADY)
                {
                    // The inner socket has not begun.
                    _state = TlsState.Idle;
                }
                else
                {
                    // Who called is told; nobody else need be.
                    _state = TlsState.Failed;
                    _endedBy = result;
                }

                signs = NewSigns(signs);
            }

            Tell(signs, null);
        }

        /// <summary>How a connect stands: 0 when it is done, EINPROGRESS, or its error, taken.</summary>
        public int ConnectResult()
        {
            lock (_lock)
            {
                if (_isClosed)
                {
                    return -(int)Errno.EINTR;
                }

                if (_state != TlsState.Failed)
                {
                    return _state == TlsState.Open ? 0 : -(int)Errno.EINPROGRESS;
                }

                _pendingError = 0;
                return _endedBy;
            }
        }

        /// <summary>Who connects has no more time: unless it is done now, the connect is over.</summary>
        public int GiveUpConnect()
        {
            int signs;
            lock (_lock)
            {
                signs = Signs();
                if (_state == TlsState.Handshaking && !_isClosed)
                {
                    FailByTime();
                }

                signs = NewSigns(signs);
            }

            Tell(signs, null);
            return ConnectResult();
        }

        /// <summary>A connection that is there becomes a secured one.</summary>
        public void Attach()
        {
            lock (_lock)
            {
                Begin();
            }
        }

        // Begins the handshake on the connected inner socket.
        private void Begin()
        {
            _state = TlsState.Handshaking;

            // A server's first bytes follow right after its tickets: they would wait for the client's delayed acknowledgement.
            _inner.SetOption(Handle, SocketOptionLevel.Tcp, SocketOptionName.NoDelay, s_on, s_on.Length);
            _handshakeEnd = Deadline.After(_options.HandshakeTimeoutMs);
            int result = _stack.Provider.Open(_inner, Handle, _isServer, _options.HostName ?? _host, _options, out _engine,
                out TlsFailure failure);
            if (result < 0)
            {
                Fail(result, failure);
            }
            else
            {
                AdvanceHandshake();
            }
        }

        private void AdvanceConnect()
        {
            if (_inner.Poll(Handle, PollEvents.Out, 0) == 0)
            {
                return;
            }

            int error = InnerError();
            if (error == 0)
            {
                Begin();
                return;
            }

            _state = TlsState.Failed;
            _pendingError = error;
            _endedBy = -error;
        }

        private void AdvanceHandshake()
        {
            int result = _engine.Handshake();
            if (result == 0)
            {
                _state = TlsState.Open;
                if (_outputShut)
                {
                    _engine.CloseNotify();
                }
            }
            else if (result != WouldBlock)
            {
                Fail(result, _engine.Failure);
            }
            else if (_handshakeEnd.RemainingMs() == 0)
            {
                FailByTime();
            }
        }

        private void FailByTime()
        {
            Fail(-(int)Errno.ETIMEDOUT, new TlsFailure(Errno.ETIMEDOUT, "the TLS handshake was not done in time: the peer stalled"));
        }
    }
}
