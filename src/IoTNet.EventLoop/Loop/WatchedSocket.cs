namespace IoTNet
{
    /// <summary>A socket that a loop watches. Who has an object for each socket anyway derives it from this class and saves the
    /// <see cref="SocketWatch"/>; everybody else calls <see cref="EventLoop.Watch"/>. The members belong to the loop's
    /// thread.</summary>
    public abstract class WatchedSocket
    {
        private const PollEvents Always = PollEvents.Err | PollEvents.Hup | PollEvents.Nval;

        // The parts of the state, which changes under the loop's lock: on a device a field takes 12 bytes, of whatever type it is.
        private const int EventsMask = 0x3F;
        private const int WatchedBit = 0x40;
        private const int ArmedBit = 0x80;
        private const int LocalBit = 0x100;
        private const int BitsMask = 0xFFFF;
        private const int FailureShift = 16;

        /// <summary>The next one of the same bucket in the loop's table.</summary>
        internal WatchedSocket Next;

        /// <summary>The socket's handle while it was open: the selector's key.</summary>
        internal int Handle;

        private Socket _socket;
        private int _state;

        /// <summary>Makes one that is not watched yet.</summary>
        /// <param name="socket">The socket.</param>
        protected WatchedSocket(Socket socket)
        {
            _socket = socket;
        }

        /// <summary>The socket. While it is not watched it may give way to another one, or to none.</summary>
        public Socket Socket
        {
            get => _socket;
            protected set => _socket = value;
        }

        /// <summary>The loop.</summary>
        public abstract EventLoop Loop { get; }

        /// <summary>Whether it is watched: begun, and neither ended nor its socket closed elsewhere.</summary>
        protected internal bool IsWatched
        {
            get => (_state & WatchedBit) != 0;
            internal set => Set(WatchedBit, value);
        }

        /// <summary>Why it cannot be watched any longer: what <see cref="FailSoon"/> was told; or EBADF, the socket is closed. None = it
        /// has not failed.</summary>
        protected internal Errno Failure
        {
            get => (Errno)(_state >> FailureShift);
            internal set => _state = (_state & BitsMask) | ((int)value << FailureShift);
        }

        /// <summary>What is wanted, as <see cref="SocketWatch.Events"/>. While it is not watched a change does nothing.</summary>
        /// <exception cref="System.InvalidOperationException">Not on the loop's thread.</exception>
        /// <exception cref="SocketException">The selector has no place (ENFILE, ENOMEM).</exception>
        protected internal PollEvents WantedEvents
        {
            get => (PollEvents)(_state & EventsMask);
            set
            {
                Loop.CheckThread();
                if (value != WantedEvents && IsWatched)
                {
                    Loop.Rearm(this, value);
                }
            }
        }

        /// <summary>Whether the selector has it; a watch for once only until it is reported.</summary>
        internal bool IsArmed
        {
            get => (_state & ArmedBit) != 0;
            set => Set(ArmedBit, value);
        }

        /// <summary>Whether the in-memory stack's selector watches it, beside the network's.</summary>
        internal bool IsLocal => (_state & LocalBit) != 0;

        /// <summary>Begins to watch, as <see cref="EventLoop.Watch"/>.</summary>
        /// <param name="events">In, Out, both, or None for the time being.</param>
        /// <exception cref="System.ArgumentException">As there; all others, too.</exception>
        protected void Watch(PollEvents events)
        {
            Loop.Begin(this, events);
        }

        /// <summary>Ends the watch; the socket stays open. No call of <see cref="OnReady"/> comes afterwards, not even for what was
        /// already seen. Ending again does nothing.</summary>
        /// <exception cref="System.InvalidOperationException">Not on the loop's thread.</exception>
        protected void Unwatch()
        {
            Loop.CheckThread();
            Loop.Forget(this);
        }

        /// <summary>Ends the watch by an error, which is told in the loop's next round, as Nval: whoever meets it within a call of his
        /// own is not called back within it. Before the watch has begun it is told when it begins; only the first one counts.</summary>
        /// <param name="error">The error.</param>
        /// <exception cref="System.InvalidOperationException">Not on the loop's thread.</exception>
        protected void FailSoon(Errno error)
        {
            Loop.CheckThread();
            Loop.FailSoon(this, error);
        }

        /// <summary>The socket is ready; called again in each round for as long as it is.</summary>
        /// <param name="events">What was seen: of In and Out those that are wanted, besides Err and Hup; or Nval, the last call,
        /// because the socket was closed or the watch has failed.</param>
        protected internal abstract void OnReady(PollEvents events);

        /// <summary>Turns to a socket.</summary>
        internal void Turn(Socket socket, bool isLocal)
        {
            _socket = socket;
            Handle = socket.Handle;
            Set(LocalBit, isLocal);
        }

        /// <summary>Tells the selector what to look for.</summary>
        internal int Arm(ISelector selector, PollEvents events)
        {
            _state = (_state & ~EventsMask) | (int)events;
            int result = selector.Watch(Handle, events, this is SelectQueues || events == PollEvents.None, Handle);
            IsArmed = result >= 0;
            return result;
        }

        /// <summary>Passes on what the selector saw.</summary>
        internal void Report(PollEvents seen)
        {
            seen &= WantedEvents | Always;
            if (seen == PollEvents.None)
            {
                return;
            }

            if ((seen & PollEvents.Nval) != 0)
            {
                seen = PollEvents.Nval;
                Loop.Forget(this);
            }

            OnReady(seen);
        }

        private void Set(int bit, bool isSet)
        {
            _state = isSet ? _state | bit : _state & ~bit;
        }
    }
}
