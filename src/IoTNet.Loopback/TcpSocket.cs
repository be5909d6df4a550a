namespace IoTNet
{
    /// <summary>TCP (RFC 9293) without segments: what one end does is done to the other at once. The names of Linux's states
    /// stand in the comments, as its answers depend on them.</summary>
    internal sealed partial class TcpSocket : ConnectionSocket, IPortOwner
    {
        // The peer sent FIN (CLOSE_WAIT and later).
        private bool _isFinReceived;

        public readonly IPBinding Binding;

        public TcpSocket(LoopbackStack stack, AddressFamily family)
            : base(stack, family, SocketType.Stream)
        {
            Binding = new IPBinding(this, stack.TcpPorts);
        }

        private LoopbackStack Network => (LoopbackStack)Stack;

        public override int Bind(SocketAddress local)
        {
            return Binding.Bind(local, false);
        }

        public bool CanShareWith(MemorySocket other)
        {
            TcpSocket tcp = (TcpSocket)other;
            return CanReuseAddress && tcp.CanReuseAddress && !tcp.IsListening;
        }

        public override int Shutdown(SocketShutdown how)
        {
            switch (State)
            {
                case ConnectionState.Listening:
                    if (how != SocketShutdown.Send)
                    {
                        StopListening();
                        Binding.Disconnect();
                        Waits.Wake(Wakes.Everything);
                    }

                    return 0;
                case ConnectionState.Connecting:
                    Disconnect();
                    PendingError = (int)Errno.ECONNRESET;
                    Waits.Wake(Wakes.Everything);
                    return 0;
                case ConnectionState.Connected:
                    ShutdownConnection(how);
                    return 0;
                default:
                    return -(int)Errno.ENOTCONN;
            }
        }

        public override int Send(ref Transfer data)
        {
            if (IsClosed)
            {
                return -(int)Errno.EINTR;
            }

            if (IsConnecting())
            {
                return -(int)Errno.EAGAIN;
            }

            if (State != ConnectionState.Connected || PendingError != 0 || IsOutputEnded)
            {
                // An error after some bytes went out belongs to the next call.
                int error = data.Done > 0 ? 0 : TakeError();
                return error != 0 ? -error : -(int)Errno.EPIPE;
            }

            if (data.Done == data.Count)
            {
                return 0;
            }

            // RFC 9293 3.10.7.1: what is sent to an end that is closed comes back as a reset. RFC 1122 4.2.2.13: to one that
            // has shut down both halves as well.
            TcpSocket peer = (TcpSocket)Peer;
            if (peer == null || (peer.IsInputEnded && peer.IsOutputEnded))
            {
                int count = data.Count - data.Done;
                data.Done = data.Count;
                peer?.OnReset();
                OnReset();
                return count;
            }

            return SendBytes(ref data);
        }

        public override int Receive(ref Transfer data)
        {
            if (IsClosed)
            {
                return -(int)Errno.EINTR;
            }

            if (State == ConnectionState.Listening)
            {
                return -(int)Errno.ENOTCONN;
            }

            if (HasInput || _isFinReceived)
            {
                if (data.Address != null)
                {
                    Binding.Remote.CopyTo(data.Address, Family, Binding.RemotePort);
                }

                return HasInput ? ReceiveBytes(ref data) : 0;
            }

            if (IsConnecting())
            {
                return -(int)Errno.EAGAIN;
            }

            int error = TakeError();
            if (error != 0)
            {
                return -error;
            }

            if (IsInputEnded)
            {
                return 0;
            }

            return State == ConnectionState.Connected ? -(int)Errno.EAGAIN : -(int)Errno.ENOTCONN;
        }

        public override int Poll()
        {
            if (State == ConnectionState.Listening)
            {
                return HasReady ? (int)PollEvents.In : 0;
            }

            int events = 0;
            bool isConnecting = IsConnecting();
            if ((IsInputEnded && IsOutputEnded) || (State != ConnectionState.Connected && !isConnecting))
            {
                events |= (int)PollEvents.Hup;
            }

            if (IsInputEnded || HasInput)
            {
                events |= (int)PollEvents.In;
            }

            if (!isConnecting && (IsOutputEnded || HasUsefulRoom))
            {
                events |= (int)PollEvents.Out;
            }

            return PendingError != 0 ? events | (int)PollEvents.Err : events;
        }

        public override void GetLocalAddress(SocketAddress local)
        {
            Binding.Local.CopyTo(local, Family, Binding.LocalPort);
        }

        public override int GetRemoteAddress(SocketAddress remote)
        {
            if (State != ConnectionState.Connected)
            {
                return -(int)Errno.ENOTCONN;
            }

            CopyRemoteAddress(remote);
            return 0;
        }

        public override void CopyRemoteAddress(SocketAddress remote)
        {
            Binding.Remote.CopyTo(remote, Family, Binding.RemotePort);
        }

        protected override void OnClose()
        {
            switch (State)
            {
                case ConnectionState.Listening:
                    StopListening();
                    break;
                case ConnectionState.Connecting:
                    StopWaiting();
                    break;
                case ConnectionState.Connected:
                    // RFC 2525 2.17: unread data at close resets the connection, so that the sender learns of it.
                    Leave(HasInput || (Lingers && LingerSeconds == 0));
                    break;
            }

            Binding.Close();
            FreeInput();
        }

        protected override void Discard()
        {
            if (State == ConnectionState.Connected)
            {
                Leave(true);
            }

            Binding.Close();
            FreeInput();
        }

        private void ShutdownConnection(SocketShutdown how)
        {
            _isSuccessUntold = false;
            if (how != SocketShutdown.Send)
            {
                IsInputEnded = true;
            }

            if (how != SocketShutdown.Receive && !IsOutputEnded)
            {
                IsOutputEnded = true;
                ((TcpSocket)Peer)?.OnFin();
                if (_isFinReceived)
                {
                    End();
                }
            }

            Waits.Wake(Wakes.Everything);
        }

        // This end closes; by a reset, or by a FIN unless that was sent before.
        private void Leave(bool reset)
        {
            TcpSocket peer = (TcpSocket)Peer;
            Peer = null;
            if (peer == null)
            {
                return;
            }

            if (reset)
            {
                peer.OnReset();
            }
            else if (!IsOutputEnded)
            {
                peer.OnFin();
            }

            peer.Peer = null;
        }

        private void OnFin()
        {
            _isFinReceived = true;
            IsInputEnded = true;
            if (IsOutputEnded)
            {
                End();
            }

            Waits.Wake(Wakes.Input | Wakes.Trouble);
        }

        private void OnReset()
        {
            if (State == ConnectionState.Connected)
            {
                // As tcp_reset() of Linux: EPIPE in CLOSE_WAIT, else ECONNRESET. What came before can still be read.
                PendingError = _isFinReceived ? (int)Errno.EPIPE : (int)Errno.ECONNRESET;
                IsInputEnded = true;
                IsOutputEnded = true;
                End();
                Waits.Wake(Wakes.Everything);
            }
        }

        private void End()
        {
            State = _isSuccessUntold ? ConnectionState.Failed : ConnectionState.Over;
            Peer = null;
        }
    }
}
