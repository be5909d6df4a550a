namespace IoTNet
{
    /// <summary>PAIR: one peer at a time; a second one is refused (RFC 31).</summary>
    internal sealed class PairPattern : QueuePattern
    {
        private Peer _peer;

        public PairPattern(MessageSocketOptions options)
            : base(options, true, true)
        {
        }

        public override bool Attach(Peer peer)
        {
            if (_peer != null)
            {
                return false;
            }

            _peer = peer;
            return base.Attach(peer);
        }

        public override void Detach(Peer peer)
        {
            base.Detach(peer);
            _peer = _peer == peer ? null : _peer;
        }
    }
}
