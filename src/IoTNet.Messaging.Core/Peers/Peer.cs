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

        // Fields, which on a device cost no call.

        /// <summary>What comes from it.</summary>
        public readonly FramePipe In;

        /// <summary>What goes to it.</summary>
        public readonly FramePipe Out;

        /// <summary>Its identity, as it said in the handshake; set before Linked is told.</summary>
        public byte[] Identity = Bytes.None;

        /// <summary>Counts its connections, 1 and up; written by the other end before Linked is told.</summary>
        public int Epoch;

        /// <summary>Whether it is in the pattern's lists. The pattern's.</summary>
        public bool IsAttached;

        /// <summary>What the pattern knows of it: a publisher its subscriptions, a router the identity that it goes by.</summary>
        public object PatternState;

        /// <summary>Whether the current message matches. The pattern's.</summary>
        public bool IsMatched;

        /// <summary>The next one to which something happened; PeerEvents'.</summary>
        public Peer NextWithEvents;

        /// <summary>What happened to it; PeerEvents'.</summary>
        public int Pending;

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
