namespace IoTNet
{
    /// <summary>Blocks of one context that wait to be used again, up to a number of bytes. For any thread.</summary>
    internal sealed class BlockPool
    {
        // Of each size those given back last are looked at: a flow of one size finds one at once.
        private const int MaxLooks = 8;

        private readonly object _lock = new object();
        private readonly int _maxBytes;

        // List n has the blocks of 2^n bytes and more, up to twice as many.
        private readonly Block[] _first = new Block[32];
        private int _bytes;

        public BlockPool(int maxBytes)
        {
            _maxBytes = maxBytes;
        }

        /// <summary>Takes a block of at least so many bytes, at most twice as many when it was used before.</summary>
        public Block Take(int bytes)
        {
            int size = SizeOf(bytes);
            lock (_lock)
            {
                Block block = TakeFrom(size, bytes) ?? (size < _first.Length - 1 ? TakeFrom(size + 1, bytes) : null);
                if (block != null)
                {
                    return block;
                }
            }

            return new Block(bytes);
        }

        /// <summary>Gives a block back.</summary>
        public void Return(Block block)
        {
            block.Start = 0;
            block.End = 0;
            block.IsOwn = false;
            block.Next = null;
            int length = block.Bytes.Length;
            int size = SizeOf(length);
            lock (_lock)
            {
                if (length > 0 && _bytes + length <= _maxBytes)
                {
                    _bytes += length;
                    block.Next = _first[size];
                    _first[size] = block;
                }
            }
        }

        // The position of the highest bit.
        private static int SizeOf(int bytes)
        {
            int size = 0;
            for (int rest = bytes >> 1; rest != 0; rest >>= 1)
            {
                size++;
            }

            return size;
        }

        private Block TakeFrom(int size, int bytes)
        {
            Block before = null;
            Block block = _first[size];
            for (int i = 0; i < MaxLooks && block != null; i++)
            {
                if (block.Bytes.Length >= bytes && block.Bytes.Length / 2 <= bytes)
                {
                    if (before == null)
                    {
                        _first[size] = block.Next;
                    }
                    else
                    {
                        before.Next = block.Next;
                    }

                    _bytes -= block.Bytes.Length;
                    block.Next = null;
                    return block;
                }

                before = block;
                block = block.Next;
            }

            return null;
        }
    }
}
