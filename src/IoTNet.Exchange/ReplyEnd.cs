using System;

namespace IoTNet
{
    /// <summary>How the end of a reply on a stream is known. A datagram is its own end.</summary>
    public sealed class ReplyEnd
    {
        /// <summary>The reply ends when the peer closes. Our half is closed when the request is sent, so that a peer that
        /// reads to the end answers.</summary>
        public static readonly ReplyEnd AtClose = new ReplyEnd(-1, -1);

        private readonly int _length;
        private readonly int _delimiter;

        private ReplyEnd(int length, int delimiter)
        {
            _length = length;
            _delimiter = delimiter;
        }

        /// <summary>The reply has a given length. What comes behind it is not read.</summary>
        /// <param name="count">Bytes, from 0.</param>
        /// <returns>The rule.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The length is below 0.</exception>
        public static ReplyEnd AfterBytes(int count)
        {
            if (count < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(count), "A reply has 0 bytes or more, not " + count.ToString() + ".");
            }

            return new ReplyEnd(count, -1);
        }

        /// <summary>The reply ends with a byte, which is part of it. What comes behind it is lost.</summary>
        /// <param name="delimiter">The byte, such as a line feed.</param>
        /// <returns>The rule.</returns>
        public static ReplyEnd AfterDelimiter(byte delimiter)
        {
            return new ReplyEnd(-1, delimiter);
        }

        internal bool IsAtClose => _length < 0 && _delimiter < 0;

        // How many of the bytes from begin to end are the whole reply, which was not whole at begin; -1 when more are to come.
        internal int Find(byte[] reply, int begin, int end)
        {
            if (_length >= 0)
            {
                return end >= _length ? _length : -1;
            }

            for (int i = begin; i < end && _delimiter >= 0; i++)
            {
                if (reply[i] == _delimiter)
                {
                    return i + 1;
                }
            }

            return -1;
        }

        // How many bytes may be read at most.
        internal int Limit(int room)
        {
            return _length >= 0 && _length < room ? _length : room;
        }
    }
}
