using System.Threading;

namespace IoTNet
{
    // What a wait reports.
    internal sealed partial class TlsSelector
    {
        private const int InOut = (int)(PollEvents.In | PollEvents.Out);

        // Guards the queue: watches that are to be looked at without the inner socket having told anything. Nothing is locked
        // within it.
        private readonly object _queueLock = new object();
        private TlsWatch _first;
        private TlsWatch _last;
        private int _queued;

        private int _isWoken;
        private int _isWaiting;
        private bool _queueHasTurn;
        private int _round;
        private ISelector _target;

        /// <summary>For calls of the stack: room for what they wait for.</summary>
        public int[] Keys { get; private set; } = new int[1];

        /// <summary>As long as <see cref="Keys"/>.</summary>
        public int[] Seen { get; private set; } = new int[1];

        /// <inheritdoc/>
        public int Wait(int[] keys, int[] seen, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            while (!_isClosed)
            {
                int left = deadline.RemainingMs();
                _round++;

                int reported = _queueHasTurn ? WaitQueueFirst(keys, seen, left) : WaitInnerFirst(keys, seen, left);
                if (reported < 0)
                {
                    return reported;
                }

                bool isWoken = Interlocked.Exchange(ref _isWoken, 0) != 0;
                if (reported > 0 || isWoken || left == 0)
                {
                    return reported;
                }
            }

            return -(int)Errno.EBADF;
        }

        /// <inheritdoc/>
        public void Wake()
        {
            Interlocked.Exchange(ref _isWoken, 1);
            _inner.Wake();
        }

        /// <inheritdoc/>
        /// <remarks>A handshake that has run out of time is seen by the next wait; nobody is woken for it.</remarks>
        public bool Forward(ISelector other)
        {
            _target = other;
            return _inner.Forward(other);
        }

        /// <summary>For a wait for many sockets: makes room in <see cref="Keys"/>, and ends the watch that was kept, whose events
        /// would end the wait.</summary>
        public void Reserve(int count)
        {
            lock (_lock)
            {
                if (_kept != null)
                {
                    Unwatch(_kept.Handle);
                }
            }

            if (Keys.Length < count)
            {
                Keys = new int[count];
                Seen = new int[count];
            }
        }

        /// <summary>A session has something that the inner socket does not tell. Called within the session's list of watches.</summary>
        public void OnChanged(TlsWatch watch)
        {
            Enqueue(watch);
            WakeWaiting();
            ISelector target = _target;
            if (target != null)
            {
                target.Wake();
            }
        }

        private int WaitInnerFirst(int[] keys, int[] seen, int left)
        {
            int count;
            int queued;
            int reported;
            do
            {
                count = WaitInner(keys, seen, left);
                if (count < 0)
                {
                    return count;
                }

                // What the inner report puts into the queue is for the next wait. What came to nothing may have taken the room
                // of something else: it is not told again, so this comes to an end.
                queued = _queued;
                reported = ReportInner(keys, seen, count);
                left = 0;
            }
            while (reported == 0 && count == keys.Length);

            _queueHasTurn = reported == keys.Length && queued > 0;
            return ReportQueue(keys, seen, reported, queued, count < keys.Length);
        }

        // When the inner selector alone filled all the room, the queue has the next turn. (The arrays are made for this turn
        // only: an inner wait fills whole ones.)
        private int WaitQueueFirst(int[] keys, int[] seen, int left)
        {
            _queueHasTurn = false;
            int reported = ReportQueue(keys, seen, 0, _queued, false);
            if (reported == 0 || reported == keys.Length)
            {
                return reported > 0 ? reported : WaitInnerFirst(keys, seen, left);
            }

            int[] restKeys = new int[keys.Length - reported];
            int[] restSeen = new int[restKeys.Length];
            int count = WaitInner(restKeys, restSeen, 0);
            count = count <= 0 ? 0 : ReportInner(restKeys, restSeen, count);
            System.Array.Copy(restKeys, 0, keys, reported, count);
            System.Array.Copy(restSeen, 0, seen, reported, count);
            return reported + count;
        }

        private int WaitInner(int[] keys, int[] seen, int left)
        {
            // The mark before the look at the queue: who fills it looks for the mark afterwards.
            Interlocked.Exchange(ref _isWaiting, 1);
            int limit = Limit(left);
            lock (_queueLock)
            {
                limit = _queued > 0 ? 0 : limit;
            }

            int count = _inner.Wait(keys, seen, limit);
            Interlocked.Exchange(ref _isWaiting, 0);
            return count;
        }

