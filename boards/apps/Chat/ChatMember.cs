namespace IoTNet.Apps
{
    /// <summary>Somebody in the chat, and the line that is not whole yet.</summary>
    internal sealed class ChatMember
    {
        private const int MaxLineBytes = 256;

        private readonly byte[] _line = new byte[MaxLineBytes];
        private int _count;
        private bool _isTooLong;

        public ChatMember(Connection connection)
        {
            Connection = connection;
        }

        public Connection Connection { get; }

        /// <summary>The name; null until it was given.</summary>
        public byte[] Name { get; set; }

        /// <summary>Whether more waits for it than may.</summary>
        public bool IsTooSlow { get; set; }

        /// <summary>Takes a byte.</summary>
        /// <returns>The line that it ends, without its end; null when it ends none. Of a line that is too long comes its
        /// beginning.</returns>
        public byte[] Take(byte value)
        {
            if (value != '\n')
            {
                _isTooLong |= _count == MaxLineBytes;
                if (!_isTooLong && value != '\r')
                {
                    _line[_count++] = value;
                }

                return null;
            }

            byte[] line = ChatText.Copy(_line, _count);
            _count = 0;
            _isTooLong = false;
            return line;
        }
    }
}
