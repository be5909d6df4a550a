using System;

namespace IoTNet
{
    /// <summary>Turns a message into its bytes and keeps them until they are sent, in whatever pieces.</summary>
    public sealed class MessageWriter
    {
        private const int MaxHeaderBytes = 65535;

        private byte[] _bytes;
        private int _sent;

        /// <summary>What is left: bytes from <see cref="Offset"/> on; null when there is no message.</summary>
        public byte[] Buffer => _bytes;

        /// <summary>The first byte that was not sent.</summary>
        public int Offset => _sent;

        /// <summary>How many bytes were not sent. No message has fewer than 2, so 0 always means that none waits.</summary>
        public int Pending => _bytes == null ? 0 : _bytes.Length - _sent;

        /// <summary>Encodes a message.</summary>
        /// <param name="message">It.</param>
        /// <returns>Header length, header and content.</returns>
        /// <exception cref="ArgumentNullException">There is no message.</exception>
        /// <exception cref="MessageException">Type and encoding make a header beyond 65,535 bytes.</exception>
        public static byte[] ToBytes(Message message)
        {
            if (message == null)
            {
                throw new ArgumentNullException(nameof(message));
            }

            JsonWriter header = new JsonWriter(160);
            header.WriteStartObject();
            header.WritePropertyName(MessageHeader.ByteOrder);
            header.WriteStringValue(message.ByteOrder);
            header.WritePropertyName(MessageHeader.ContentType);
            header.WriteStringValue(message.ContentType);
            header.WritePropertyName(MessageHeader.ContentEncoding);
            header.WriteStringValue(message.ContentEncoding);
            header.WritePropertyName(MessageHeader.ContentLength);
            header.WriteNumberValue((long)message.Content.Length);
            header.WriteEndObject();
            int length = header.Length;
            if (length > MaxHeaderBytes)
            {
                throw new MessageException("A header has at most 65535 bytes; this one has " + length.ToString() + ".");
            }

            byte[] bytes = new byte[2 + length + message.Content.Length];
            bytes[0] = (byte)(length >> 8);
            bytes[1] = (byte)length;
            Array.Copy(header.Buffer, 0, bytes, 2, length);
            Array.Copy(message.Content, 0, bytes, 2 + length, message.Content.Length);
            return bytes;
        }

        /// <summary>Begins with a message.</summary>
        /// <param name="message">It.</param>
        /// <exception cref="InvalidOperationException">The last one was not sent.</exception>
        /// <exception cref="ArgumentNullException">There is no message.</exception>
        /// <exception cref="MessageException">As <see cref="ToBytes"/>.</exception>
        public void Begin(Message message)
        {
            if (Pending > 0)
            {
                throw new InvalidOperationException("There are " + Pending.ToString() + " bytes of the last message to be sent.");
            }

            _bytes = ToBytes(message);
            _sent = 0;
        }

        /// <summary>Takes note of bytes that were sent.</summary>
        /// <param name="count">How many, 0 to <see cref="Pending"/>.</param>
        /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
        public void Advance(int count)
        {
            if (count < 0 || count > Pending)
            {
                throw new ArgumentOutOfRangeException(nameof(count),
                    "There are " + Pending.ToString() + " bytes to be sent, not " + count.ToString() + ".");
            }

            _sent += count;
            if (Pending == 0)
            {
                _bytes = null;
                _sent = 0;
            }
        }
    }
}
