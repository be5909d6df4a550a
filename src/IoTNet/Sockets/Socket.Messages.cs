using System;

namespace IoTNet
{
    // Messages: several buffers, address, flags and control data in one call.
    public sealed partial class Socket
    {
        /// <summary>Sends one message out of several buffers (POSIX sendmsg()).</summary>
        /// <param name="message">Buffers, address (null = the connected peer), flags and control data.</param>
        /// <returns>The bytes taken: all of a datagram.</returns>
        /// <exception cref="ArgumentNullException">No message was given.</exception>
        /// <exception cref="SocketException">As <see cref="Send(byte[])"/>; EOPNOTSUPP for control data that the stack does
        /// not know.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public int SendMsg(SocketMessage message)
        {
            ThrowIfClosed();
            int result = TrySendMsg(message ?? throw new ArgumentNullException(nameof(message)));
            if (result < 0)
            {
                throw Failure(result, "send a message of " + message.TotalBytes.ToString() + " bytes on " + ToString());
            }

            return result;
        }

        /// <summary>Receives one message into several buffers (POSIX recvmsg()). Afterwards the message tells the sender,
        /// the flags seen (such as Truncated) and the control data.</summary>
        /// <param name="message">Buffers, an address to fill (or null), flags, and room for control data.</param>
        /// <returns>The bytes received; 0 at the end of a stream or for an empty datagram.</returns>
        /// <exception cref="ArgumentNullException">No message was given.</exception>
        /// <exception cref="SocketException">As <see cref="Receive(byte[])"/>.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public int ReceiveMsg(SocketMessage message)
        {
            ThrowIfClosed();
            int result = TryReceiveMsg(message ?? throw new ArgumentNullException(nameof(message)));
            if (result < 0)
            {
                throw Failure(result, "receive a message on " + ToString());
            }

            return result;
        }

        /// <summary>Sends one message; does not throw.</summary>
        /// <param name="message">The message.</param>
        /// <returns>The bytes taken, or <c>-(int)Errno</c>; -EFAULT without a message.</returns>
        public int TrySendMsg(SocketMessage message)
        {
            SocketFlags flags = message == null ? SocketFlags.None : message.Flags;
            return FinishWait(SendMsgCore(message), flags);
        }

        /// <summary>Receives one message; does not throw. It allocates only for control data that was asked for.</summary>
        /// <param name="message">The message.</param>
        /// <returns>The bytes received, or <c>-(int)Errno</c>; -EFAULT without a message.</returns>
        public int TryReceiveMsg(SocketMessage message)
        {
            SocketFlags flags = message == null ? SocketFlags.None : message.Flags;
            return FinishWait(ReceiveMsgCore(message), flags);
        }

        internal int SendMsgCore(SocketMessage message)
        {
            if (message == null)
            {
                return -(int)Errno.EFAULT;
            }

            int result = message.Address != null && !Is(BoundBit) && SocketType != SocketType.Stream ? Route(message.Address) : IsClosed ? Closed : 0;
            if (result < 0)
            {
                return result;
            }

            int timeoutMs = WaitMs(message.Flags, SendTimeout);
            message.Flags &= ~SocketFlags.DontWait;
            result = _stack.SendMsg(_handle, message, timeoutMs);
            if (result >= 0 && result < message.TotalBytes && timeoutMs != 0 && SocketType == SocketType.Stream)
            {
                result = SendRestOf(message, result, timeoutMs);
            }

            if (result >= 0)
            {
                MarkBound();
            }

            return result;
        }

        internal int ReceiveMsgCore(SocketMessage message)
        {
            if (message == null)
            {
                return -(int)Errno.EFAULT;
            }

            if (IsClosed)
            {
                return Closed;
            }

            int timeoutMs = WaitMs(message.Flags, ReceiveTimeout);
            bool all = (message.Flags & SocketFlags.WaitAll) != 0 && SocketType == SocketType.Stream;
            message.Flags &= ~(SocketFlags.DontWait | SocketFlags.WaitAll);
            int result = _stack.ReceiveMsg(_handle, message, timeoutMs);
            return all && result > 0 && (message.Flags & SocketFlags.Peek) == 0 ? ReceiveRestOf(message, result, timeoutMs) : result;
        }

        private int SendRestOf(SocketMessage message, int sent, int timeoutMs)
        {
            int skip = sent;
            for (int i = 0; i < message.BufferCount; i++)
            {
                byte[] buffer = message.GetBuffer(i, out int offset, out int count);
                int done = skip < count ? skip : count;
                skip -= done;
                if (done == count)
                {
                    continue;
                }

                int result = SendRest(buffer, offset, count, message.Flags, done, timeoutMs);
                sent += result - done;
                if (result < count)
                {
                    break;
                }
            }

            return sent;
        }

        private int ReceiveRestOf(SocketMessage message, int got, int timeoutMs)
        {
            int skip = got;
            SocketFlags flags = SocketFlags.None;
            for (int i = 0; i < message.BufferCount; i++)
            {
                byte[] buffer = message.GetBuffer(i, out int offset, out int count);
                int done = skip < count ? skip : count;
                skip -= done;
                if (done == count)
                {
                    continue;
                }

                int result = ReceiveAll(buffer, offset + done, count - done, ref flags, timeoutMs);
                got += result > 0 ? result : 0;
                if (result < count - done)
                {
                    break;
                }
            }

            return got;
        }
    }
}
