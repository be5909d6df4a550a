#if !IOTNET_NO_WEBSOCKET
namespace IoTNet
{
    /// <summary>Buffers for messages that do not come in one piece: lent for the time of a message, so that as many are held as
    /// messages are under way, and none by a WebSocket that is idle.</summary>
    internal sealed class SpareBuffers
    {
        private const int MaxCount = 4;
        private const int LeastBytes = 256;

        private readonly byte[][] _spare = new byte[MaxCount][];
        private readonly int _maxBytes;

        /// <param name="maxBytes">Buffers longer than this are not kept.</param>
        public SpareBuffers(int maxBytes)
        {
            _maxBytes = maxBytes;
        }

        /// <summary>Lends a buffer: the smallest that is long enough, else a new one.</summary>
        public byte[] Take(int bytes)
        {
            int best = -1;
            for (int i = 0; i < MaxCount; i++)
            {
                if (_spare[i] != null && _spare[i].Length >= bytes && (best < 0 || _spare[i].Length < _spare[best].Length))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                return new byte[bytes < LeastBytes ? LeastBytes : bytes];
            }

            byte[] buffer = _spare[best];
            _spare[best] = null;
            return buffer;
        }

        /// <summary>Takes a buffer back; in the place of the smallest one when all places are taken.</summary>
        public void GiveBack(byte[] buffer)
        {
            if (buffer == null || buffer.Length > _maxBytes)
            {
                return;
            }

            int place = 0;
            for (int i = 0; i < MaxCount; i++)
            {
                if (_spare[i] == null)
                {
                    _spare[i] = buffer;
                    return;
                }

                place = _spare[i].Length < _spare[place].Length ? i : place;
            }

            if (_spare[place].Length < buffer.Length)
            {
                _spare[place] = buffer;
            }
        }
    }
}
#endif
