// RFC 28, 30: outgoing messages go to the peers in turn; none is dropped, a peer without room is passed over.
namespace IoTNet
{
    /// <summary>Sends messages to peers in turn; a message's frames together.</summary>
    internal sealed class LoadBalancer
    {
        private readonly PeerRing _peers = new PeerRing();
        private bool _dropsRest;

        /// <summary>The peer that gets the message that has begun; after its end, the one that got it.</summary>
        public Peer Current { get; private set; }

        /// <summary>Whether frames of a message have been sent and its last one not.</summary>
        public bool InMessage { get; private set; }

        public void Add(Peer peer)
        {
            _peers.Add(peer);
        }

        public void Remove(Peer peer)
        {
            _peers.Remove(peer);
            if (Current == peer)
            {
                // What it got of the message is lost with it, and the rest has nobody to go to.
                _dropsRest = InMessage;
                Current = null;
            }
        }

        /// <summary>Chooses the peer for a message.</summary>
        /// <returns>False when none has room.</returns>
        public bool TryBegin()
        {
            for (int i = 0; i < _peers.Count; i++)
            {
                Peer peer = _peers.AtTurn;
                if (peer.Out.CanWrite())
                {
                    Current = peer;
                    return true;
                }

                _peers.Next();
            }

            return false;
        }

        /// <summary>Sends a frame; the first one of a message chooses the peer.</summary>
        /// <returns>False when no peer has room.</returns>
        public bool TrySend(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (!InMessage && !TryBegin())
            {
                return false;
            }

            if (!_dropsRest)
            {
                Pattern.Write(Current.Out, buffer, offset, count, more, block);
                if (!more)
                {
                    Current.Out.Commit();
                }
            }

            InMessage = more;
            if (!more)
            {
                _dropsRest = false;
                _peers.Next();
            }

            return true;
        }
    }
}
