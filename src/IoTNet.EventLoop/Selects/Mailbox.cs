using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>Keeps the events of select calls until some thread reads them. Its places are taken when a call becomes pending,
    /// so no event is ever lost: a call that finds none left answers ENOBUFS.</summary>
    public sealed class Mailbox : ISelectCaller
    {
        private readonly object _lock = new object();
        private readonly AutoResetEvent _signal = new AutoResetEvent(false);
        private readonly Socket[] _sockets;
        private readonly int[] _handles;
        private readonly int[] _tags;
        private readonly int[] _reasons;
        private int _first;
        private int _count;

        // Places of events that are still to come.
        private int _reserved;

        /// <summary>Makes a mailbox.</summary>
        /// <param name="capacity">How many calls may be pending or unread, 1 to 65,536; 16 bytes each on a device.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is outside 1..65536.</exception>
        public Mailbox(int capacity)
        {
            EventLoopOptions.Check(capacity, 65536, nameof(capacity));
            _sockets = new Socket[capacity];
            _handles = new int[capacity];
            _tags = new int[capacity];
            _reasons = new int[capacity];
        }

        /// <summary>How many events wait to be read.</summary>
        public int Count => _count;

        /// <summary>Takes the oldest event; any thread may, and each event goes to one.</summary>
        /// <param name="timeoutMs">How long to wait for one, in ms: 0 = not at all, -1 = for ever.</param>
        /// <param name="selected">The event.</param>
        /// <returns>Whether there was one in time.</returns>
        public bool Read(int timeoutMs, out SelectEvent selected)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            while (!TryTake(out selected))
            {
                int left = deadline.RemainingMs();
                if (left == 0 || !_signal.WaitOne(left, false))
                {
                    return TryTake(out selected);
                }
            }

            return true;
        }

        /// <summary>For event loops: wakes who waits for an event that the loop has kept here.</summary>
        /// <param name="selected">The event.</param>
        void ISelectCaller.OnSelect(SelectEvent selected)
        {
            _signal.Set();
        }

        /// <summary>Puts an event in the place that was taken for it.</summary>
        internal void Keep(SelectEvent selected)
        {
            lock (_lock)
            {
                int last = (_first + _count++) % _handles.Length;
                _sockets[last] = selected.Socket;
                _handles[last] = selected.Handle;
                _tags[last] = (int)selected.Tag;
                _reasons[last] = (int)selected.Reason;
                _reserved--;
            }
        }

        /// <summary>Takes a place for an event that is to come.</summary>
        /// <returns>Whether there was one.</returns>
        internal bool Reserve()
        {
            lock (_lock)
            {
                if (_count + _reserved == _handles.Length)
                {
                    return false;
                }

                _reserved++;
                return true;
            }
        }

        /// <summary>Gives back the place of an event that will not come.</summary>
        internal void Release()
        {
            lock (_lock)
            {
                _reserved--;
            }
        }

        /// <summary>Takes out an event that nobody has read; one that is not there is passed over.</summary>
        internal void Remove(int handle)
        {
            lock (_lock)
            {
                int length = _handles.Length;
                int kept = 0;
                for (int i = 0; i < _count; i++)
                {
                    int from = (_first + i) % length;
                    if (_handles[from] != handle)
                    {
                        Move(from, (_first + kept++) % length);
                    }
                }

                if (kept < _count)
                {
                    _count = kept;
                    _sockets[(_first + kept) % length] = null;
                }
            }
        }

        private bool TryTake(out SelectEvent selected)
        {
            selected = default;
            bool more;
            lock (_lock)
            {
                if (_count == 0)
                {
                    return false;
                }

                selected.Socket = _sockets[_first];
                selected.Handle = _handles[_first];
                selected.Tag = (SelectTag)_tags[_first];
                selected.Reason = (Errno)_reasons[_first];
                _sockets[_first] = null;
                _first = (_first + 1) % _handles.Length;
                more = --_count > 0;
            }

            if (more)
            {
                // A signal wakes one thread; the next event is for another one.
                _signal.Set();
            }

            return true;
        }

        private void Move(int from, int to)
        {
            _sockets[to] = _sockets[from];
            _handles[to] = _handles[from];
            _tags[to] = _tags[from];
            _reasons[to] = _reasons[from];
        }
    }
}
