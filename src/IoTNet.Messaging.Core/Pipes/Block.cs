namespace IoTNet
{
    /// <summary>A piece of memory that holds whole frames as they stand on the wire: many small ones, or one large one of its
    /// own.</summary>
    internal sealed class Block
    {
        /// <summary>The next block of a pipe, or of the pool.</summary>
        public Block Next;

        /// <summary>Where the first frame begins.</summary>
        public int Start;

        /// <summary>Where the last frame, or what there is of it, ends. Belongs to the pipe's writer.</summary>
        public int End;

        /// <summary>Whether it is for one large frame, whose body begins at <see cref="FrameHeader.MaxBytes"/>.</summary>
        public bool IsOwn;

        /// <summary>One without memory, for a pipe to begin with.</summary>
        public Block()
        {
            Bytes = IoTNet.Bytes.None;
        }

        public Block(int bytes)
        {
            Bytes = new byte[bytes];
        }

        /// <summary>The memory. A reader may put other memory in the place of a large frame's, when it takes that.</summary>
        public byte[] Bytes { get; set; }
    }
}
