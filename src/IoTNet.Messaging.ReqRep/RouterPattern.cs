// RFC 28, ROUTER: each message begins with the identity of the peer that it comes from, or goes to.
namespace IoTNet
{
    internal sealed class RouterPattern : QueuePattern
    {
        // Of a peer whose identity another one has.
        private static readonly byte[] s_unheard = new byte[0];

        private readonly PeerList _known = new PeerList();
        private int _nextIdentity;
        private bool _shownIdentity;
        private bool _inMessage;
        private bool _sends;
        private Peer _to;

        public RouterPattern(MessageSocketOptions options)
            : base(options, false, true)
        {
            byte[] first = new byte[4];
            Randomness.Fill(first);
            _nextIdentity = first[0] | (first[1] << 8) | (first[2] << 16) | (first[3] << 24);
        }

        // Until a peer has said who it is, nothing is read from it.
        public override bool Attach(Peer peer)
        {
            return true;
        }

        public override void Link(Peer peer)
        {
            byte[] known = IdentityOf(peer) == s_unheard ? null : IdentityOf(peer);
            byte[] identity = peer.Identity.Length > 0 ? peer.Identity : known ?? NewIdentity();
            Peer other = Find(identity, 0, identity.Length);
            if (other != null && other != peer)
            {
                if (!Options.RouterHandover)
                {
                    peer.PatternState = known ?? s_unheard;
                    return;
                }

                Detach(other);
                other.Close();
            }

            peer.PatternState = identity;
            if (known == null)
            {
                _known.Add(peer);
                Incoming.Add(peer);
            }
        }

        // What nobody hears is dropped, or a peer that has gone would be kept for it.
        public override void Read(Peer peer)
        {
            if (IdentityOf(peer) == s_unheard)
            {
                peer.In.Drain();
            }
        }

        public override void StopSending(Peer peer)
        {
            _known.Remove(peer);
            _to = _to == peer ? null : _to;
        }

        public override void Detach(Peer peer)
        {
            _known.Remove(peer);
            if (Incoming.Current == peer)
            {
                _shownIdentity = false;
                _inMessage = false;
            }

            base.Detach(peer);
            _to = _to == peer ? null : _to;
        }

        public override int Send(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (!_sends)
            {
                return Begin(buffer, offset, count, more);
            }

            if (_to != null)
            {
                Write(_to.Out, buffer, offset, count, more, block);
                if (!more)
                {
                    _to.Out.Commit();
                }
            }

            _sends = more;
            return 0;
        }

        public override int Fetch()
        {
            if (!Incoming.TryFrame())
            {
                return WouldBlock;
            }

            if (_inMessage || _shownIdentity)
            {
                Show(Incoming.Current.In);
            }
            else
            {
                Show(IdentityOf(Incoming.Current));
            }

            return 0;
        }

        public override void Consume()
        {
            if (!_inMessage && !_shownIdentity)
            {
                _shownIdentity = true;
                return;
            }

            _shownIdentity = false;
            _inMessage = More;
            base.Consume();
        }

        public override int CanSend()
        {
            for (int i = 0; i < _known.Count && Options.RouterMandatory; i++)
            {
                if (_known[i].Out.CanWrite())
                {
                    return 0;
                }
            }

            return Options.RouterMandatory ? WouldBlock : 0;
        }

        // Under which we know it.
        private static byte[] IdentityOf(Peer peer)
        {
            return (byte[])peer.PatternState;
        }

        private int Begin(byte[] buffer, int offset, int count, bool more)
        {
            if (!more)
            {
                // A name and no message.
                return 0;
            }

            Peer peer = Find(buffer, offset, count);
            if (peer == null && Options.RouterMandatory)
            {
                return -(int)Errno.EHOSTUNREACH;
            }

            if (peer != null && !peer.Out.CanWrite())
            {
                if (Options.RouterMandatory)
                {
                    return WouldBlock;
                }

                peer = null;
            }

            _to = peer;
            _sends = true;
            return 0;
        }

        private Peer Find(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < _known.Count; i++)
            {
                byte[] identity = IdentityOf(_known[i]);
                if (identity.Length == count && Bytes.AreAt(buffer, offset, identity))
                {
                    return _known[i];
                }
            }

            return null;
        }

        // RFC 28: those that begin with zero are ours to give.
        private byte[] NewIdentity()
        {
            int id = _nextIdentity++;
            return new byte[] { 0, (byte)(id >> 24), (byte)(id >> 16), (byte)(id >> 8), (byte)id };
        }
    }
}
