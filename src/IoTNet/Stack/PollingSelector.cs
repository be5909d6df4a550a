using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>A selector over <see cref="INetworkStack.PollMany"/>, for every stack: it names all sockets to the stack with each
    /// look. What it costs grows with what is watched.</summary>
    /// <remarks>A wait with something to watch is made of polls of <see cref="SliceMs"/>, for nothing ends a poll from outside:
    /// a socket is seen as soon as the stack's poll sees it, a wake or a new watch after 10 ms at the latest. An idle wait thus
    /// polls 100 times a second. On a device that adds nothing to what is so anyway: nanoFramework waits for one socket, and
    /// for more its stack looks at each every 10 ms. A wait with nothing to watch sleeps.</remarks>
    public sealed class PollingSelector : ISelector
    {
        /// <summary>How long one poll lasts at most, in ms.</summary>
        public const int SliceMs = 10;

        private const int AlwaysReported = (int)(PollEvents.Err | PollEvents.Hup | PollEvents.Nval);
        private const int FirstCapacity = 4;

        private readonly INetworkStack _stack;

        // Guards everything but the copy; not held during a poll.
        private readonly object _lock = new object();

        // Ends a wait that has nothing to watch: woken, closed, or something to watch came.
        private readonly AutoResetEvent _signal = new AutoResetEvent(false);

        private int[] _handles = new int[FirstCapacity];
        private int[] _events = new int[FirstCapacity];
        private int[] _keys = new int[FirstCapacity];
        private bool[] _once = new bool[FirstCapacity];
        private int _count;
        private int _version;
        private bool _isWoken;
        private bool _isClosed;

        // What the waiting thread polls: a copy of the watches of a version.
        private int[] _polled = new int[FirstCapacity];
        private int[] _wanted = new int[FirstCapacity];
        private int[] _found = new int[FirstCapacity];
        private int _polledCount;
        private int _polledVersion = -1;

        // Where in the copy the next report begins, so that each has its turn.
        private int _next;

        /// <summary>Makes a selector.</summary>
        /// <param name="stack">The stack whose sockets it watches.</param>
        /// <exception cref="ArgumentNullException">There is no stack.</exception>
        public PollingSelector(INetworkStack stack)
        {
            _stack = stack ?? throw new ArgumentNullException(nameof(stack));
        }

        /// <inheritdoc/>
        public int Watch(int handle, PollEvents events, bool once, int key)
        {
            // A handle below 0 would be passed over by the poll.
            if (handle < 0 || (_stack.Poll(handle, PollEvents.None, 0) & (int)PollEvents.Nval) != 0)
            {
                return -(int)Errno.EBADF;
            }

            lock (_lock)
            {
                if (_isClosed)
                {
                    return -(int)Errno.EBADF;
                }

                int index = IndexOf(handle);
                if (index < 0)
                {
                    if (_count == _handles.Length && !TryGrow())
                    {
                        return -(int)Errno.ENOMEM;
                    }

                    index = _count++;
                }

                _handles[index] = handle;
                _events[index] = (int)events;
                _keys[index] = key;
                _once[index] = once;
                _version++;
            }

            _signal.Set();
            return 0;
        }

        /// <inheritdoc/>
        public void Unwatch(int handle)
        {
            lock (_lock)
            {
                int index = IndexOf(handle);
                if (index >= 0)
                {
                    RemoveAt(index);
                }
            }
        }

        /// <inheritdoc/>
        public int Wait(int[] keys, int[] seen, int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            while (true)
            {
                int left = deadline.RemainingMs();
                int result = Prepare(out bool isWoken);
                if (result < 0)
                {
                    return result;
                }

                if (_polledCount > 0)
                {
                    int slice = isWoken ? 0 : left < 0 || left > SliceMs ? SliceMs : left;
                    result = _stack.PollMany(_polled, _wanted, _found, _polledCount, slice);
                    result = result > 0 ? Report(keys, seen) : result;
                }
                else if (!isWoken && left != 0)
                {
                    _signal.WaitOne(left, false);
                }

                if (result != 0 || isWoken || left == 0)
                {
                    return result;
                }
            }
        }

        /// <inheritdoc/>
        public void Wake()
        {
            lock (_lock)
            {
                _isWoken = true;
            }

            _signal.Set();
        }

        /// <inheritdoc/>
        public bool Forward(ISelector other)
        {
            return false;
        }

        /// <inheritdoc/>
        public void Close()
        {
            lock (_lock)
            {
                _isClosed = true;
                _count = 0;
                _version++;
            }

            _signal.Set();
        }

        // Takes the wake, and copies the watches when they have changed.
        private int Prepare(out bool isWoken)
        {
            lock (_lock)
            {
                isWoken = _isWoken;
                _isWoken = false;
                if (_polledVersion != _version)
                {
                    if (_polled.Length < _handles.Length && !TryGrowCopy())
                    {
                        return -(int)Errno.ENOMEM;
                    }

                    Array.Copy(_handles, 0, _polled, 0, _count);
                    Array.Copy(_events, 0, _wanted, 0, _count);
                    _polledCount = _count;
                    _polledVersion = _version;
                }

                return _isClosed ? -(int)Errno.EBADF : 0;
            }
        }

        private int Report(int[] keys, int[] seen)
        {
            int reported = 0;
            lock (_lock)
            {
                bool isSame = _polledVersion == _version;
                int at = _next < _polledCount ? _next : 0;
                for (int i = 0; i < _polledCount && reported < keys.Length; i++)
                {
                    // The watches may have changed since the copy was made: by other threads, or below.
                    int index = _found[at] == 0 ? -1 : isSame ? at : IndexOf(_polled[at]);
                    int events = index < 0 ? 0 : _found[at] & (_events[index] | AlwaysReported);
                    at = at + 1 == _polledCount ? 0 : at + 1;
                    if (events != 0)
                    {
                        keys[reported] = _keys[index];
                        seen[reported++] = events;
                        _next = at;
                        if (_once[index] || (events & (int)PollEvents.Nval) != 0)
                        {
                            RemoveAt(index);
                            isSame = false;
                        }
                    }
                }
            }

            return reported;
        }

        private int IndexOf(int handle)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_handles[i] == handle)
                {
                    return i;
                }
            }

            return -1;
        }

        private void RemoveAt(int index)
        {
            _count--;
            _handles[index] = _handles[_count];
            _events[index] = _events[_count];
            _keys[index] = _keys[_count];
            _once[index] = _once[_count];
            _version++;
        }

        private bool TryGrow()
        {
            int capacity = _count * 2;
            try
            {
                int[] handles = new int[capacity];
                int[] events = new int[capacity];
                int[] keys = new int[capacity];
                bool[] once = new bool[capacity];
                Array.Copy(_handles, 0, handles, 0, _count);
                Array.Copy(_events, 0, events, 0, _count);
                Array.Copy(_keys, 0, keys, 0, _count);
                Array.Copy(_once, 0, once, 0, _count);
                _handles = handles;
                _events = events;
                _keys = keys;
                _once = once;
                return true;
            }
            catch (OutOfMemoryException)
            {
                return false;
            }
        }

        private bool TryGrowCopy()
        {
            try
            {
                _found = new int[_handles.Length];
                _wanted = new int[_handles.Length];
                _polled = new int[_handles.Length];
                return true;
            }
            catch (OutOfMemoryException)
            {
                return false;
            }
        }
    }
}
