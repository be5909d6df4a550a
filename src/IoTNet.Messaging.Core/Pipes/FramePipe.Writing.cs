using System;
using System.Threading;

namespace IoTNet
{
    // The writer's side.
    internal sealed partial class FramePipe
    {
        private Block _tail;
        private Block _publishedTail;
        private int _publishedEnd;
        private int _written;
        private int _writtenMessages;
        private int _nextBlockBytes = MessagingDefaults.FirstBlockBytes / 2;

        /// <summary>Whether there is room for a message. When not, the writer is woken when there is.</summary>
        public bool CanWrite()
        {
            if (HasRoom())
            {
                return true;
            }

            Interlocked.Exchange(ref _writerSleeps, 1);
            return HasRoom();
        }

        /// <summary>Writes a frame; nobody sees it before <see cref="Commit"/>.</summary>
        public void WriteFrame(int flags, byte[] buffer, int offset, int count)
        {
            if (count > MessagingDefaults.LargeFrameBytes)
            {
                Block own = _pool.Take(FrameHeader.MaxBytes + count);
                Array.Copy(buffer, offset, own.Bytes, FrameHeader.MaxBytes, count);
                WriteBlock(flags, own, count);
                return;
            }

            Block block = Room(FrameHeader.BytesFor(count) + count);
            int at = block.End + FrameHeader.Write(block.Bytes, block.End, flags, count);
            if (count <= 16)
            {
                // Dearer to call a copy than to make it.
                for (int i = 0; i < count; i++)
                {
                    block.Bytes[at + i] = buffer[offset + i];
                }
            }
            else
            {
                Array.Copy(buffer, offset, block.Bytes, at, count);
            }

            _written += at + count - block.End;
            block.End = at + count;
        }

        /// <summary>Writes a frame without copying it: its body lies in the block from <see cref="FrameHeader.MaxBytes"/> on, and
        /// the block is the pipe's from now on.</summary>
        public void WriteBlock(int flags, Block body, int count)
        {
            int header = FrameHeader.BytesFor(count);
            body.Start = FrameHeader.MaxBytes - header;
            body.IsOwn = true;
            FrameHeader.Write(body.Bytes, body.Start, flags, count);
            body.End = FrameHeader.MaxBytes + count;
            _written += header + count;
            Append(body);
            _nextBlockBytes = MessagingDefaults.AfterLargeBytes / 2;
        }

        /// <summary>Ends a message: the reader may have it.</summary>
        public void Commit()
        {
            Publish(_tail.End);
            WakeReader();
        }

        /// <summary>Takes back the frames of an unfinished message.</summary>
        public void Rollback()
        {
            Block block = _publishedTail.Next;
            _publishedTail.Next = null;
            _publishedTail.End = _publishedEnd;
            _tail = _publishedTail;
            _written = _published;
            _scansMessage = false;
            _skipped = 0;
            ScanFromPublished();
            while (block != null)
            {
                Block next = block.Next;
                _pool.Return(block);
                block = next;
            }
        }

        private bool HasRoom()
        {
            if (_readerClosed != 0)
            {
                return true;
            }

            return (_maxMessages == 0 || _writtenMessages - _freedMessages < _maxMessages) &&
                (_maxBytes == 0 || _published - _freed < _maxBytes);
        }

        // A block with room for so many bytes at its end.
        private Block Room(int bytes)
        {
            if (_tail.IsOwn || _tail.Bytes.Length - _tail.End < bytes)
            {
                Append(_pool.Take(NextBlockBytes(bytes)));
            }

            return _tail;
        }

        // The first one is small, for connections that are idle; busy ones get larger ones.
        private int NextBlockBytes(int needed)
        {
            _nextBlockBytes = _nextBlockBytes * 2 > MessagingDefaults.MaxBlockBytes ? MessagingDefaults.MaxBlockBytes : _nextBlockBytes * 2;
            return needed > _nextBlockBytes ? needed : _nextBlockBytes;
        }

        private void Append(Block block)
        {
            block.Next = null;
            _tail.Next = block;
            _tail = block;
        }
    }
}
