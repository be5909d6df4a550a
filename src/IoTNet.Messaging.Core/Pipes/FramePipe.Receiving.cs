using System;
using System.Threading;

namespace IoTNet
{
    // The writer's side when the frames come off a socket: they are received in place, in the form that a reader takes.
    internal sealed partial class FramePipe
    {
        private int _scanAt;
        private bool _scansMessage;

        // Commands that were passed over since the last message, and lie in front of the next.
        private int _skipped;

        // Where a block that is for one frame ends; 0 = the tail is for many.
        private int _ownEnd;

        /// <summary>The tail's bytes, in which <see cref="ScanFrame"/> finds frames.</summary>
        public byte[] ScanBuffer => _tail.Bytes;

        /// <summary>Whether frames of a message were accepted and its last one not.</summary>
        public bool ScansMessage => _scansMessage;

        /// <summary>Where the next bytes are to be received.</summary>
        /// <param name="frameBytes">The length of the frame that has begun, when its header is known; else 0.</param>
        /// <returns>How many at most.</returns>
        public int ReceiveRoom(int frameBytes, out byte[] buffer, out int offset)
        {
            int begun = _tail.End - _scanAt;
            int needed = frameBytes > FrameHeader.MaxBytes ? frameBytes : FrameHeader.MaxBytes;
            int left = (_ownEnd != 0 ? _ownEnd : _tail.Bytes.Length) - _scanAt;
            if (left < needed || (begun == 0 && left < _tail.Bytes.Length / 4))
            {
                BeginBlock(begun, needed);
            }

            buffer = _tail.Bytes;
            offset = _tail.End;
            return (_ownEnd != 0 ? _ownEnd : buffer.Length) - offset;
        }

        /// <summary>Bytes have been received there.</summary>
        public void Received(int count)
        {
            _tail.End += count;
        }

        /// <summary>Looks for the next frame in what was received.</summary>
        /// <param name="flags">Its flags.</param>
        /// <param name="body">Where its body begins.</param>
        /// <param name="count">How long the body is; negative when nobody could take it.</param>
        /// <returns>The header's length, 0 while it is not there whole, -1 when it is none.</returns>
        public int ScanFrame(out int flags, out int body, out int count)
        {
            int header = FrameHeader.Read(_tail.Bytes, _scanAt, _tail.End - _scanAt, out flags, out count);
            body = _scanAt + header;
            return header;
        }

        /// <summary>Whether so many bytes of the frame are there.</summary>
        public bool HasWhole(int frameBytes)
        {
            return _tail.End - _scanAt >= frameBytes;
        }

        /// <summary>Takes the scanned frame into the message; with the last one the reader may have it, after
        /// <see cref="TellReader"/>.</summary>
        public void AcceptScanned(int frameBytes, bool isLast)
        {
            _scanAt += frameBytes;
            _written += frameBytes;
            _scansMessage = !isLast;
            if (isLast)
            {
                Publish(_scanAt);
            }
        }

        /// <summary>Passes over a scanned command. It disappears when nothing but commands came since the last message and nothing
        /// has come after it, so that heartbeats do not fill the pipe; else the reader passes over it.</summary>
        public void SkipScanned(int frameBytes)
        {
            _scanAt += frameBytes;
            _written += frameBytes;
            _skipped++;
            if (_scansMessage || _scanAt != _tail.End)
            {
                return;
            }

            DropSkipped();
            ScanFromPublished();
        }

        /// <summary>Wakes the reader for what was accepted.</summary>
        public void TellReader()
        {
            WakeReader();
        }

        private void Publish(int end)
        {
            // The reader counts the commands that it passes over.
            _writtenMessages += 1 + _skipped;
            _skipped = 0;
            _publishedTail = _tail;
            _publishedEnd = end;
            int before = _published;
            Interlocked.Exchange(ref _published, _written);
            if (_latest != null)
            {
                DropOlder(before);
            }
        }

        // Commands since the last message, of which nothing was accepted: the tail is the published one then.
        private void DropSkipped()
        {
            _tail.End = _publishedEnd;
            _written = _published;
            _skipped = 0;
        }

        // Nothing stands behind what was published.
        private void ScanFromPublished()
        {
            _scanAt = _publishedEnd;
            _ownEnd = _tail.IsOwn ? _tail.End : 0;
            if (_tail.IsOwn && _scanAt == _tail.Start)
            {
                // The large frame that it was made for is not in it: it is for many.
                _tail.IsOwn = false;
                _ownEnd = 0;
            }
        }

        private void BeginBlock(int begun, int needed)
        {
            bool isOwn = needed > MessagingDefaults.LargeFrameBytes;
            int start = isOwn && needed <= FrameHeader.MaxBytes + 255 ? FrameHeader.MaxBytes - 2 : 0;
            if (_ownEnd != 0)
            {
                _nextBlockBytes = MessagingDefaults.AfterLargeBytes / 2;
            }

            // What has begun is more than one frame when the reader's mark stopped the scan.
            Block block = _pool.Take(isOwn ? start + needed : NextBlockBytes(needed > begun ? needed : begun + FrameHeader.MaxBytes));
            // One of its own is laid out as WriteBlock does: the header ends at MaxBytes.
            block.Start = start;
            block.IsOwn = isOwn;
            _ownEnd = isOwn ? start + needed : 0;
            if (begun > 0)
            {
                // Without any, the old block's memory may be the reader's already.
                Array.Copy(_tail.Bytes, _scanAt, block.Bytes, start, begun);
            }

            block.End = start + begun;
            _tail.End = _scanAt;
            if (!_scansMessage)
            {
                DropSkipped();
                // The reader may take the old one away as soon as there is another.
                _publishedTail = block;
                _publishedEnd = start;
            }

            Append(block);
            _scanAt = start;
        }
    }
}
