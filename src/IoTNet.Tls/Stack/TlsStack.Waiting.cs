namespace IoTNet
{
    // Poll, selectors, and how calls wait.
    public sealed partial class TlsStack
    {
        private const int Nval = (int)PollEvents.Nval;

        /// <inheritdoc/>
        public ISelector OpenSelector()
        {
            return new TlsSelector(this, Selectors.Open(_inner));
        }

        /// <inheritdoc/>
        public int Poll(int handle, PollEvents events, int timeoutMs)
        {
            TlsSession session = _sessions.Find(handle);
            if (session == null || session.IsPlain)
            {
                return _inner.Poll(handle, events, timeoutMs);
            }

            int seen = LookAt(session, (int)events, out int wanted, null);
            if (seen != 0 || timeoutMs == 0)
            {
                return seen;
            }

            seen = WaitFor(session, events, timeoutMs);
            return seen < 0 ? (int)PollEvents.Err : seen;
        }

        /// <inheritdoc/>
        public int PollMany(int[] handles, int[] events, int[] results, int count, int timeoutMs)
        {
            bool isPlain = true;
            for (int i = 0; i < count && isPlain; i++)
            {
                TlsSession session = _sessions.Find(handles[i]);
                isPlain = session == null || session.IsPlain;
            }

            if (isPlain)
            {
                return _inner.PollMany(handles, events, results, count, timeoutMs);
            }

            Deadline deadline = Deadline.After(timeoutMs);
            TlsSelector selector = null;
            int ready;
            int left;
            while ((ready = LookAtMany(handles, events, results, count)) == 0 && (left = deadline.RemainingMs()) != 0)
            {
                selector = selector ?? TakeSelector(null);
                ready = WaitForMany(selector, handles, events, count, left);
                if (ready < 0)
                {
                    break;
                }
            }

            GiveBack(selector);
            return ready;
        }

        internal int LookAt(TlsSession session, int events, out int wanted, TlsSelector except)
        {
            // Errors and the end of both halves are the inner socket's to tell; what can be read and written, the session's.
            return session.Look(events, _inner.Poll(session.Handle, PollEvents.None, 0), out wanted, except);
        }

        /// <summary>Waits for one session: the events seen, 0 when the time is over, Nval when it is closed; or -errno.</summary>
        private int WaitFor(TlsSession session, PollEvents events, int timeoutMs)
        {
            TlsSelector selector = TakeSelector(session);
            int result = selector.WaitFor(session, (int)events, timeoutMs);
            GiveBack(selector);
            return result;
        }

        private int WaitForMany(TlsSelector selector, int[] handles, int[] events, int count, int timeoutMs)
        {
            selector.Reserve(count);
            int result = 0;
            for (int i = 0; i < count && result >= 0; i++)
            {
                result = handles[i] < 0 ? 0 : selector.Watch(handles[i], (PollEvents)EventsOf(handles, events, count, i), false, i);
            }

            // A socket that was closed meanwhile is found by the look that follows.
            result = result == BadHandle ? 0 : result < 0 ? result : selector.Wait(selector.Keys, selector.Seen, timeoutMs);
            for (int i = 0; i < count; i++)
            {
                if (handles[i] >= 0)
                {
                    selector.Unwatch(handles[i]);
                }
            }

            return result;
        }

        // A selector has one watch for a socket; here it may be named more than once.
        private static int EventsOf(int[] handles, int[] events, int count, int index)
        {
            int all = 0;
            for (int i = 0; i < count; i++)
            {
                all |= handles[i] == handles[index] ? events[i] : 0;
            }

            return all;
        }

        private int LookAtMany(int[] handles, int[] events, int[] results, int count)
        {
            int ready = 0;
            for (int i = 0; i < count; i++)
            {
                results[i] = handles[i] < 0 ? 0 : Poll(handles[i], (PollEvents)events[i], 0);
                ready += results[i] != 0 ? 1 : 0;
            }

            return ready;
        }

        // The one that watches the session already, if there is one.
        private TlsSelector TakeSelector(TlsSession session)
        {
            lock (_idleSelectors)
            {
                for (int i = _idleSelectors.Count - 1; i >= 0; i--)
                {
                    TlsSelector idle = (TlsSelector)_idleSelectors[i];
                    if (i == 0 || idle.Kept == session)
                    {
                        _idleSelectors.RemoveAt(i);
                        return idle;
                    }
                }
            }

            return (TlsSelector)OpenSelector();
        }

        private void GiveBack(TlsSelector selector)
        {
            if (selector == null)
            {
                return;
            }

            lock (_idleSelectors)
            {
                if (_idleSelectors.Count < TlsDefaults.IdleSelectors)
                {
                    _idleSelectors.Add(selector);
                    return;
                }
            }

            selector.Close();
        }
    }
}