        // A wait ends when a handshake's time is over, and the session is looked at.
        private int Limit(int left)
        {
            if (_timedCount == 0)
            {
                return left;
            }

            lock (_lock)
            {
                for (int i = 0; i < _count; i++)
                {
                    TlsWatch watch = _watches[i];
                    int handshakeLeft = watch.IsTimed && watch.IsArmed ? watch.Session.HandshakeLeftMs() : -1;
                    if (handshakeLeft == 0)
                    {
                        Enqueue(watch);
                    }

                    left = handshakeLeft >= 0 && (left < 0 || handshakeLeft < left) ? handshakeLeft : left;
                }
            }

            return left;
        }

        // The inner selector's report lies in the arrays; what is not to be reported is taken out.
        private int ReportInner(int[] keys, int[] seen, int count)
        {
            int reported = 0;
            for (int i = 0; i < count; i++)
            {
                if (keys[i] < FirstPlace)
                {
                    keys[reported] = keys[i];
                    seen[reported++] = seen[i];
                    continue;
                }

                TlsSession session;
                TlsWatch watch;
                int events;
                lock (_lock)
                {
                    int index = keys[i] - FirstPlace;
                    watch = index < _count ? _watches[index] : null;
                    if (watch == null || !watch.IsArmed || watch.ReportedIn == _round)
                    {
                        continue;
                    }

                    session = watch.Session;
                    events = watch.Events;
                    if (session == null)
                    {
                        keys[reported] = watch.Key;
                        seen[reported++] = seen[i];
                        if (watch.IsOnce || (seen[i] & (int)PollEvents.Nval) != 0)
                        {
                            Free(watch);
                        }

                        continue;
                    }
                }

                int found = session.Look(events, seen[i], out int wanted, this);
                reported = Settle(watch, session, found, wanted, keys, seen, reported);
            }

            return reported;
        }

        private int ReportQueue(int[] keys, int[] seen, int reported, int count, bool innerWasAsked)
        {
            for (int left = count; left > 0 && reported < keys.Length; left--)
            {
                TlsWatch watch;
                TlsSession session;
                int events;
                lock (_lock)
                {
                    watch = Dequeue();
                    session = watch == null || !watch.IsArmed ? null : watch.Session;
                    events = session == null ? 0 : watch.Events;
                }

                if (session != null && watch.ReportedIn == _round)
                {
                    // The inner report was first.
                    Enqueue(watch);
                }
                else if (session != null)
                {
                    // What the inner selector watches for it, it reports sooner or later; but what is reported now is whole.
                    int found = session.Look(events, -1, out int wanted, this);
                    if (!innerWasAsked || found != 0 || (wanted & ~watch.Wanted) != 0)
                    {
                        found = _stack.LookAt(session, events, out wanted, this);
                    }

                    reported = Settle(watch, session, found, wanted, keys, seen, reported);
                }
            }

            return reported;
        }

        private int Settle(TlsWatch watch, TlsSession session, int found, int wanted, int[] keys, int[] seen, int reported)
        {
            lock (_lock)
            {
                // It may have been ended or changed meanwhile.
                if (watch.Session != session || !watch.IsArmed)
                {
                    return reported;
                }

                SetTimed(watch, session.IsHandshaking);
                found &= watch.Events | ~InOut;
                if (found == 0)
                {
                    Want(watch, wanted);
                    return reported;
                }

                keys[reported] = watch.Key;
                seen[reported] = found;
                watch.ReportedIn = _round;
                if ((found & (int)PollEvents.Nval) != 0)
                {
                    int handle = watch.Handle;
                    Free(watch);
                    _inner.Unwatch(handle);
                }
                else if (watch.IsOnce)
                {
                    // Its errors and its end would go on being told.
                    watch.IsArmed = false;
                    watch.Wanted = TlsWatch.NotWatched;
                    _inner.Unwatch(watch.Handle);
                }
                else
                {
                    // The next wait looks whether it is still so.
                    Enqueue(watch);
                }
            }

            return reported + 1;
        }

        private void Want(TlsWatch watch, int wanted)
        {
            if (watch.Wanted != wanted)
            {
                watch.Wanted = wanted;
                _inner.Watch(watch.Handle, (PollEvents)wanted, false, FirstPlace + watch.Index);
            }
        }

        private void WakeWaiting()
        {
            if (Interlocked.CompareExchange(ref _isWaiting, 0, 0) != 0)
            {
                _inner.Wake();
            }
        }

        private void Enqueue(TlsWatch watch)
        {
            lock (_queueLock)
            {
                if (watch.IsQueued)
                {
                    return;
                }

                watch.IsQueued = true;
                watch.NextInQueue = null;
                if (_first == null)
                {
                    _first = watch;
                }
                else
                {
                    _last.NextInQueue = watch;
                }

                _last = watch;
                _queued++;
            }
        }

        private TlsWatch Dequeue()
        {
            lock (_queueLock)
            {
                TlsWatch watch = _first;
                if (watch != null)
                {
                    _first = watch.NextInQueue;
                    watch.IsQueued = false;
                    _queued--;
                }

                return watch;
            }
        }
    }
}
