// RFC 29, SUB and XSUB: fair in; subscriptions go to all publishers, and again to each that comes or comes back.
namespace IoTNet
{
    internal sealed class SubPattern : Pattern
    {
        /// <summary>Written before the subscriptions that belong to one connection: what stands before it is an older one's.</summary>
        internal static readonly byte[] Start = CommandName.Make("START");

        private readonly FairQueue _incoming = new FairQueue();
        private readonly PeerList _peers = new PeerList();
        private readonly SubscriptionTable _subscriptions = new SubscriptionTable();
        private readonly bool _isXSub;
        private bool _inMessage;
        private bool _sendsMore;

        public SubPattern(MessageSocketOptions options, bool isXSub)
            : base(options)
        {
            _isXSub = isXSub;
        }

        public override bool Attach(Peer peer)
        {
            _incoming.Add(peer);
            _peers.Add(peer);
            return true;
        }

        public override void Link(Peer peer)
        {
            byte[] start = new byte[Start.Length + 1];
            Start.CopyTo(start, 0);
            start[Start.Length] = (byte)peer.Epoch;
            peer.Out.WriteFrame(FrameHeader.Command, start, 0, start.Length);
            peer.Out.Commit();
            for (int i = 0; i < _subscriptions.Count; i++)
            {
                Tell(peer, _subscriptions[i], true);
            }
        }

        public override void Detach(Peer peer)
        {
            _incoming.Remove(peer);
            _peers.Remove(peer);
        }

        public override int Send(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (!_isXSub)
            {
                return NotSupported;
            }

            if (!_sendsMore && !more && count > 0 && buffer[offset] <= 1)
            {
                byte[] prefix = new byte[count - 1];
                System.Array.Copy(buffer, offset + 1, prefix, 0, prefix.Length);
                return Subscribe(prefix, buffer[offset] == 1);
            }

            for (int i = 0; i < _peers.Count; i++)
            {
                FramePipe pipe = _peers[i].Out;
                if (!_sendsMore)
                {
                    _peers[i].IsMatched = pipe.CanWrite();
                }

                if (_peers[i].IsMatched)
                {
                    pipe.WriteFrame(more ? FrameHeader.More : 0, buffer, offset, count);
                    if (!more)
                    {
                        pipe.Commit();
                    }
                }
            }

            _sendsMore = more;
            return 0;
        }

        public override int Subscribe(byte[] prefix, bool add)
        {
            bool isNews = add ? _subscriptions.Add(prefix, 0, prefix.Length) : _subscriptions.Remove(prefix, 0, prefix.Length);
            for (int i = 0; i < _peers.Count && isNews; i++)
            {
                if (_peers[i].Epoch > 0)
                {
                    Tell(_peers[i], prefix, add);
                }
            }

            return 0;
        }

        public override int Fetch()
        {
            while (_incoming.TryFrame())
            {
                FramePipe pipe = _incoming.Current.In;
                if (_inMessage || _isXSub || _subscriptions.Matches(pipe.FrameBuffer, pipe.FrameOffset, pipe.FrameCount))
                {
                    Show(pipe);
                    return 0;
                }

                bool more = true;
                while (more && _incoming.TryFrame())
                {
                    more = (pipe.FrameFlags & FrameHeader.More) != 0;
                    _incoming.Consume();
                }
            }

            return WouldBlock;
        }

        public override void Consume()
        {
            _inMessage = More;
            _incoming.Consume();
        }

        public override Block TakeBlock()
        {
            _inMessage = More;
            return _incoming.TakeBlock();
        }

        public override int CanSend()
        {
            return _isXSub ? 0 : NotSupported;
        }

        private static void Tell(Peer peer, byte[] prefix, bool add)
        {
            byte[] message = new byte[prefix.Length + 1];
            message[0] = (byte)(add ? 1 : 0);
            prefix.CopyTo(message, 1);
            peer.Out.WriteFrame(0, message, 0, message.Length);
            peer.Out.Commit();
        }
    }
}
