namespace IoTNet
{
    /// <summary>A queue of datagrams or records: headers and bytes in one ring, no object for each.</summary>
    /// <remarks>
    /// <code>
    /// 0..3    bytes of the record, low byte first
    /// 4       bytes of the sender's address, n
    /// 5       1 = broadcast, 2 = multicast
    /// 6       time to live
    /// 7       bytes of the destination address, m (16; 0 for AF_UNIX)
    /// 8..     sender's address (n), destination address (m), record
    /// </code>
    /// </remarks>
    internal sealed class RecordQueue
    {
        private const int HeadBytes = 8;

        private readonly ByteRing _ring = new ByteRing();
        private readonly byte[] _head = new byte[HeadBytes + HostAddress.Size];

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
        /// <returns>Whether it was added.</returns>
        public bool Add(ref Transfer data, Envelope envelope, bool isIP, int limitBytes)
        {
            int needed = HeadBytes + envelope.Source.Size + (isIP ? HostAddress.Size : 0) + data.Count;
            if (Count > 0 && _ring.Count + needed > limitBytes)
            {
                return false;
            }

            WriteLength(data.Count);
            _head[4] = (byte)envelope.Source.Size;
            _head[5] = (byte)(envelope.Kind == SocketFlags.Broadcast ? 1 : envelope.Kind == SocketFlags.Multicast ? 2 : 0);
            _head[6] = (byte)envelope.TimeToLive;
            _head[7] = (byte)(isIP ? HostAddress.Size : 0);
            _ring.Reserve(needed, needed > limitBytes ? needed : limitBytes);
            _ring.Write(_head, 0, HeadBytes);
            _ring.Write(envelope.Source.Buffer, 0, envelope.Source.Size);
            if (isIP)
            {
                envelope.Destination.CopyTo(_head, HeadBytes);
                _ring.Write(_head, HeadBytes, HostAddress.Size);
            }

            data.Done = 0;
            data.CopyTo(_ring, data.Count);
            Count++;
            return true;
        }

        /// <summary>Takes the oldest record, of which there is one; what does not fit the buffers is lost.</summary>
        /// <param name="data">Takes bytes, sender's address and what was seen; Peek leaves the record.</param>
        /// <param name="envelope">Filled, except for the sender's address.</param>
        /// <returns>The bytes that were taken; with the flag Truncated, the record's length.</returns>
        public int Take(ref Transfer data, Envelope envelope)
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
            envelope.Kind = _head[5] == 1 ? SocketFlags.Broadcast : _head[5] == 2 ? SocketFlags.Multicast : SocketFlags.None;
            envelope.TimeToLive = _head[6];
            int destinationBytes = _head[7];
            if (destinationBytes > 0)
            {
                _ring.Peek(at, _head, HeadBytes, HostAddress.Size);
                envelope.Destination = HostAddress.Read(_head, HeadBytes);
                at += destinationBytes;
            }

            int taken = length < data.Count ? length : data.Count;
            data.CopyFrom(_ring, at, taken);
            if (!data.Has(SocketFlags.Peek))
            {
                _ring.Skip(at + length);
                Count--;
            }

            int answer = data.Has(SocketFlags.Truncated) ? length : taken;
            data.Seen = envelope.Kind | (taken < length ? SocketFlags.Truncated : SocketFlags.None);
            return answer;
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
