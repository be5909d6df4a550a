using System;

namespace IoTNet
{
    /// <summary>
    /// Puts messages together out of the bytes of a stream, in whatever pieces they come. It knows no socket.
    /// <code>
    /// int used = reader.Add(buffer, 0, received);     // stops behind the end of a message
    /// Message message = reader.Take();                // null until one is whole
    /// </code>
    /// </summary>
    /// <remarks>Only what comes decides: a message without content is as whole as any, and is handed on.</remarks>
    public sealed class MessageReader
    {
        private readonly byte[] _length = new byte[2];
        private readonly MessageLimits _limits;
        private byte[] _target;
        private int _filled;
        private MessageHeader _header;
        private Message _message;
        private bool _failed;

        /// <summary>Makes a reader.</summary>
        /// <param name="limits">What the peer may send.</param>
        /// <exception cref="ArgumentNullException">There are no limits.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
        public MessageReader(MessageLimits limits)
        {
            _limits = limits ?? throw new ArgumentNullException(nameof(limits));
            if (limits.HeaderBytes < 2 || limits.HeaderBytes > 65535 || limits.ContentBytes < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(limits), "A header has 2 to 65535 bytes, not " +
                    limits.HeaderBytes.ToString() + ", and a content 0 or more, not " + limits.ContentBytes.ToString() + ".");
            }

            _target = _length;
        }

        /// <summary>Whether no byte of a message has come: the place where a peer may close.</summary>
        public bool IsBetweenMessages => _message == null && _target == _length && _filled == 0;

        /// <summary>Takes bytes, up to the end of a message.</summary>
        /// <param name="buffer">Holds them.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many there are.</param>
        /// <returns>How many were taken: all, or fewer when a message is whole; 0 until that is taken.</returns>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        /// <exception cref="MessageException">The header is none, lacks a field, or announces more than a limit. Each further
        /// call throws as well.</exception>
        public int Add(byte[] buffer, int offset, int count)
        {
            BufferPart.Check(buffer, offset, count);
            if (_failed)
            {
                throw new MessageException("The stream has lost its messages before.");
            }

            int used = 0;
            while (used < count && _message == null)
            {
                int part = _target.Length - _filled;
                part = part > count - used ? count - used : part;
                Array.Copy(buffer, offset + used, _target, _filled, part);
                _filled += part;
                used += part;
                if (_filled == _target.Length)
                {
                    _failed = true;
                    Finish();
                    _failed = false;
                }
            }

            return used;
        }

        /// <summary>Hands a whole message on and begins with the next one.</summary>
        /// <returns>It; null when none is whole.</returns>
        public Message Take()
        {
            Message message = _message;
            _message = null;
            return message;
        }

        /// <summary>Takes note that the stream is over.</summary>
        /// <exception cref="MessageException">It ended within a message.</exception>
        public void End()
        {
            if (_message == null && !IsBetweenMessages)
            {
                string part = _target == _length ? "header length" : _header == null ? "header" : "content";
                throw new MessageException("Peer closed after " + _filled.ToString() + " of " + _target.Length.ToString() +
                    " bytes of the " + part + ".");
            }
        }

        // Protocol: the header's length (2 bytes, big-endian), the header, the content.
        private void Finish()
        {
            if (_target == _length)
            {
                int headerBytes = (_length[0] << 8) | _length[1];
                if (headerBytes < 2 || headerBytes > _limits.HeaderBytes)
                {
                    throw new MessageException("A header has 2 to " + _limits.HeaderBytes.ToString() + " bytes here; this one has " +
                        headerBytes.ToString() + ".");
                }

                Expect(new byte[headerBytes]);
                return;
            }

            if (_header == null)
            {
                _header = MessageHeader.Parse(_target, 0, _target.Length, _limits.ContentBytes);
                Expect(new byte[_header.Length]);
                if (_header.Length > 0)
                {
                    return;
                }
            }

            // Also without any content: no byte more comes that could tell.
            _message = _header.ToMessage(_target);
            _header = null;
            Expect(_length);
        }

        private void Expect(byte[] target)
        {
            _target = target;
            _filled = 0;
        }
    }
}
