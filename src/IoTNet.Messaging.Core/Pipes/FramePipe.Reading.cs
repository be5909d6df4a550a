using System.Threading;

namespace IoTNet
{
    // The reader's side.
    internal sealed partial class FramePipe
    {
        private Block _head;
        private int _at;
        private int _readable;
        private int _read;
        private int _readMessages;
        private int _frameBytes;
        private int _partBytes;
        private bool _inMessage;

        // Fields, which on a device cost no call; only the pipe writes them.

        /// <summary>The current frame's flags.</summary>
        public int FrameFlags;

        /// <summary>What holds the current frame's body.</summary>
        public byte[] FrameBuffer;

        /// <summary>Where the body begins.</summary>
        public int FrameOffset;

        /// <summary>How long the body is.</summary>
        public int FrameCount;

        /// <summary>Whether the current frame has a block of its own, whose memory can be taken instead of copied.</summary>
        public bool IsOwnBlock => _latest == null && _head.IsOwn;

        /// <summary>Whether all is read. For the reader.</summary>
        public bool IsEmpty => _partBytes == 0 && _frameBytes == 0 && (_latest == null || _latest.IsRead) && !Look();

        /// <summary>Whether what was read ends with a message, not within one.</summary>
        public bool IsAtBoundary => _partBytes == 0 && !_inMessage;

        /// <summary>Whether the writer has closed and all is read.</summary>
        public bool IsEnded => _writerClosed != 0 && _frameBytes == 0 && (_latest == null || _latest.IsRead) && !Look();

        /// <summary>Makes the next frame the current one; does not take it.</summary>
        /// <returns>False when there is none; the reader is then woken when there is.</returns>
        public bool TryFrame()
        {
            if (_latest != null)
            {
                return TryLatest();
            }

            if (_frameBytes != 0)
            {
                return true;
            }

            if (!LookOrSleep())
            {
                return false;
            }

            SkipEmpty();
            int header = FrameHeader.Read(_head.Bytes, _at, _head.End - _at, out int flags, out int count);
            FrameFlags = flags & (FrameHeader.More | FrameHeader.Command);
            FrameBuffer = _head.Bytes;
            FrameOffset = _at + header;
            FrameCount = count;
            _frameBytes = header + count;
            return true;
        }

        /// <summary>Ends with the current frame.</summary>
        public void Consume()
        {
            if (_latest != null)
            {
                _latest.At += _frameBytes;
            }
            else
            {
                Advance(_frameBytes);
                EndFrame(FrameFlags);
            }

            _frameBytes = 0;
        }

        /// <summary>Takes the memory of the current frame's block (<see cref="IsOwnBlock"/>) for other memory, which is used again;
        /// <see cref="Consume"/> has to follow. The block stays in the chain: the writer may be about to link the next one to
        /// it.</summary>
        public byte[] TakeBytes(byte[] other)
        {
            byte[] taken = _head.Bytes;
            _head.Bytes = other;
            return taken;
        }

        /// <summary>Bytes that are there in one piece, of whole messages, from where <see cref="ConsumeBytes"/> ended.</summary>
        /// <returns>How many; 0 when there are none: the reader is then woken when there are.</returns>
        public int TryBytes(out byte[] buffer, out int offset)
        {
            buffer = null;
            offset = 0;
            if (!LookOrSleep())
            {
                return 0;
            }

            SkipEmpty();
            buffer = _head.Bytes;
            offset = _at + _partBytes;
            int available = _readable - _read;
            int here = _head.End - _at;
            return (here < available ? here : available) - _partBytes;
        }

        /// <summary>Takes bytes of those that <see cref="TryBytes"/> gave.</summary>
        public void ConsumeBytes(int count)
        {
            // Frame by frame: marks count messages, and what was sent in part is kept whole (Restart).
            _partBytes += count;
            while (_partBytes > 0)
            {
                int header = FrameHeader.Read(_head.Bytes, _at, _head.End - _at, out int flags, out int body);
                if (header + body > _partBytes)
                {
                    return;
                }

                _partBytes -= header + body;
                Advance(header + body);
                EndFrame(flags);
            }
        }

        /// <summary>A new connection begins: a frame that was sent in part is sent again, as nobody can have it whole; of a
        /// message of which whole frames were sent the rest is dropped.</summary>
        public void Restart()
        {
            _partBytes = 0;
            if (_latest != null && _latest.At != 0)
            {
                _latest.At = _latest.End;
                _frameBytes = 0;
            }

            while (_inMessage && TryFrame())
            {
                Consume();
            }
        }

        /// <summary>Drops all that is there.</summary>
        public void Drain()
        {
            while (TryFrame())
            {
                Consume();
            }
        }

        private bool Look()
        {
            if (_readable != _read)
            {
                return true;
            }

            _readable = Interlocked.CompareExchange(ref _published, 0, 0);
            return _readable != _read;
        }

        // Says that it sleeps before it looks a last time.
        private bool LookOrSleep()
        {
            if (Look())
            {
                return true;
            }

            Free();
            Interlocked.Exchange(ref _readerSleeps, 1);
            return Look();
        }

        // Blocks that were filled, or never used, before the one in which the next frame lies.
        private void SkipEmpty()
        {
            while (_at == _head.End && _head.Next != null)
            {
                Block empty = _head;
                _head = empty.Next;
                _at = _head.Start;
                _pool.Return(empty);
            }
        }

        private void Advance(int count)
        {
            _at += count;
            _read += count;
        }

        private void EndFrame(int flags)
        {
            if ((flags & FrameHeader.Command) == 0)
            {
                _inMessage = (flags & FrameHeader.More) != 0;
                if (_inMessage)
                {
                    return;
                }
            }

            _readMessages++;
            // Half of the mark at a time: the other side is not told of each message.
            if ((_maxMessages != 0 && _readMessages - _freedMessages >= (_maxMessages + 1) / 2) ||
                (_maxBytes != 0 && _read - _freed >= (_maxBytes + 1) / 2))
            {
                Free();
            }
        }

        private void Free()
        {
            if (_freed == _read && _freedMessages == _readMessages)
            {
                return;
            }

            _freedMessages = _readMessages;
            Interlocked.Exchange(ref _freed, _read);
            WakeWriter();
        }
    }
}
