namespace IoTNet
{
    /// <summary>PUSH, PULL and DEALER: round-robin out, fair in, or one of the two (RFC 28, 30).</summary>
    internal class QueuePattern : Pattern
    {
        private readonly bool _sends;
        private readonly bool _receives;

        public QueuePattern(MessageSocketOptions options, bool sends, bool receives)
            : base(options)
        {
            _sends = sends;
            _receives = receives;
        }

        public override bool TakesBlocks => true;

        protected FairQueue Incoming { get; } = new FairQueue();

        protected LoadBalancer Outgoing { get; } = new LoadBalancer();

        public override bool Attach(Peer peer)
        {
            if (_sends)
            {
                Outgoing.Add(peer);
            }

            if (_receives)
            {
                Incoming.Add(peer);
            }

            return true;
        }

        public override void StopSending(Peer peer)
        {
            Outgoing.Remove(peer);
        }

        public override void Detach(Peer peer)
        {
            Outgoing.Remove(peer);
            Incoming.Remove(peer);
        }

        // A PUSH receives nothing: what a peer sends all the same is dropped, or it would be kept for that when it has gone.
        public override void Read(Peer peer)
        {
            if (!_receives)
            {
                peer.In.Drain();
            }
        }

        public override int Send(byte[] buffer, int offset, int count, bool more, Block block)
        {
            return !_sends ? NotSupported : Outgoing.TrySend(buffer, offset, count, more, block) ? 0 : WouldBlock;
        }

        public override int Fetch()
        {
            if (!_receives)
            {
                return NotSupported;
            }

            if (!Incoming.TryFrame())
            {
                return WouldBlock;
            }

            Show(Incoming.Current.In);
            return 0;
        }

        public override void Consume()
        {
            Incoming.Consume();
        }

        public override int CanSend()
        {
            return !_sends ? NotSupported : Outgoing.InMessage || Outgoing.TryBegin() ? 0 : WouldBlock;
        }
    }
}
