using System;

namespace IoTNet
{
    /// <summary>
    /// A message for <see cref="Socket.SendMsg(SocketMessage)"/> and <see cref="Socket.ReceiveMsg(SocketMessage)"/> (POSIX
    /// <c>struct msghdr</c>): several buffers (gather on send, scatter on receive), the other side's address, flags and
    /// control data. Make one and reuse it: neither call allocates for buffers and address.
    /// </summary>
    public sealed class SocketMessage
    {
        private readonly ControlMessage[] _controls;
        private byte[][] _buffers = new byte[4][];
        private int[] _ranges = new int[8];

        /// <summary>Makes a message without control data.</summary>
        public SocketMessage()
            : this(0)
        {
        }

        /// <summary>Makes a message with room for control data.</summary>
        /// <param name="controlCapacity">How many pieces of control data fit; more set
        /// <see cref="SocketFlags.ControlDataTruncated"/> on receive.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is negative or above 64.</exception>
        public SocketMessage(int controlCapacity)
        {
            if (controlCapacity < 0 || controlCapacity > 64)
            {
                throw new ArgumentOutOfRangeException(nameof(controlCapacity),
                    "A message has room for 0 to 64 pieces of control data, not " + controlCapacity.ToString() + ".");
            }

            _controls = new ControlMessage[controlCapacity];
        }

        /// <summary>The other side's address. Send: where to, or null for the connected peer. Receive: filled in place
        /// with the sender, unless null.</summary>
        public SocketAddress Address { get; set; }

        /// <summary>Send and receive: how. After a receive: what was seen (such as Truncated).</summary>
        public SocketFlags Flags { get; set; }

        /// <summary>How many buffers the message has.</summary>
        public int BufferCount { get; private set; }

        /// <summary>How many bytes the buffers have together.</summary>
        public int TotalBytes { get; private set; }

        /// <summary>How many pieces of control data the message has.</summary>
        public int ControlCount { get; private set; }

        /// <summary>How many pieces of control data fit.</summary>
        public int ControlCapacity => _controls.Length;

        /// <summary>Adds a whole buffer.</summary>
        /// <param name="buffer">The buffer; kept, not copied.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        public void Add(byte[] buffer)
        {
            Add(buffer, 0, buffer != null ? buffer.Length : 0);
        }

        /// <summary>Adds part of a buffer.</summary>
        /// <param name="buffer">The buffer; kept, not copied.</param>
        /// <param name="offset">Where the part begins, in bytes.</param>
        /// <param name="count">How long it is, in bytes; 0 is allowed.</param>
        /// <exception cref="ArgumentNullException">The buffer is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        public void Add(byte[] buffer, int offset, int count)
        {
            Arguments.CheckBuffer(buffer, offset, count);
            if (BufferCount == _buffers.Length)
            {
                Grow();
            }

            _buffers[BufferCount] = buffer;
            _ranges[2 * BufferCount] = offset;
            _ranges[(2 * BufferCount) + 1] = count;
            BufferCount++;
            TotalBytes += count;
        }

        /// <summary>Adds a piece of control data.</summary>
        /// <param name="control">The piece.</param>
        /// <returns>False when there is no room; the flag ControlDataTruncated is then set.</returns>
        public bool AddControl(ControlMessage control)
        {
            if (ControlCount == _controls.Length)
            {
                Flags |= SocketFlags.ControlDataTruncated;
                return false;
            }

            _controls[ControlCount++] = control;
            return true;
        }

        /// <summary>Gives one buffer.</summary>
        /// <param name="index">Which, 0 to <see cref="BufferCount"/> - 1.</param>
        /// <param name="offset">Where its part begins, in bytes.</param>
        /// <param name="count">How long the part is, in bytes.</param>
        /// <returns>The buffer.</returns>
        public byte[] GetBuffer(int index, out int offset, out int count)
        {
            if (index < 0 || index >= BufferCount)
            {
                throw new ArgumentOutOfRangeException(nameof(index),
                    "The message has " + BufferCount.ToString() + " buffers; there is no buffer " + index.ToString() + ".");
            }

            offset = _ranges[2 * index];
            count = _ranges[(2 * index) + 1];
            return _buffers[index];
        }

        /// <summary>Gives one piece of control data.</summary>
        /// <param name="index">Which, 0 to <see cref="ControlCount"/> - 1.</param>
        /// <returns>The piece.</returns>
        public ControlMessage GetControl(int index)
        {
            if (index < 0 || index >= ControlCount)
            {
                throw new ArgumentOutOfRangeException(nameof(index),
                    "The message has " + ControlCount.ToString() + " pieces of control data; there is no piece " + index.ToString() + ".");
            }

            return _controls[index];
        }

        /// <summary>Takes all control data out.</summary>
        public void ClearControls()
        {
            for (int i = 0; i < ControlCount; i++)
            {
                _controls[i] = null;
            }

            ControlCount = 0;
        }

        /// <summary>Empties the message, so that it can be used for another: no buffers, controls, flags; the address
        /// object stays.</summary>
        public void Clear()
        {
            for (int i = 0; i < BufferCount; i++)
            {
                _buffers[i] = null;
            }

            BufferCount = 0;
            TotalBytes = 0;
            Flags = SocketFlags.None;
            ClearControls();
        }

        /// <summary>Copies the message's bytes out of its buffers, from the first one on.</summary>
        /// <param name="target">Receives the bytes; at least <see cref="TotalBytes"/> long.</param>
        public void Gather(byte[] target)
        {
            int at = 0;
            for (int i = 0; i < BufferCount; i++)
            {
                Array.Copy(_buffers[i], _ranges[2 * i], target, at, _ranges[(2 * i) + 1]);
                at += _ranges[(2 * i) + 1];
            }
        }

        /// <summary>Spreads bytes over the message's buffers, from the first one on.</summary>
        /// <param name="source">The bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many; what does not fit is dropped.</param>
        public void Scatter(byte[] source, int offset, int count)
        {
            for (int i = 0; i < BufferCount && count > 0; i++)
            {
                int part = _ranges[(2 * i) + 1] < count ? _ranges[(2 * i) + 1] : count;
                Array.Copy(source, offset, _buffers[i], _ranges[2 * i], part);
                offset += part;
                count -= part;
            }
        }

        private void Grow()
        {
            byte[][] buffers = new byte[_buffers.Length * 2][];
            int[] ranges = new int[_ranges.Length * 2];
            Array.Copy(_buffers, 0, buffers, 0, _buffers.Length);
            Array.Copy(_ranges, 0, ranges, 0, _ranges.Length);
            _buffers = buffers;
            _ranges = ranges;
        }
    }
}
