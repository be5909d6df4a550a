// RFC 37 3.3 (ZMTP 3.1), framing: flags, size in one or eight bytes, body.
namespace IoTNet
{
    /// <summary>The header of a frame, written and read in place.</summary>
    internal static class FrameHeader
    {
        /// <summary>More frames of the same message follow.</summary>
        public const int More = 1;

        /// <summary>The size has eight bytes.</summary>
        public const int Long = 2;

        /// <summary>A command, no message.</summary>
        public const int Command = 4;

        /// <summary>The longest header, in bytes.</summary>
        public const int MaxBytes = 9;

        private const int ShortBytes = 2;
        private const int MaxShortBody = 255;

        /// <summary>How long the header of a body is.</summary>
        public static int BytesFor(int bodyBytes)
        {
            return bodyBytes > MaxShortBody ? MaxBytes : ShortBytes;
        }

        /// <summary>Writes a header.</summary>
        /// <param name="flags">More, Command or 0; Long is added when it is needed.</param>
        /// <returns>Its length in bytes.</returns>
        public static int Write(byte[] buffer, int offset, int flags, int bodyBytes)
        {
            if (bodyBytes <= MaxShortBody)
            {
                buffer[offset] = (byte)flags;
                buffer[offset + 1] = (byte)bodyBytes;
                return ShortBytes;
            }

            buffer[offset] = (byte)(flags | Long);
            buffer[offset + 1] = 0;
            buffer[offset + 2] = 0;
            buffer[offset + 3] = 0;
            buffer[offset + 4] = 0;
            buffer[offset + 5] = (byte)(bodyBytes >> 24);
            buffer[offset + 6] = (byte)(bodyBytes >> 16);
            buffer[offset + 7] = (byte)(bodyBytes >> 8);
            buffer[offset + 8] = (byte)bodyBytes;
            return MaxBytes;
        }

        /// <summary>Reads a header.</summary>
        /// <param name="available">How many bytes are there.</param>
        /// <param name="bodyBytes">The body's size; negative when frame and header are 2 GiB or more, which nobody takes.</param>
        /// <returns>The header's length; 0 when it is not there whole; -1 for flags that are none: reserved bits, or a command
        /// with more to follow.</returns>
        public static int Read(byte[] buffer, int offset, int available, out int flags, out int bodyBytes)
        {
            bodyBytes = 0;
            flags = 0;
            if (available < 1)
            {
                return 0;
            }

            flags = buffer[offset];
            // RFC 37 3.3: bits 7 to 3 are reserved and zero; on a command MORE is zero.
            if (flags > (Command | Long | More) || (flags & (Command | More)) == (Command | More))
            {
                return -1;
            }

            if ((flags & Long) == 0)
            {
                if (available < ShortBytes)
                {
                    return 0;
                }

                bodyBytes = buffer[offset + 1];
                return ShortBytes;
            }

            if (available < MaxBytes)
            {
                return 0;
            }

            bodyBytes = (buffer[offset + 5] << 24) | (buffer[offset + 6] << 16) | (buffer[offset + 7] << 8) | buffer[offset + 8];
            if ((buffer[offset + 1] | buffer[offset + 2] | buffer[offset + 3] | buffer[offset + 4]) != 0 || bodyBytes > int.MaxValue - MaxBytes)
            {
                bodyBytes = -1;
            }

            return MaxBytes;
        }
    }
}
