using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>The selector of a <see cref="TlsStack"/>, over one of the inner stack. Plain sockets are the inner one's own
    /// affair. Of a secured socket it watches what the session needs, moves the session on when that comes, and reports what has
    /// become so of it.</summary>
    /// <remarks>Every wait for a secured socket is a wait here: the calls of the stack use selectors of their own.</remarks>
    internal sealed partial class TlsSelector : ISelector
    {
        // Keys of the inner selector from here on are places in the table of watches; those below are the caller's own.
        private const int FirstPlace = 0x40000000;

        private readonly TlsStack _stack;
        private readonly ISelector _inner;

        // Guards the watches. A session's list of watches may be locked within it.
        private readonly object _lock = new object();
        private TlsWatch[] _watches = new TlsWatch[4];
        private int _count;
        private int _plainCount;
        private int _timedCount;
        private TlsWatch _free;
        private bool _isClosed;

        // The watch of the last call's wait: the next one is mostly for the same socket.
        private TlsWatch _kept;

        public TlsSelector(TlsStack stack, ISelector inner)
        {
            _stack = stack;
            _inner = inner;
        }

        /// <inheritdoc/>
        public int Watch(int handle, PollEvents events, bool once, int key)
        {
            TlsSession session = _stack.Find(handle);
            if (session == null && key < FirstPlace && _plainCount == 0)
            {
                return _inner.Watch(handle, events, once, key);
            }

            int result;
            try
            {
                lock (_lock)
                {
                    TlsWatch watch = null;
                    result = _isClosed ? -(int)Errno.EBADF
                        : session == null ? WatchPlain(handle, events, once, key) : WatchSession(session, events, once, key, out watch);
                    if (result == 0 && watch != null)
                    {
                        // What is so already is reported by the next wait.
                        Enqueue(watch);
                    }
                }
            }
            catch (OutOfMemoryException)
            {
                return -(int)Errno.ENOMEM;
            }

            WakeWaiting();
            return result;
        }

        /// <summary>The session that the last call waited for and whose watch was kept; null for none.</summary>
        public TlsSession Kept => _kept?.Session;

        /// <summary>Waits for one session: for a call of the stack, that has looked already and found nothing.</summary>
        /// <returns>What was seen; 0 when the time is over; Nval when the socket is closed; or -errno.</returns>
        public int WaitFor(TlsSession session, int events, int timeoutMs)
        {
            TlsWatch watch;
            lock (_lock)
            {
                if (_kept != null && _kept.Session != session)
                {
                    Unwatch(_kept.Handle);
                }

                int result = WatchSession(session, (PollEvents)events, false, 0, out watch);
                if (result < 0)
                {
                    return result == -(int)Errno.EBADF ? (int)PollEvents.Nval : result;
                }
            }

            // Something may have come true since the call looked, and before anybody would have been told; what was told since the
            // last wait is seen here as well.
            while (Dequeue() != null)
            {
            }

            int found = session.Look(events, -1, out int wanted, this);
            int count = Settle(watch, session, found, wanted, Keys, Seen, 0);
            if (count == 0)
            {
                count = Wait(Keys, Seen, timeoutMs);
            }

            lock (_lock)
            {
                if (watch.Session == session)
                {
                    watch.IsArmed = false;
                    _kept = watch;
                }
            }

            return count > 0 ? Seen[0] : count;
        }

        /// <inheritdoc/>
        public void Unwatch(int handle)
        {
            if (_count > 0)
            {
                lock (_lock)
                {
                    TlsSession session = _stack.Find(handle);
                    TlsWatch watch = session == null ? FindByHandle(handle) : session.FindWatch(this);
                    if (watch != null)
                    {
                        Free(watch);
                    }
                }
            }

            _inner.Unwatch(handle);
        }

        /// <inheritdoc/>
        public void Close()
        {
            lock (_lock)
            {
                _isClosed = true;
                for (int i = 0; i < _count; i++)
                {
                    if (_watches[i].Handle >= 0)
                    {
                        Free(_watches[i]);
                    }
                }
            }

            _inner.Close();
        }

        private int WatchPlain(int handle, PollEvents events, bool once, int key)
        {
            TlsWatch watch = FindByHandle(handle);
            if (key < FirstPlace)
            {
                if (watch != null)
                {
                    Free(watch);
                }

                return _inner.Watch(handle, events, once, key);
            }

            watch = watch ?? Take(handle, null);
            watch.Key = key;
            watch.IsOnce = once;
            watch.IsArmed = true;
            int result = _inner.Watch(handle, events, once, FirstPlace + watch.Index);
            if (result < 0)
            {
                Free(watch);
            }

            return result;
        }

        private int WatchSession(TlsSession session, PollEvents events, bool once, int key, out TlsWatch watch)
        {
            watch = session.FindWatch(this);
            if (watch == null)
            {
                watch = Take(session.Handle, session);
                if (!session.TryAttach(watch))
                {
                    Free(watch);
                    return -(int)Errno.EBADF;
                }
            }

            if (watch.Wanted == TlsWatch.NotWatched)
            {
                // Mostly what the session will want.
                int wanted = (int)(session.IsHandshaking ? PollEvents.In : events) & InOut;
                int result = _inner.Watch(session.Handle, (PollEvents)wanted, false, FirstPlace + watch.Index);
                if (result < 0)
                {
                    Free(watch);
                    return result;
                }

                watch.Wanted = wanted;
            }

            watch.Events = (int)events & InOut;
            watch.Key = key;
            watch.IsOnce = once;
            watch.IsArmed = true;
            return 0;
        }

        private TlsWatch Take(int handle, TlsSession session)
        {
            TlsWatch watch = _free;
            if (watch != null)
            {
                _free = watch.NextFree;
            }
            else
            {
                if (_count == _watches.Length)
                {
                    TlsWatch[] larger = new TlsWatch[_count * 2];
                    Array.Copy(_watches, 0, larger, 0, _count);
                    _watches = larger;
                }

                watch = new TlsWatch(this, _count);
                _watches[_count++] = watch;
            }

            watch.Handle = handle;
            watch.Session = session;
            _plainCount += session == null ? 1 : 0;
            return watch;
        }

        // It may still be in the queue, which passes over it.
        private void Free(TlsWatch watch)
        {
            if (watch.Session == null)
            {
                _plainCount--;
            }
            else
            {
                watch.Session.Detach(watch);
                SetTimed(watch, false);
            }

            _kept = watch == _kept ? null : _kept;
            watch.Handle = -1;
            watch.Session = null;
            watch.Wanted = TlsWatch.NotWatched;
            watch.IsArmed = false;
            watch.NextFree = _free;
            _free = watch;
        }

        private TlsWatch FindByHandle(int handle)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_watches[i].Handle == handle)
                {
                    return _watches[i];
                }
            }

            return null;
        }

        private void SetTimed(TlsWatch watch, bool isTimed)
        {
            if (watch.IsTimed != isTimed)
            {
                watch.IsTimed = isTimed;
                _timedCount += isTimed ? 1 : -1;
            }
        }
    }
}
