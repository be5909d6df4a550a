// RFC 29, PUB and XPUB: to all who subscribed; never waits, drops for who has no room.
using System.Collections;

namespace IoTNet
{
    internal sealed class PubPattern : Pattern
    {
        private readonly PeerList _peers = new PeerList();
        private readonly SubscriptionTable _all = new SubscriptionTable();
        private readonly bool _isXPub;

        // XPUB: what subscribers sent, and nobody has received yet.
        private readonly ArrayList _received = new ArrayList();
        private bool _holds;
        private bool _inMessage;

        public PubPattern(MessageSocketOptions options, bool isXPub)
            : base(options)
        {
            _isXPub = isXPub;
        }

        public override bool Attach(Peer peer)
        {
            peer.PatternState = new SubscriptionTable();
            _peers.Add(peer);
            Read(peer);
            return true;
        }

        public override void Detach(Peer peer)
        {
            _peers.Remove(peer);
            SubscriptionTable gone = SubscriptionsOf(peer);
            for (int i = 0; i < gone.Count; i++)
            {
                if (_all.Remove(gone[i], 0, gone[i].Length) && _isXPub)
                {
                    Keep(0, gone[i], 0, gone[i].Length, false);
                }
            }

            peer.PatternState = new SubscriptionTable();
        }

        public override void Read(Peer peer)
        {
            while (!IsFull() && peer.In.TryFrame())
            {
                bool more = false;
                do
                {
                    more = ReadFrame(peer, peer.In, more);
                }
                while (more && peer.In.TryFrame());
            }
        }

        public override int Send(byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (!_inMessage)
            {
                for (int i = 0; i < _peers.Count; i++)
                {
                    Peer peer = _peers[i];
                    peer.IsMatched = SubscriptionsOf(peer).Matches(buffer, offset, count) && !peer.Out.IsReaderClosed && peer.Out.CanWrite();
                }
            }

            for (int i = 0; i < _peers.Count; i++)
            {
                if (_peers[i].IsMatched)
                {
                    FramePipe pipe = _peers[i].Out;
                    pipe.WriteFrame(more ? FrameHeader.More : 0, buffer, offset, count);
                    if (!more)
                    {
                        pipe.Commit();
                    }
                }
            }

            _inMessage = more;
            return 0;
        }

        public override int Fetch()
        {
            if (!_isXPub)
            {
                return NotSupported;
            }

            if (_received.Count == 0)
            {
                return WouldBlock;
            }

            Show((byte[])_received[0]);
            More = Buffer[--Count] != 0;
            return 0;
        }

        public override void Consume()
        {
            _received.RemoveAt(0);
            if (_holds && !IsFull())
            {
                _holds = false;
                for (int i = 0; i < _peers.Count; i++)
                {
                    Read(_peers[i]);
                }
            }
        }

        public override int CanSend()
        {
            return 0;
        }

        private static SubscriptionTable SubscriptionsOf(Peer peer)
        {
            return (SubscriptionTable)peer.PatternState;
        }

        // ZMTP 3.1: a command and the prefix.
        private static bool IsSubscription(byte[] buffer, ref int offset, ref int count, out bool add)
        {
            add = CommandName.Is(CommandName.Subscribe, buffer, offset, count);
            byte[] name = add ? CommandName.Subscribe : CommandName.Cancel;
            if (!add && !CommandName.Is(name, buffer, offset, count))
            {
                return false;
            }

            offset += name.Length;
            count -= name.Length;
            return true;
        }

        // ZMTP 3.0: a message of 1 or 0 and the prefix.
        private static bool IsMessage(byte[] buffer, ref int offset, ref int count, out bool add)
        {
            add = count > 0 && buffer[offset] == 1;
            if (count == 0 || buffer[offset] > 1)
            {
                return false;
            }

            offset++;
            count--;
            return true;
        }

        // Frames that belong to a message of several are no subscriptions.
        private bool ReadFrame(Peer peer, FramePipe pipe, bool inMessage)
        {
            byte[] buffer = pipe.FrameBuffer;
            int offset = pipe.FrameOffset;
            int count = pipe.FrameCount;
            bool isCommand = (pipe.FrameFlags & FrameHeader.Command) != 0;
            bool more = isCommand ? inMessage : (pipe.FrameFlags & FrameHeader.More) != 0;
            bool add = false;
            if (isCommand ? IsSubscription(buffer, ref offset, ref count, out add)
                : !more && !inMessage && IsMessage(buffer, ref offset, ref count, out add))
            {
                Take(peer, add, buffer, offset, count);
            }
            else if (!isCommand && _isXPub)
            {
                Keep(-1, buffer, offset, count, more);
            }

            pipe.Consume();
            return more;
        }

        // RFC 37 counts a peer's equal subscriptions. libzmq's subscribers tell each, but take them back with one message only, and
        // its publishers do not count.
        private static bool Change(SubscriptionTable table, bool add, byte[] buffer, int offset, int count)
        {
            return add ? table.AddOnce(buffer, offset, count) : table.Remove(buffer, offset, count);
        }

        private void Take(Peer peer, bool add, byte[] buffer, int offset, int count)
        {
            if (peer.In.IsReaderClosed)
            {
                return;
            }

            bool isFirstOfPeer = Change(SubscriptionsOf(peer), add, buffer, offset, count);
            bool isNews = isFirstOfPeer && (add ? _all.Add(buffer, offset, count) : _all.Remove(buffer, offset, count));
            if (_isXPub && (isNews || (add && Options.XPubVerbose)))
            {
                Keep(add ? 1 : 0, buffer, offset, count, false);
            }

            if (Options.HighWaterBytes != 0 && SubscriptionsOf(peer).SizeBytes > Options.HighWaterBytes)
            {
                // Nobody may fill our memory with subscriptions.
                peer.Close();
            }
        }

        // XPUB: as long as nobody receives what has come, no more is read.
        private bool IsFull()
        {
            bool isFull = _isXPub && Options.ReceiveHighWaterMark != 0 && _received.Count >= Options.ReceiveHighWaterMark;
            _holds |= isFull;
            return isFull;
        }

        // With a first byte of its own, or none (-1); behind it stands whether more frames follow.
        private void Keep(int first, byte[] buffer, int offset, int count, bool more)
        {
            int start = first < 0 ? 0 : 1;
            byte[] message = new byte[start + count + 1];
            message[start + count] = (byte)(more ? 1 : 0);
            System.Array.Copy(buffer, offset, message, start, count);
            if (first >= 0)
            {
                message[0] = (byte)first;
            }

            _received.Add(message);
        }
    }
}
