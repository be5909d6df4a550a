using System;

namespace IoTNet
{
    // A pipe that keeps the latest message only (ZMQ_CONFLATE). The writer drops what is older and not read yet, as a second
    // reader: so both read under a lock, and the reader looks at a copy of its own.
    internal sealed partial class FramePipe
    {
        // Null when it keeps all. It is the lock, too.
        private readonly LatestMessage _latest;

        // By the reader. A message of which nothing has been taken yet gives way to a later one.
        private bool TryLatest()
        {
            bool isBegun = _latest.At != 0 && !_latest.IsRead;
            if (!isBegun && !CopyLatest() && _latest.IsRead)
            {
                return false;
            }

            int header = FrameHeader.Read(_latest.Bytes, _latest.At, _latest.End - _latest.At, out int flags, out int count);
            FrameFlags = flags & (FrameHeader.More | FrameHeader.Command);
            FrameBuffer = _latest.Bytes;
            FrameOffset = _latest.At + header;
            FrameCount = count;
            _frameBytes = header + count;
            return true;
        }

        private bool CopyLatest()
        {
            lock (_latest)
            {
                if (!LookOrSleep())
                {
                    return false;
                }

                _latest.At = 0;
                _latest.End = 0;
                do
                {
                    int header = NextHeader(out int flags, out int count);
                    _latest.Grow(_latest.End + header + count);
                    Array.Copy(_head.Bytes, _at, _latest.Bytes, _latest.End, header + count);
                    _latest.End += header + count;
                    Advance(header + count);
                    EndFrame(flags);
                }
                while (_inMessage);
                return true;
            }
        }

        // By the writer: what ends before a count of bytes.
        private void DropOlder(int end)
        {
            lock (_latest)
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
