using System;
using System.Threading;

namespace IoTNet.Boards
{
    /// <summary>Takes a change of a board's network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">Its state.</param>
    /// <param name="reason">Why; <see cref="NetworkReason.None"/> when nothing went wrong.</param>
    public delegate void NetworkStateHandler(BoardNetwork network, NetworkState state, NetworkReason reason);

    /// <summary>
    /// Brings a board's network up and keeps it up: joins the access point or waits for the cable, waits for an address, and
    /// after each failure or loss tries again, ever more slowly. The same on every board.
    /// </summary>
    /// <remarks>
    /// <para>A thread of its own does all work. It also calls the events, in order, one at a time, each in the state that it tells of:
    /// a handler that waits holds the network's care up, and one that throws is noted in <see cref="LastError"/>.</para>
    /// <para>All members can be called from any thread, from handlers too.</para>
    /// <para>Sockets are not touched: those that were open when the network was lost fail by their own timeouts; firmware that
    /// serves goes on listening.</para>
    /// </remarks>
    public sealed partial class BoardNetwork
    {
        private const int LeaveAgainMs = 100;

        private readonly object _lock = new object();

        // Held while the link is left or closed, and taken for nothing else: what is closed is not left any more.
        private readonly object _leaving = new object();
        private readonly INetworkLink _link;
        private readonly NetworkMachine _machine;
        private readonly ManualResetEvent _up = new ManualResetEvent(false);
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private NetworkState _state;
        private NetworkReason _reason;
        private IPAddress _address = IPAddress.Any;
        private Exception _lastError;
        private NetworkCredentials _configured;
        private bool _retryNow;
        private bool _stopping;
        private bool _closed;
        private Thread _thread;

        /// <summary>Makes a network that is down.</summary>
        /// <param name="link">The board's radio or cable.</param>
        /// <param name="settings">How to come to the network.</param>
        /// <exception cref="ArgumentNullException">One is null.</exception>
        /// <exception cref="ArgumentException">A setting cannot be; the text names it.</exception>
        public BoardNetwork(INetworkLink link, NetworkSettings settings)
            : this(link, settings, new SystemClock(), new Random())
        {
        }

        internal BoardNetwork(INetworkLink link, NetworkSettings settings, INetworkClock clock, Random random)
        {
            _link = link ?? throw new ArgumentNullException(nameof(link));
            if (settings == null)
            {
                throw new ArgumentNullException(nameof(settings));
            }

            settings.Check();
            _machine = new NetworkMachine(link, settings, clock, random, new Watcher(this));
        }

        /// <summary>Any change of state, and another address while it is up.</summary>
        public event NetworkStateHandler StateChanged;

        /// <summary>The network came up: there is an address.</summary>
        public event NetworkStateHandler WentUp;

        /// <summary>The network was up, and is not any more; the state is what follows.</summary>
        public event NetworkStateHandler WentDown;

        /// <summary>Where it stands.</summary>
        public NetworkState State
        {
            get
            {
                lock (_lock)
                {
                    return _state;
                }
            }
        }

        /// <summary>Why it stands there.</summary>
        public NetworkReason Reason
        {
            get
            {
                lock (_lock)
                {
                    return _reason;
                }
            }
        }

        /// <summary>Whether it is up.</summary>
        public bool IsUp => State == NetworkState.Up;

        /// <summary>The board's IPv4 address, as an access point its own; <see cref="IPAddress.Any"/> = none.</summary>
        public IPAddress Address
        {
            get
            {
                lock (_lock)
                {
                    return _address;
                }
            }
        }

        /// <summary>What the link or a handler threw last; null = nothing.</summary>
        public Exception LastError
        {
            get
            {
                lock (_lock)
                {
                    return _lastError;
                }
            }
        }

        /// <summary>Failures in a row; 0 again after the network was up for long enough
        /// (<see cref="NetworkSettings.StableMs"/>).</summary>
        public int Failures => _machine.Failures;

        /// <summary>Begins, and waits until the network is up.</summary>
        /// <param name="timeoutMs">Milliseconds, -1 = for ever.</param>
        /// <exception cref="TimeoutException">It is not up yet; the text says where it stands and why. It goes on trying.</exception>
        /// <exception cref="InvalidOperationException">It was started before.</exception>
        public void Start(int timeoutMs)
        {
            if (!TryStart(timeoutMs))
            {
                throw new TimeoutException(_link.Name + " is not up after " + timeoutMs + " ms: " + ToString() + ".");
            }
        }

