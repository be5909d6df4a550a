// RFC 29: a subscription is a prefix of the first frame; subscriptions add up and are counted.
namespace IoTNet
{
    /// <summary>Prefixes, each with a count.</summary>
    internal sealed class SubscriptionTable
    {
        // What an entry takes beside its prefix: the array's header, a reference, a count.
        private const int EntryBytes = 24;

        private byte[][] _prefixes = new byte[4][];
        private int[] _counts = new int[4];

        public int Count { get; private set; }

        /// <summary>About how much memory it takes, in bytes.</summary>
        public int SizeBytes { get; private set; }

        public byte[] this[int index] => _prefixes[index];

        /// <summary>Adds a prefix.</summary>
        /// <returns>Whether it was not there yet.</returns>
        public bool Add(byte[] buffer, int offset, int count)
        {
            int index = Find(buffer, offset, count);
            if (index >= 0)
            {
                _counts[index]++;
                return false;
            }

            if (Count == _prefixes.Length)
            {
                byte[][] prefixes = new byte[Count * 2][];
                int[] counts = new int[Count * 2];
                System.Array.Copy(_prefixes, 0, prefixes, 0, Count);
                System.Array.Copy(_counts, 0, counts, 0, Count);
                _prefixes = prefixes;
                _counts = counts;
            }

            byte[] prefix = new byte[count];
            System.Array.Copy(buffer, offset, prefix, 0, count);
            _prefixes[Count] = prefix;
            _counts[Count++] = 1;
            SizeBytes += prefix.Length + EntryBytes;
            return true;
        }

        /// <summary>Adds a prefix, unless it is there.</summary>
        /// <returns>Whether it was not there yet.</returns>
        public bool AddOnce(byte[] buffer, int offset, int count)
        {
            return Find(buffer, offset, count) < 0 && Add(buffer, offset, count);
        }

        /// <summary>Takes a prefix away once.</summary>
        /// <returns>Whether it is not there any more, and was.</returns>
        public bool Remove(byte[] buffer, int offset, int count)
        {
            int index = Find(buffer, offset, count);
            if (index < 0 || --_counts[index] > 0)
            {
                return false;
            }

            Count--;
            SizeBytes -= _prefixes[index].Length + EntryBytes;
            _prefixes[index] = _prefixes[Count];
            _counts[index] = _counts[Count];
            _prefixes[Count] = null;
            return true;
        }

        /// <summary>Whether the bytes begin with one of the prefixes.</summary>
        public bool Matches(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_prefixes[i].Length <= count && Bytes.AreAt(buffer, offset, _prefixes[i]))
                {
                    return true;
                }
            }

            return false;
        }

        private int Find(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_prefixes[i].Length == count && Bytes.AreAt(buffer, offset, _prefixes[i]))
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
