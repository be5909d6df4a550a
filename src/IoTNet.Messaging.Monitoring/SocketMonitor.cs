using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// Tells what happens to the connections of a <see cref="MessageSocket"/> (zmq_socket_monitor); those over inproc have none.
    /// <code>
    /// using SocketMonitor monitor = new SocketMonitor(socket);
    /// while (monitor.TryTake(-1, out SocketEvent happened))
    /// {
    ///     Console.WriteLine(happened.ToString());
    /// }
    /// </code>
    /// </summary>
    /// <remarks>Any number of threads may take; each event goes to one. A socket has one monitor at a time.</remarks>
    public sealed class SocketMonitor : ISocketMonitor, IDisposable
    {
        /// <summary>How many events wait for whoever takes them, unless told otherwise.</summary>
        public const int DefaultCapacity = 32;

        private readonly object _lock = new object();
        private readonly AutoResetEvent _came = new AutoResetEvent(false);
        private readonly MessageSocket _socket;
        private readonly SocketEvent[] _events;
        private int _first;
        private int _count;
        private bool _stopped;

        /// <summary>Begins to listen.</summary>
        /// <param name="socket">The socket. Its former monitor stops.</param>
        /// <exception cref="ArgumentNullException">No socket was given.</exception>
        public SocketMonitor(MessageSocket socket)
            : this(socket, DefaultCapacity)
        {
        }

        /// <summary>Begins to listen.</summary>
        /// <param name="socket">The socket. Its former monitor stops.</param>
        /// <param name="capacity">How many events may wait, 1 or more. When one more comes, the oldest is lost, and counted
        /// (<see cref="Lost"/>).</param>
        /// <exception cref="ArgumentNullException">No socket was given.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
        public SocketMonitor(MessageSocket socket, int capacity)
        {
            _socket = socket ?? throw new ArgumentNullException(nameof(socket));
            if (capacity < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(capacity), "Expected room for 1 event or more, not " + capacity.ToString() + ".");
            }

            _events = new SocketEvent[capacity];
            socket.SetMonitor(this);
        }

        /// <summary>How many events were lost, as nobody took them in time.</summary>
        public int Lost { get; private set; }

        /// <summary>Takes the oldest event.</summary>
        /// <param name="timeoutMs">How long to wait for one, in ms: 0 = not, -1 = for ever.</param>
        /// <param name="happened">The event; null when there is none.</param>
        /// <returns>False when the time is over, or the monitor has stopped and all is taken.</returns>
        public bool TryTake(int timeoutMs, out SocketEvent happened)
        {
            Deadline deadline = Deadline.After(timeoutMs);
            while (!TryTake(out happened, out bool isOver))
            {
                int leftMs = deadline.RemainingMs();
                if (isOver || leftMs == 0)
                {
                    return false;
                }

                _came.WaitOne(leftMs, false);
            }

            return true;
        }

        /// <summary>Stops: events that wait can still be taken.</summary>
        public void Dispose()
        {
            _socket.ClearMonitor(this);
            Post(SocketEventKind.MonitorStopped, "", 0, "");
        }

        void ISocketMonitor.Post(SocketEventKind kind, string endpoint, int value, string detail)
        {
            Post(kind, endpoint, value, detail);
        }

        private void Post(SocketEventKind kind, string endpoint, int value, string detail)
        {
            SocketEvent happened = new SocketEvent(kind, endpoint, value, detail);
            lock (_lock)
            {
                if (_stopped)
                {
                    return;
                }

                if (_count == _events.Length)
                {
                    _first = (_first + 1) % _events.Length;
                    _count--;
                    Lost++;
                }

                _events[(_first + _count) % _events.Length] = happened;
                _count++;
                _stopped = kind == SocketEventKind.MonitorStopped;
            }

            _came.Set();
        }

        // Over: none is left, and none comes any more.
        private bool TryTake(out SocketEvent happened, out bool isOver)
        {
            lock (_lock)
            {
                isOver = _stopped;
                happened = null;
                if (_count > 0)
                {
                    happened = _events[_first];
                    _events[_first] = null;
                    _first = (_first + 1) % _events.Length;
                    _count--;
                }

                // Others that wait are woken in turn: one set may stand for several events.
                if (_count > 0 || _stopped)
                {
                    _came.Set();
                }

                return happened != null;
            }
        }
    }
}
