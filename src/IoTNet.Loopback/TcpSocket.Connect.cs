namespace IoTNet
{
    /// <content>Becoming connected.</content>
    internal sealed partial class TcpSocket
    {
        // When a connect that waits for a backlog is over by itself.
        private Deadline _connectLimit;

        // Connected, and connect() has not told so yet (Linux: SS_CONNECTING and ESTABLISHED).
        private bool _isSuccessUntold;

        public override int NextChangeMs => State == ConnectionState.Connecting ? _connectLimit.RemainingMs() : -1;

        public override int Connect(SocketAddress remote, bool mayWait)
        {
            switch (State)
            {
                case ConnectionState.Idle:
                    return BeginConnect(remote, mayWait);
                case ConnectionState.Connecting:
                    return IsConnecting() && !mayWait ? -(int)Errno.EALREADY : ContinueConnect();
                case ConnectionState.Failed:
                    return ContinueConnect();
                default:
                    return _isSuccessUntold ? ContinueConnect() : -(int)Errno.EISCONN;
            }
        }

        public override int ContinueConnect()
        {
            if (IsConnecting())
            {
                return -(int)Errno.EINPROGRESS;
            }

            if (State == ConnectionState.Connected)
            {
                _isSuccessUntold = false;
                return 0;
            }

            // As Linux: without an error to tell (it was read as SO_ERROR) the connect was aborted. Then a new one may begin.
            int error = TakeError();
            if (State == ConnectionState.Failed)
            {
                Disconnect();
            }

            return error != 0 ? -error : -(int)Errno.ECONNABORTED;
        }

        public override void AbandonConnect()
        {
            Disconnect();
            Waits.Wake(Wakes.Everything);
        }

        protected override int PrepareListen()
        {
            if (State != ConnectionState.Idle)
            {
                return -(int)Errno.EINVAL;
            }

            if (Binding.LocalPort != 0)
            {
                // Several may be bound here with ReuseAddress, but only one can listen.
                return Binding.IsTaken(Binding.Local, Binding.LocalPort) ? -(int)Errno.EADDRINUSE : 0;
            }

            return Binding.BindAutomatically() == 0 ? 0 : -(int)Errno.EADDRINUSE;
        }

        protected override ConnectionSocket CreateEnd(ConnectionSocket client)
        {
            TcpSocket end = new TcpSocket(Network, Family);
            end.InheritOptions(this);
            end._noDelay = _noDelay;
            end._keepAliveSeconds = _keepAliveSeconds;
            end._keepAliveIntervalSeconds = _keepAliveIntervalSeconds;
            end._keepAliveProbes = _keepAliveProbes;
            end.Binding.Accept(Binding, ((TcpSocket)client).Binding);
            return end;
        }

        protected override void OnAdmitted()
        {
            _isSuccessUntold = true;
            Waits.Wake(Wakes.Room);
        }

        protected override void OnRefused()
        {
            Fail(Errno.ECONNREFUSED);
        }

        protected override bool HasExpired()
        {
            return !IsConnecting();
        }

        protected override int TakeError()
        {
            IsConnecting();
            return base.TakeError();
        }

        private int BeginConnect(SocketAddress remote, bool mayWait)
        {
            int result = Binding.Resolve(remote, false, out HostAddress address);
            if (result == 0)
            {
                result = Binding.BindAutomatically();
            }

            if (result < 0)
            {
                return result;
            }

            Binding.Connect(address, remote.Port);
            TcpSocket listener = FindListener(address, remote.Port);
            _isSuccessUntold = !mayWait;
            if (listener == null)
            {
                Fail(Errno.ECONNREFUSED);
                return mayWait ? ContinueConnect() : -(int)Errno.EINPROGRESS;
            }

            if (listener.TryAdmit(this))
            {
                // As on Linux, a connect that may not wait tells the end by poll(), however soon it is.
                return mayWait ? 0 : -(int)Errno.EINPROGRESS;
            }

            _connectLimit = Deadline.After(Network.ConnectTimeoutMs);
            WaitInBacklogOf(listener);
            return -(int)Errno.EINPROGRESS;
        }

        // The listener that fits the address best: bound to it, else to "any" of its family, else to "any" of both.
        private TcpSocket FindListener(HostAddress address, int port)
        {
            TcpSocket best = null;
            int bestFit = 0;
            for (IPBinding binding = Network.TcpPorts.First(port); binding != null; binding = binding.Next)
            {
                TcpSocket socket = (TcpSocket)binding.Owner;
                int fit = binding.LocalPort == port && socket.IsListening ? binding.Fit(address) : 0;
                if (fit > bestFit)
                {
                    best = socket;
                    bestFit = fit;
                }
            }

            return best;
        }

        // Whether it still waits for a backlog. Nobody watches the clock for it: it is looked at when somebody asks.
        private bool IsConnecting()
        {
            if (State == ConnectionState.Connecting && _connectLimit.RemainingMs() == 0)
            {
                StopWaiting();
                Fail(Errno.ETIMEDOUT);
            }

            return State == ConnectionState.Connecting;
        }

        private void Fail(Errno error)
        {
            State = ConnectionState.Failed;
            PendingError = (int)error;
            IsInputEnded = true;
            IsOutputEnded = true;
            Waits.Wake(Wakes.Everything);
        }

        // As new, except for what Bind and the options set (Linux: tcp_disconnect()).
        private void Disconnect()
        {
            StopWaiting();
            State = ConnectionState.Idle;
            PendingError = 0;
            IsInputEnded = false;
            IsOutputEnded = false;
            _isFinReceived = false;
            _isSuccessUntold = false;
            Binding.Disconnect();
            FreeInput();
        }
    }
}
