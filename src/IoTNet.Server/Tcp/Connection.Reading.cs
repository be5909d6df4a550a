using System;

namespace IoTNet
{
    // What comes: bytes, the peer's end, errors.
    public sealed partial class Connection
    {
        // A peer that sends without pause keeps the others waiting for as many buffers.
        private const int ReadsPerTurn = 4;

        /// <summary>Whether <see cref="Pause"/> holds.</summary>
        public bool IsPaused => (_flags & PausedFlag) != 0;

        private bool Reads => (_flags & (OpenFlag | PausedFlag | PeerEndedFlag)) == OpenFlag;

        /// <summary>Stops <see cref="Data"/> and <see cref="Ended"/>, from within Data, too; what comes stays in the stack, whose
        /// window stops the peer. The idle time goes on.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Pause()
        {
            _set.Loop.CheckThread();
            _flags |= PausedFlag;
            UpdateEvents();
        }

        /// <summary>Ends <see cref="Pause"/>.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Resume()
        {
            _set.Loop.CheckThread();
            _flags &= ~PausedFlag;
            UpdateEvents();
        }

        /// <inheritdoc/>
        protected override void OnReady(PollEvents events)
        {
            try
            {
                Handle(events);
            }
            catch (Exception e)
            {
                if (!Crash(e))
                {
                    throw;
                }
            }
        }

        private void Handle(PollEvents events)
        {
            if ((events & PollEvents.Nval) != 0)
            {
                Errno error = Failure;
                Fail(error == Errno.None ? Errno.EBADF : error, error == Errno.None ? "watch " : "send on ");
                return;
            }

            if ((events & PollEvents.Out) != 0)
            {
                Flush();
            }

            if (IsClosed || (events & ~PollEvents.Out) == PollEvents.None)
            {
                return;
            }

            if (Reads)
            {
                Read(events);
            }
            else if ((events & PollEvents.Err) != 0)
            {
                FailByOption();
            }
            else if (!IsOpen)
            {
                Peek(events);
            }
        }

        private void Read(PollEvents events)
        {
            byte[] buffer = _set.Loop.ReceiveBuffer(_set.BufferBytes);
            for (int i = 0; i < ReadsPerTurn; i++)
            {
                int count = Socket.TryReceive(buffer, 0, _set.BufferBytes, SocketFlags.DontWait);
                if (count > 0)
                {
                    Receive(buffer, count);
                    if (count == _set.BufferBytes && Reads && !IsClosed)
                    {
                        continue;
                    }
                }
                else if (count == 0)
                {
                    ReceiveEnd();
                }
                else if (count != -(int)Errno.EAGAIN && count != -(int)Errno.EINTR)
                {
                    Fail((Errno)(-count), "receive on ");
                }
                else if ((events & PollEvents.Err) != 0)
                {
                    FailByOption();
                }

                // Less than was asked for: there is no more for now.
                return;
            }
        }

        private void Receive(byte[] buffer, int count)
        {
            // With the first byte the idle time begins to count.
            _flags |= HeardFlag;
            _set.Restart(this, _set.IdleMs);
            _handlers.Data?.Invoke(this, buffer, 0, count);
        }

        private void ReceiveEnd()
        {
            _flags |= PeerEndedFlag;
            UpdateEvents();
            _handlers.Ended?.Invoke(this);
            if ((_flags & FinishedFlag) != 0)
            {
                CloseNow(false);
            }
            else if (!_set.AllowHalfOpen)
            {
                End();
            }
        }

        private void Peek(PollEvents events)
        {
            byte[] buffer = _set.Loop.ReceiveBuffer(1);
            int count = Socket.TryReceive(buffer, 0, 1, SocketFlags.DontWait | SocketFlags.Peek);
            bool isGone = (events & PollEvents.Hup) != 0 || (count == 0 && !_set.AllowHalfOpen) ||
                (count < 0 && count != -(int)Errno.EAGAIN);
            if (isGone)
            {
                CloseNow(count < 0);
            }
            else if (count != -(int)Errno.EAGAIN)
            {
                _flags |= PeekedFlag;
                UpdateEvents();
            }
        }

        // poll() told of an error that no receive gives.
        private void FailByOption()
        {
            byte[] value = new byte[4];
            Socket.TryGetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error, value, value.Length);
            int error = value[0] | (value[1] << 8);
            if (error != 0)
            {
                Fail((Errno)error, "watch ");
            }
        }

        private PollEvents Wants()
        {
            // A client that middleware keep waiting is looked at until it speaks: it may be gone before that.
            bool looks = Reads || (_flags & (OpenFlag | PeekedFlag)) == 0;
            return (looks ? PollEvents.In : PollEvents.None) | (_output != null ? PollEvents.Out : PollEvents.None);
        }

        private void UpdateEvents()
        {
            WantedEvents = Wants();
        }
    }
}
