using System;

namespace IoTNet
{
    /// <summary>Buffers for messages that do not come in one piece: lent for the time of a message, so that as many are held as
    /// messages are under way, and none by a WebSocket that is idle.</summary>
    internal sealed class SpareBuffers
    {
        private const int LeastBytes = 256;
        private const int LeastCount = 4;

        private byte[][] _spare = new byte[LeastCount][];
        private readonly int _maxBytes;
        private int _count;
        private int _bytes;

        /// <param name="maxBytes">How long those are at most, together, that are kept.</param>
        public SpareBuffers(int maxBytes)
        {
            _maxBytes = maxBytes;
        }

        /// <summary>Lends a buffer: the smallest that is long enough, else a new one.</summary>
        public byte[] Take(int bytes)
        {
            return Take(bytes, bytes);
        }

        /// <summary>Lends a buffer.</summary>
        /// <param name="wanted">How long it should be, when there is such a one.</param>
        /// <param name="bytes">How long it is when it has to be made.</param>
        public byte[] Take(int wanted, int bytes)
        {
            int best = -1;

            // The last one given back is the likeliest to be in the processor's cache.
            for (int i = _count - 1; i >= 0 && (best < 0 || _spare[best].Length / 2 > wanted); i--)
            {
                if (_spare[i].Length >= wanted && (best < 0 || _spare[i].Length < _spare[best].Length))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                return new byte[bytes < LeastBytes ? LeastBytes : bytes];
            }

            byte[] buffer = _spare[best];
            Remove(best);
            return buffer;
        }

        /// <summary>Takes a buffer back; in the place of smaller ones when there is no more room.</summary>
        public void GiveBack(byte[] buffer)
        {
            if (buffer == null || buffer.Length > _maxBytes)
            {
                return;
            }

            while (_count == WebSocketDefaults.SpareCount || buffer.Length > _maxBytes - _bytes)
            {
                int least = 0;
                for (int i = 1; i < _count; i++)
                {
                    least = _spare[i].Length < _spare[least].Length ? i : least;
                }

                if (_spare[least].Length >= buffer.Length)
                {
                    return;
                }

                Remove(least);
            }

            if (_count == _spare.Length)
            {
                byte[][] larger = new byte[_count * 2][];
                Array.Copy(_spare, 0, larger, 0, _count);
                _spare = larger;
            }

            _spare[_count++] = buffer;
            _bytes += buffer.Length;
        }

        private void Remove(int index)
        {
            _bytes -= _spare[index].Length;
            _spare[index] = _spare[--_count];
            _spare[_count] = null;
        }
    }
}
