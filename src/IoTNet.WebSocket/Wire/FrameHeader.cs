// RFC 6455 5.2.
namespace IoTNet
{
    /// <summary>The beginning of a frame: 2 bytes, a longer length in 2 or 8 more, 4 of the masking key.</summary>
    internal static class FrameHeader
    {
        public const int MaxBytes = 14;
        public const int MaxControlPayload = 125;

        public const int Fin = 0x80;
        public const int Rsv1 = 0x40;
        public const int OtherRsv = 0x30;
        public const int OpcodeBits = 0x0F;
        public const int MaskBit = 0x80;

        /// <summary>How long a header is, by its second byte.</summary>
        public static int SizeOf(int second)
        {
            int length = second & 0x7F;
            return (length < 126 ? 2 : length == 126 ? 4 : 10) + ((second & MaskBit) != 0 ? 4 : 0);
        }

        /// <summary>How long the header of a frame to send is.</summary>
        public static int SizeFor(int length, bool isMasked)
        {
            return (length < 126 ? 2 : length < 65536 ? 4 : 10) + (isMasked ? 4 : 0);
        }

        /// <summary>The payload's length; -1 when it is not in its shortest form, or 2^63 or more.</summary>
        public static long LengthOf(byte[] header, int at)
        {
            int length = header[at + 1] & 0x7F;
            if (length < 126)
            {
                return length;
            }

            if (length == 126)
            {
                length = (header[at + 2] << 8) | header[at + 3];
                return length < 126 ? -1 : length;
            }

            long value = 0;
            for (int i = 2; i < 10; i++)
            {
                value = (value << 8) | header[at + i];
            }

            return value < 65536 ? -1 : value;
        }

        /// <summary>Writes a header without its masking key.</summary>
        /// <returns>The place after it.</returns>
        public static int Write(byte[] target, int at, int first, int length, bool isMasked)
        {
            int mask = isMasked ? MaskBit : 0;
            target[at++] = (byte)first;
            if (length < 126)
            {
                target[at++] = (byte)(length | mask);
                return at;
            }

            if (length < 65536)
            {
                target[at++] = (byte)(126 | mask);
            }
            else
            {
                target[at++] = (byte)(127 | mask);
                target[at] = target[at + 1] = target[at + 2] = target[at + 3] = 0;
                at += 4;
                target[at++] = (byte)(length >> 24);
                target[at++] = (byte)(length >> 16);
            }

            target[at++] = (byte)(length >> 8);
            target[at++] = (byte)length;
            return at;
        }
    }
}
