using System;
using System.Threading;

namespace IoTNet
{
    /// <summary>
    /// Waits for many sockets, timers and work from other threads, and calls what is ready, on one thread: the one that calls
    /// <see cref="Run"/>.
    /// <code>
    /// EventLoop loop = new EventLoop();
    /// loop.Watch(socket, PollEvents.In, watcher);           // watcher.OnReady(watch, events) while there is something to read
    /// new LoopTimer(loop, Tick, null).Start(1000, 1000);    // Tick(state) every second
    /// loop.Run();                                           // until somebody calls loop.Stop()
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para><b>Threads.</b> <see cref="Post"/>, <see cref="Stop"/> and the select calls are for any thread; the rest belongs to
    /// the loop's thread, or to any one while the loop does not run.</para>
    /// <para><b>Exceptions</b> of a callback go to <see cref="Error"/>, and the loop goes on. Without a handler they leave
    /// <see cref="Run"/>, so that none is lost unseen; the loop is whole, and <see cref="Run"/> may be called again.</para>
    /// <para><b>Memory.</b> An event, a timer, a post allocate nothing once the tables have their size.</para>
    /// <para><b>Stop.</b> What was posted is done, timers are dropped, watches closed (their sockets stay open), selects aborted
    /// with ECANCELED; then <see cref="Run"/> returns, and the loop is over. What a callback begins meanwhile is dropped with the
    /// rest.</para>
    /// </remarks>
    public sealed partial class EventLoop : IDisposable
    {
        private const int Canceled = -(int)Errno.ECANCELED;

        // Guards the watches, the posts and the selects. No callback runs under it.
        private readonly object _lock = new object();
        private readonly NetworkStack _stacks;
        private readonly ISelector _network;

        // The in-memory stack's; null when the network's is the same, or there is none.
        private readonly ISelector _local;
        private readonly bool _mustLook;
        private readonly WatchTable _watches = new WatchTable();
        private readonly int _postLimit;

        // The thread that runs the loop; 0 = none.
        private int _runner;
        private bool _stopping;
        private bool _over;

        /// <summary>Makes a loop for the sockets of the current board (<see cref="NetworkStack.Current"/>).</summary>
        /// <exception cref="SocketException">As the other constructors'.</exception>
        public EventLoop()
            : this(NetworkStack.Current, new EventLoopOptions())
        {
        }

        /// <summary>Makes a loop for the sockets of a given board.</summary>
        /// <param name="stacks">The board's stacks.</param>
        /// <exception cref="ArgumentNullException">No stacks were given.</exception>
        /// <exception cref="SocketException">As the other constructors'.</exception>
        public EventLoop(NetworkStack stacks)
            : this(stacks, new EventLoopOptions())
        {
        }

        /// <summary>Makes a loop with limits of your choice.</summary>
        /// <param name="stacks">The board's stacks.</param>
        /// <param name="options">The limits.</param>
        /// <exception cref="ArgumentNullException">Stacks or options are missing.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public EventLoop(NetworkStack stacks, EventLoopOptions options)
        {
            _stacks = stacks ?? throw new ArgumentNullException(nameof(stacks));
            (options ?? throw new ArgumentNullException(nameof(options))).Check();
            _postLimit = options.PostLimit;
            _keys = new int[options.EventsPerWait];
            _seen = new int[options.EventsPerWait];
            _network = Selectors.Open(stacks.Network);
            if (stacks.Local != null && stacks.Local != stacks.Network)
            {
                // No call waits for two stacks: the one in memory wakes the other's wait, and is then looked at.
                _local = Selectors.Open(stacks.Local);
                _mustLook = !_local.Forward(_network);
            }
        }

        /// <summary>Takes what callbacks throw. Set it before the loop runs.</summary>
        public event LoopErrorHandler Error;

        /// <summary>Whether the calling thread is the one that runs the loop.</summary>
        public bool IsLoopThread => _runner == Thread.CurrentThread.ManagedThreadId;

        /// <summary>The board's stacks.</summary>
        public NetworkStack Stacks => _stacks;

        /// <summary>Whether <see cref="Stop"/> was called.</summary>
        public bool IsStopping => _stopping;

        /// <summary>Watches a socket until the watch or the socket is closed. A socket has one watch. Give it its address first
        /// (bind, connect, accept), as that may move it to another stack.</summary>
        /// <param name="socket">The socket.</param>
        /// <param name="events">In, Out, both, or None for the time being.</param>
        /// <param name="watcher">Is told when it is ready.</param>
        /// <returns>The watch, to change and to close.</returns>
        /// <exception cref="ArgumentNullException">No socket or no watcher was given.</exception>
        /// <exception cref="ArgumentException">The socket is another board's.</exception>
        /// <exception cref="InvalidOperationException">The socket has a watch or a pending select in this loop; or not on the
        /// loop's thread.</exception>
        /// <exception cref="ObjectDisposedException">The socket is closed; or the loop has been stopped, and this is no callback of
        /// it.</exception>
        /// <exception cref="SocketException">ENFILE, ENOMEM: the selector has no place for it.</exception>
        public SocketWatch Watch(Socket socket, PollEvents events, ISocketWatcher watcher)
        {
            SocketWatch watch = new SocketWatch(this, socket, watcher ?? throw new ArgumentNullException(nameof(watcher)));
            Begin(watch, events);
            return watch;
        }

