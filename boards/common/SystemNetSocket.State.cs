using System.Threading;

namespace IoTNet.Boards
{
    // What a socket keeps, who is inside it, and its end. On a device each field takes 12 bytes of a heap of some tens of KB, a
    // bool as much as an int, and an object to lock 24: so the state is packed, what few sockets need is an object that comes
    // into being with its first use, and the lock is the socket itself, which no code outside this class sees.
    internal sealed partial class SystemNetSocket
    {
        private const int BoundBit = 1;

        // Family in the lowest byte, type above it.
        private readonly int _kind;

        // How many calls are inside; its highest bit says that the socket is closed.
        private int _users;
        private ConnectState _state;
        private int _bits;
        private Extras _extras;

        private bool IsClosed => _users < 0;

        private bool IsBound => Is(BoundBit);

        private int Users => _users & int.MaxValue;

        private int PendingError => _extras == null ? 0 : _extras.PendingError;

        public bool Enter()
        {
            if (Interlocked.Increment(ref _users) > 0)
            {
                return true;
            }

            Interlocked.Decrement(ref _users);
            return false;
        }

        public int Leave(int result)
        {
            bool closed = IsClosed;
            Interlocked.Decrement(ref _users);
            return closed && result <= 0 ? -(int)Errno.EINTR : result;
        }

        public int LeavePoll(int events)
        {
            bool closed = IsClosed;
            Interlocked.Decrement(ref _users);
            return closed ? (int)PollEvents.Nval : events;
        }

        public void Close()
        {
            int users;
            do
            {
                users = _users;
                if (users < 0)
                {
                    return;
                }
            }
            while (Interlocked.CompareExchange(ref _users, users | int.MinValue, users) != users);
            NativeClose();
        }

        private bool Is(int bit)
        {
            return (_bits & bit) != 0;
        }

        private void Mark(int bit)
        {
            if (!Is(bit))
            {
                Set(bit, true);
            }
        }

        private void Set(int bit, bool on)
        {
            lock (this)
            {
                _bits = on ? _bits | bit : _bits & ~bit;
            }
        }

        private Extras MakeExtras()
        {
            if (_extras == null)
            {
                lock (this)
                {
                    _extras = _extras ?? new Extras();
                }
            }

            return _extras;
        }

        private int TakePendingError()
        {
            Extras extras = _extras;
            return extras == null ? 0 : Interlocked.Exchange(ref extras.PendingError, 0);
        }

        private sealed partial class Extras
        {
            // SO_ERROR of a connect that failed behind: told once.
            public int PendingError;

            // A datagram socket's peer.
            public SocketAddress Peer;

            // A message's bytes in one piece; taken out while it is in use, so that two threads never share it.
            public byte[] Scratch;
        }
    }
}
