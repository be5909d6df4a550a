using System;

namespace IoTNet
{
    /// <summary>
    /// Waits for many sockets at once (POSIX poll()). Add the sockets, <see cref="Wait"/>, then ask what happened on each.
    /// A wait allocates nothing. For one thread: another one may close the sockets meanwhile, but not change the poller.
    /// </summary>
    /// <remarks>Sockets of one stack are waited for in one call. When sockets of two stacks are mixed (a socket pair beside
    /// network sockets), no call waits for both: the stacks are asked in turn, every <see cref="MixedSliceMs"/> ms.</remarks>
    public sealed class Poller
    {
        /// <summary>How often, in ms, a wait over two stacks looks at each of them.</summary>
        public const int MixedSliceMs = 10;

        private Socket[] _sockets;
        private int[] _events;
        private int[] _results;
        private int[] _handles;
        private int[] _answers;
        private int _count;

        /// <summary>Makes a poller that grows as sockets are added.</summary>
        public Poller()
            : this(8)
        {
        }

        /// <summary>Makes a poller with room for a number of sockets; it grows when more are added.</summary>
        /// <param name="capacity">How many sockets fit at first, 1 to 4,096.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is outside 1..4096.</exception>
        public Poller(int capacity)
        {
            if (capacity < 1 || capacity > 4096)
            {
                throw new ArgumentOutOfRangeException(nameof(capacity), "A poller has room for 1 to 4096 sockets, not " + capacity.ToString() + ".");
            }

            _sockets = new Socket[capacity];
            _events = new int[capacity];
            _results = new int[capacity];
            _handles = new int[capacity];
            _answers = new int[capacity];
        }

        /// <summary>How many sockets the poller has.</summary>
        public int Count => _count;

        /// <summary>Adds a socket. One that is closed is reported as Nval.</summary>
        /// <param name="socket">The socket; it may be added again, with other events.</param>
        /// <param name="events">In, Out, or None (Err, Hup and Nval always count).</param>
        /// <returns>Its index, for the other calls.</returns>
        /// <exception cref="ArgumentNullException">No socket was given.</exception>
        public int Add(Socket socket, PollEvents events)
        {
            if (socket == null)
            {
                throw new ArgumentNullException(nameof(socket));
            }

            if (_count == _sockets.Length)
            {
                Grow();
            }

            _sockets[_count] = socket;
            _events[_count] = (int)events;
            _results[_count] = 0;
            return _count++;
        }

        /// <summary>Changes what to wait for on a socket.</summary>
        /// <param name="index">The socket's index.</param>
        /// <param name="events">In, Out, or None.</param>
        public void SetEvents(int index, PollEvents events)
        {
            CheckIndex(index);
            _events[index] = (int)events;
        }

        /// <summary>Takes a socket out. The last one takes its index.</summary>
        /// <param name="index">The socket's index.</param>
        public void Remove(int index)
        {
            CheckIndex(index);
            _count--;
            _sockets[index] = _sockets[_count];
            _events[index] = _events[_count];
            _results[index] = _results[_count];
            _sockets[_count] = null;
        }

        /// <summary>Takes all sockets out.</summary>
        public void Clear()
        {
            Array.Clear(_sockets, 0, _count);
            _count = 0;
        }

        /// <summary>Gives a socket.</summary>
        /// <param name="index">Its index.</param>
        /// <returns>The socket.</returns>
        public Socket GetSocket(int index)
        {
            CheckIndex(index);
            return _sockets[index];
        }

        /// <summary>Tells what the last wait saw on a socket.</summary>
        /// <param name="index">Its index.</param>
        /// <returns>The events; None when nothing happened.</returns>
        public PollEvents GetEvents(int index)
        {
            CheckIndex(index);
            return (PollEvents)_results[index];
        }

        /// <summary>Waits until something happens on at least one socket.</summary>
        /// <param name="timeoutMs">Milliseconds; 0 = look only, -1 = for ever.</param>
        /// <returns>On how many; 0 when the time is over.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="SocketException">The stack failed (EIO, ENOMEM).</exception>
        public int Wait(int timeoutMs)
        {
            Arguments.CheckTimeout(timeoutMs);
            int result = TryWait(timeoutMs);
            if (result < 0)
            {
                throw new SocketException((Errno)(-result), "wait for " + _count.ToString() + " sockets: " + ErrnoTable.Describe((Errno)(-result)));
            }

            return result;
        }

