using System.Collections;

namespace IoTNet
{
    // What a socket keeps. On a device each field takes 12 bytes of a heap of some tens of KB, a bool as much as an int: so kind
    // and state are packed, and what few sockets need is an object that comes into being with its first use.
    public sealed partial class Socket
    {
        private const int BoundBit = 1;
        private const int ListeningBit = 2;
        private const int ConnectedBit = 4;
        private const int ConnectingBit = 8;
        private const int NonBlockingBit = 16;
        private const int ClosedBit = 32;

        // Has its first address, and stays on its stack.
        private const int SettledBits = BoundBit | ConnectedBit | ConnectingBit;

        // One lock for all sockets: it is held for moments only.
        private static readonly object s_lock = new object();

        // Family and type one byte each, protocol above them.
        private readonly int _kind;
        private int _state;
        private Extras _extras;

        private static int Kind(AddressFamily family, SocketType type, ProtocolType protocol)
        {
            return ((int)family & 0xFF) | (((int)type & 0xFF) << 8) | ((int)protocol << 16);
        }

        private bool Is(int bits)
        {
            return (_state & bits) != 0;
        }

        private void Change(int set, int clear)
        {
            lock (s_lock)
            {
                _state = (_state & ~clear) | set;
                if ((set & SettledBits) != 0 && _extras != null)
                {
                    _extras.OptionsToMove = null;
                }
            }
        }

        // Most calls find the bit set.
        private void MarkBound()
        {
            if (!Is(BoundBit))
            {
                Change(BoundBit, 0);
            }
        }

        private Extras MakeExtras()
        {
            lock (s_lock)
            {
                _extras = _extras ?? new Extras();
                return _extras;
            }
        }

        private sealed class Extras
        {
            public int ReceiveTimeoutMs;
            public int SendTimeoutMs;
            public int ConnectTimeoutMs;

            // Null = this is the only object of the stack's socket.
            public ShareCount Shares;

            // The options set so far, kept only while the socket may still have to move to the in-memory stack.
            public ArrayList OptionsToMove;

            public Extras Copy()
            {
                return new Extras
                {
                    ReceiveTimeoutMs = ReceiveTimeoutMs,
                    SendTimeoutMs = SendTimeoutMs,
                    ConnectTimeoutMs = ConnectTimeoutMs,
                    Shares = Shares,
                };
            }
        }

        // How many objects stand for one socket of the stack.
        private sealed class ShareCount
        {
            public int Count = 1;
        }
    }
}
