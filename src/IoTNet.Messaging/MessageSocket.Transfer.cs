using System;
using System.Collections;
using System.Text;
using System.Threading;

namespace IoTNet
{
    // Messages out and in. One full call each way, TrySend and TryReceive; all others are thin forms of them.
    public sealed partial class MessageSocket
    {
        private const int Closed = -(int)Errno.EBADF;
        private const int WouldBlock = -(int)Errno.EAGAIN;

        // The pool of those who wait: one for each thread that ever waited at the same time.
        private EventWaiter _spareWaiter;

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
            if (buffer == null || offset < 0 || count < 0 || count > buffer.Length - offset)
            {
                return -(int)Errno.EINVAL;
            }

            lock (_lock)
            {
                int result = SendNow(buffer, offset, count, more);
                if (result != WouldBlock || timeoutMs == 0)
                {
                    return result;
                }
            }

            Deadline deadline = Deadline.After(timeoutMs);
            EventWaiter waiter = TakeWaiter();
            try
            {
                while (true)
                {
                    lock (_lock)
                    {
                        int result = SendNow(buffer, offset, count, more);
                        if (result != WouldBlock)
                        {
                            return result;
                        }
                    }

                    if (!Wait(waiter, deadline))
                    {
                        return WouldBlock;
                    }
                }
            }
            finally
            {
                GiveBack(waiter);
            }
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
            if (buffer == null || offset < 0 || count < 0 || count > buffer.Length - offset)
            {
                return -(int)Errno.EINVAL;
            }

            lock (_lock)
            {
                int result = ReceiveNow(buffer, offset, count, out more);
                if (result != WouldBlock || timeoutMs == 0)
                {
                    return result;
                }
            }

            Deadline deadline = Deadline.After(timeoutMs);
            EventWaiter waiter = TakeWaiter();
            try
            {
                while (true)
                {
                    lock (_lock)
                    {
                        int result = ReceiveNow(buffer, offset, count, out more);
                        if (result != WouldBlock)
                        {
                            return result;
                        }
                    }

                    if (!Wait(waiter, deadline))
                    {
                        return WouldBlock;
                    }
                }
            }
            finally
            {
                GiveBack(waiter);
            }
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

        /// <summary>Sends a message of one frame; waits as long as <see cref="MessageSocketOptions.SendTimeoutMs"/> says.</summary>
        /// <param name="frame">Its bytes.</param>
        /// <exception cref="ArgumentNullException">There is no frame.</exception>
        /// <exception cref="SocketException">As the errors of <see cref="TrySend"/>.</exception>
        public void Send(byte[] frame)
        {
            Send(frame, false);
        }

        /// <summary>Sends a frame.</summary>
        /// <param name="frame">Its bytes.</param>
        /// <param name="more">Whether more frames of the same message follow.</param>
        /// <exception cref="ArgumentNullException">There is no frame.</exception>
        /// <exception cref="SocketException">As the errors of <see cref="TrySend"/>.</exception>
        public void Send(byte[] frame, bool more)
        {
            byte[] bytes = frame ?? throw new ArgumentNullException(nameof(frame));
            Check(TrySend(bytes, 0, bytes.Length, more, Options.SendTimeoutMs), "send a frame of " + bytes.Length.ToString() + " bytes");
        }

        /// <summary>Sends a message of several frames.</summary>
        /// <param name="frames">The frames, at least one.</param>
        /// <exception cref="ArgumentNullException">There are none.</exception>
        /// <exception cref="SocketException">As the errors of <see cref="TrySend"/>.</exception>
        public void Send(byte[][] frames)
        {
            if (frames == null || frames.Length == 0)
            {
                throw new ArgumentNullException(nameof(frames));
            }

            for (int i = 0; i < frames.Length; i++)
            {
                Send(frames[i], i < frames.Length - 1);
            }
        }

        /// <summary>Sends a message of one frame, a text in UTF-8.</summary>
        /// <param name="text">The text.</param>
        /// <exception cref="SocketException">As the errors of <see cref="TrySend"/>.</exception>
        public void SendText(string text)
        {
            Send(Encoding.UTF8.GetBytes(text));
        }

