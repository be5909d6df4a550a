using System;

namespace IoTNet
{
    // Messages out and in, without exceptions: all other calls are thin forms of these.
    public sealed partial class MessageSocket
    {
        private const int Closed = -(int)Errno.EBADF;
        private const int WouldBlock = -(int)Errno.EAGAIN;

        // Dearer to call a copy than to make it.
        private const int ShortCopyBytes = 16;

        /// <summary>Sends one frame; does not throw and, when queues have their size, does not allocate.</summary>
        /// <param name="buffer">Its bytes; they are copied.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <param name="more">Whether more frames of the same message follow (ZMQ_SNDMORE); nothing goes out before the last.</param>
        /// <param name="timeoutMs">How long to wait for a peer with room, in ms: 0 = not, -1 = for ever.</param>
        /// <returns>0; or -EAGAIN: no peer has room; -EALREADY: the pattern does not allow it now (EFSM); -EHOSTUNREACH: a ROUTER
        /// knows no such peer; -EOPNOTSUPP: the socket does not send; -EBADF: closed; -EINVAL: not within the buffer.</returns>
        public int TrySend(byte[] buffer, int offset, int count, bool more, int timeoutMs)
        {
            if (!IsWithin(buffer, offset, count))
            {
                return -(int)Errno.EINVAL;
            }

            return Send(buffer, offset, count, more, null, timeoutMs);
        }

        /// <summary>Sends one frame, a large one without a copy; does not throw and does not allocate.</summary>
        /// <param name="frame">The frame; sent, it is empty.</param>
        /// <param name="more">Whether more frames of the same message follow.</param>
        /// <param name="timeoutMs">How long to wait for a peer with room, in ms: 0 = not, -1 = for ever.</param>
        /// <returns>As <see cref="TrySend(byte[],int,int,bool,int)"/>; on an error the frame is as it was.</returns>
        /// <exception cref="ArgumentNullException">No frame was given.</exception>
        public int TrySend(MessageFrame frame, bool more, int timeoutMs)
        {
            Block block = (frame ?? throw new ArgumentNullException(nameof(frame))).LargeBlock;
            bool isCopied = block == null || !_pattern.TakesBlocks;
            int result = Send(frame.Buffer, frame.Offset, frame.Count, more, isCopied ? null : block, timeoutMs);
            if (result == 0 && isCopied)
            {
                frame.Allocate(0);
            }
            else if (result == 0)
            {
                frame.Forget();
            }

            return result;
        }

        /// <summary>Receives one frame; does not throw and does not allocate.</summary>
        /// <param name="buffer">Takes its bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <param name="more">Whether more frames of the same message follow (ZMQ_RCVMORE).</param>
        /// <param name="timeoutMs">How long to wait, in ms: 0 = not, -1 = for ever.</param>
        /// <returns>The frame's length; or -EAGAIN: none came; -EMSGSIZE: it does not fit and stays, <see cref="NextFrameBytes"/>
        /// tells its length; -EALREADY: the pattern does not allow it now (EFSM); -EOPNOTSUPP: the socket does not receive; -EBADF:
        /// closed; -EINVAL: not within the buffer.</returns>
        public int TryReceive(byte[] buffer, int offset, int count, out bool more, int timeoutMs)
        {
            more = false;
            if (!IsWithin(buffer, offset, count))
            {
                return -(int)Errno.EINVAL;
            }

            return Receive(buffer, offset, count, null, out more, timeoutMs);
        }

        /// <summary>Receives one frame, a large one without a copy; does not throw and, when the frame was used before, does not
        /// allocate.</summary>
        /// <param name="frame">Becomes the frame; what was in it is lost, but not on an error.</param>
        /// <param name="more">Whether more frames of the same message follow.</param>
        /// <param name="timeoutMs">How long to wait, in ms: 0 = not, -1 = for ever.</param>
        /// <returns>As <see cref="TryReceive(byte[],int,int,out bool,int)"/>, but never -EMSGSIZE.</returns>
        /// <exception cref="ArgumentNullException">No frame was given.</exception>
        public int TryReceive(MessageFrame frame, out bool more, int timeoutMs)
        {
            return Receive(null, 0, 0, frame ?? throw new ArgumentNullException(nameof(frame)), out more, timeoutMs);
        }

