// RFC 29, SUB and XSUB: fair in; subscriptions go to all publishers, and again to each that comes or comes back.
using System.Collections;

namespace IoTNet
{
    internal sealed class SubPattern : Pattern
    {
        /// <summary>Written before the subscriptions that belong to one connection: what stands before it is an older one's.</summary>
        internal static readonly byte[] Start = CommandName.Make("START");

        private readonly FairQueue _incoming = new FairQueue();

        // The lock for subscriptions, for who has been told of them, and for writing to the peers: a new connection is told on the
        // loop's thread.
        private readonly SubscriptionTable _subscriptions = new SubscriptionTable();
        private readonly PeerList _told = new PeerList();
        private readonly bool _isXSub;

        // XSUB: all frames but the last of a message that is being sent. It is written in one piece, as other threads write
        // subscriptions meanwhile.
        private readonly ArrayList _begun = new ArrayList();
        private bool _inMessage;

        public SubPattern(MessageSocketOptions options, bool isXSub)
            : base(options)
        {
            _isXSub = isXSub;
        }

        public override bool Attach(Peer peer)
        {
            _incoming.Add(peer);
            return true;
        }

        public override void LinkNow(Peer peer)
        {
            byte[] start = new byte[Start.Length + 1];
            Start.CopyTo(start, 0);
            start[Start.Length] = (byte)peer.Epoch;
            lock (_subscriptions)
            {
                if (peer.Out.IsWriterClosed)
                {
                    return;
                }

                _told.Remove(peer);
                _told.Add(peer);
                peer.Out.WriteFrame(FrameHeader.Command, start, 0, start.Length);
                peer.Out.Commit();
                for (int i = 0; i < _subscriptions.Count; i++)
                {
                    Tell(peer, _subscriptions[i], true);
                }
            }
        }

        // The next connection is told all subscriptions: those that change meanwhile would only pile up.
        public override void UnlinkNow(Peer peer)
        {
            StopSending(peer);
        }

        public override void Detach(Peer peer)
        {
            _incoming.Remove(peer);
            StopSending(peer);
        }

        // What is not whole in the pipe is taken back with it: not while another thread writes there.
        public override void Close(Peer peer)
        {
            lock (_subscriptions)
            {
                peer.Close();
            }
        }

        public override void StopSending(Peer peer)
        {
            lock (_subscriptions)
            {
                _told.Remove(peer);
            }
        }

        public override int Send(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (!_isXSub)
            {
                return NotSupported;
            }

            if (more)
            {
                _begun.Add(Copy(buffer, offset, count));
                return 0;
            }

            if (_begun.Count == 0 && count > 0 && buffer[offset] <= 1)
            {
                return Subscribe(Copy(buffer, offset + 1, count - 1), buffer[offset] == 1);
            }

            lock (_subscriptions)
            {
                for (int i = 0; i < _told.Count; i++)
                {
                    if (_told[i].Out.CanWrite())
                    {
                        WriteMessage(_told[i].Out, buffer, offset, count);
                    }
                }
            }

            _begun.Clear();
            return 0;
        }

        public override int Subscribe(byte[] prefix, bool add)
        {
            lock (_subscriptions)
            {
                // As libzmq: each subscription is told, for XPUBs that hear of all (verbose), but only the last one's end.
                bool isTold = add;
                if (add)
                {
                    _subscriptions.Add(prefix, 0, prefix.Length);
                }
                else
                {
                    isTold = _subscriptions.Remove(prefix, 0, prefix.Length);
                }

                for (int i = 0; i < _told.Count && isTold; i++)
                {
                    Tell(_told[i], prefix, add);
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

        public override int CanSend()
        {
            return _isXSub ? 0 : NotSupported;
        }

        private static byte[] Copy(byte[] buffer, int offset, int count)
        {
            byte[] copy = new byte[count];
            System.Array.Copy(buffer, offset, copy, 0, count);
            return copy;
        }

        private void WriteMessage(FramePipe pipe, byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < _begun.Count; i++)
            {
                byte[] frame = (byte[])_begun[i];
                pipe.WriteFrame(FrameHeader.More, frame, 0, frame.Length);
            }

            pipe.WriteFrame(0, buffer, offset, count);
            pipe.Commit();
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
