// RFC 28, REP: the envelope, up to and with the empty delimiter, is kept and goes back in front of the reply.
namespace IoTNet
{
    internal sealed class RepPattern : TurnPattern
    {
        private bool _drops;
        private Peer _asker;

        public RepPattern(MessageSocketOptions options)
            : base(options, false, true)
        {
        }

        public override void StopSending(Peer peer)
        {
            _drops |= _asker == peer;
        }

        public override void Detach(Peer peer)
        {
            base.Detach(peer);
            if (_asker == peer)
            {
                _asker = null;
                MayReceive = MayReceive && !InMessage;
                InMessage = false;
            }
        }

        public override int Send(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (MayReceive)
            {
                return WrongState;
            }

            // RFC 28: a reply to somebody who has gone is dropped.
            if (_asker != null && !_drops)
            {
                Write(_asker.Out, buffer, offset, count, more, block);
                if (!more)
                {
                    _asker.Out.Commit();
                }
            }

            MayReceive = !more;
            return 0;
        }

        public override int CanSend()
        {
            return MayReceive ? WrongState : 0;
        }

        protected override bool TakeEnvelope()
        {
            _asker = Incoming.Current;
            FramePipe pipe = _asker.In;
            _drops = !_asker.Out.CanWrite();
            bool more;
            bool isDelimiter;
            do
            {
                more = (pipe.FrameFlags & FrameHeader.More) != 0;
                isDelimiter = pipe.FrameCount == 0;
                if (!_drops)
                {
                    _asker.Out.WriteFrame(FrameHeader.More, pipe.FrameBuffer, pipe.FrameOffset, pipe.FrameCount);
                }

                Incoming.Consume();
            }
            while (more && Incoming.TryFrame() && !isDelimiter);

            if (isDelimiter && more)
            {
                return true;
            }

            // No delimiter, or nothing behind it: nobody to answer.
            _asker.Out.Rollback();
            _asker = null;
            return false;
        }
    }
}
