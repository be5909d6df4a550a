namespace IoTNet
{
    /// <summary>The ports of one protocol that are in use, and by whom. Guarded by the stack's lock.</summary>
    internal sealed class PortTable
    {
        // RFC 6335 6: the dynamic ports.
        public const int FirstDynamicPort = 49152;
        public const int LastDynamicPort = 65535;

        private readonly IPBinding[] _buckets;
        private int _lastChosen = FirstDynamicPort - 1;

        public PortTable(int buckets)
        {
            _buckets = new IPBinding[buckets];
        }

        /// <summary>The newest binding in the bucket of a port; the others follow as Next, and other ports are among
        /// them.</summary>
        public IPBinding First(int port)
        {
            return _buckets[port % _buckets.Length];
        }

        public void Add(IPBinding binding)
        {
            int bucket = binding.LocalPort % _buckets.Length;
            binding.Next = _buckets[bucket];
            _buckets[bucket] = binding;
        }

        public void Remove(IPBinding binding)
        {
            int bucket = binding.LocalPort % _buckets.Length;
            if (_buckets[bucket] == binding)
            {
                _buckets[bucket] = binding.Next;
            }
            else
            {
                IPBinding before = _buckets[bucket];
                while (before.Next != binding)
                {
                    before = before.Next;
                }

                before.Next = binding.Next;
            }

            binding.Next = null;
        }

        /// <summary>Chooses a port that nobody uses; one that was just given back comes last.</summary>
        /// <param name="low">The lowest that may be chosen.</param>
        /// <param name="high">The highest.</param>
        /// <returns>The port; 0 when all are in use.</returns>
        public int Choose(int low, int high)
        {
            for (int tries = high - low; tries >= 0; tries--)
            {
                _lastChosen = _lastChosen < low || _lastChosen >= high ? low : _lastChosen + 1;
                if (!IsUsed(_lastChosen))
                {
                    return _lastChosen;
                }
            }

            return 0;
        }

        private bool IsUsed(int port)
        {
            IPBinding binding = First(port);
            while (binding != null && binding.LocalPort != port)
            {
                binding = binding.Next;
            }

            return binding != null;
        }
    }
}
