using System.Threading;

namespace IoTNet
{
    /// <summary>What other threads tell a socket: peers to which something happened. The threads that wait for the socket are
    /// woken.</summary>
    internal sealed class PeerEvents
    {
        // A leaf: nothing is called under it but the setting of events.
        private readonly object _lock = new object();
        private Peer _first;
        private Peer _last;
        private EventWaiter _waiters;
        private bool _closed;

        /// <summary>Whether something is there. May be late for a thread that does not wait.</summary>
        public bool HasAny => _first != null;

        public void Post(Peer peer, int what)
        {
            if (!TryPost(peer, what) && (what & Peer.Attached) != 0)
            {
                // It came too late: the socket has been closed.
                peer.Close();
            }
        }

        /// <summary>Takes no more.</summary>
        public void Close()
        {
            lock (_lock)
            {
                _closed = true;
                Wake();
            }
        }

        private bool TryPost(Peer peer, int what)
        {
            lock (_lock)
            {
                if (_closed)
                {
                    return false;
                }

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
                Wake();
                return true;
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

        /// <summary>Adds somebody to be woken by each post.</summary>
        /// <returns>False when something is there already: do not wait.</returns>
        public bool Add(EventWaiter waiter)
        {
            lock (_lock)
            {
                waiter.Next = _waiters;
                _waiters = waiter;
                return _first == null;
            }
        }

        public void Remove(EventWaiter waiter)
        {
            lock (_lock)
            {
                if (_waiters == waiter)
                {
                    _waiters = waiter.Next;
                }
                else
                {
                    EventWaiter before = _waiters;
                    while (before.Next != waiter)
                    {
                        before = before.Next;
                    }

                    before.Next = waiter.Next;
                }

                waiter.Next = null;
            }
        }

        private void Wake()
        {
            for (EventWaiter waiter = _waiters; waiter != null; waiter = waiter.Next)
            {
                waiter.Signal.Set();
            }
        }
    }

    /// <summary>A thread that waits for a socket.</summary>
    internal sealed class EventWaiter
    {
        public EventWaiter(AutoResetEvent signal)
        {
            Signal = signal;
        }

        public AutoResetEvent Signal { get; }

        public EventWaiter Next { get; set; }
    }
}
