using System;

namespace IoTNet
{
    // What comes: bytes, the peer's end, errors.
    public sealed partial class Connection
    {
        // A peer that sends without pause keeps the others waiting for as many buffers.
        private const int ReadsPerTurn = 4;

        private bool _paused;
        private bool _peeked;
        private bool _peerEnded;

        /// <summary>Whether <see cref="Pause"/> holds.</summary>
        public bool IsPaused => _paused;

        private bool Reads => !_paused && !_peerEnded && _open;

        // A client that middleware keep waiting is looked at until it speaks: it may be gone before that.
        private bool Peeks => !_open && !_peeked;

        /// <summary>Stops <see cref="Data"/> and <see cref="Ended"/>, from within Data, too; what comes stays in the stack, whose
        /// window stops the peer. The idle time goes on.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Pause()
        {
            _set.Loop.CheckThread();
            _paused = true;
            UpdateEvents();
        }

        /// <summary>Ends <see cref="Pause"/>.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Resume()
        {
            _set.Loop.CheckThread();
            _paused = false;
            UpdateEvents();
        }

        void ISocketWatcher.OnReady(SocketWatch watch, PollEvents events)
        {
            try
            {
                OnReady(events);
            }
            catch (Exception e)
            {
                if (!Crash(e))
                {
                    throw;
                }
            }
        }

        private void OnReady(PollEvents events)
        {
            if ((events & PollEvents.Nval) != 0)
            {
                Fail(Errno.EBADF, "watch ");
                return;
            }

            if ((events & PollEvents.Out) != 0)
            {
                Flush();
            }

            if (_closed || (events & ~PollEvents.Out) == PollEvents.None)
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
            else if (!_open)
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
                    if (count == _set.BufferBytes && Reads && !_closed)
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
            if (List == _set.Idle)
            {
                List.Touch(this);
            }
            else if (_open && _failure == Errno.None)
            {
                // The first byte: from now on the idle time counts.
                _set.Idle.Take(this);
            }

            Data?.Invoke(this, buffer, 0, count);
        }

        private void ReceiveEnd()
        {
            _peerEnded = true;
            UpdateEvents();
            Ended?.Invoke(this);
            if (_finished)
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
                _peeked = true;
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

        private PollEvents WantedEvents()
        {
            return (Reads || Peeks ? PollEvents.In : PollEvents.None) | (_firstPiece != null ? PollEvents.Out : PollEvents.None);
        }

        private void UpdateEvents()
        {
            if (_watch != null)
            {
                _watch.Events = WantedEvents();
            }
        }
    }
}
