#if !NANOFRAMEWORK_1_0
// RFC 7692 7.2.
using System;
using System.IO;
using System.IO.Compression;

namespace IoTNet
{
    /// <summary>permessage-deflate by .NET's own DEFLATE; not on a device. Each message allocates what the platform's stream
    /// needs.</summary>
    public sealed class DeflateCompressor : IMessageCompressor
    {
        // What the sender left out, and a last block, which a message has not: the platform's stream asks for one.
        private static readonly byte[] s_tail = { 0, 0, 0xFF, 0xFF, 1, 0, 0, 0xFF, 0xFF };

        private readonly CompressionLevel _level;

        /// <summary>Makes one that is quick.</summary>
        public DeflateCompressor()
            : this(CompressionLevel.Fastest)
        {
        }

        /// <summary>Makes one.</summary>
        /// <param name="level">How much time it takes to save bytes.</param>
        public DeflateCompressor(CompressionLevel level)
        {
            _level = level;
        }

        /// <inheritdoc/>
        public int Compress(byte[] source, int offset, int count, byte[] target, int limit)
        {
            BoundedOutput output = new BoundedOutput(target, limit + 4);
            using (DeflateStream deflate = new DeflateStream(output, _level, true))
            {
                deflate.Write(source, offset, count);
                deflate.Flush();

                // The stream's own end, a last block, is not a part of the message.
                output.IsOver = true;
            }

            return output.IsFull ? -1 : output.Count - 4;
        }

        /// <inheritdoc/>
        public int Decompress(byte[] source, int offset, int count, byte[] target, int limit)
        {
            try
            {
                using DeflateStream inflate = new DeflateStream(new TailedInput(source, offset, count), CompressionMode.Decompress);
                int total = 0;
                while (total < limit)
                {
                    int read = inflate.Read(target, total, limit - total);
                    if (read == 0)
                    {
                        return total;
                    }

                    total += read;
                }

                return inflate.ReadByte() < 0 ? total : -1;
            }
            catch (InvalidDataException)
            {
                return -2;
            }
        }

        // A target that does not grow.
        private sealed class BoundedOutput : OneWayStream
        {
            private readonly byte[] _target;
            private readonly int _limit;

            public BoundedOutput(byte[] target, int limit)
            {
                _target = target;
                _limit = limit < target.Length ? limit : target.Length;
            }

            public int Count { get; private set; }

            public bool IsFull { get; private set; }

            public bool IsOver { get; set; }

            public override bool CanWrite => true;

            public override void Write(byte[] buffer, int offset, int count)
            {
                IsFull |= !IsOver && count > _limit - Count;
                if (!IsOver && !IsFull)
                {
                    Array.Copy(buffer, offset, _target, Count, count);
                    Count += count;
                }
            }
        }

        // A message, and the tail behind it.
        private sealed class TailedInput : OneWayStream
        {
            private readonly byte[] _source;
            private readonly int _end;
            private int _at;
            private int _tailAt;

            public TailedInput(byte[] source, int offset, int count)
            {
                _source = source;
                _at = offset;
                _end = offset + count;
            }

            public override bool CanRead => true;

            public override int Read(byte[] buffer, int offset, int count)
            {
                bool isTail = _at == _end;
                int left = isTail ? s_tail.Length - _tailAt : _end - _at;
                int part = left < count ? left : count;
                Array.Copy(isTail ? s_tail : _source, isTail ? _tailAt : _at, buffer, offset, part);
                if (isTail)
                {
                    _tailAt += part;
                }
                else
                {
                    _at += part;
                }

                return part;
            }
        }

        private abstract class OneWayStream : Stream
        {
            public override bool CanRead => false;

            public override bool CanSeek => false;

            public override bool CanWrite => false;

            public override long Length => throw new NotSupportedException();

            public override long Position
            {
                get => throw new NotSupportedException();
                set => throw new NotSupportedException();
            }

            public override void Flush()
            {
            }

            public override int Read(byte[] buffer, int offset, int count)
            {
                throw new NotSupportedException();
            }

            public override long Seek(long offset, SeekOrigin origin)
            {
                throw new NotSupportedException();
            }

            public override void SetLength(long value)
            {
                throw new NotSupportedException();
            }

            public override void Write(byte[] buffer, int offset, int count)
            {
                throw new NotSupportedException();
            }
        }
    }
}
#endif
