namespace IoTNet
{
    /// <summary>AF_UNIX datagrams (unix(7)): in order and never dropped; a full receiver makes the sender wait.</summary>
    internal sealed class UnixDatagramSocket : DatagramSocket
    {
        private UnixDatagramSocket _peer;

        public readonly UnixBinding Binding;

        public UnixDatagramSocket(UnixStack stack)
            : base(stack, AddressFamily.Unix)
        {
            Binding = new UnixBinding(this, stack.Names);
        }

        public override MemorySocket Receiver => _peer;

        protected override bool CanSend => _peer == null || _peer.IsClosed || _peer.HasUsefulRoom;

        /// <summary>Makes two new sockets a pair.</summary>
        public static void Pair(UnixDatagramSocket a, UnixDatagramSocket b)
        {
            a.IsPair = true;
            b.IsPair = true;
            a._peer = b;
            b._peer = a;
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

            UnixDatagramSocket peer = null;
            if (remote.Family != AddressFamily.Unspecified)
            {
                int result = Binding.Find(remote, out MemorySocket found);
                if (result < 0)
                {
                    return result;
                }

                peer = (UnixDatagramSocket)found;
                if (!peer.Hears(this))
                {
                    return -(int)Errno.EPERM;
                }
            }

            UnixDatagramSocket old = _peer;
            _peer = peer;
            if (old != null && old != peer)
            {
                OnDisconnected(old);
            }

            Waits.Wake(Wakes.Everything);
            return 0;
        }

        public override int Shutdown(SocketShutdown how)
        {
            EndHalves(how);
            return 0;
        }

        public override int Send(ref Transfer data)
        {
            if (IsClosed)
            {
                return -(int)Errno.EINTR;
            }

            if (data.Count > SendBuffer)
            {
                return -(int)Errno.EMSGSIZE;
            }

            int error = TakeError();
            if (error != 0)
            {
                return -error;
            }

            if (IsOutputEnded)
            {
                return -(int)Errno.EPIPE;
            }

            int result = FindReceiver(ref data, out UnixDatagramSocket receiver);
            return result < 0 ? result : SendTo(receiver, ref data);
        }

        public override void GetLocalAddress(SocketAddress local)
        {
            UnixBinding.CopyTo(Binding.Name, local);
        }

        public override int GetRemoteAddress(SocketAddress remote)
        {
            if (_peer == null)
            {
                return -(int)Errno.ENOTCONN;
            }

            UnixBinding.CopyTo(_peer.Binding.Name, remote);
            return 0;
        }

        protected override void OnClose()
        {
            _peer = null;
            Binding.Close();
            Records.Free();
        }

        private int FindReceiver(ref Transfer data, out UnixDatagramSocket receiver)
        {
            receiver = _peer;
            if (data.Address != null)
            {
                int result = Binding.Find(data.Address, out MemorySocket found);
                receiver = (UnixDatagramSocket)found;
                return result;
            }

            if (_peer == null)
            {
                return -(int)Errno.ENOTCONN;
            }

            if (_peer.IsClosed)
            {
                _peer = null;
                OnDisconnected(receiver);
                return -(int)Errno.ECONNREFUSED;
            }

            return 0;
        }

        private int SendTo(UnixDatagramSocket receiver, ref Transfer data)
        {
            if (!receiver.Hears(this))
            {
                return -(int)Errno.EPERM;
            }

            if (receiver.IsInputEnded)
            {
                return -(int)Errno.EPIPE;
            }

            UnixBinding.CopyTo(Binding.Name, Stack.Sender);
            if (!receiver.Enqueue(ref data))
            {
                data.Blocker = receiver;
                return -(int)Errno.EAGAIN;
            }

            return data.Count;
        }

        // A connected socket hears its peer only.
        private bool Hears(UnixDatagramSocket sender)
        {
            return _peer == null || _peer == sender;
        }

        // As on Linux: what waits came from the old peer and is dropped; the old peer learns of it if it is still connected
        // to this socket.
        private void OnDisconnected(UnixDatagramSocket old)
        {
            if (Records.Count > 0)
            {
                Records.Free();
                Waits.Wake(Wakes.QueueRoom);
                if (!old.IsClosed && old._peer == this)
                {
                    old.PendingError = (int)Errno.ECONNRESET;
                    old.Waits.Wake(Wakes.Everything);
                }
            }
        }
    }
}
