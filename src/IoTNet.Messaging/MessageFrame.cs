using System;

namespace IoTNet
{
    /// <summary>
    /// One frame of a message in memory of the context's, for large frames without a copy (zmq_msg_t): filled by the application
    /// and handed over to a socket, or filled by a socket and read in place.
    /// <code>
    /// MessageFrame frame = new MessageFrame();
    /// frame.Allocate(4096);
    /// Fill(frame.Buffer, frame.Offset, frame.Count);
    /// socket.TrySend(frame, false, -1);
    /// </code>
    /// </summary>
    /// <remarks>One object serves any number of frames, so that nothing is allocated for each. For one thread. Frames up to 256
    /// bytes on a device, 4 KiB on a computer, are copied all the same: many share one block, and one send.</remarks>
    public sealed class MessageFrame
    {
        private static readonly byte[] s_empty = new byte[0];

        private readonly BlockPool _pool;
        private Block _block;

        /// <summary>Makes an empty one, for sockets of the board's context.</summary>
        public MessageFrame()
            : this(MessageContext.Current)
        {
        }

        /// <summary>Makes an empty one.</summary>
        /// <param name="context">The context of the sockets that it is for.</param>
        /// <exception cref="ArgumentNullException">No context was given.</exception>
        public MessageFrame(MessageContext context)
        {
            _pool = (context ?? throw new ArgumentNullException(nameof(context))).Pool;
        }

        /// <summary>The array in which the bytes lie. Another one after each <see cref="Allocate"/>, send and receive; do not keep it.</summary>
        public byte[] Buffer => _block == null ? s_empty : _block.Bytes;

        /// <summary>Where they begin.</summary>
        public int Offset { get; private set; }

        /// <summary>How many they are.</summary>
        public int Count { get; private set; }

        /// <summary>Makes room for a frame; what was there is lost, what is there is undefined.</summary>
        /// <param name="count">The frame's length in bytes.</param>
        /// <exception cref="ArgumentOutOfRangeException">It is negative, or more than an array holds.</exception>
        public void Allocate(int count)
        {
            if (count < 0 || count > int.MaxValue - 1024)
            {
                throw new ArgumentOutOfRangeException(nameof(count), "Expected a length of 0 or more bytes, not " + count.ToString() + ".");
            }

            if (_block == null || _block.Bytes.Length < FrameHeader.MaxBytes + count)
            {
                Clear();
                _block = _pool.Take(FrameHeader.MaxBytes + count);
            }

            // The header goes in front of it.
            Offset = FrameHeader.MaxBytes;
            Count = count;
        }

        /// <summary>Gives its memory back.</summary>
        public void Clear()
        {
            if (_block != null)
            {
                _pool.Return(_block);
            }

            Forget();
        }

        /// <summary>Its block, when it is worth handing over.</summary>
        internal Block LargeBlock => Count > MessagingDefaults.LargeFrameBytes && Offset == FrameHeader.MaxBytes ? _block : null;

        /// <summary>Forgets its block, which is somebody else's now.</summary>
        internal void Forget()
        {
            _block = null;
            Offset = 0;
            Count = 0;
        }

        /// <summary>Its memory, to be given away for other memory (<see cref="Set"/>).</summary>
        internal byte[] OwnBytes()
        {
            _block = _block ?? _pool.Take(0);
            return _block.Bytes;
        }

        /// <summary>Has other memory from now on.</summary>
        internal void Set(byte[] bytes, int offset, int count)
        {
            _block.Bytes = bytes;
            Offset = offset;
            Count = count;
        }
    }
}
