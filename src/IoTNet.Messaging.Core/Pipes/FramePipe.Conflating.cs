using System;

namespace IoTNet
{
    // A pipe that keeps the latest message only (ZMQ_CONFLATE). The writer drops what is older and not read yet, as a second
    // reader: so both read under a lock, and the reader looks at a copy of its own.
    internal sealed partial class FramePipe
    {
        private readonly object _latestLock = new object();

        // The frames of one message, as on the wire; by the reader.
        private byte[] _latest;
        private int _latestAt;
        private int _latestEnd;

        // By the reader. A message of which nothing has been taken yet gives way to a later one.
        private bool TryLatest()
        {
            bool isBegun = _latestAt != 0 && _latestAt != _latestEnd;
            if (!isBegun && !CopyLatest() && _latestAt == _latestEnd)
            {
                return false;
            }

            int header = FrameHeader.Read(_latest, _latestAt, _latestEnd - _latestAt, out int flags, out int count);
            FrameFlags = flags & (FrameHeader.More | FrameHeader.Command);
            FrameBuffer = _latest;
            FrameOffset = _latestAt + header;
            FrameCount = count;
            _frameBytes = header + count;
            return true;
        }

        private bool CopyLatest()
        {
            lock (_latestLock)
            {
                if (!LookOrSleep())
                {
                    return false;
                }

                _latestAt = 0;
                _latestEnd = 0;
                do
                {
                    int header = NextHeader(out int flags, out int count);
                    Grow(_latestEnd + header + count);
                    Array.Copy(_head.Bytes, _at, _latest, _latestEnd, header + count);
                    _latestEnd += header + count;
                    Advance(header + count);
                    EndFrame(flags);
                }
                while (_inMessage);
                return true;
            }
        }

        private void Grow(int bytes)
        {
            if (_latest == null || _latest.Length < bytes)
            {
                byte[] larger = new byte[bytes];
                if (_latestEnd != 0)
                {
                    Array.Copy(_latest, 0, larger, 0, _latestEnd);
                }

                _latest = larger;
            }
        }

        // By the writer: what ends before a count of bytes.
        private void DropOlder(int end)
        {
            lock (_latestLock)
            {
                while (end - _read > 0 && Look())
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
