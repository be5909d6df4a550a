using System;
using System.Threading;

namespace IoTNet
{
    // Rounds: wait, then sockets, timers, posts.
    public sealed partial class EventLoop
    {
        private readonly int[] _keys;
        private readonly int[] _seen;

        // What the last wait gave, and how far it is told. An exception that leaves the loop leaves the rest for the next round.
        private bool _seenLocal;
        private int _ready;
        private int _told;
        private int _round;
        private bool _lookLocal;
        private bool _hasFailed;

        /// <summary>How many looks there were.</summary>
        internal int Rounds => _round;

        /// <summary>Runs the loop on this thread until <see cref="Stop"/>.</summary>
        /// <exception cref="InvalidOperationException">It runs already: on another thread, or this is one of its
        /// callbacks.</exception>
        /// <exception cref="ObjectDisposedException">It has run to its end.</exception>
        /// <exception cref="SocketException">ENETDOWN: the stack has ended; EIO: it cannot wait for its sockets.</exception>
        public void Run()
        {
            Enter();
            try
            {
                while (!_stopping)
                {
                    Round(-1);
                }

                Finish();
            }
            finally
            {
                _runner = 0;
            }
        }

        /// <summary>Runs one round on this thread: waits until something is ready, calls it, and returns. After
        /// <see cref="Stop"/> it ends the loop.</summary>
        /// <param name="timeoutMs">How long to wait at most, in ms: 0 = only look, -1 = for ever.</param>
        /// <returns>How many callbacks were called; 0 when the time was over or the loop was woken for nothing.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="InvalidOperationException">As <see cref="Run"/>.</exception>
        /// <exception cref="ObjectDisposedException">As <see cref="Run"/>.</exception>
        /// <exception cref="SocketException">As <see cref="Run"/>.</exception>
        public int RunOnce(int timeoutMs)
        {
            if (timeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(timeoutMs), "Expected -1 or more, not " + timeoutMs.ToString() + ".");
            }

            Enter();
            try
            {
                return _stopping ? Finish() : Round(timeoutMs);
            }
            finally
            {
                _runner = 0;
            }
        }

        private void Enter()
        {
            int me = Thread.CurrentThread.ManagedThreadId;
            int runner = Interlocked.CompareExchange(ref _runner, me, 0);
            if (runner != 0)
            {
                throw new InvalidOperationException(runner == me ? "The loop runs already: this is one of its callbacks."
                    : "The loop runs already, on another thread.");
            }

            if (_over)
            {
                _runner = 0;
                throw new ObjectDisposedException(nameof(EventLoop));
            }
        }

        private int Round(int timeoutMs)
        {
            int called = Tell();
            Look(_network, WaitMs(called > 0 ? 0 : timeoutMs));
            called += Tell();
            if (_local != null)
            {
                _lookLocal = false;
                Look(_local, 0);
                _lookLocal |= _ready > 0;
                called += Tell();
            }

            called += TellFailed();
            called += RunTimers();
            return called + RunPosts();
        }

        private int WaitMs(int timeoutMs)
        {
            if (_postCount > 0 || _lookLocal || _hasFailed)
            {
                return 0;
            }

            if (_mustLook && (timeoutMs < 0 || timeoutMs > PollingSelector.SliceMs))
            {
                timeoutMs = PollingSelector.SliceMs;
            }

            int timerMs = _timers.NextMs(Environment.TickCount64);
            return timeoutMs < 0 || (timerMs >= 0 && timerMs < timeoutMs) ? timerMs : timeoutMs;
        }

        private void Look(ISelector selector, int timeoutMs)
        {
            int ready = selector.Wait(_keys, _seen, timeoutMs);
            ThrowIfFailed(ready, null);
            _seenLocal = selector == _local;
            _told = 0;
            _ready = ready;
            _round++;
        }

        private int Tell()
        {
            int called = 0;
            while (_told < _ready)
            {
                int index = _told++;
                WatchedSocket watch = Find(_keys[index]);
                if (watch != null)
                {
                    PollEvents seen = (PollEvents)_seen[index];
                    SelectQueues queues = watch as SelectQueues;
                    called += queues == null ? Tell(watch, seen) : TellSelect(queues, _keys[index], seen);
                }
            }

            return called;
        }

        private int Tell(WatchedSocket watch, PollEvents seen)
        {
            try
            {
                watch.Report(seen);
            }
            catch (Exception error) when (Error != null)
            {
                Error(watch, error);
            }

            return 1;
        }

        private int TellFailed()
        {
            int called = 0;
            for (WatchedSocket watch = FindFailed(); watch != null; watch = FindFailed())
            {
                SelectQueues queues = watch as SelectQueues;
                called += queues == null ? Tell(watch, PollEvents.Nval) : TellAbort(queues);
            }

            return called;
        }

        // What was seen and is not told yet is not meant for who watches the socket from now on.
        private void DropSeen(WatchedSocket watch)
        {
            for (int i = _told; i < _ready && watch.IsLocal == _seenLocal; i++)
            {
                if (_keys[i] == watch.Handle)
                {
                    _keys[i] = -1;
                }
            }
        }

        private WatchedSocket Find(int handle)
        {
            lock (_lock)
            {
                return _watches.Find(_seenLocal, handle);
            }
        }

        private WatchedSocket FindFailed()
        {
            lock (_lock)
            {
                WatchedSocket watch = _hasFailed ? _watches.Any(true) : null;
                _hasFailed = watch != null;
                return watch;
            }
        }

        // Once more after each that is told, as it may have begun another one.
        private WatchedSocket FindLeft()
        {
            lock (_lock)
            {
                WatchedSocket watch = _watches.Any(false);
                if (watch != null)
                {
                    watch.Failure = Errno.ECANCELED;
                }

                return watch;
            }
        }

        private int Finish()
        {
            int called = RunPosts();
            for (WatchedSocket watch = FindLeft(); watch != null; watch = FindLeft())
            {
                if (watch is SelectQueues queues)
                {
                    called += TellAbort(queues);
                }
                else
                {
                    Forget(watch);
                }
            }

            _timers.Clear();
            lock (_lock)
            {
                if (!_over)
                {
                    _over = true;
                    _network.Close();
                    _local?.Close();
                }
            }

            return called;
        }
    }
}
