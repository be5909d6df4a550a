using System;

namespace IoTNet.Apps
{
    /// <summary>A board that was heard of.</summary>
    internal sealed class Neighbour
    {
        public string Id;
        public string Name;
        public string Address;
        public long FirstMs;
        public long LastMs;
    }

    /// <summary>The boards that were heard of. The time is given to it, so that it knows no clock.</summary>
    internal sealed class Neighbours
    {
        // What a network of this kind has, and 2 KB on a board.
        public const int Most = 32;

        private readonly Neighbour[] _all = new Neighbour[Most];

        public int Count { get; private set; }

        public Neighbour this[int index] => _all[index];

        /// <summary>Takes note of a hello.</summary>
        /// <returns>Whether the board is new; false also when there is no room for it.</returns>
        public bool Hear(string id, string name, string address, long nowMs)
        {
            Neighbour found = Find(id);
            bool isNew = found == null && Count < Most;
            if (isNew)
            {
                found = new Neighbour { Id = id, FirstMs = nowMs };
                _all[Count++] = found;
            }

            if (found != null)
            {
                found.Name = name;
                found.Address = address;
                found.LastMs = nowMs;
            }

            return isNew;
        }

        /// <summary>Takes a board out.</summary>
        /// <returns>The board; null when it was not known.</returns>
        public Neighbour Remove(string id)
        {
            Neighbour found = Find(id);
            if (found != null)
            {
                int index = Array.IndexOf(_all, found);
                Count--;
                Array.Copy(_all, index + 1, _all, index, Count - index);
                _all[Count] = null;
            }

            return found;
        }

        /// <summary>Gives a board that has been silent too long; null when there is none.</summary>
        public Neighbour FindSilent(long nowMs, long limitMs)
        {
            for (int i = 0; i < Count; i++)
            {
                if (nowMs - _all[i].LastMs > limitMs)
                {
                    return _all[i];
                }
            }

            return null;
        }

        private Neighbour Find(string id)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_all[i].Id == id)
                {
                    return _all[i];
                }
            }

            return null;
        }
    }
}
