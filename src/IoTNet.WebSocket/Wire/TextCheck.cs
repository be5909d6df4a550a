// RFC 6455 8.1: text is UTF-8, also where a character lies in two frames.
namespace IoTNet
{
    /// <summary>Checks text that comes in pieces; a byte that cannot be right is refused with the piece that brings it.</summary>
    internal sealed partial class TextCheck
    {
        // The character that a piece cut off.
        private byte[] _cut;
        private int _cutCount;

        /// <summary>Whether no character is cut off.</summary>
        public bool IsWhole => _cutCount == 0;

        /// <summary>For the next message.</summary>
        public void Reset()
        {
            _cutCount = 0;
        }

        /// <summary>Checks the next piece.</summary>
        /// <returns>False when it is no UTF-8.</returns>
        public bool Check(byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            while (_cutCount > 0 && offset < end)
            {
                _cut[_cutCount++] = buffer[offset++];
                int size = Utf8.MeasureAt(_cut, 0, _cutCount);
                if (size < 0)
                {
                    return false;
                }

                if (size > 0)
                {
                    _cutCount = 0;
                }
            }

            int last = Skip(buffer, offset, end);
            while (last >= 0 && last < end)
            {
                int size = Utf8.MeasureAt(buffer, last, end);
                if (size < 0)
                {
                    return false;
                }

                if (size == 0)
                {
                    _cut ??= new byte[4];
                    while (last < end)
                    {
                        _cut[_cutCount++] = buffer[last++];
                    }

                    return true;
                }

                last += size;
            }

            return last >= 0;
        }
    }
}
