namespace IoTNet
{
    /// <summary>Peers that are served in turn.</summary>
    internal sealed class PeerRing
    {
        private readonly PeerList _peers = new PeerList();
        private int _turn;

        public int Count => _peers.Count;

        /// <summary>Whose turn it is; there has to be one.</summary>
        public Peer AtTurn
        {
            get
            {
                _turn = _turn >= _peers.Count ? 0 : _turn;
                return _peers[_turn];
            }
        }

        public void Add(Peer peer)
        {
            _peers.Add(peer);
        }

        public void Remove(Peer peer)
        {
            int index = _peers.Remove(peer);
            if (index >= 0 && index < _turn)
            {
                _turn--;
            }
        }

        /// <summary>The next one's turn.</summary>
        public void Next()
        {
            _turn++;
        }
    }
}