        /// <summary>Begins, and waits until the network is up.</summary>
        /// <param name="timeoutMs">Milliseconds, 0 = only begin, -1 = for ever.</param>
        /// <returns>Whether it is up; if not, it goes on trying.</returns>
        /// <exception cref="InvalidOperationException">It was started before: make another one after <see cref="Stop"/>.</exception>
        public bool TryStart(int timeoutMs)
        {
            lock (_lock)
            {
                if (_thread != null)
                {
                    throw new InvalidOperationException("This network was started before; after Stop, make another one.");
                }

                // Started under the lock: a Stop on another thread finds none, or one that it can wait for.
                _thread = new Thread(Run);
#if !NANOFRAMEWORK_1_0
                // A program that forgets to stop its network should still end.
                _thread.IsBackground = true;
#endif
                _thread.Start();
            }

            return WaitUp(timeoutMs);
        }

        /// <summary>Waits until the network is up; whoever waits may go on before the handlers of the event do.</summary>
        /// <param name="timeoutMs">Milliseconds, -1 = for ever.</param>
        /// <returns>Whether it is up.</returns>
        public bool WaitUp(int timeoutMs) => _up.WaitOne(timeoutMs, false);

        /// <summary>Does not wait any longer before the next try, and lets the waits begin anew. Nothing happens but while
        /// <see cref="NetworkState.Retrying"/>.</summary>
        public void RetryNow()
        {
            lock (_lock)
            {
                _retryNow = true;
            }

            _ = _wake.Set();
        }

        /// <summary>Stores new credentials on the board and joins with them: what the page or the command of a set-up calls, from
        /// the board's access point or any time else. Closes the access point; an ESP32 restarts for that, so answer whoever
        /// set it up first.</summary>
        /// <param name="ssid">The access point to join, 1 to 31 bytes in UTF-8.</param>
        /// <param name="password">Its password, 8 to 63 characters; null or empty = an open access point.</param>
        /// <exception cref="ArgumentException">One is too short or too long; the text says which.</exception>
        /// <exception cref="InvalidOperationException">The board is on a cable.</exception>
        public void Configure(string ssid, string password)
        {
            NetworkCredentials credentials = new NetworkCredentials(ssid, password);
            if (!_link.IsWireless)
            {
                throw new InvalidOperationException(_link.Name + " needs no credentials.");
            }

            lock (_lock)
            {
                _configured = credentials;
            }

            _ = _wake.Set();
        }

        /// <summary>Leaves the network, and ends the thread; an open access point stays. No event begins any more once this has been
        /// called. Called again, or before a start, nothing happens.</summary>
        /// <param name="timeoutMs">How long to wait for the thread, in ms, -1 = for ever; called from a handler it does not
        /// wait.</param>
        /// <returns>Whether the thread has ended; false = it still is in a handler or in the link, and ends after that.</returns>
        public bool Stop(int timeoutMs)
        {
            Thread thread;
            lock (_lock)
            {
                thread = _thread;
                _stopping = true;
                _state = NetworkState.Down;
                _reason = NetworkReason.None;
                _address = IPAddress.Any;
                _ = _up.Reset();
            }

            if (thread == null)
            {
                return true;
            }

            _ = _wake.Set();
            Deadline deadline = Deadline.After(timeoutMs);
            while (true)
            {
                // Ends a Connect that waits.
                Leave();
                if (thread.ManagedThreadId == Thread.CurrentThread.ManagedThreadId)
                {
                    return false;
                }

                // Again, as the thread may just have been on its way into a Connect.
                int leftMs = deadline.RemainingMs();
                if (thread.Join(leftMs < 0 || leftMs > LeaveAgainMs ? LeaveAgainMs : leftMs))
                {
                    return true;
                }

                if (leftMs == 0)
                {
                    return false;
                }
            }
        }

        /// <summary>State, reason and address in words.</summary>
        /// <returns>For example "up, 192.168.1.17", or "waiting to try again (wrong password)".</returns>
        public override string ToString()
        {
            lock (_lock)
            {
                string reason = NetworkText.Of(_reason);
                return NetworkText.Of(_state) + (reason.Length == 0 ? "" : " (" + reason + ")") +
                    (_address.Equals(IPAddress.Any) ? "" : ", " + _address);
            }
        }
    }
}
