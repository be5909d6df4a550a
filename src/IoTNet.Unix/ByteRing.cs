using System;

namespace IoTNet
{
    /// <summary>A queue of bytes in one array, which is made at the first use and grows up to what its owner allows.</summary>
    internal sealed class ByteRing
    {
        private const int FirstBytes = 4096;

        private byte[] _bytes;
        private int _head;

        /// <summary>How many bytes wait.</summary>
        public int Count { get; private set; }

        /// <summary>Makes room. Only this call allocates.</summary>
        /// <param name="more">How many bytes shall be added.</param>
        /// <param name="limit">How large the array may get, at least Count + more.</param>
        public void Reserve(int more, int limit)
        {
            int needed = Count + more;
            int old = _bytes == null ? 0 : _bytes.Length;
            if (needed <= old)
            {
                return;
            }

            int size = old == 0 ? FirstBytes : old;
            while (size < needed)
            {
                size *= 2;
            }

            byte[] larger = new byte[size < limit ? size : limit];
            if (Count > 0)
            {
                Peek(0, larger, 0, Count);
            }

            _bytes = larger;
            _head = 0;
        }

        /// <summary>Adds bytes, for which there is room.</summary>
        public void Write(byte[] source, int offset, int count)
        {
            int tail = _head + Count;
            if (tail >= _bytes.Length)
            {
                tail -= _bytes.Length;
            }

            int first = _bytes.Length - tail < count ? _bytes.Length - tail : count;
            Array.Copy(source, offset, _bytes, tail, first);
            if (first < count)
            {
                Array.Copy(source, offset + first, _bytes, 0, count - first);
            }

            Count += count;
        }

        /// <summary>Copies bytes that wait, from a distance to the oldest on.</summary>
        public void Peek(int distance, byte[] target, int offset, int count)
        {
            if (count == 0)
            {
                return;
            }

            int at = _head + distance;
            if (at >= _bytes.Length)
            {
                at -= _bytes.Length;
            }

            int first = _bytes.Length - at < count ? _bytes.Length - at : count;
            Array.Copy(_bytes, at, target, offset, first);
            if (first < count)
            {
                Array.Copy(_bytes, 0, target, offset + first, count - first);
            }
        }

        /// <summary>Drops the oldest bytes.</summary>
        public void Skip(int count)
        {
            Count -= count;
            _head += count;

            // An empty ring begins at its start again: fewer copies in two pieces, and the same memory stays in the cache.
            if (Count == 0)
            {
                _head = 0;
            }
            else if (_head >= _bytes.Length)
            {
                _head -= _bytes.Length;
            }
        }

        /// <summary>Drops everything, the array too.</summary>
        public void Free()
        {
            _bytes = null;
            _head = 0;
            Count = 0;
        }
    }
}
