// RFC 28, 30: incoming messages are taken from all peers in turn.
namespace IoTNet
{
    /// <summary>Takes messages from peers in turn; a message's frames together.</summary>
    internal sealed class FairQueue
    {
        private readonly PeerRing _peers = new PeerRing();
        private bool _inMessage;

        /// <summary>The peer whose frame is the current one.</summary>
        public Peer Current { get; private set; }

        public void Add(Peer peer)
        {
            _peers.Add(peer);
        }

        public void Remove(Peer peer)
        {
            _peers.Remove(peer);
            if (Current == peer)
            {
                Current = null;
                _inMessage = false;
            }
        }

        /// <summary>Makes a frame current: the next of the message that has begun, or the first of the next peer's.</summary>
        /// <returns>False when there is none.</returns>
        public bool TryFrame()
        {
            if (_inMessage)
            {
                return TryFrameOf(Current);
            }

            for (int i = 0; i < _peers.Count; i++)
            {
                Peer peer = _peers.AtTurn;
                if (TryFrameOf(peer))
                {
                    Current = peer;
                    return true;
                }

                _peers.Next();
            }

            return false;
        }

        /// <summary>Ends with the current frame.</summary>
        public void Consume()
        {
            _inMessage = (Current.In.FrameFlags & FrameHeader.More) != 0;
            if (!_inMessage)
            {
                _peers.Next();
            }

            Current.In.Consume();
        }

        // Commands that stand between frames in the pipe are the session's, which has seen them (libzmq's heartbeats come within
        // messages, too).
        private static bool TryFrameOf(Peer peer)
        {
            while (peer.In.TryFrame())
            {
                if ((peer.In.FrameFlags & FrameHeader.Command) == 0)
                {
                    return true;
                }

                peer.In.Consume();
            }

            return false;
        }
    }
}
