using System;

namespace IoTNet
{
    /// <summary>The selector of a <see cref="UnixStack"/>: what happens to a watched socket puts its watch into a list, and a
    /// wait looks at those in the list. What is reported stays there until a look finds it over. Guarded by the stack's
    /// lock.</summary>
    internal sealed class MemorySelector : ISelector
    {
        private readonly UnixStack _stack;
        private readonly ReadyList _ready = new ReadyList();
        private MemoryWatch _all;
        private MemoryWatch _timed;
        private MemoryWatch _free;
        private Waiter _waiter;
        private bool _isWoken;
        private bool _isTold;
        private bool _isClosed;

        /// <summary>Whether it is in the stack's list of those that have something to forward, and the next one there.</summary>
        public bool IsForwarding;
        public MemorySelector NextForwarding;

        /// <summary>The selector to wake for this one; or null.</summary>
        public ISelector Target;

        public MemorySelector(UnixStack stack)
        {
            _stack = stack;
        }

        public int Watch(int handle, PollEvents events, bool once, int key)
        {
            _stack.Enter();
            try
            {
                MemorySocket socket = _isClosed ? null : _stack.Find(handle);
                if (socket == null)
                {
                    return -(int)Errno.EBADF;
                }

                MemoryWatch watch = Find(socket) ?? Begin(socket, handle);
                watch.Events = (int)events;
                watch.Key = key;
                watch.IsOnce = once;
                watch.SetEvents((int)events | Wakes.Trouble);
                OnWoken(watch);
                return 0;
            }
            catch (OutOfMemoryException)
            {
                return -(int)Errno.ENOMEM;
            }
            finally
            {
                _stack.Leave();
            }
        }

        public void Unwatch(int handle)
        {
            _stack.Enter();
            try
            {
                // A closed socket's watch waits to be reported.
                MemorySocket socket = _stack.Find(handle);
                MemoryWatch watch = socket != null ? Find(socket) : _ready.Find(handle);
                if (watch != null)
                {
                    End(watch);
                }
            }
            finally
            {
                _stack.Leave();
            }
        }

        public int Wait(int[] keys, int[] seen, int timeoutMs)
        {
            _stack.Enter();
            try
            {
                Patience patience = Patience.Of(timeoutMs);
                while (!_isClosed)
                {
                    bool isWoken = _isWoken;
                    _isWoken = false;
                    _isTold = false;
                    LookAtTimed();
                    int count = Report(keys, seen);
                    if (count > 0 || isWoken || patience.IsOver)
                    {
                        Tell();
                        return count;
                    }

                    _waiter = _stack.TakeWaiter();
                    _stack.Sleep(_waiter, ref patience, LookAtTimed());
                    _waiter = null;
                }

                return -(int)Errno.EBADF;
            }
            finally
            {
                _waiter = null;
                _stack.Leave();
            }
        }

        public void Wake()
        {
            _stack.Enter();
            _isWoken = true;
            _waiter?.Wake();
            _stack.Leave();
        }

        public bool Forward(ISelector other)
        {
            _stack.Enter();
            Target = other;

            // What was told went to another one.
            _isTold = false;
            Tell();
            _stack.Leave();
            return true;
        }

        public void Close()
        {
            _stack.Enter();
            while (_all != null)
            {
                End(_all);
            }

            _free = null;
            Target = null;
            _isClosed = true;
            _waiter?.Wake();
            _stack.Leave();
        }

        /// <summary>Something happened to a watched socket, or to the watch.</summary>
        public void OnWoken(MemoryWatch watch)
        {
            if (!watch.IsReady)
            {
                _ready.Add(watch);
            }

            if (_waiter != null)
            {
                _waiter.Wake();
            }
            else
            {
                Tell();
            }
        }

        // Forwards, once between two waits here, that there is something to look at.
        private void Tell()
        {
            if (Target != null && !_isTold && _ready.First != null)
            {
                _isTold = true;
                _stack.ForwardLater(this);
            }
        }

        private int Report(int[] keys, int[] seen)
        {
            int reported = 0;
            MemoryWatch last = _ready.Last;
            MemoryWatch watch = null;
            while (watch != last && reported < keys.Length)
            {
                watch = _ready.First;
                _ready.Remove(watch);
                int events = UnixStack.Look(watch.Socket, watch.Events);
                if (events == 0)
                {
                    Follow(watch);
                    continue;
                }

                keys[reported] = watch.Key;
                seen[reported++] = events;
                if (watch.IsOnce || watch.Socket.IsClosed)
                {
                    End(watch);
                }
                else if (!watch.IsReady)
                {
                    // A look that finds a connect's time over has put it back already.
                    _ready.Add(watch);
                }
            }

            return reported;
        }

