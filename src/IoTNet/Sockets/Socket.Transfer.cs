using System;

namespace IoTNet
{
    // Bytes and datagrams. One full call each way, SendCore and ReceiveCore; all others are thin forms of them.
    public sealed partial class Socket
    {
        /// <summary>Sends a whole buffer.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <returns>The bytes taken; on a blocking stream without SendTimeout, all.</returns>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="SocketException">EPIPE: the sending half is over; ECONNRESET; EAGAIN: no room, non-blocking;
        /// ETIMEDOUT: no room within <see cref="SendTimeout"/>; EDESTADDRREQ, ENOTCONN: no peer; EMSGSIZE: the datagram is
        /// too long; ECONNREFUSED: an earlier datagram; EINTR: closed meanwhile.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public int Send(byte[] buffer)
        {
            return Send(buffer, 0, Length(buffer), SocketFlags.None);
        }

        /// <summary>Sends a whole buffer.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="socketFlags">DontWait, DontRoute, OutOfBand.</param>
        /// <returns>The bytes taken.</returns>
        /// <exception cref="SocketException">As <see cref="Send(byte[])"/>.</exception>
        public int Send(byte[] buffer, SocketFlags socketFlags)
        {
            return Send(buffer, 0, Length(buffer), socketFlags);
        }

        /// <summary>Sends the beginning of a buffer.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="size">How many of them.</param>
        /// <param name="socketFlags">DontWait, DontRoute, OutOfBand.</param>
        /// <returns>The bytes taken.</returns>
        /// <exception cref="SocketException">As <see cref="Send(byte[])"/>.</exception>
        public int Send(byte[] buffer, int size, SocketFlags socketFlags)
        {
            return Send(buffer, 0, size, socketFlags);
        }

        /// <summary>Sends part of a buffer.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">Where the part begins.</param>
        /// <param name="size">How long it is, in bytes; 0 sends an empty datagram.</param>
        /// <param name="socketFlags">DontWait, DontRoute, OutOfBand.</param>
        /// <returns>The bytes taken.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        /// <exception cref="SocketException">As <see cref="Send(byte[])"/>.</exception>
        public int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags)
        {
            Arguments.CheckBuffer(buffer, offset, size);
            ThrowIfClosed();
            int result = FinishWait(SendCore(buffer, offset, size, socketFlags, null), socketFlags);
            if (result < 0)
            {
                throw Failure(result, "send " + size.ToString() + " bytes on " + ToString());
            }

            return result;
        }

        /// <summary>Sends a datagram.</summary>
        /// <param name="buffer">Its bytes.</param>
        /// <param name="remoteEP">Where to.</param>
        /// <returns>The bytes sent.</returns>
        /// <exception cref="SocketException">As <see cref="SendTo(byte[], int, int, SocketFlags, EndPoint)"/>.</exception>
        public int SendTo(byte[] buffer, EndPoint remoteEP)
        {
            return SendTo(buffer, 0, Length(buffer), SocketFlags.None, remoteEP);
        }

        /// <summary>Sends a datagram.</summary>
        /// <param name="buffer">Its bytes.</param>
        /// <param name="socketFlags">DontWait, DontRoute.</param>
        /// <param name="remoteEP">Where to.</param>
        /// <returns>The bytes sent.</returns>
        /// <exception cref="SocketException">As <see cref="SendTo(byte[], int, int, SocketFlags, EndPoint)"/>.</exception>
        public int SendTo(byte[] buffer, SocketFlags socketFlags, EndPoint remoteEP)
        {
            return SendTo(buffer, 0, Length(buffer), socketFlags, remoteEP);
        }

        /// <summary>Sends a datagram out of the beginning of a buffer.</summary>
        /// <param name="buffer">Its bytes.</param>
        /// <param name="size">How many of them.</param>
        /// <param name="socketFlags">DontWait, DontRoute.</param>
        /// <param name="remoteEP">Where to.</param>
        /// <returns>The bytes sent.</returns>
        /// <exception cref="SocketException">As <see cref="SendTo(byte[], int, int, SocketFlags, EndPoint)"/>.</exception>
        public int SendTo(byte[] buffer, int size, SocketFlags socketFlags, EndPoint remoteEP)
        {
            return SendTo(buffer, 0, size, socketFlags, remoteEP);
        }

