namespace IoTNet
{
    /// <summary>AF_UNIX stream and seqpacket sockets (unix(7)).</summary>
    internal sealed class UnixConnectionSocket : ConnectionSocket
    {
        // Seqpacket only; a stream's bytes are in the base.
        private readonly RecordQueue _records;

        // The peer's name, kept for when it is closed.
        private byte[] _peerName;

        public readonly UnixBinding Binding;

        public UnixConnectionSocket(UnixStack stack, SocketType type)
            : base(stack, AddressFamily.Unix, type)
        {
            Binding = new UnixBinding(this, stack.Names);
            _records = type == SocketType.Seqpacket ? new RecordQueue() : null;
        }

        public override int Available => _records == null || IsListening ? base.Available : _records.NextLength;

        protected override bool HasInput => _records == null ? base.HasInput : _records.Count > 0;

        protected override int InputBytes => _records == null ? base.InputBytes : _records.Bytes;

        // An empty record that nobody read is no loss, as on Linux.
        private bool HasUnreadBytes => HasInput && (_records == null || _records.Count > 1 || _records.NextLength > 0);

        private byte[] PeerName => Peer == null ? _peerName : ((UnixConnectionSocket)Peer).Binding.Name;

        /// <summary>Makes two new sockets a pair.</summary>
        public static void Pair(UnixConnectionSocket a, UnixConnectionSocket b)
        {
            a.IsPair = true;
            b.IsPair = true;
            Join(a, b);
        }

        public override int Bind(SocketAddress local)
        {
            return IsPair ? -(int)Errno.EISCONN : Binding.Bind(local);
        }

        public override int Connect(SocketAddress remote, bool mayWait)
        {
            if (IsPair)
            {
                return -(int)Errno.EISCONN;
            }

            int result = Binding.Find(remote, out MemorySocket found);
            if (result < 0)
            {
                return result;
            }

            UnixConnectionSocket listener = (UnixConnectionSocket)found;
            if (!listener.IsListening || listener.IsInputEnded)
            {
                return -(int)Errno.ECONNREFUSED;
            }

            // connect(2): a Unix socket that may not wait gets EAGAIN, and nothing goes on behind.
            if (listener.IsBacklogFull && !mayWait)
            {
                return -(int)Errno.EAGAIN;
            }

            if (State != ConnectionState.Idle)
            {
                return State == ConnectionState.Connected ? -(int)Errno.EISCONN : -(int)Errno.EINVAL;
            }

            if (listener.TryAdmit(this))
            {
                return 0;
            }

            WaitInBacklogOf(listener);
            return -(int)Errno.EINPROGRESS;
        }

        public override int ContinueConnect()
        {
            switch (State)
            {
                case ConnectionState.Connecting:
                    return -(int)Errno.EINPROGRESS;
                case ConnectionState.Connected:
                    return 0;
                default:
                    return -(int)Errno.ECONNREFUSED;
            }
        }

        public override void AbandonConnect()
        {
            StopWaiting();
            State = ConnectionState.Idle;
            Waits.Wake(Wakes.Everything);
        }

        public override int Shutdown(SocketShutdown how)
        {
            if (State != ConnectionState.Connected && State != ConnectionState.Listening)
            {
                return -(int)Errno.ENOTCONN;
            }

            UnixConnectionSocket peer = (UnixConnectionSocket)Peer;
            EndHalves(how != SocketShutdown.Send, how != SocketShutdown.Receive);
            if (peer != null)
            {
                peer.EndHalves(how != SocketShutdown.Receive, how != SocketShutdown.Send);
            }

            if (IsListening && IsInputEnded)
            {
                RefuseWaiting();
            }

            return 0;
        }

        public override int Send(ref Transfer data)
        {
            if (IsClosed)
            {
                return -(int)Errno.EINTR;
            }

            int error = _records == null ? 0 : TakeError();
            if (error != 0)
            {
                return -error;
            }

            if (State != ConnectionState.Connected)
            {
                return -(int)Errno.ENOTCONN;
            }

            if (_records != null && data.Count > SendBuffer)
            {
                return -(int)Errno.EMSGSIZE;
            }

            if (IsOutputEnded)
            {
                return -(int)Errno.EPIPE;
            }

            return _records == null ? SendBytes(ref data) : SendRecord(ref data);
        }

