namespace IoTNet
{
    /// <summary>One peer of a message socket as the socket sees it: a pipe in, a pipe out, and what its pattern remembers of it.
    /// Another socket of the context, or a session on the loop, is at the other ends.</summary>
    internal sealed class Peer : IPipeEnd
    {
        // What happened since the socket last looked; guarded by PeerEvents.
        internal const int Readable = 1;
        internal const int Writable = 2;
        internal const int Attached = 4;
        internal const int Linked = 8;

        private readonly PeerEvents _events;

        public Peer(PeerEvents mailbox, FramePipe input, FramePipe output)
        {
            _events = mailbox;
            In = input;
            Out = output;
            In.Reader = this;
            Out.Writer = this;
        }

        /// <summary>What comes from it.</summary>
        public FramePipe In { get; }

        /// <summary>What goes to it.</summary>
        public FramePipe Out { get; }

        /// <summary>Its identity, as it said in the handshake; set before Linked is told.</summary>
        public byte[] Identity { get; set; } = new byte[0];

        /// <summary>Counts its connections, 1 and up; written by the other end before Linked is told.</summary>
        public int Epoch { get; set; }

        /// <summary>Whether it is in the pattern's lists. The pattern's.</summary>
        public bool IsAttached { get; set; }

        /// <summary>The identity under which a router knows it. The pattern's.</summary>
        public byte[] RouterIdentity { get; set; }

        /// <summary>What it subscribed to. The pattern's.</summary>
        public SubscriptionTable Subscriptions { get; set; }

        /// <summary>Whether the current message matches. The pattern's.</summary>
        public bool IsMatched { get; set; }

        internal Peer NextWithEvents { get; set; }

        internal int Pending { get; set; }

        void IPipeEnd.OnReadable()
        {
            _events.Post(this, Readable);
        }

        void IPipeEnd.OnWritable()
        {
            _events.Post(this, Writable);
        }

        /// <summary>Tells the socket.</summary>
        public void Tell(int what)
        {
            _events.Post(this, what);
        }

        /// <summary>Its other end is gone.</summary>
        public void Forget()
        {
            _events.Forget(this);
        }

        /// <summary>Ends both pipes from the socket's side.</summary>
        public void Close()
        {
            Out.CloseWriter();
            In.CloseReader();
        }
    }
}