        /// <summary>Sends a datagram out of part of a buffer.</summary>
        /// <param name="buffer">Its bytes.</param>
        /// <param name="offset">Where the part begins.</param>
        /// <param name="size">How long it is, in bytes; 0 sends an empty datagram.</param>
        /// <param name="socketFlags">DontWait, DontRoute.</param>
        /// <param name="remoteEP">Where to; ignored on a stream.</param>
        /// <returns>The bytes sent.</returns>
        /// <exception cref="ArgumentNullException">Buffer or address are null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        /// <exception cref="SocketException">EMSGSIZE: too long; EACCES: a broadcast without option Broadcast; ENETUNREACH,
        /// EHOSTUNREACH; ECONNREFUSED: an earlier datagram; EAGAIN, ETIMEDOUT: no room; EINTR: closed meanwhile.</exception>
        public int SendTo(byte[] buffer, int offset, int size, SocketFlags socketFlags, EndPoint remoteEP)
        {
            Arguments.CheckBuffer(buffer, offset, size);
            ThrowIfClosed();
            int result = TrySendTo(buffer, offset, size, socketFlags, ToAddress(remoteEP, nameof(remoteEP)));
            if (result < 0)
            {
                throw Failure(result, "send " + size.ToString() + " bytes to " + remoteEP.ToString());
            }

            return result;
        }

        /// <summary>Sends; does not throw and does not allocate.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <param name="flags">DontWait, DontRoute, OutOfBand.</param>
        /// <returns>The bytes taken, or <c>-(int)Errno</c> as <see cref="Send(byte[])"/> throws it; -EFAULT without a
        /// buffer, -EINVAL for a part that is not within it, -EBADF when closed.</returns>
        public int TrySend(byte[] buffer, int offset, int count, SocketFlags flags)
        {
            return FinishWait(SendCore(buffer, offset, count, flags, null), flags);
        }

        /// <summary>Sends a datagram; does not throw and does not allocate.</summary>
        /// <param name="buffer">Its bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <param name="flags">DontWait, DontRoute.</param>
        /// <param name="to">Where to; null for the connected peer.</param>
        /// <returns>The bytes sent, or <c>-(int)Errno</c>, as <see cref="TrySend"/>.</returns>
        public int TrySendTo(byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to)
        {
            return FinishWait(SendCore(buffer, offset, count, flags, to), flags);
        }

        /// <summary>Receives into a whole buffer.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <returns>How many came: at least one, or 0 at the peer's end of stream or for an empty datagram.</returns>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="SocketException">EAGAIN: nothing there, non-blocking; ETIMEDOUT: nothing came within
        /// <see cref="ReceiveTimeout"/>, or the connection died; ECONNRESET; ENOTCONN; ECONNREFUSED: an earlier datagram;
        /// EINTR: closed meanwhile.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
        public int Receive(byte[] buffer)
        {
            return Receive(buffer, 0, Length(buffer), SocketFlags.None);
        }

        /// <summary>Receives into a whole buffer.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="socketFlags">Peek, DontWait, WaitAll, Truncated, OutOfBand.</param>
        /// <returns>How many came.</returns>
        /// <exception cref="SocketException">As <see cref="Receive(byte[])"/>.</exception>
        public int Receive(byte[] buffer, SocketFlags socketFlags)
        {
            return Receive(buffer, 0, Length(buffer), socketFlags);
        }

        /// <summary>Receives into the beginning of a buffer.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="size">How many at most.</param>
        /// <param name="socketFlags">Peek, DontWait, WaitAll, Truncated, OutOfBand.</param>
        /// <returns>How many came.</returns>
        /// <exception cref="SocketException">As <see cref="Receive(byte[])"/>.</exception>
        public int Receive(byte[] buffer, int size, SocketFlags socketFlags)
        {
            return Receive(buffer, 0, size, socketFlags);
        }

