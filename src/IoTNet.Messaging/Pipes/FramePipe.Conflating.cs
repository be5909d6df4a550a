using System;

namespace IoTNet
{
    // A pipe that keeps the latest message only (ZMQ_CONFLATE). The writer drops what is older and not read yet, as a second
    // reader: so both read under a lock, and the frame that the reader looks at is a copy of its own.
    internal sealed partial class FramePipe
    {
        private readonly object _latestLock = new object();
        private byte[] _latest;

        // By the reader.
        private bool TryLatest()
        {
            lock (_latestLock)
            {
                if (!LookOrSleep())
                {
                    return false;
                }

                int header = NextHeader(out int flags, out int count);
                if (_latest == null || _latest.Length < count)
                {
                    _latest = new byte[count];
                }

                Array.Copy(_head.Bytes, _at + header, _latest, 0, count);
                FrameFlags = flags & (FrameHeader.More | FrameHeader.Command);
                FrameBuffer = _latest;
                FrameOffset = 0;
                FrameCount = count;
                _frameBytes = header + count;
                Advance(_frameBytes);
                EndFrame(flags);
                return true;
            }
        }

        // By the writer. A message whose first frames have been read is left whole.
        private void DropOlder()
        {
            lock (_latestLock)
            {
                while (!_inMessage && _writtenMessages - _readMessages > 1 && Look())
                {
                    DropMessage();
                }
            }
        }

        // By the reader: of the message that it has begun.
        private void DropRest()
        {
            lock (_latestLock)
            {
                _frameBytes = 0;
                if (_inMessage)
                {
                    DropMessage();
                }
            }
        }

        private void DropMessage()
        {
            do
            {
                int header = NextHeader(out int flags, out int count);
                Advance(header + count);
                EndFrame(flags);
            }
            while (_inMessage);
        }

        private int NextHeader(out int flags, out int count)
        {
            SkipEmpty();
            return FrameHeader.Read(_head.Bytes, _at, _head.End - _at, out flags, out count);
        }
    }
}