        /// <summary>The length of the frame that the next receive gives, in bytes; -1 when there is none.</summary>
        public int NextFrameBytes
        {
            get
            {
                lock (_lock)
                {
                    return FetchNow() < 0 ? -1 : _pattern.Count;
                }
            }
        }

        /// <summary>What the socket could do now: In, Out, both or None (ZMQ_EVENTS); Nval when it is closed.</summary>
        public PollEvents Events
        {
            get
            {
                lock (_lock)
                {
                    if (_closed)
                    {
                        return PollEvents.Nval;
                    }

                    PollEvents events = FetchNow() >= 0 ? PollEvents.In : PollEvents.None;
                    return _pattern.CanSend() >= 0 ? events | PollEvents.Out : events;
                }
            }
        }

        /// <summary>Adds somebody to be woken when something happens to the socket.</summary>
        internal void AddWaiter(EventWaiter waiter)
        {
            _events.Add(waiter);
        }

        internal void RemoveWaiter(EventWaiter waiter)
        {
            _events.Remove(waiter);
        }

        private static bool IsWithin(byte[] buffer, int offset, int count)
        {
            return buffer != null && offset >= 0 && count >= 0 && count <= buffer.Length - offset;
        }

        private int Send(byte[] buffer, int offset, int count, bool more, Block block, int timeoutMs)
        {
            Patience patience = new Patience(_events, timeoutMs);
            int result;
            try
            {
                do
                {
                    lock (_lock)
                    {
                        result = SendNow(buffer, offset, count, more, block);
                    }
                }
                while (result == WouldBlock && patience.Wait());
            }
            finally
            {
                patience.End();
            }

            return result;
        }

        // Into the frame, or when there is none into the buffer.
        private int Receive(byte[] buffer, int offset, int count, MessageFrame frame, out bool more, int timeoutMs)
        {
            Patience patience = new Patience(_events, timeoutMs);
            int result;
            more = false;
            try
            {
                do
                {
                    lock (_lock)
                    {
                        result = FetchNow();
                        if (result >= 0)
                        {
                            result = frame != null ? ReceiveNow(frame, out more) : ReceiveNow(buffer, offset, count, out more);
                        }
                    }
                }
                while (result == WouldBlock && patience.Wait());
            }
            finally
            {
                patience.End();
            }

            return result;
        }

        private int SendNow(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (_closed)
            {
                return Closed;
            }

            TakeEvents();
            return _pattern.Send(buffer, offset, count, more, block);
        }

        private int FetchNow()
        {
            if (_closed)
            {
                return Closed;
            }

            TakeEvents();
            int result = _pattern.Fetch();
            if (result == WouldBlock && _ending.Count > 0)
            {
                DetachEnded();
            }

            return result;
        }

        // What was fetched.
        private int ReceiveNow(byte[] buffer, int offset, int count, out bool more)
        {
            more = false;
            int length = _pattern.Count;
            if (length > count)
            {
                return -(int)Errno.EMSGSIZE;
            }

            byte[] source = _pattern.Buffer;
            int from = _pattern.Offset;
            if (length > ShortCopyBytes)
            {
                Array.Copy(source, from, buffer, offset, length);
            }
            else
            {
                for (int i = 0; i < length; i++)
                {
                    buffer[offset + i] = source[from + i];
                }
            }

            more = _pattern.More;
            _pattern.Consume();
            return length;
        }

        private int ReceiveNow(MessageFrame frame, out bool more)
        {
            int length = _pattern.Count;
            if (_pattern.IsOwnBlock)
            {
                more = _pattern.More;
                frame.Set(_pattern.TakeBytes(frame.OwnBytes()), _pattern.Offset, length);
                _pattern.Consume();
                return length;
            }

            frame.Allocate(length);
            return ReceiveNow(frame.Buffer, frame.Offset, length, out more);
        }
    }
}
