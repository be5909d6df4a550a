namespace IoTNet.Boards
{
    // Send and receive: the states that POSIX answers before anything is transferred, and messages of several buffers.
    internal sealed partial class SystemNetSocket
    {
        // More than this of a stream is not gathered into one send: copying would cost more than it saves.
        private const int MaxStreamScratch = 16384;

        public int Send(byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
        {
            if (!IsConnectionBased)
            {
                if (to == null)
                {
                    return _state == ConnectState.Connected
                        ? NativeSend(buffer, offset, count, flags, timeoutMs)
                        : Family == AddressFamily.Unix ? -(int)Errno.ENOTCONN : -(int)Errno.EDESTADDRREQ;
                }

                return to.Family != Family ? -(int)Errno.EAFNOSUPPORT : SendTo(buffer, offset, count, flags, to, timeoutMs);
            }

            int error = CheckConnected(Family == AddressFamily.Unix ? Errno.ENOTCONN : Errno.EPIPE);
            return error < 0 ? error
                : count == 0 && Type == SocketType.Stream ? 0 : NativeSend(buffer, offset, count, flags, timeoutMs);
        }

        public int Receive(byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs)
        {
            SocketFlags asked = flags;
            flags = SocketFlags.None;
            if (!IsConnectionBased)
            {
                return NativeReceiveDatagram(buffer, offset, count, asked, ref flags, from, timeoutMs);
            }

            int result = CheckConnected(Errno.ENOTCONN);
            if (result == 0)
            {
                result = Type == SocketType.Seqpacket
                    ? NativeReceiveDatagram(buffer, offset, count, asked, ref flags, null, timeoutMs)
                    : count == 0 ? ReceiveNothing(timeoutMs) : NativeReceive(buffer, offset, count, asked, timeoutMs);
            }

            // POSIX leaves open what a connection's receive says about the sender. Here it is the peer.
            if (result >= 0)
            {
                WritePeer(from);
            }

            return result;
        }

        public int SendMsg(SocketMessage message, int timeoutMs)
        {
            if (message.ControlCount > 0)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            int offset;
            int count;
            if (message.BufferCount == 1)
            {
                byte[] only = message.GetBuffer(0, out offset, out count);
                return Send(only, offset, count, message.Flags, message.Address, timeoutMs);
            }

            if (Type == SocketType.Stream && message.TotalBytes > MaxStreamScratch)
            {
                return SendOneByOne(message, timeoutMs);
            }

            byte[] scratch = TakeScratch(message.TotalBytes);
            message.Gather(scratch);
            int result = Send(scratch, 0, message.TotalBytes, message.Flags, message.Address, timeoutMs);
            MakeExtras().Scratch = scratch;
            return result;
        }

        public int ReceiveMsg(SocketMessage message, int timeoutMs)
        {
            message.ClearControls();
            SocketFlags flags = message.Flags;
            int result;
            if (WantsControlData && Type == SocketType.Dgram)
            {
                result = ReceiveThroughScratch(message, ref flags, timeoutMs, true);
            }
            else if (message.BufferCount == 1)
            {
                int offset;
                int count;
                byte[] only = message.GetBuffer(0, out offset, out count);
                result = Receive(only, offset, count, ref flags, message.Address, timeoutMs);
            }
            else
            {
                result = ReceiveThroughScratch(message, ref flags, timeoutMs, false);
            }

            if (result >= 0)
            {
                message.Flags = flags;
            }

            return result;
        }

        private int ReceiveThroughScratch(SocketMessage message, ref SocketFlags flags, int timeoutMs, bool control)
        {
            int size = message.TotalBytes;
            if (Type == SocketType.Stream && size > MaxStreamScratch)
            {
                size = MaxStreamScratch;
            }

            byte[] scratch = TakeScratch(size);
            int result = control
                ? NativeReceiveWithControl(scratch, size, message, ref flags, timeoutMs)
                : Receive(scratch, 0, size, ref flags, message.Address, timeoutMs);
            message.Scatter(scratch, 0, result < size ? result : size);
            MakeExtras().Scratch = scratch;
            return result;
        }

        // Only the first piece may wait, unless everything may: the caller is told what went out.
        private int SendOneByOne(SocketMessage message, int timeoutMs)
        {
            int sent = 0;
            for (int i = 0; i < message.BufferCount; i++)
            {
                int offset;
                int count;
                byte[] buffer = message.GetBuffer(i, out offset, out count);
                int result = Send(buffer, offset, count, message.Flags, null, sent == 0 || timeoutMs < 0 ? timeoutMs : 0);
                if (result < 0)
                {
                    return sent > 0 ? sent : result;
                }

                sent += result;
                if (result < count)
                {
                    break;
                }
            }

            return sent;
        }

        // Linux: a stream's receive of no bytes waits like any other, and takes nothing.
        private int ReceiveNothing(int timeoutMs)
        {
            int seen = Poll((int)PollEvents.In, timeoutMs);
            if ((seen & (int)PollEvents.Err) != 0)
            {
                int error = TakePendingError();
                return error != 0 ? -error : -NativeTakeError();
            }

            return seen == 0 ? -(int)Errno.EAGAIN : 0;
        }

        private int CheckConnected(Errno otherwise)
        {
            if (_state == ConnectState.Connected)
            {
                return 0;
            }

            FinishConnect();
            switch (_state)
            {
                case ConnectState.Connected:
                case ConnectState.Connecting:
                    return 0;
                case ConnectState.Failed:
                    int error = TakePendingError();
                    return error != 0 ? -error : -(int)otherwise;
                default:
                    return -(int)otherwise;
            }
        }

        private int SendTo(byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
        {
            // As the system does when an unbound socket sends; done here so that the local address can be told.
            if (!IsBound && Family != AddressFamily.Unix)
            {
                lock (this)
                {
                    if (!IsBound)
                    {
                        BindAnywhere();
                    }
                }
            }

            return NativeSendTo(buffer, offset, count, flags, to, timeoutMs);
        }

        private byte[] TakeScratch(int size)
        {
            return Take(ref MakeExtras().Scratch, size);
        }

        private byte[] Take(ref byte[] kept, int size)
        {
            byte[] scratch;
            lock (this)
            {
                scratch = kept;
                kept = null;
            }

            return scratch != null && scratch.Length >= size ? scratch : new byte[size];
        }
    }
}
