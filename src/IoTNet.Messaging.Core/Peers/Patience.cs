namespace IoTNet
{
    /// <summary>
    /// The waiting of one call, between its looks at the socket:
    /// <code>
    /// do { lock { result = … } } while (result == EAGAIN &amp;&amp; patience.Wait());
    /// patience.End();
    /// </code>
    /// </summary>
    internal struct Patience
    {
        private readonly PeerEvents _events;
        private readonly int _timeoutMs;
        private Deadline _deadline;
        private EventWaiter _waiter;
        private bool _isReady;

        public Patience(PeerEvents events, int timeoutMs)
        {
            _events = events;
            _timeoutMs = timeoutMs;
            _deadline = default;
            _waiter = null;
            _isReady = false;
        }

        /// <summary>Waits until something happened, or might have.</summary>
        /// <returns>False when the time is over.</returns>
        public bool Wait()
        {
            if (_waiter != null)
            {
                int leftMs = _deadline.RemainingMs();
                return leftMs != 0 && _waiter.Signal.WaitOne(leftMs, false);
            }

            if (_timeoutMs == 0)
            {
                return false;
            }

            if (!_isReady)
            {
                _isReady = true;
                _deadline = Deadline.After(_timeoutMs);
                if (ShortWait.For(_events))
                {
                    return true;
                }
            }

            // One more look follows, and no post is missed from here on.
            _waiter = _events.Enter();
            return true;
        }

        /// <summary>The call is over.</summary>
        public void End()
        {
            if (_waiter != null)
            {
                _events.Leave(_waiter);
                _waiter = null;
            }
        }
    }
}
