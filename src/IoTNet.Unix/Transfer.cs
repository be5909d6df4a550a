namespace IoTNet
{
    /// <summary>What one send or receive call moves: one buffer, or those of a message; and how far it has come.</summary>
    internal struct Transfer
    {
        private byte[] _buffer;
        private int _offset;

        /// <summary>The message with the buffers; null when there is one buffer.</summary>
        public SocketMessage Message;

        /// <summary>How many bytes the buffers have.</summary>
        public int Count;

        /// <summary>How many bytes were moved so far.</summary>
        public int Done;

        /// <summary>What the call asks for.</summary>
        public SocketFlags Flags;

        /// <summary>What a receive has seen.</summary>
        public SocketFlags Seen;

        /// <summary>Where to, or where the sender's address goes; may be null.</summary>
        public SocketAddress Address;

        /// <summary>The socket whose full queue made the last try end with EAGAIN; null when it was the own one.</summary>
        public MemorySocket Blocker;

        public static Transfer Of(byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress address)
        {
            Transfer transfer = default(Transfer);
            transfer._buffer = buffer;
            transfer._offset = offset;
            transfer.Count = count;
            transfer.Flags = flags;
            transfer.Address = address;
            return transfer;
        }

        public static Transfer Of(SocketMessage message)
        {
            Transfer transfer = default(Transfer);
            transfer.Message = message;
            transfer.Count = message.TotalBytes;
            transfer.Flags = message.Flags;
            transfer.Address = message.Address;
            return transfer;
        }

        public bool Has(SocketFlags flag)
        {
            return (Flags & flag) != 0;
        }

        /// <summary>Adds the next bytes of the buffers to a ring.</summary>
        public void CopyTo(ByteRing ring, int count)
        {
            if (Message == null)
            {
                ring.Write(_buffer, _offset + Done, count);
                Done += count;
                return;
            }

            while (count > 0)
            {
                byte[] piece = PieceAt(Done, out int offset, out int length);
                length = length < count ? length : count;
                ring.Write(piece, offset, length);
                Done += length;
                count -= length;
            }
        }

        /// <summary>Fills the next bytes of the buffers from a ring, which keeps them.</summary>
        public void CopyFrom(ByteRing ring, int distance, int count)
        {
            if (Message == null)
            {
                ring.Peek(distance, _buffer, _offset + Done, count);
                Done += count;
                return;
            }

            while (count > 0)
            {
                byte[] piece = PieceAt(Done, out int offset, out int length);
                length = length < count ? length : count;
                ring.Peek(distance, piece, offset, length);
                Done += length;
                distance += length;
                count -= length;
            }
        }

        // The rest of the message's buffer in which the byte at a position lies.
        private byte[] PieceAt(int position, out int offset, out int length)
        {
            int index = 0;
            byte[] piece = Message.GetBuffer(0, out offset, out length);
            while (position >= length)
            {
                position -= length;
                piece = Message.GetBuffer(++index, out offset, out length);
            }

            offset += position;
            length -= position;
            return piece;
        }
    }
}
