namespace IoTNet
{
    // Bytes. A session's calls do not wait; the waiting is here.
    public sealed partial class TlsStack
    {
        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
        {
            TlsSession session = _sessions.Find(handle);
            return session == null || session.IsPlain ? _inner.Send(handle, buffer, offset, count, flags, to, timeoutMs)
                : (flags & SocketFlags.OutOfBand) != 0 ? -(int)Errno.EOPNOTSUPP
                : Send(session, buffer, offset, count, timeoutMs);
        }

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs)
        {
            TlsSession session = _sessions.Find(handle);
            if (session == null || session.IsPlain)
            {
                return _inner.Receive(handle, buffer, offset, count, ref flags, from, timeoutMs);
            }

            SocketFlags asked = flags;
            flags = SocketFlags.None;
            return (asked & SocketFlags.OutOfBand) != 0 ? -(int)Errno.EOPNOTSUPP
                : Receive(session, buffer, offset, count, (asked & SocketFlags.Peek) != 0, from, timeoutMs);
        }

        /// <inheritdoc/>
        public int SendMsg(int handle, SocketMessage message, int timeoutMs)
        {
            TlsSession session = _sessions.Find(handle);
            if (session == null || session.IsPlain)
            {
                return _inner.SendMsg(handle, message, timeoutMs);
            }

            if (message.ControlCount > 0 || (message.Flags & SocketFlags.OutOfBand) != 0)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            if (message.BufferCount == 0)
            {
                return Send(session, new byte[0], 0, 0, timeoutMs);
            }

            // Only the first piece may wait, unless everything may: the caller is told what was taken.
            int sent = 0;
            for (int i = 0; i < message.BufferCount; i++)
            {
                byte[] buffer = message.GetBuffer(i, out int offset, out int count);
                int result = Send(session, buffer, offset, count, sent == 0 || timeoutMs < 0 ? timeoutMs : 0);
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

        /// <inheritdoc/>
        public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs)
        {
            TlsSession session = _sessions.Find(handle);
            if (session == null || session.IsPlain)
            {
                return _inner.ReceiveMsg(handle, message, timeoutMs);
            }

            message.ClearControls();
            if ((message.Flags & SocketFlags.OutOfBand) != 0)
            {
                return -(int)Errno.EOPNOTSUPP;
            }

            bool peek = (message.Flags & SocketFlags.Peek) != 0;
            int received = 0;
            int result = 0;
            int pieces = 0;
            for (int i = 0; i < message.BufferCount; i++)
            {
                byte[] buffer = message.GetBuffer(i, out int offset, out int count);
                if (count == 0 && message.TotalBytes > 0)
                {
                    continue;
                }

                result = Receive(session, buffer, offset, count, peek, received == 0 ? message.Address : null, received == 0 ? timeoutMs : 0);
                pieces++;
                received += result > 0 ? result : 0;

                // A second look would see the same bytes.
                if (result < count || peek)
                {
                    break;
                }
            }

            if (pieces == 0)
            {
                result = Receive(session, new byte[0], 0, 0, peek, message.Address, timeoutMs);
            }

            if (received > 0 || result >= 0)
            {
                message.Flags = SocketFlags.None;
                return received;
            }

            return result;
        }

        private int Send(TlsSession session, byte[] buffer, int offset, int count, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            int sent = 0;
            while (true)
            {
                int result = session.Send(buffer, offset + sent, count - sent, out bool isStuck);
                sent += result > 0 ? result : 0;
                if (result < 0 && result != WouldBlock)
                {
                    return sent > 0 ? sent : result;
                }

                // Taken is not sent: a call that may wait does so until its bytes are on their way.
                bool isTaken = sent == count && result != WouldBlock;
                int left = deadline.RemainingMs();
                if ((isTaken || (sent > 0 && timeoutMs > 0)) && !isStuck)
                {
                    return sent;
                }

                if (left == 0)
                {
                    FlushBehind(session, isStuck);
                    return sent > 0 || isTaken ? sent : WouldBlock;
                }

                int seen = WaitFor(session, PollEvents.Out, left);
                if (seen < 0 || (seen & (int)PollEvents.Nval) != 0)
                {
                    return sent > 0 ? sent : seen < 0 ? seen : -(int)Errno.EINTR;
                }

                if (isTaken)
                {
                    count = sent;
                }
            }
        }

        private int Receive(TlsSession session, byte[] buffer, int offset, int count, bool peek, SocketAddress from, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            while (true)
            {
                int left = deadline.RemainingMs();
                int result = session.Receive(buffer, offset, count, peek, left == 0);
                if (result != WouldBlock)
                {
                    if (result >= 0 && from != null)
                    {
                        _inner.GetRemoteAddress(session.Handle, from);
                    }

                    return result;
                }

                if (left == 0)
                {
                    return WouldBlock;
                }

                int seen = WaitFor(session, PollEvents.In, left);
                if (seen < 0 || (seen & (int)PollEvents.Nval) != 0)
                {
                    return seen < 0 ? seen : -(int)Errno.EINTR;
                }
            }
        }
    }
}
