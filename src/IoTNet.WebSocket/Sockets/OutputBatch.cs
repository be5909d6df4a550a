using System;

namespace IoTNet
{
    /// <summary>Where frames are put together before they are written: header and payload in one write, and all that a WebSocket
    /// sends while it is told of data in as few as possible. One for all WebSockets of a server, which send one after the
    /// other on the loop's thread.</summary>
    internal sealed class OutputBatch
    {
        private WebSocket _owner;

        public OutputBatch(int bytes)
        {
            Bytes = new byte[bytes];
        }

        public byte[] Bytes { get; }

        /// <summary>How many bytes wait.</summary>
        public int Count { get; set; }

        /// <summary>How many bytes of a WebSocket wait.</summary>
        public int CountOf(WebSocket socket)
        {
            return _owner == socket ? Count : 0;
        }

        /// <summary>Makes room for a WebSocket's bytes; another's are written first.</summary>
        /// <returns>Whether there is so much room now.</returns>
        public bool Reserve(WebSocket socket, int bytes)
        {
            if (_owner != socket || bytes > Bytes.Length - Count)
            {
                Flush();
                _owner = socket;
            }

            return bytes <= Bytes.Length;
        }

        /// <summary>Writes what waits.</summary>
        /// <returns>As <see cref="Connection.TryWrite"/>; 1 when nothing waits.</returns>
        public int Flush()
        {
            int count = Count;
            WebSocket owner = _owner;
            Count = 0;
            _owner = null;
            return count == 0 ? 1 : owner.WriteBatch(Bytes, count);
        }
    }
}
