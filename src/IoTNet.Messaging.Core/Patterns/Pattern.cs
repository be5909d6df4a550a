namespace IoTNet
{
    /// <summary>What a kind of socket does with frames and peers. Called under the socket's lock, by one thread at a time.</summary>
    internal abstract class Pattern
    {
        protected const int WouldBlock = -(int)Errno.EAGAIN;
        protected const int WrongState = -(int)Errno.EALREADY;
        protected const int NotSupported = -(int)Errno.EOPNOTSUPP;

        private FramePipe _shown;

        protected Pattern(MessageSocketOptions options)
        {
            Options = options;
        }

        /// <summary>The current frame after <see cref="Fetch"/>: its bytes.</summary>
        public byte[] Buffer { get; protected set; }

        /// <summary>Where they begin.</summary>
        public int Offset { get; protected set; }

        /// <summary>How many they are.</summary>
        public int Count { get; protected set; }

        /// <summary>Whether more frames of the message follow.</summary>
        public bool More { get; protected set; }

        /// <summary>Whether the current frame has memory of its own (<see cref="TakeBytes"/>).</summary>
        public bool IsOwnBlock => _shown != null && _shown.IsOwnBlock;

        /// <summary>Whether a block given to <see cref="Send"/> is the peer's afterwards; else its bytes are copied.</summary>
        public virtual bool TakesBlocks => false;

        protected MessageSocketOptions Options { get; }

        /// <summary>A peer is there.</summary>
        /// <returns>False to refuse it (a second peer of a PAIR).</returns>
        public abstract bool Attach(Peer peer);

        /// <summary>As <see cref="Link"/>, but on the thread that made the connection, at once: the application's may be busy
        /// elsewhere.</summary>
        public virtual void LinkNow(Peer peer)
        {
        }

        /// <summary>A peer has lost its connection, and waits for another one; on the thread that noticed it.</summary>
        public virtual void UnlinkNow(Peer peer)
        {
        }

        /// <summary>A peer has a connection, the first or another one.</summary>
        public virtual void Link(Peer peer)
        {
        }

        /// <summary>A peer takes nothing more; what came from it can still be read.</summary>
        public virtual void StopSending(Peer peer)
        {
        }

        /// <summary>A peer is gone; what came from it has been read, or nobody wants to.</summary>
        public abstract void Detach(Peer peer);

        /// <summary>The socket's side of a peer's pipes ends.</summary>
        public virtual void Close(Peer peer)
        {
            peer.Close();
        }

        /// <summary>A peer's pipe has something to read: for patterns that read what is not for the application.</summary>
        public virtual void Read(Peer peer)
        {
        }

        /// <summary>Sends a frame.</summary>
        /// <param name="block">The frame's block when it is handed over (its body at <see cref="FrameHeader.MaxBytes"/>), else
        /// null.</param>
        /// <returns>0, EAGAIN (no room, no peer), EALREADY (not now), EHOSTUNREACH, EOPNOTSUPP.</returns>
        public abstract int Send(byte[] buffer, int offset, int count, bool more, Block block);

        /// <summary>Makes the next frame current, or keeps the one that is.</summary>
        /// <returns>0, EAGAIN, EALREADY (not now), EOPNOTSUPP.</returns>
        public abstract int Fetch();

        /// <summary>Ends with the current frame.</summary>
        public abstract void Consume();

        /// <summary>Takes the current frame's memory for other memory; <see cref="Consume"/> has to follow.</summary>
        public byte[] TakeBytes(byte[] other)
        {
            return _shown.TakeBytes(other);
        }

        /// <summary>Whether a message could be sent now: 0, or the error that <see cref="Send"/> would give.</summary>
        public abstract int CanSend();

        /// <summary>Subscribes.</summary>
        public virtual int Subscribe(byte[] prefix, bool add)
        {
            return NotSupported;
        }

        /// <summary>Writes a frame into a pipe.</summary>
        internal static void Write(FramePipe pipe, byte[] buffer, int offset, int count, bool more, Block block)
        {
            if (block != null)
            {
                pipe.WriteBlock(more ? FrameHeader.More : 0, block, count);
            }
            else
            {
                pipe.WriteFrame(more ? FrameHeader.More : 0, buffer, offset, count);
            }
        }

        /// <summary>Shows a pipe's frame as the current one.</summary>
        protected void Show(FramePipe pipe)
        {
            Buffer = pipe.FrameBuffer;
            Offset = pipe.FrameOffset;
            Count = pipe.FrameCount;
            More = (pipe.FrameFlags & FrameHeader.More) != 0;
            _shown = pipe;
        }

        /// <summary>Shows bytes of the pattern's own as the current frame.</summary>
        protected void Show(byte[] bytes)
        {
            Buffer = bytes;
            Offset = 0;
            Count = bytes.Length;
            More = true;
            _shown = null;
        }
    }
}
