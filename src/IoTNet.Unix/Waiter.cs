using System.Threading;

namespace IoTNet
{
    /// <summary>What a call waits for on a socket; the first three are numbered as <see cref="PollEvents"/>.</summary>
    internal static class Wakes
    {
        public const int Input = (int)PollEvents.In;
        public const int Room = (int)PollEvents.Out;

        /// <summary>An error, the end of both halves, close: whoever waits wants to know.</summary>
        public const int Trouble = (int)(PollEvents.Err | PollEvents.Hup);

        /// <summary>Room in this socket's own queue of datagrams, for those who send to it.</summary>
        public const int QueueRoom = 0x100;

        public const int Everything = Input | Room | Trouble | QueueRoom;
    }

    /// <summary>A thread that waits for one socket or several. Pooled; guarded by the stack's lock.</summary>
    internal sealed class Waiter
    {
        public readonly AutoResetEvent Signal = new AutoResetEvent(false);

        /// <summary>The next one in the pool.</summary>
        public Waiter Next;

        private readonly UnixStack _stack;
        private WaitLink[] _links = new WaitLink[2];
        private int _count;
        private bool _isWoken;

        public Waiter(UnixStack stack)
        {
            _stack = stack;
            _links[0] = new WaiterLink(this);
            _links[1] = new WaiterLink(this);
        }

        /// <summary>Begins to wait for a socket.</summary>
        public void Watch(MemorySocket socket, int events)
        {
            if (_count == _links.Length)
            {
                Grow();
            }

            socket.Waits.Add(_links[_count++], events);
        }

        /// <summary>Ends the thread's wait, once, as soon as the stack's lock is free.</summary>
        public void Wake()
        {
            if (!_isWoken)
            {
                _isWoken = true;
                _stack.WakeLater(this);
            }
        }

        /// <summary>Stops to wait for all sockets.</summary>
        /// <param name="sawSignal">Whether the thread took the signal.</param>
        public void Release(bool sawSignal)
        {
            for (int i = 0; i < _count; i++)
            {
                _links[i].Remove();
            }

            _count = 0;

            // Woken just when its time ran out: the signal should not end the next wait.
            if (_isWoken && !sawSignal)
            {
                Signal.Reset();
            }

            _isWoken = false;
        }

        private void Grow()
        {
            WaitLink[] larger = new WaitLink[_links.Length * 2];
            for (int i = 0; i < larger.Length; i++)
            {
                larger[i] = i < _links.Length ? _links[i] : new WaiterLink(this);
            }

            _links = larger;
        }
    }

    /// <summary>One waiter in the list of one socket.</summary>
    internal sealed class WaiterLink : WaitLink
    {
        private readonly Waiter _waiter;

        public WaiterLink(Waiter waiter)
        {
            _waiter = waiter;
        }

        protected override void Wake()
        {
            _waiter.Wake();
        }
    }

    /// <summary>Whoever wants to know of one socket's events, in that socket's list.</summary>
    internal abstract class WaitLink
    {
        private WaitList _list;
        private WaitLink _previous;
        private WaitLink _next;
        private int _events;

        /// <summary>The next link of the list.</summary>
        public WaitLink Next => _next;

        /// <summary>Tells of one of the events. May not change the list.</summary>
        protected abstract void Wake();

        /// <summary>Wakes if it waits for one of the events.</summary>
        /// <returns>The next link of the list.</returns>
        public WaitLink Wake(int events)
        {
            if ((_events & events) != 0)
            {
                Wake();
            }

            return _next;
        }

        /// <summary>Changes what to wait for.</summary>
        public void SetEvents(int events)
        {
            _events = events;
        }

        /// <summary>Puts the link in front of a list.</summary>
        /// <returns>This link.</returns>
        public WaitLink Insert(WaitList list, WaitLink first, int events)
        {
            _list = list;
            _events = events;
            _next = first;
            if (first != null)
            {
                first._previous = this;
            }

            return this;
        }

        public void Remove()
        {
            if (_previous == null)
            {
                _list.First = _next;
            }
            else
            {
                _previous._next = _next;
            }

            if (_next != null)
            {
                _next._previous = _previous;
            }

            // A pooled link must not keep a closed socket alive.
            _list = null;
            _previous = null;
            _next = null;
        }
    }

    /// <summary>The waiters and watches of one socket.</summary>
    internal sealed class WaitList
    {
        public WaitLink First;

        public void Add(WaitLink link, int events)
        {
            First = link.Insert(this, First, events);
        }

        /// <summary>Wakes those who wait for one of the events.</summary>
        public void Wake(int events)
        {
            WaitLink link = First;
            while (link != null)
            {
                link = link.Wake(events);
            }
        }
    }
}
