// RFC 28, REQ: an empty delimiter before each request; send and receive in turn; replies of others are passed over.
namespace IoTNet
{
    internal sealed class ReqPattern : QueuePattern
    {
        private static readonly byte[] s_delimiter = new byte[0];

        private readonly byte[] _id = new byte[4];
        private int _nextId;
        private bool _waits;
        private bool _inReply;
        private Peer _asked;

        public ReqPattern(MessageSocketOptions options)
            : base(options, true, true)
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
            if (_waits && !Options.ReqRelaxed)
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
            _waits = !more;
            _asked = more ? null : Outgoing.Current;
            return 0;
        }

        public override int Fetch()
        {
            if (!_waits)
            {
                return WrongState;
            }

            while (Incoming.TryFrame())
            {
                if (_inReply || IsReply())
                {
                    _inReply = true;
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
            return _waits && !Options.ReqRelaxed ? WrongState : base.CanSend();
        }

        private void EndFrame()
        {
            if (!More)
            {
                _inReply = false;
                _waits = false;
            }
        }

        // Takes the envelope of the message that begins, or all of a message that is no reply to the last request.
        private bool IsReply()
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

            _inReply = false;
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
