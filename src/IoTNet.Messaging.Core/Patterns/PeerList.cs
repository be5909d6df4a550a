namespace IoTNet
{
    /// <summary>Peers in a row; grows, keeps their order.</summary>
    internal sealed class PeerList
    {
        private Peer[] _peers = new Peer[2];

        public int Count { get; private set; }

        public Peer this[int index] => _peers[index];

        public void Add(Peer peer)
        {
            if (Count == _peers.Length)
            {
                Peer[] larger = new Peer[Count * 2];
                System.Array.Copy(_peers, 0, larger, 0, Count);
                _peers = larger;
            }

            _peers[Count++] = peer;
        }

        /// <summary>Takes one out.</summary>
        /// <returns>Where it was; -1 when it was not there.</returns>
        public int Remove(Peer peer)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_peers[i] == peer)
                {
                    Count--;
                    System.Array.Copy(_peers, i + 1, _peers, i, Count - i);
                    _peers[Count] = null;
                    return i;
                }
            }

            return -1;
        }
    }
}
