using System.Threading;

namespace IoTNet
{
    /// <summary>What other threads tell a socket: peers to which something happened. The threads that wait for the socket are
    /// woken.</summary>
    internal sealed class PeerEvents
    {
        // A leaf: nothing is called under it but, for several waiters, the setting of their signals.
        private readonly object _lock = new object();
        private Peer _first;
        private Peer _last;
        private EventWaiter _waiters;

        // As many as threads ever waited at the same time, but those of pollers.
        private EventWaiter _spare;
        private bool _closed;

        /// <summary>Whether something is there. May be late for a thread that does not wait.</summary>
        public bool HasAny => _first != null;

        /// <summary>Tells what happened to a peer.</summary>
        public void Post(Peer peer, int what)
        {
            EventWaiter only;
            bool isLate;
            lock (_lock)
            {
                isLate = _closed;
                if (!isLate)
                {
                    Add(peer, what);
                }

                only = Wake();
            }

            if (only != null)
            {
                only.Signal.Set();
            }

            if (isLate && (what & Peer.Attached) != 0)
            {
                // The socket has been closed.
                peer.Close();
            }
        }

        /// <summary>Takes no more.</summary>
        public void Close()
        {
            EventWaiter only;
            lock (_lock)
            {
                _closed = true;
                only = Wake();
            }

            if (only != null)
            {
                only.Signal.Set();
            }
        }

        /// <summary>Forgets a peer of which the socket has not heard yet: it came and went, and left nothing.</summary>
        public void Forget(Peer peer)
        {
            lock (_lock)
            {
                if ((peer.Pending & Peer.Attached) == 0 || !peer.In.IsEnded)
                {
                    return;
                }

                Peer before = null;
                for (Peer at = _first; at != peer; at = at.NextWithEvents)
                {
                    before = at;
                }

                if (before == null)
                {
                    _first = peer.NextWithEvents;
                }
                else
                {
                    before.NextWithEvents = peer.NextWithEvents;
                }

                _last = _last == peer ? before : _last;
                peer.NextWithEvents = null;
                peer.Pending = 0;
            }
        }

        /// <summary>Takes the oldest.</summary>
        /// <returns>The peer; null when there is none.</returns>
        public Peer Take(out int what)
        {
            lock (_lock)
            {
                Peer peer = _first;
                what = 0;
                if (peer != null)
                {
                    _first = peer.NextWithEvents;
                    _last = _first == null ? null : _last;
                    what = peer.Pending;
                    peer.Pending = 0;
                    peer.NextWithEvents = null;
                }

                return peer;
            }
        }

        /// <summary>A call begins to wait.</summary>
        /// <returns>What is woken by each post, perhaps once for an older one.</returns>
        public EventWaiter Enter()
        {
            lock (_lock)
            {
                EventWaiter waiter = _spare ?? new EventWaiter(new AutoResetEvent(false));
                _spare = waiter.Next;
                waiter.Next = _waiters;
                _waiters = waiter;
                return waiter;
            }
        }

        /// <summary>A call has waited.</summary>
        public void Leave(EventWaiter waiter)
        {
            lock (_lock)
            {
                TakeOut(waiter);
                waiter.Next = _spare;
                _spare = waiter;
            }
        }

        /// <summary>Adds a waiter of the caller's own.</summary>
        public void Add(EventWaiter waiter)
        {
            lock (_lock)
            {
                waiter.Next = _waiters;
                _waiters = waiter;
            }
        }

        /// <summary>Takes it out.</summary>
        public void Remove(EventWaiter waiter)
        {
            lock (_lock)
            {
                TakeOut(waiter);
                waiter.Next = null;
            }
        }

        private void Add(Peer peer, int what)
        {
            if (peer.Pending == 0)
            {
                peer.NextWithEvents = null;
                if (_last == null)
                {
                    _first = peer;
                }
                else
                {
                    _last.NextWithEvents = peer;
                }

                _last = peer;
            }

            peer.Pending |= what;
        }

        private void TakeOut(EventWaiter waiter)
        {
            if (_waiters == waiter)
            {
                _waiters = waiter.Next;
                return;
            }

            EventWaiter before = _waiters;
            while (before.Next != waiter)
            {
                before = before.Next;
            }

            before.Next = waiter.Next;
        }

        // One alone is woken without the lock, on which it would only wait again.
        private EventWaiter Wake()
        {
            if (_waiters == null || _waiters.Next == null)
            {
                return _waiters;
            }

            for (EventWaiter waiter = _waiters; waiter != null; waiter = waiter.Next)
            {
                waiter.Signal.Set();
            }

            return null;
        }
    }
}
