namespace IoTNet
{
    // Who waits for a session. A selector is told when something has come true that the inner socket does not tell it: bytes
    // that another thread decrypted, an end, a failure, a close.
    internal sealed partial class TlsSession
    {
        private const int SignBytes = 1;
        private const int SignEnd = 2;
        private const int SignUnsent = 4;
        private const int SignOpen = 8;
        private const int SignFailed = 16;
        private const int SignClosed = 32;

        // Taken within a selector's lock; a selector's queue may be locked within it.
        private readonly object _watchLock = new object();
        private TlsWatch _watches;
        private bool _isGone;

        /// <summary>Whether a selector will move the session on.</summary>
        public bool IsWatched
        {
            get
            {
                lock (_watchLock)
                {
                    TlsWatch watch = _watches;
                    while (watch != null && !watch.IsArmed)
                    {
                        watch = watch.NextOfSession;
                    }

                    return watch != null;
                }
            }
        }

        public TlsWatch FindWatch(TlsSelector selector)
        {
            lock (_watchLock)
            {
                TlsWatch watch = _watches;
                while (watch != null && watch.Selector != selector)
                {
                    watch = watch.NextOfSession;
                }

                return watch;
            }
        }

        /// <summary>False when the socket is closed: nobody would tell of it.</summary>
        public bool TryAttach(TlsWatch watch)
        {
            lock (_watchLock)
            {
                if (_isGone)
                {
                    return false;
                }

                watch.NextOfSession = _watches;
                _watches = watch;
                return true;
            }
        }

        public void Detach(TlsWatch watch)
        {
            lock (_watchLock)
            {
                TlsWatch before = null;
                TlsWatch at = _watches;
                while (at != null && at != watch)
                {
                    before = at;
                    at = at.NextOfSession;
                }

                if (at == null)
                {
                    return;
                }

                if (before == null)
                {
                    _watches = watch.NextOfSession;
                }
                else
                {
                    before.NextOfSession = watch.NextOfSession;
                }

                watch.NextOfSession = null;
            }
        }

        private int Signs()
        {
            return (Pending > 0 ? SignBytes : 0) | (_inputEnded || _inputShut ? SignEnd : 0) | (HasUnsent ? SignUnsent : 0) |
                (_state == TlsState.Open ? SignOpen : 0) | (_state == TlsState.Failed ? SignFailed : 0) | (_isClosed ? SignClosed : 0);
        }

        private int NewSigns(int before)
        {
            return Signs() & ~before;
        }

        // Called without the session's lock.
        private void Tell(int signs, TlsSelector except)
        {
            if (signs == 0)
            {
                return;
            }

            lock (_watchLock)
            {
                _isGone |= (signs & SignClosed) != 0;
                for (TlsWatch watch = _watches; watch != null; watch = watch.NextOfSession)
                {
                    if (watch.Selector != except)
                    {
                        watch.Selector.OnChanged(watch);
                    }
                }
            }
        }
    }
}
