namespace IoTNet
{
    /// <summary>Structures that lie one after the other in a buffer; see <see cref="StructFormat.IterUnpack"/>.</summary>
    public sealed class StructIterator
    {
        private readonly StructFormat _format;
        private readonly byte[] _buffer;
        private int _offset;

        internal StructIterator(StructFormat format, byte[] buffer)
        {
            _format = format;
            _buffer = buffer;
        }

        /// <summary>How many structures are still to come.</summary>
        public int Remaining => (_buffer.Length - _offset) / _format.Size;

        /// <summary>Reads the next structure.</summary>
        /// <returns>Its values, or null after the last.</returns>
        public object[] Next()
        {
            if (_offset == _buffer.Length)
            {
                return null;
            }

            object[] values = _format.UnpackFrom(_buffer, _offset);
            _offset += _format.Size;
            return values;
        }
    }
}