        /// <summary>Receives into part of a buffer.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where the part begins.</param>
        /// <param name="size">How many bytes at most.</param>
        /// <param name="socketFlags">Peek, DontWait, WaitAll, Truncated, OutOfBand.</param>
        /// <returns>How many came.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        /// <exception cref="SocketException">As <see cref="Receive(byte[])"/>.</exception>
        public int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags)
        {
            Arguments.CheckBuffer(buffer, offset, size);
            ThrowIfClosed();
            int result = TryReceive(buffer, offset, size, socketFlags);
            if (result < 0)
            {
                throw Failure(result, "receive on " + ToString());
            }

            return result;
        }

        /// <summary>Receives a datagram and its sender.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="remoteEP">Becomes the sender's address; on a stream it stays as it is.</param>
        /// <returns>How many bytes came.</returns>
        /// <exception cref="SocketException">As <see cref="Receive(byte[])"/>.</exception>
        public int ReceiveFrom(byte[] buffer, ref EndPoint remoteEP)
        {
            return ReceiveFrom(buffer, 0, Length(buffer), SocketFlags.None, ref remoteEP);
        }

        /// <summary>Receives a datagram and its sender.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="socketFlags">Peek, DontWait, Truncated.</param>
        /// <param name="remoteEP">Becomes the sender's address; on a stream it stays as it is.</param>
        /// <returns>How many bytes came.</returns>
        /// <exception cref="SocketException">As <see cref="Receive(byte[])"/>.</exception>
        public int ReceiveFrom(byte[] buffer, SocketFlags socketFlags, ref EndPoint remoteEP)
        {
            return ReceiveFrom(buffer, 0, Length(buffer), socketFlags, ref remoteEP);
        }

        /// <summary>Receives a datagram and its sender into the beginning of a buffer.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="size">How many at most.</param>
        /// <param name="socketFlags">Peek, DontWait, Truncated.</param>
        /// <param name="remoteEP">Becomes the sender's address; on a stream it stays as it is.</param>
        /// <returns>How many bytes came.</returns>
        /// <exception cref="SocketException">As <see cref="Receive(byte[])"/>.</exception>
        public int ReceiveFrom(byte[] buffer, int size, SocketFlags socketFlags, ref EndPoint remoteEP)
        {
            return ReceiveFrom(buffer, 0, size, socketFlags, ref remoteEP);
        }

        /// <summary>Receives a datagram and its sender into part of a buffer. It allocates the sender's address; a loop
        /// that must not uses <see cref="TryReceiveFrom"/>.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where the part begins.</param>
        /// <param name="size">How many bytes at most; the rest of a longer datagram is lost.</param>
        /// <param name="socketFlags">Peek, DontWait, Truncated.</param>
        /// <param name="remoteEP">Becomes the sender's address; on a stream it stays as it is.</param>
        /// <returns>How many bytes came.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        /// <exception cref="SocketException">As <see cref="Receive(byte[])"/>.</exception>
        public int ReceiveFrom(byte[] buffer, int offset, int size, SocketFlags socketFlags, ref EndPoint remoteEP)
        {
            Arguments.CheckBuffer(buffer, offset, size);
            ThrowIfClosed();
            SocketAddress from = new SocketAddress();
            int result = TryReceiveFrom(buffer, offset, size, ref socketFlags, from);
            if (result < 0)
            {
                throw Failure(result, "receive on " + ToString());
            }

            remoteEP = EndPoint.From(from) ?? remoteEP;
            return result;
        }

        /// <summary>Receives; does not throw and does not allocate.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <param name="flags">Peek, DontWait, WaitAll, Truncated, OutOfBand.</param>
        /// <returns>The bytes received, or <c>-(int)Errno</c> as <see cref="Receive(byte[])"/> throws it; -EFAULT without a
        /// buffer, -EINVAL for a part that is not within it, -EBADF when closed.</returns>
        public int TryReceive(byte[] buffer, int offset, int count, SocketFlags flags)
        {
            SocketFlags seen = flags;
            return FinishWait(ReceiveCore(buffer, offset, count, ref seen, null), flags);
        }

        /// <summary>Receives a datagram, its sender and what was seen; does not throw and does not allocate.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <param name="flags">In: Peek, DontWait, Truncated. Out: Truncated when the datagram was longer.</param>
        /// <param name="from">Filled in place with the sender; null when it is not wanted.</param>
        /// <returns>The bytes received, or <c>-(int)Errno</c>, as <see cref="TryReceive"/>.</returns>
        public int TryReceiveFrom(byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from)
        {
            SocketFlags asked = flags;
            return FinishWait(ReceiveCore(buffer, offset, count, ref flags, from), asked);
        }

        /// <summary>The full send. An expired SendTimeout is EAGAIN here, as POSIX has it.</summary>
        internal int SendCore(byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to)
        {
            // A bound socket stays where it is; only the first address of an unbound one decides.
            int result = to != null && !Is(BoundBit) && SocketType != SocketType.Stream ? Route(to) : IsClosed ? Closed : 0;
            if (result < 0)
            {
                return result;
            }

            if (!Arguments.IsBufferValid(buffer, offset, count))
            {
                return buffer == null ? -(int)Errno.EFAULT : -(int)Errno.EINVAL;
            }

            int timeoutMs = WaitMs(flags, SendTimeout);
            flags &= ~SocketFlags.DontWait;
            result = _stack.Send(_handle, buffer, offset, count, flags, to, timeoutMs);
            if (result >= 0 && result < count && timeoutMs != 0 && SocketType == SocketType.Stream)
            {
                return SendRest(buffer, offset, count, flags, result, timeoutMs);
            }

            if (result >= 0)
            {
                MarkBound();
            }

            return result;
        }

        /// <summary>The full receive. An expired ReceiveTimeout is EAGAIN here, as POSIX has it.</summary>
        internal int ReceiveCore(byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from)
        {
            if (IsClosed)
            {
                return Closed;
            }

            if (!Arguments.IsBufferValid(buffer, offset, count))
            {
                return buffer == null ? -(int)Errno.EFAULT : -(int)Errno.EINVAL;
            }

            int timeoutMs = WaitMs(flags, ReceiveTimeout);
            bool all = (flags & SocketFlags.WaitAll) != 0 && SocketType == SocketType.Stream;
            flags &= ~(SocketFlags.DontWait | SocketFlags.WaitAll);
            return all ? ReceiveAll(buffer, offset, count, ref flags, timeoutMs)
                : _stack.Receive(_handle, buffer, offset, count, ref flags, from, timeoutMs);
        }

        // A stream send that may wait goes on until all is taken or the time is over; what was taken counts before an
        // error (POSIX send(): the error comes with the next call).
        private int SendRest(byte[] buffer, int offset, int count, SocketFlags flags, int sent, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            while (sent < count)
            {
                int left = deadline.RemainingMs();
                int result = left == 0 ? WouldBlock : _stack.Send(_handle, buffer, offset + sent, count - sent, flags, null, left);
                if (result < 0)
                {
                    break;
                }

                sent += result;
            }

            return sent;
        }

        // POSIX recv(), MSG_WAITALL: the full amount, less only at the end of the stream, an error, or (with MSG_PEEK) when
        // the queue holds less; an expired timeout gives what came.
        private int ReceiveAll(byte[] buffer, int offset, int count, ref SocketFlags flags, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            bool peek = (flags & SocketFlags.Peek) != 0;
            int got = 0;
            while (true)
            {
                SocketFlags seen = flags;
                int result = _stack.Receive(_handle, buffer, offset + got, count - got, ref seen, null, deadline.RemainingMs());
                if (result <= 0)
                {
                    return got > 0 || result == 0 ? got : result;
                }

                got += result;
                if (peek || got >= count)
                {
                    flags = seen;
                    return got;
                }
            }
        }

        private int WaitMs(SocketFlags flags, int settingMs)
        {
            return !Blocking || (flags & SocketFlags.DontWait) != 0 ? 0 : settingMs == 0 ? -1 : settingMs;
        }

        // EAGAIN of a call that was allowed to wait means that its time is over; .NET and nanoFramework name that TimedOut.
        private int FinishWait(int result, SocketFlags flags)
        {
            return result == WouldBlock && Blocking && (flags & SocketFlags.DontWait) == 0 ? TimedOut : result;
        }

        private static int Length(byte[] buffer)
        {
            return buffer == null ? 0 : buffer.Length;
        }
    }
}
