// RFC 28, REQ: an empty delimiter before each request; send and receive in turn; replies of others are passed over.
namespace IoTNet
{
    internal sealed class ReqPattern : TurnPattern
    {
        private static readonly byte[] s_delimiter = new byte[0];

        private readonly byte[] _id = new byte[4];
        private int _nextId;
        private Peer _asked;

        public ReqPattern(MessageSocketOptions options)
            : base(options, true, false)
        {
            byte[] first = new byte[4];
            Randomness.Fill(first);
            _nextId = first[0] | (first[1] << 8) | (first[2] << 16) | (first[3] << 24);
        }

        public override void Detach(Peer peer)
        {
            base.Detach(peer);
            _asked = _asked == peer ? null : _asked;
        }

        public override int Send(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (MayReceive && !Options.ReqRelaxed)
            {
                return WrongState;
            }

            if (!Outgoing.InMessage)
            {
                if (!Outgoing.TryBegin())
                {
                    return WouldBlock;
                }

                DropReplies();
                if (Options.ReqCorrelate)
                {
                    _nextId++;
                    _id[0] = (byte)(_nextId >> 24);
                    _id[1] = (byte)(_nextId >> 16);
                    _id[2] = (byte)(_nextId >> 8);
                    _id[3] = (byte)_nextId;
                    Outgoing.TrySend(_id, 0, _id.Length, true, null);
                }

                Outgoing.TrySend(s_delimiter, 0, 0, true, null);
            }

            Outgoing.TrySend(buffer, offset, count, more, block);
            MayReceive = !more;
            _asked = more ? null : Outgoing.Current;
            return 0;
        }

        public override int CanSend()
        {
            return MayReceive && !Options.ReqRelaxed ? WrongState : base.CanSend();
        }

        // Or all of a message that is no reply to the last request.
        protected override bool TakeEnvelope()
        {
            FramePipe pipe = Incoming.Current.In;
            bool isMine = Incoming.Current == _asked;
            if (isMine && Options.ReqCorrelate)
            {
                isMine = (pipe.FrameFlags & FrameHeader.More) != 0 && pipe.FrameCount == _id.Length && Bytes.AreAt(pipe.FrameBuffer, pipe.FrameOffset, _id);
                if (isMine)
                {
                    Incoming.Consume();
                    Incoming.TryFrame();
                }
            }

            isMine = isMine && (pipe.FrameFlags & FrameHeader.More) != 0 && pipe.FrameCount == 0;
            if (isMine)
            {
                Incoming.Consume();
                Incoming.TryFrame();
                return true;
            }

            DropMessage(pipe);
            return false;
        }

        // What has come before the request is no reply to it; of one (relaxed) the beginning may have been read.
        private void DropReplies()
        {
            while (Incoming.TryFrame())
            {
                DropMessage(Incoming.Current.In);
            }

            InMessage = false;
        }

        private void DropMessage(FramePipe pipe)
        {
            bool more = true;
            while (more && Incoming.TryFrame())
            {
                more = (pipe.FrameFlags & FrameHeader.More) != 0;
                Incoming.Consume();
            }
        }
    }
}
