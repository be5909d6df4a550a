using System.Threading;

namespace IoTNet
{
    /// <content>How a call waits: a condition variable made of what nanoFramework has.</content>
    public partial class UnixStack
    {
        // Waiters that nobody uses. There are never more than threads have waited at one time.
        private Waiter _freeWaiters;

        // The waiter that Leave will wake.
        private Waiter _woken;

        // The selectors that have something to forward when the lock is free.
        private MemorySelector _forwarding;

        /// <summary>Waits until something happens to a socket that may let a call go on: lets go of the lock, sleeps, takes the
        /// lock again.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="events">What to wait for (<see cref="Wakes"/>).</param>
        /// <param name="other">A socket whose queue must have room; or null.</param>
        /// <param name="patience">How long the call may wait.</param>
        /// <returns>Whether to try again; false when the time was over before.</returns>
        private bool Pause(MemorySocket socket, int events, MemorySocket other, ref Patience patience)
        {
            if (patience.IsOver)
            {
                return false;
            }

            Waiter waiter = TakeWaiter();
            waiter.Watch(socket, events | Wakes.Trouble);
            if (other != null)
            {
                waiter.Watch(other, Wakes.QueueRoom);
            }

            Sleep(waiter, ref patience, socket.NextChangeMs);
            return true;
        }

        /// <summary>Sleeps until a waiter is woken, and gives it back.</summary>
        /// <param name="waiter">The waiter, which watches sockets.</param>
        /// <param name="patience">How long the call may wait.</param>
        /// <param name="changeMs">In how many ms to wake in any case; -1 = not.</param>
        internal void Sleep(Waiter waiter, ref Patience patience, int changeMs)
        {
            int timeoutMs = patience.RemainingMs();
            bool isWoken = false;
            try
            {
                Leave();
                isWoken = waiter.Signal.WaitOne(changeMs >= 0 && (timeoutMs < 0 || changeMs < timeoutMs) ? changeMs : timeoutMs, false);
            }
            finally
            {
                Monitor.Enter(_lock);
                GiveBack(waiter, isWoken);
            }
        }

        private void GiveBack(Waiter waiter, bool sawSignal)
        {
            waiter.Release(sawSignal);
            waiter.Next = _freeWaiters;
            _freeWaiters = waiter;
        }

        /// <summary>Takes note of a thread to be woken when the lock is free: it would only run into the lock.</summary>
        internal void WakeLater(Waiter waiter)
        {
            // One is the rule. A list of them could be changed by the next owner of the lock while this thread walks it.
            if (_woken == null)
            {
                _woken = waiter;
            }
            else
            {
                waiter.Signal.Set();
            }
        }

        /// <summary>Takes note of a selector that has something to forward.</summary>
        internal void ForwardLater(MemorySelector selector)
        {
            // While the lock is free between two wakes, others may look at those that are still in the list.
            if (!selector.IsForwarding)
            {
                selector.IsForwarding = true;
                selector.NextForwarding = _forwarding;
                _forwarding = selector;
            }
        }

        /// <summary>Takes the lock.</summary>
        internal void Enter()
        {
            Monitor.Enter(_lock);
        }

        /// <summary>Lets go of the lock and wakes those who wait for what was done.</summary>
        internal void Leave()
        {
            Waiter woken = _woken;
            _woken = null;
            ISelector forwarded = _forwarding == null ? null : TakeForwarded();
            Monitor.Exit(_lock);

            // Should its wait have ended meanwhile, the signal ends a later one early; every wait looks again at what it
            // waits for.
            if (woken != null)
            {
                woken.Signal.Set();
            }

            while (forwarded != null)
            {
                forwarded.Wake();
                Monitor.Enter(_lock);
                forwarded = TakeForwarded();
                Monitor.Exit(_lock);
            }
        }

        // The selector to wake for one of ours.
        private ISelector TakeForwarded()
        {
            ISelector target = null;
            while (target == null && _forwarding != null)
            {
                MemorySelector selector = _forwarding;
                _forwarding = selector.NextForwarding;
                selector.NextForwarding = null;
                selector.IsForwarding = false;
                target = selector.Target;
            }

            return target;
        }

        internal Waiter TakeWaiter()
        {
            Waiter waiter = _freeWaiters;
            if (waiter == null)
            {
                return new Waiter(this);
            }

            _freeWaiters = waiter.Next;
            waiter.Next = null;
            return waiter;
        }
    }

    /// <summary>How long a call may wait. The clock is first read when it does.</summary>
    internal struct Patience
    {
        private int _timeoutMs;
        private bool _hasBegun;
        private Deadline _deadline;

        public static Patience Of(int timeoutMs)
        {
            Patience patience = default(Patience);
            patience._timeoutMs = timeoutMs;
            return patience;
        }

        public bool IsOver => RemainingMs() == 0;

        public int RemainingMs()
        {
            if (_timeoutMs <= 0)
            {
                return _timeoutMs;
            }

            if (!_hasBegun)
            {
                _hasBegun = true;
                _deadline = Deadline.After(_timeoutMs);
            }

            Deadline deadline = _deadline;
            return deadline.RemainingMs();
        }
    }
}