        /// <summary>Ends the loop, from any thread; the class's remarks say how. <see cref="Run"/> returns soon, this call at
        /// once.</summary>
        public void Stop()
        {
            lock (_lock)
            {
                _stopping = true;
                if (!_over)
                {
                    _network.Wake();
                }
            }
        }

        /// <summary>Stops the loop; one that does not run is ended here and now.</summary>
        public void Close()
        {
            Stop();
            if (Interlocked.CompareExchange(ref _runner, Thread.CurrentThread.ManagedThreadId, 0) == 0)
            {
                try
                {
                    Finish();
                }
                finally
                {
                    _runner = 0;
                }
            }
        }

        /// <summary>As <see cref="Close"/>.</summary>
        public void Dispose()
        {
            Close();
        }

        /// <summary>Refuses a call of a member that belongs to the loop's thread: for what is built on a loop.</summary>
        /// <exception cref="InvalidOperationException">The loop runs, and on another thread than this one.</exception>
        public void CheckThread()
        {
            int runner = _runner;
            if (runner != 0 && runner != Thread.CurrentThread.ManagedThreadId)
            {
                throw new InvalidOperationException("This belongs to the loop's thread: use Post.");
            }
        }

        /// <summary>Begins a watch.</summary>
        internal void Begin(WatchedSocket watch, PollEvents events)
        {
            CheckThread();
            Socket socket = watch.Socket;
            bool isLocal = IsLocal(socket);
            lock (_lock)
            {
                ThrowIfStopped();
                watch.Turn(socket, isLocal);
                if (_watches.Find(isLocal, watch.Handle) != null)
                {
                    throw new InvalidOperationException(socket.ToString() + " is watched by this loop already.");
                }

                int result = watch.Handle < 0 ? Closed : Arm(watch, events);
                if (result == Closed)
                {
                    throw new ObjectDisposedException(nameof(Socket));
                }

                ThrowIfFailed(result, socket);
                _watches.Add(watch);
                _hasFailed |= watch.Failure != Errno.None;
            }
        }

        /// <summary>Changes what a watch is for.</summary>
        internal void Rearm(WatchedSocket watch, PollEvents events)
        {
            int result;
            lock (_lock)
            {
                result = Arm(watch, events);
                if (result == Closed)
                {
                    // Closed elsewhere. A watch for None, which is told of once, may be over, and there is no Nval to come.
                    watch.Failure = Errno.EBADF;
                    _hasFailed = true;
                    return;
                }
            }

            ThrowIfFailed(result, watch.Socket);
        }

        /// <summary>Ends a watch by an error, in the next round.</summary>
        internal void FailSoon(WatchedSocket watch, Errno failure)
        {
            lock (_lock)
            {
                if (watch.Failure == Errno.None)
                {
                    watch.Failure = failure;
                    _hasFailed = true;
                }
            }
        }

        /// <summary>Takes a watch out.</summary>
        internal void Forget(WatchedSocket watch)
        {
            lock (_lock)
            {
                if (watch.IsWatched)
                {
                    _watches.Remove(watch);
                    DropSeen(watch);
                    if (watch.IsArmed)
                    {
                        SelectorOf(watch).Unwatch(watch.Handle);
                    }
                }
            }
        }

        // The text is made only when it is needed: it allocates.
        private static void ThrowIfFailed(int result, Socket socket)
        {
            if (result < 0)
            {
                throw new SocketException((Errno)(-result), "Cannot watch " + (socket == null ? "the stack's sockets" : socket.ToString()) +
                    ": " + ErrnoTable.Name((Errno)(-result)) + ".");
            }
        }

        private bool IsLocal(Socket socket)
        {
            if (socket == null)
            {
                throw new ArgumentNullException(nameof(socket));
            }

            if (socket.Stack == _stacks.Network)
            {
                return false;
            }

            return socket.Stack == _stacks.Local ? true
                : throw new ArgumentException("The socket is carried by another board's stack than the loop's.", nameof(socket));
        }

        private ISelector SelectorOf(WatchedSocket watch)
        {
            return watch.IsLocal ? _local : _network;
        }

        private int Arm(WatchedSocket watch, PollEvents events)
        {
            // What is so already is for the next look, and nothing wakes the loop for it.
            _lookLocal |= watch.IsLocal;
            return watch.Arm(SelectorOf(watch), events);
        }

        // A callback cannot know that another thread has just stopped the loop: what it begins is taken, and dropped at the end.
        private void ThrowIfStopped()
        {
            if (_over || (_stopping && !IsLoopThread))
            {
                throw new ObjectDisposedException(nameof(EventLoop));
            }
        }
    }
}
