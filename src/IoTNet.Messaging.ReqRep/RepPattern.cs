// RFC 28, REP: the envelope, up to and with the empty delimiter, is kept and goes back in front of the reply.
namespace IoTNet
{
    internal sealed class RepPattern : QueuePattern
    {
        private bool _inRequest;
        private bool _mayReply;
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
                _mayReply |= _inRequest;
                _inRequest = false;
            }
        }

        public override int Send(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (!_mayReply)
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

            _mayReply = more;
            return 0;
        }

        public override int Fetch()
        {
            if (_mayReply)
            {
                return WrongState;
            }

            while (Incoming.TryFrame())
            {
                if (_inRequest || TakeEnvelope())
                {
                    _inRequest = true;
                    Show(Incoming.Current.In);
                    return 0;
                }
            }

            return WouldBlock;
        }

        public override void Consume()
        {
            base.Consume();
            EndFrame();
        }

        public override int CanSend()
        {
            return _mayReply ? 0 : WrongState;
        }

        private void EndFrame()
        {
            if (!More)
            {
                _inRequest = false;
                _mayReply = true;
            }
        }

        private bool TakeEnvelope()
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