        /// <summary>Waits until something happens on at least one socket; does not throw.</summary>
        /// <param name="timeoutMs">Milliseconds; 0 = look only, -1 = for ever.</param>
        /// <returns>On how many sockets; 0 when the time is over; or <c>-(int)Errno</c>.</returns>
        public int TryWait(int timeoutMs)
        {
            INetworkStack first = Prepare(out bool mixed, out int closed);
            if (first == null)
            {
                return closed > 0 ? closed : WaitForNothing(timeoutMs);
            }

            if (closed > 0)
            {
                timeoutMs = 0;
            }

            int ready = mixed ? WaitMixed(timeoutMs) : first.PollMany(_handles, _events, _results, _count, timeoutMs);
            if (ready < 0 || closed == 0)
            {
                return ready;
            }

            for (int i = 0; i < _count; i++)
            {
                if (_sockets[i].IsClosed)
                {
                    ready += _results[i] == 0 ? 1 : 0;
                    _results[i] = (int)PollEvents.Nval;
                }
            }

            return ready;
        }

        // Fills the handles; tells the first open socket's stack, whether another one is among them, and how many sockets
        // are closed (poll(2): POLLNVAL, the wait ends at once).
        private INetworkStack Prepare(out bool mixed, out int closed)
        {
            INetworkStack first = null;
            mixed = false;
            closed = 0;
            for (int i = 0; i < _count; i++)
            {
                Socket socket = _sockets[i];
                _handles[i] = socket.Handle;
                if (_handles[i] < 0)
                {
                    _results[i] = (int)PollEvents.Nval;
                    closed++;
                }
                else if (first == null)
                {
                    first = socket.Stack;
                }
                else if (socket.Stack != first)
                {
                    mixed = true;
                }
            }

            return first;
        }

        private int WaitMixed(int timeoutMs)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            int slice = 0;
            while (true)
            {
                // A socket that is closed meanwhile has no handle any more that a stack could answer for.
                int ready = TakeClosed();
                for (int i = 0; i < _count; i++)
                {
                    if (_sockets[i].Handle >= 0 && IsFirstOfItsStack(i))
                    {
                        // Only one stack waits; the others are looked at, or the slices would add up.
                        int part = AskStack(_sockets[i].Stack, ready == 0 ? slice : 0);
                        slice = 0;
                        if (part < 0)
                        {
                            return part;
                        }

                        ready += part;
                    }
                }

                int left = deadline.RemainingMs();
                if (ready > 0 || left == 0)
                {
                    return ready;
                }

                slice = left < 0 || left > MixedSliceMs ? MixedSliceMs : left;
            }
        }

        private int TakeClosed()
        {
            int closed = 0;
            for (int i = 0; i < _count; i++)
            {
                bool isClosed = _sockets[i].IsClosed;
                _results[i] = isClosed ? (int)PollEvents.Nval : 0;
                closed += isClosed ? 1 : 0;
            }

            return closed;
        }

        private int AskStack(INetworkStack stack, int timeoutMs)
        {
            for (int i = 0; i < _count; i++)
            {
                _handles[i] = _sockets[i].Stack == stack ? _sockets[i].Handle : -1;
            }

            int ready = stack.PollMany(_handles, _events, _answers, _count, timeoutMs);
            for (int i = 0; i < _count && ready > 0; i++)
            {
                if (_handles[i] >= 0)
                {
                    _results[i] = _answers[i];
                }
            }

            return ready;
        }

        private bool IsFirstOfItsStack(int index)
        {
            for (int i = 0; i < index; i++)
            {
                if (_sockets[i].Stack == _sockets[index].Stack && _sockets[i].Handle >= 0)
                {
                    return false;
                }
            }

            return true;
        }

        // poll(2) with no descriptors is a sleep.
        private int WaitForNothing(int timeoutMs)
        {
            System.Threading.Thread.Sleep(timeoutMs);
            return 0;
        }

        private void CheckIndex(int index)
        {
            if (index < 0 || index >= _count)
            {
                throw new ArgumentOutOfRangeException(nameof(index),
                    "The poller has " + _count.ToString() + " sockets; there is no index " + index.ToString() + ".");
            }
        }

        private void Grow()
        {
            int capacity = _sockets.Length * 2;
            Socket[] sockets = new Socket[capacity];
            Array.Copy(_sockets, 0, sockets, 0, _count);
            _sockets = sockets;
            _events = Grow(_events, capacity);
            _results = Grow(_results, capacity);
            _handles = new int[capacity];
            _answers = new int[capacity];
        }

        private static int[] Grow(int[] old, int capacity)
        {
            int[] larger = new int[capacity];
            Array.Copy(old, 0, larger, 0, old.Length);
            return larger;
        }
    }
}
