using System;

namespace IoTNet
{
    // What comes.
    public sealed partial class WebSocket : IMessageTarget
    {
        private readonly MessageReader _reader;

        // Bytes that wait for the end of a pause, or for the handlers of a WebSocket that was accepted late.
        private byte[] _kept;
        private LoopTimer _later;

        bool IMessageTarget.TakesParts => Part != null;

        /// <summary>Stops the events of what comes, from within one, too; the peer is stopped by the stack's window.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Pause()
        {
            Connection.Pause();
            _reader.IsPaused = true;
        }

        /// <summary>Ends <see cref="Pause"/>.</summary>
        /// <exception cref="InvalidOperationException">Not on the loop's thread.</exception>
        public void Resume()
        {
            Connection.Resume();
            _reader.IsPaused = false;
            if (_kept != null)
            {
                RunLater();
            }
        }

        void IConnectionUser.OnData(byte[] buffer, int offset, int count)
        {
            _flags |= HeardFlag;
            if (_kept != null)
            {
                Keep(buffer, offset, count);
            }
            else
            {
                Receive(buffer, offset, count);
            }
        }

        void IMessageTarget.OnMessage(byte[] buffer, int at, int count, bool isText)
        {
            // As browsers do: what comes while it is being closed is nobody's.
            if (_state == StateOpen)
            {
                (isText ? Text : Binary)?.Invoke(this, buffer, at, count);
            }
        }

        void IMessageTarget.OnPart(byte[] buffer, int at, int count, bool isText, bool isLast)
        {
            if (_state == StateOpen)
            {
                Part?.Invoke(this, buffer, at, count, isText, isLast);
            }
        }

        void IMessageTarget.OnControl(int opcode, byte[] buffer, int at, int count)
        {
            if (opcode == Opcode.Close)
            {
                TakeClose(buffer, at, count);
            }
            else if (_state != StateOpen)
            {
                return;
            }
            else if (opcode == Opcode.Pong)
            {
                PongReceived?.Invoke(this, buffer, at, count);
            }
            else
            {
                // RFC 6455 5.5.3: of several pings only the last has to be answered; a peer that does not read its pongs gets
                // none.
                if (Connection.IsWritable)
                {
                    SendFrame(FrameHeader.Fin | Opcode.Pong, buffer, at, count);
                }

                PingReceived?.Invoke(this, buffer, at, count);
            }
        }

        void IMessageTarget.OnViolation(int code, string violation)
        {
            Fail(code, violation);
        }

        private void Receive(byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            _flags |= ReceivingFlag;
            try
            {
                offset = _reader.Read(buffer, offset, end);
            }
            finally
            {
                _flags &= ~ReceivingFlag;
                _set.Batch.Flush();
            }

            if (offset < end)
            {
                Keep(buffer, offset, end - offset);
            }
        }

        private void Keep(byte[] buffer, int offset, int count)
        {
            int held = _kept == null ? 0 : _kept.Length;
            byte[] kept = new byte[held + count];
            if (held > 0)
            {
                Array.Copy(_kept, 0, kept, 0, held);
            }

            Array.Copy(buffer, offset, kept, held, count);
            _kept = kept;
        }

        private void RunLater()
        {
            _later ??= new LoopTimer(_set.Loop, OnLater, null);
            if (!_set.Loop.IsStopping)
            {
                _later.Start(0, 0);
            }
        }

        private void OnLater(object state)
        {
            byte[] kept = _kept;
            if (kept == null || _state == StateClosed || _reader.IsPaused)
            {
                return;
            }

            _kept = null;
            bool isDone = false;
            try
            {
                Receive(kept, 0, kept.Length);
                isDone = true;
            }
            finally
            {
                // The exception is the loop's, as it came from a timer; the rest is as with any other.
                if (!isDone)
                {
                    Abort();
                }
            }
        }
    }
}