        /// <summary>Receives one frame; waits as long as <see cref="MessageSocketOptions.ReceiveTimeoutMs"/> says.</summary>
        /// <returns>Its bytes.</returns>
        /// <exception cref="SocketException">As the errors of <see cref="TryReceive"/>.</exception>
        public byte[] Receive()
        {
            return Receive(out _);
        }

        /// <summary>Receives one frame.</summary>
        /// <param name="more">Whether more frames of the same message follow.</param>
        /// <returns>Its bytes.</returns>
        /// <exception cref="SocketException">As the errors of <see cref="TryReceive"/>.</exception>
        public byte[] Receive(out bool more)
        {
            Deadline deadline = Deadline.After(Options.ReceiveTimeoutMs);
            byte[] frame = new byte[0];
            int result = TryReceive(frame, 0, 0, out more, Options.ReceiveTimeoutMs);
            while (result == -(int)Errno.EMSGSIZE || result == WouldBlock)
            {
                int next = NextFrameBytes;
                if (next >= 0)
                {
                    frame = new byte[next];
                }
                else if (deadline.RemainingMs() == 0)
                {
                    break;
                }

                // Another thread may have taken the frame meanwhile.
                result = TryReceive(frame, 0, frame.Length, out more, deadline.RemainingMs());
            }

            int length = Check(result, "receive");
            if (length < frame.Length)
            {
                byte[] shorter = new byte[length];
                Array.Copy(frame, shorter, length);
                return shorter;
            }

            return frame;
        }

        /// <summary>Receives all frames of a message.</summary>
        /// <returns>The frames.</returns>
        /// <exception cref="SocketException">As the errors of <see cref="TryReceive"/>.</exception>
        public byte[][] ReceiveFrames()
        {
            ArrayList frames = new ArrayList();
            bool more = true;
            while (more)
            {
                frames.Add(Receive(out more));
            }

            byte[][] result = new byte[frames.Count][];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = (byte[])frames[i];
            }

            return result;
        }

        /// <summary>Receives one frame, a text in UTF-8.</summary>
        /// <returns>The text.</returns>
        /// <exception cref="SocketException">As the errors of <see cref="TryReceive"/>.</exception>
        public string ReceiveText()
        {
            byte[] frame = Receive();
            return Encoding.UTF8.GetString(frame, 0, frame.Length);
        }

        /// <summary>Adds somebody to be woken when something happens to the socket.</summary>
        internal bool AddWaiter(EventWaiter waiter)
        {
            return _events.Add(waiter);
        }

        internal void RemoveWaiter(EventWaiter waiter)
        {
            _events.Remove(waiter);
        }

        private int SendNow(byte[] buffer, int offset, int count, bool more)
        {
            if (_closed)
            {
                return Closed;
            }

            TakeEvents();
            return _pattern.Send(buffer, offset, count, more, null);
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

        private int ReceiveNow(byte[] buffer, int offset, int count, out bool more)
        {
            more = false;
            int result = FetchNow();
            if (result < 0)
            {
                return result;
            }

            int length = _pattern.Count;
            if (length > count)
            {
                return -(int)Errno.EMSGSIZE;
            }

            byte[] source = _pattern.Buffer;
            if (length > 16)
            {
                Array.Copy(source, _pattern.Offset, buffer, offset, length);
            }
            else
            {
                int from = _pattern.Offset;
                for (int i = 0; i < length; i++)
                {
                    buffer[offset + i] = source[from + i];
                }
            }

            more = _pattern.More;
            _pattern.Consume();
            return length;
        }

        // The waiter is in the list while the state is looked at, so that no post is missed.
        private EventWaiter TakeWaiter()
        {
            EventWaiter waiter;
            lock (_lock)
            {
                waiter = _spareWaiter ?? new EventWaiter(new AutoResetEvent(false));
                _spareWaiter = null;
            }

            _events.Add(waiter);
            return waiter;
        }

        private void GiveBack(EventWaiter waiter)
        {
            _events.Remove(waiter);
            waiter.Signal.Reset();
            lock (_lock)
            {
                _spareWaiter = waiter;
            }
        }

        private static bool Wait(EventWaiter waiter, Deadline deadline)
        {
            int leftMs = deadline.RemainingMs();
            return leftMs != 0 && waiter.Signal.WaitOne(leftMs, false);
        }
    }
}
