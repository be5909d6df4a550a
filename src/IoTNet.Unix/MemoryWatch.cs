namespace IoTNet
{
    /// <summary>One socket's watch by one selector. Pooled by the selector; guarded by the stack's lock.</summary>
    internal sealed class MemoryWatch : WaitLink
    {
        public readonly MemorySelector Selector;

        /// <summary>The socket, which may be closed meanwhile.</summary>
        public MemorySocket Socket;

        public int Handle;
        public int Events;
        public int Key;
        public bool IsOnce;

        /// <summary>Whether it is to be looked at in the next wait, and its neighbours in that list.</summary>
        public bool IsReady;
        public MemoryWatch PreviousReady;
        public MemoryWatch NextReady;

        /// <summary>Whether its socket changes by itself, and the next of these.</summary>
        public bool IsTimed;
        public MemoryWatch NextTimed;

        /// <summary>All watches of the selector; Next also in its pool.</summary>
        public MemoryWatch PreviousOfAll;
        public MemoryWatch NextOfAll;

        // In the list of the socket on whose queue it depends whether this one is writable.
        private ReceiverLink _receiverLink;
        private MemorySocket _receiver;

        public MemoryWatch(MemorySelector selector)
        {
            Selector = selector;
        }

        /// <summary>Begins to hear of a socket.</summary>
        public void Attach(MemorySocket socket, int handle)
        {
            // Here, where it may allocate: a wait finds out that it needs one.
            if (_receiverLink == null && socket.Family == AddressFamily.Unix && socket.Type == SocketType.Dgram)
            {
                _receiverLink = new ReceiverLink(this);
            }

            Socket = socket;
            Handle = handle;
            socket.Waits.Add(this, 0);
        }

        /// <summary>Hears of its socket no more.</summary>
        public void Detach()
        {
            Remove();
            FollowReceiver(null);
            Socket = null;
        }

        /// <summary>Hears of room in another socket's queue, on which it depends now whether this one is writable.</summary>
        public void FollowReceiver(MemorySocket receiver)
        {
            if (receiver != _receiver)
            {
                if (_receiver != null)
                {
                    _receiverLink.Remove();
                }

                _receiver = receiver;
                receiver?.Waits.Add(_receiverLink, Wakes.QueueRoom);
            }
        }

        protected override void Wake()
        {
            Selector.OnWoken(this);
        }

        private sealed class ReceiverLink : WaitLink
        {
            private readonly MemoryWatch _watch;

            public ReceiverLink(MemoryWatch watch)
            {
                _watch = watch;
            }

            protected override void Wake()
            {
                _watch.Selector.OnWoken(_watch);
            }
        }
    }
}
