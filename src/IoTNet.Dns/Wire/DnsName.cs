namespace IoTNet
{
    /// <summary>Domain names in their two forms: on the wire, labels with their lengths, at most 255 bytes, and perhaps
    /// compressed (RFC 1035 3.1, 4.1.4); and as text, where <c>\.</c> is a dot within a label, <c>\\</c> a backslash and
    /// <c>\DDD</c> any byte (RFC 1035 5.1).</summary>
    public static partial class DnsName
    {
        /// <summary>The most bytes that a name has on the wire (RFC 1035 2.3.4).</summary>
        public const int MaxLength = 255;

        /// <summary>The most bytes of a label (RFC 1035 2.3.4).</summary>
        public const int MaxLabel = 63;

        // A name of 255 bytes has at most 127 labels, and a pointer that leads to no label is of no use.
        private const int MaxPointers = 127;

        /// <summary>Checks a name on the wire and finds its end. Everything else here takes names that this has
        /// checked.</summary>
        /// <param name="message">Holds the name; where it is compressed, the whole message from its header on.</param>
        /// <param name="length">How many bytes of it count.</param>
        /// <param name="offset">Where the name begins.</param>
        /// <returns>Where it ends: behind its last label or its first pointer; or -EINVAL: it does not end within the
        /// message, a label is of an unknown kind, a pointer does not lead back (RFC 1035 4.1.4: to a prior name), it has
        /// more than 255 bytes.</returns>
        public static int Skip(byte[] message, int length, int offset)
        {
            int end = -1;
            int total = 1;
            int pointers = 0;
            int floor = offset;
            while (offset >= 0 && offset < length)
            {
                int label = message[offset];
                if (label == 0)
                {
                    return end >= 0 ? end : offset + 1;
                }

                if (label <= MaxLabel)
                {
                    total += label + 1;
                    offset = total <= MaxLength ? offset + label + 1 : -1;
                    continue;
                }

                // Each pointer leads before the labels that it follows, so that a loop cannot close.
                int target = label >= 0xC0 && offset + 1 < length ? ((label & 0x3F) << 8) | message[offset + 1] : floor;
                end = end >= 0 ? end : offset + 2;
                offset = target < floor && target >= DnsReader.HeaderSize && ++pointers <= MaxPointers ? target : -1;
                floor = target;
            }

            return -(int)Errno.EINVAL;
        }

        /// <summary>Writes a name out, without compression.</summary>
        /// <param name="message">Holds the name.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="target">Takes it; must have room (255 bytes are always enough).</param>
        /// <param name="targetOffset">Where in the target.</param>
        /// <returns>Its length in bytes, 1 to 255.</returns>
        public static int Copy(byte[] message, int offset, byte[] target, int targetOffset)
        {
            int length = 0;
            for (int label = Label(message, ref offset); label > 0; label = Label(message, ref offset))
            {
                System.Array.Copy(message, offset, target, targetOffset + length, label + 1);
                length += label + 1;
                offset += label + 1;
            }

            target[targetOffset + length] = 0;
            return length + 1;
        }

        /// <summary>Counts the bytes of a name without compression.</summary>
        /// <param name="message">Holds the name.</param>
        /// <param name="offset">Where it begins.</param>
        /// <returns>1 to 255.</returns>
        public static int GetLength(byte[] message, int offset)
        {
            int length = 1;
            for (int label = Label(message, ref offset); label > 0; label = Label(message, ref offset))
            {
                length += label + 1;
                offset += label + 1;
            }

            return length;
        }

        /// <summary>Whether two names are the same.</summary>
        /// <param name="first">Holds the one.</param>
        /// <param name="firstOffset">Where it begins.</param>
        /// <param name="second">Holds the other.</param>
        /// <param name="secondOffset">Where it begins.</param>
        /// <param name="exact">Whether the case of letters matters. For DNS it does not (RFC 4343).</param>
        /// <returns>True when they are.</returns>
        public static bool AreEqual(byte[] first, int firstOffset, byte[] second, int secondOffset, bool exact)
        {
            while (true)
            {
                int label = Label(first, ref firstOffset);
                if (label != Label(second, ref secondOffset))
                {
                    return false;
                }

                if (label == 0)
                {
                    return true;
                }

                for (int i = 1; i <= label; i++)
                {
                    byte a = first[firstOffset + i];
                    byte b = second[secondOffset + i];
                    if (a != b && (exact || ToLower(a) != ToLower(b)))
                    {
                        return false;
                    }
                }

                firstOffset += label + 1;
                secondOffset += label + 1;
            }
        }

        internal static int ToLower(byte octet)
        {
            return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
        }

        // The length of the label at an offset, which is moved along the compression pointers before it.
        private static int Label(byte[] message, ref int offset)
        {
            while (message[offset] >= 0xC0)
            {
                offset = ((message[offset] & 0x3F) << 8) | message[offset + 1];
            }

            return message[offset];
        }
    }
}