        // What must be known of a socket that is not ready, besides its own events.
        private void Follow(MemoryWatch watch)
        {
            watch.FollowReceiver(UnixStack.ReceiverFor(watch.Socket, watch.Events));
            if (!watch.IsTimed && watch.Socket.NextChangeMs >= 0)
            {
                watch.IsTimed = true;
                watch.NextTimed = _timed;
                _timed = watch;
            }
        }

        // Finds those whose time has come; tells in how many ms the next one's comes, or -1. Only connects that wait for room
        // in a backlog are among them.
        private int LookAtTimed()
        {
            int soonestMs = -1;
            for (MemoryWatch watch = _timed; watch != null; watch = watch.NextTimed)
            {
                int changeMs = watch.Socket.NextChangeMs;
                if (changeMs <= 0)
                {
                    RemoveTimed(watch);
                    if (!watch.IsReady)
                    {
                        _ready.Add(watch);
                    }
                }

                soonestMs = changeMs >= 0 && (soonestMs < 0 || changeMs < soonestMs) ? changeMs : soonestMs;
            }

            return soonestMs;
        }

        private void RemoveTimed(MemoryWatch watch)
        {
            MemoryWatch before = null;
            for (MemoryWatch at = _timed; at != watch; at = at.NextTimed)
            {
                before = at;
            }

            if (before == null)
            {
                _timed = watch.NextTimed;
            }
            else
            {
                before.NextTimed = watch.NextTimed;
            }

            watch.IsTimed = false;
        }

        private MemoryWatch Find(MemorySocket socket)
        {
            for (WaitLink link = socket.Waits.First; link != null; link = link.Next)
            {
                MemoryWatch watch = link as MemoryWatch;
                if (watch != null && watch.Selector == this)
                {
                    return watch;
                }
            }

            return null;
        }

        private MemoryWatch Begin(MemorySocket socket, int handle)
        {
            MemoryWatch watch = _free ?? new MemoryWatch(this);
            watch.Attach(socket, handle);
            if (watch == _free)
            {
                _free = watch.NextOfAll;
            }

            watch.PreviousOfAll = null;
            watch.NextOfAll = _all;
            if (_all != null)
            {
                _all.PreviousOfAll = watch;
            }

            _all = watch;
            return watch;
        }

        private void End(MemoryWatch watch)
        {
            watch.Detach();
            if (watch.IsReady)
            {
                _ready.Remove(watch);
            }

            if (watch.IsTimed)
            {
                RemoveTimed(watch);
            }

            if (watch.PreviousOfAll == null)
            {
                _all = watch.NextOfAll;
            }
            else
            {
                watch.PreviousOfAll.NextOfAll = watch.NextOfAll;
            }

            if (watch.NextOfAll != null)
            {
                watch.NextOfAll.PreviousOfAll = watch.PreviousOfAll;
            }

            watch.NextOfAll = _free;
            _free = watch;
        }

        /// <summary>Watches in the order in which they are looked at.</summary>
        private sealed class ReadyList
        {
            public MemoryWatch First { get; private set; }

            public MemoryWatch Last { get; private set; }

            public void Add(MemoryWatch watch)
            {
                watch.IsReady = true;
                watch.PreviousReady = Last;
                if (Last == null)
                {
                    First = watch;
                }
                else
                {
                    Last.NextReady = watch;
                }

                Last = watch;
            }

            public void Remove(MemoryWatch watch)
            {
                if (watch.PreviousReady == null)
                {
                    First = watch.NextReady;
                }
                else
                {
                    watch.PreviousReady.NextReady = watch.NextReady;
                }

                if (watch.NextReady == null)
                {
                    Last = watch.PreviousReady;
                }
                else
                {
                    watch.NextReady.PreviousReady = watch.PreviousReady;
                }

                watch.IsReady = false;
                watch.PreviousReady = null;
                watch.NextReady = null;
            }

            public MemoryWatch Find(int handle)
            {
                MemoryWatch watch = First;
                while (watch != null && watch.Handle != handle)
                {
                    watch = watch.NextReady;
                }

                return watch;
            }
        }
    }
}