        public override int Receive(ref Transfer data)
        {
            if (IsClosed)
            {
                return -(int)Errno.EINTR;
            }

            if (State != ConnectionState.Connected)
            {
                return -(int)Errno.ENOTCONN;
            }

            // As on Linux, a stream's bytes come before its error, records after it.
            int error = HasInput && _records == null ? 0 : TakeError();
            if (error != 0)
            {
                return -error;
            }

            if (!HasInput && !IsInputEnded)
            {
                return -(int)Errno.EAGAIN;
            }

            if (data.Address != null)
            {
                UnixBinding.CopyTo(PeerName, data.Address);
            }

            if (!HasInput)
            {
                return 0;
            }

            return _records == null ? ReceiveBytes(ref data) : ReceiveRecord(ref data);
        }

        public override int Poll()
        {
            int events = PendingError != 0 ? (int)PollEvents.Err : 0;
            if ((IsInputEnded && IsOutputEnded) || State == ConnectionState.Idle)
            {
                events |= (int)PollEvents.Hup;
            }

            if (IsInputEnded || (IsListening ? HasReady : HasInput))
            {
                events |= (int)PollEvents.In;
            }

            bool isWritable = State != ConnectionState.Listening && State != ConnectionState.Connecting && HasUsefulRoom;
            return isWritable ? events | (int)PollEvents.Out : events;
        }

        public override void GetLocalAddress(SocketAddress local)
        {
            UnixBinding.CopyTo(Binding.Name, local);
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
            UnixBinding.CopyTo(PeerName, remote);
        }

        protected override int PrepareListen()
        {
            // unix(7) has no automatic name for listeners.
            return State == ConnectionState.Idle && Binding.Name != null ? 0 : -(int)Errno.EINVAL;
        }

        protected override ConnectionSocket CreateEnd(ConnectionSocket client)
        {
            UnixConnectionSocket end = new UnixConnectionSocket(Stack, Type);
            end.Binding.Name = Binding.Name;
            end.InheritOptions(this);
            return end;
        }

        protected override void OnAdmitted()
        {
            Waits.Wake(Wakes.Room);
        }

        protected override void OnRefused()
        {
            State = ConnectionState.Idle;
            Waits.Wake(Wakes.Everything);
        }

        // Only a thread that waits connects, and it watches its own clock.
        protected override bool HasExpired()
        {
            return false;
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
                    Leave(HasUnreadBytes);
                    break;
            }

            Binding.Close();
            FreeInput();
        }

        protected override void Discard()
        {
            Leave(true);
            Binding.Close();
            FreeInput();
        }

        protected override void FreeInput()
        {
            base.FreeInput();
            _records?.Free();
        }

        // This end closes. As on Linux, the peer learns of data that it sent in vain.
        private void Leave(bool isDataLost)
        {
            UnixConnectionSocket peer = (UnixConnectionSocket)Peer;
            Peer = null;
            if (peer == null)
            {
                return;
            }

            peer._peerName = Binding.Name;
            peer.Peer = null;
            if (isDataLost)
            {
                peer.PendingError = (int)Errno.ECONNRESET;
            }

            peer.EndHalves(true, true);
        }

        private void EndHalves(bool input, bool output)
        {
            IsInputEnded |= input;
            IsOutputEnded |= output;
            Waits.Wake(Wakes.Everything);
        }

        private int SendRecord(ref Transfer data)
        {
            UnixConnectionSocket peer = (UnixConnectionSocket)Peer;
            if (!peer._records.Add(ref data, null, null, peer.InputLimit))
            {
                return -(int)Errno.EAGAIN;
            }

            peer.Waits.Wake(Wakes.Input);
            return data.Count;
        }

        private int ReceiveRecord(ref Transfer data)
        {
            SocketAddress from = data.Address;
            data.Address = null;
            int count = _records.Take(ref data, null);
            data.Address = from;
            data.Seen |= SocketFlags.EndOfRecord;
            if (!data.Has(SocketFlags.Peek))
            {
                WakeSender();
            }

            return count;
        }
    }
}
