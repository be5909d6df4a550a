namespace IoTNet
{
    /// <summary>One socket of a <see cref="UnixStack"/>. Every member is used with the stack's lock held and never waits:
    /// what cannot be done now is EAGAIN (a connect: EINPROGRESS), and the stack waits and tries again.</summary>
    internal abstract partial class MemorySocket
    {
        protected readonly UnixStack Stack;

        public readonly AddressFamily Family;
        public readonly SocketType Type;
        public readonly WaitList Waits = new WaitList();

        /// <summary>Set by the first close: a call that waited ends with EINTR.</summary>
        public bool IsClosed;

        /// <summary>Whether it was made by OpenPair.</summary>
        public bool IsPair;

        /// <summary>The errno that Linux calls sk_err: told once.</summary>
        protected int PendingError;

        /// <summary>Nothing more will be received: the peer ended its half, or Shutdown did (RCV_SHUTDOWN).</summary>
        protected bool IsInputEnded;

        /// <summary>Nothing more can be sent (SEND_SHUTDOWN).</summary>
        protected bool IsOutputEnded;

        protected MemorySocket(UnixStack stack, AddressFamily family, SocketType type)
        {
            Stack = stack;
            Family = family;
            Type = type;
            SendBuffer = type == SocketType.Dgram ? stack.Limits.DatagramQueueBytes : stack.Limits.StreamBufferBytes;
            ReceiveBuffer = SendBuffer;
        }

        /// <summary>FIONREAD; EINVAL on a listener, as on Linux.</summary>
        public abstract int Available { get; }

        /// <summary>In how many ms the socket's state changes by itself; -1 = never.</summary>
        public virtual int NextChangeMs => -1;

        /// <summary>The other socket whose queue must have room before this one polls as writable; or null.</summary>
        public virtual MemorySocket Receiver => null;

        public abstract int Bind(SocketAddress local);

        public virtual int Listen(int backlog)
        {
            return IsPair ? -(int)Errno.EINVAL : -(int)Errno.EOPNOTSUPP;
        }

        /// <summary>Takes the oldest waiting connection, which has no handle yet.</summary>
        public virtual int Accept(out ConnectionSocket accepted)
        {
            accepted = null;
            return -(int)Errno.EOPNOTSUPP;
        }

        /// <summary>Begins to connect.</summary>
        /// <param name="remote">The peer.</param>
        /// <param name="mayWait">Whether the caller waits for the end; then ContinueConnect tells it.</param>
        /// <returns>0; EINPROGRESS; or an error.</returns>
        public abstract int Connect(SocketAddress remote, bool mayWait);

        /// <summary>Tells whether a connect has ended, for the thread that waits for it.</summary>
        public virtual int ContinueConnect()
        {
            return 0;
        }

        /// <summary>Ends a connect whose time is over.</summary>
        public virtual void AbandonConnect()
        {
        }

        public abstract int Shutdown(SocketShutdown how);

        public abstract int Send(ref Transfer data);

        public abstract int Receive(ref Transfer data);

        /// <summary>What poll() sees now, as <see cref="PollEvents"/>.</summary>
        public abstract int Poll();

        public abstract void GetLocalAddress(SocketAddress local);

        public abstract int GetRemoteAddress(SocketAddress remote);

        /// <summary>Ends everything and lets go of all memory. Called once.</summary>
        public void Close()
        {
            IsClosed = true;
            OnClose();
            Waits.Wake(Wakes.Everything);
        }

        protected abstract void OnClose();

        /// <summary>SO_ERROR: tells the pending error and clears it.</summary>
        protected virtual int TakeError()
        {
            int error = PendingError;
            PendingError = 0;
            return error;
        }
    }
}
