namespace IoTNet
{
    /// <summary>A queue of datagrams or records: headers and bytes in one ring, no object for each.</summary>
    /// <remarks>
    /// <code>
    /// 0..3    bytes of the record, low byte first
    /// 4       bytes of the sender's address, n
    /// 5       bytes of ancillary data, m
    /// 6..     sender's address (n), ancillary data (m), record
    /// </code>
    /// </remarks>
    internal sealed class RecordQueue
    {
        private const int HeadBytes = 6;

        private readonly ByteRing _ring = new ByteRing();
        private readonly byte[] _head = new byte[HeadBytes];

        /// <summary>How many records wait.</summary>
        public int Count { get; private set; }

        /// <summary>How many bytes they take, headers included.</summary>
        public int Bytes => _ring.Count;

        /// <summary>The bytes of the oldest record; 0 when there is none.</summary>
        public int NextLength
        {
            get
            {
                if (Count == 0)
                {
                    return 0;
                }

                _ring.Peek(0, _head, 0, HeadBytes);
                return ReadLength();
            }
        }

        /// <summary>Adds a record, unless there is no room. An empty queue takes any one record, so that a receiver with
        /// a small buffer still gets a long one.</summary>
        /// <param name="data">The record.</param>
        /// <param name="sender">The sender's address; null = not kept.</param>
        /// <param name="ancillary">What travels with it; null = nothing.</param>
        /// <param name="limitBytes">How much may wait.</param>
        /// <returns>Whether it was added.</returns>
        public bool Add(ref Transfer data, SocketAddress sender, byte[] ancillary, int limitBytes)
        {
            int senderBytes = sender == null ? 0 : sender.Size;
            int ancillaryBytes = ancillary == null ? 0 : ancillary.Length;
            int needed = HeadBytes + senderBytes + ancillaryBytes + data.Count;
            if (Count > 0 && _ring.Count + needed > limitBytes)
            {
                return false;
            }

            WriteLength(data.Count);
            _head[4] = (byte)senderBytes;
            _head[5] = (byte)ancillaryBytes;
            _ring.Reserve(needed, needed > limitBytes ? needed : limitBytes);
            _ring.Write(_head, 0, HeadBytes);
            if (sender != null)
            {
                _ring.Write(sender.Buffer, 0, senderBytes);
            }

            if (ancillary != null)
            {
                _ring.Write(ancillary, 0, ancillaryBytes);
            }

            data.Done = 0;
            data.CopyTo(_ring, data.Count);
            Count++;
            return true;
        }

        /// <summary>Takes the oldest record, of which there is one; what does not fit the buffers is lost.</summary>
        /// <param name="data">Takes bytes, sender's address and what was seen; Peek leaves the record.</param>
        /// <param name="ancillary">Takes what travelled with it; null when nothing did.</param>
        /// <returns>The bytes that were taken; with the flag Truncated, the record's length.</returns>
        public int Take(ref Transfer data, byte[] ancillary)
        {
            _ring.Peek(0, _head, 0, HeadBytes);
            int length = ReadLength();
            int at = HeadBytes;
            if (data.Address != null)
            {
                // The family stands in the first two bytes of the address itself.
                data.Address.Reset(AddressFamily.Unspecified, _head[4]);
                _ring.Peek(at, data.Address.Buffer, 0, _head[4]);
            }

            at += _head[4];
            if (ancillary != null)
            {
                _ring.Peek(at, ancillary, 0, _head[5]);
            }

            at += _head[5];
            int taken = length < data.Count ? length : data.Count;
            data.CopyFrom(_ring, at, taken);
            if (!data.Has(SocketFlags.Peek))
            {
                _ring.Skip(at + length);
                Count--;
            }

            data.Seen = taken < length ? SocketFlags.Truncated : SocketFlags.None;
            return data.Has(SocketFlags.Truncated) ? length : taken;
        }

        /// <summary>Drops everything, the memory too.</summary>
        public void Free()
        {
            _ring.Free();
            Count = 0;
        }

        private int ReadLength()
        {
            return _head[0] | (_head[1] << 8) | (_head[2] << 16) | (_head[3] << 24);
        }

        private void WriteLength(int length)
        {
            _head[0] = (byte)length;
            _head[1] = (byte)(length >> 8);
            _head[2] = (byte)(length >> 16);
            _head[3] = (byte)(length >> 24);
        }
    }
}
