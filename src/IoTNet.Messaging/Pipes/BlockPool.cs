namespace IoTNet
{
    /// <summary>Blocks of one context that wait to be used again, up to a number of bytes. For any thread.</summary>
    internal sealed class BlockPool
    {
        // How many of the latest are looked at for one that fits: a flow of one size finds it at once.
        private const int MaxLooks = 8;

        private readonly object _lock = new object();
        private readonly int _maxBytes;
        private Block _first;
        private int _bytes;

        public BlockPool(int maxBytes)
        {
            _maxBytes = maxBytes;
        }

        /// <summary>Takes a block of at least so many bytes, at most twice as many when it was used before.</summary>
        public Block Take(int bytes)
        {
            lock (_lock)
            {
                Block before = null;
                Block block = _first;
                for (int i = 0; i < MaxLooks && block != null; i++)
                {
                    if (block.Bytes.Length >= bytes && block.Bytes.Length / 2 <= bytes)
                    {
                        if (before == null)
                        {
                            _first = block.Next;
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
            }

            return new Block(bytes);
        }

        /// <summary>Gives a block back.</summary>
        public void Return(Block block)
        {
            block.Start = 0;
            block.End = 0;
            block.IsOwn = false;
            lock (_lock)
            {
                if (_bytes + block.Bytes.Length <= _maxBytes)
                {
                    _bytes += block.Bytes.Length;
                    block.Next = _first;
                    _first = block;
                    return;
                }
            }

            block.Next = null;
        }
    }
}
