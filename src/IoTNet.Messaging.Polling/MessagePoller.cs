using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// Waits for several message sockets at once (zmq_poll). Add the sockets, <see cref="Wait"/>, then ask what each can do. For
    /// one thread; a wait allocates nothing.
    /// </summary>
    public sealed class MessagePoller
    {
        private readonly AutoResetEvent _signal = new AutoResetEvent(false);
        private MessageSocket[] _sockets = new MessageSocket[4];
        private EventWaiter[] _waiters = new EventWaiter[4];
        private PollEvents[] _wanted = new PollEvents[4];
        private PollEvents[] _seen = new PollEvents[4];

        /// <summary>How many sockets the poller has.</summary>
        public int Count { get; private set; }

        /// <summary>Adds a socket.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="events">In, Out or both; Nval (the socket is closed) always counts.</param>
        /// <returns>Its index.</returns>
        /// <exception cref="ArgumentNullException">No socket was given.</exception>
        public int Add(MessageSocket socket, PollEvents events)
        {
            if (Count == _sockets.Length)
            {
                Grow();
            }

            _sockets[Count] = socket ?? throw new ArgumentNullException(nameof(socket));
            _wanted[Count] = events;
            _waiters[Count] = new EventWaiter(_signal);
            return Count++;
        }

        /// <summary>Changes what to wait for on a socket.</summary>
        /// <param name="index">The socket's index.</param>
        /// <param name="events">In, Out, both, or None.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
        public void SetEvents(int index, PollEvents events)
        {
            CheckIndex(index);
            _wanted[index] = events;
        }

        /// <summary>What the last wait saw on a socket.</summary>
        /// <param name="index">The socket's index.</param>
        /// <returns>The events; None when nothing that was wanted.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
        public PollEvents GetEvents(int index)
        {
            CheckIndex(index);
            return _seen[index];
        }

        /// <summary>Waits until one of the sockets can do what is wanted.</summary>
        /// <param name="timeoutMs">How long, in ms: 0 = only look, -1 = for ever.</param>
        /// <returns>How many sockets can; 0 when the time is over.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        public int Wait(int timeoutMs)
        {
            if (timeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(timeoutMs), "Expected -1 or more, not " + timeoutMs.ToString() + ".");
            }

            int ready = Look();
            if (ready > 0 || timeoutMs == 0)
            {
                return ready;
            }

            Deadline deadline = Deadline.After(timeoutMs);
            for (int i = 0; i < Count; i++)
            {
                _sockets[i].AddWaiter(_waiters[i]);
            }

            try
            {
                // The waiters are in the lists while the sockets are looked at, so that nothing is missed.
                ready = Look();
                while (ready == 0)
                {
                    int leftMs = deadline.RemainingMs();
                    if (leftMs == 0)
                    {
                        break;
                    }

                    _signal.WaitOne(leftMs, false);
                    ready = Look();
                }
            }
            finally
            {
                for (int i = 0; i < Count; i++)
                {
                    _sockets[i].RemoveWaiter(_waiters[i]);
                }
            }

            return ready;
        }

        private int Look()
        {
            int ready = 0;
            for (int i = 0; i < Count; i++)
            {
                _seen[i] = _sockets[i].Events & (_wanted[i] | PollEvents.Nval);
                ready += _seen[i] == PollEvents.None ? 0 : 1;
            }

            return ready;
        }

        private void CheckIndex(int index)
        {
            if (index < 0 || index >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index),
                    "The poller has " + Count.ToString() + " sockets; there is no index " + index.ToString() + ".");
            }
        }

        private void Grow()
        {
            MessageSocket[] sockets = new MessageSocket[Count * 2];
            EventWaiter[] waiters = new EventWaiter[Count * 2];
            PollEvents[] wanted = new PollEvents[Count * 2];
            Array.Copy(_sockets, sockets, Count);
            Array.Copy(_waiters, waiters, Count);
            Array.Copy(_wanted, wanted, Count);
            _sockets = sockets;
            _waiters = waiters;
            _wanted = wanted;
            _seen = new PollEvents[Count * 2];
        }
    }
}
