namespace IoTNet
{
    /// <summary>Domain names (RFC 1035 3.1) in their two forms: on the wire, labels with their lengths, at most 255 bytes; and as
    /// text, where <c>\.</c> is a dot within a label, <c>\\</c> a backslash and <c>\DDD</c> any byte (RFC 1035 5.1).</summary>
    public static class DnsName
    {
        /// <summary>The most bytes that a name has on the wire (RFC 1035 2.3.4).</summary>
        public const int MaxLength = 255;

        /// <summary>The most bytes of a label (RFC 1035 2.3.4).</summary>
        public const int MaxLabel = 63;

        /// <summary>Turns text into a name on the wire. Letters keep their case. Characters beyond ASCII are refused (they need
        /// IDNA, RFC 5891), and so are empty labels.</summary>
        /// <param name="text">The name; a dot at its end makes no difference; <c>.</c> alone is the root.</param>
        /// <param name="target">Takes it, uncompressed.</param>
        /// <param name="offset">Where in the target.</param>
        /// <returns>Its length in bytes, 1 to 255; or -EINVAL (not a name; a label of more than 63 bytes, a name of more
        /// than 255), -EMSGSIZE (the target is full).</returns>
        public static int Parse(string text, byte[] target, int offset)
        {
            if (text == null || text.Length == 0)
            {
                return -(int)Errno.EINVAL;
            }

            int at = 0;
            int length = 1;
            int label = 0;
            bool root = text.Length == 1 && text[0] == '.';
            while (at < text.Length && !root)
            {
                bool ends = text[at] == '.';
                int octet = ends ? 0 : ReadOctet(text, ref at);
                at += ends ? 1 : 0;
                if (octet < 0 || (ends ? label == 0 : label == MaxLabel || length + label + 2 > MaxLength))
                {
                    return -(int)Errno.EINVAL;
                }

                if (offset + length + label + 1 > target.Length)
                {
                    return -(int)Errno.EMSGSIZE;
                }

                if (ends)
                {
                    target[offset + length - 1] = (byte)label;
                    length += label + 1;
                    label = 0;
                }
                else
                {
                    target[offset + length + label] = (byte)octet;
                    label++;
                }
            }

            return Finish(target, offset, length, label);
        }

        /// <summary>Turns a name on the wire into text, without a dot at its end; the root is <c>.</c>. Bytes that are not
        /// printable ASCII, dots and backslashes are escaped, so that the text leads back to the same bytes.</summary>
        /// <param name="message">Holds the name, checked before  and, where it is compressed, begins with
        /// the message's header.</param>
        /// <param name="offset">Where it begins.</param>
        /// <returns>The text.</returns>
        public static string Format(byte[] message, int offset)
        {
            char[] text = new char[4 * MaxLength];
            int length = 0;
            int label = Label(message, ref offset);
            while (label > 0)
            {
                for (int i = 1; i <= label; i++)
                {
                    length = WriteOctet(message[offset + i], text, length);
                }

                offset += label + 1;
                label = Label(message, ref offset);
                if (label > 0)
                {
                    text[length++] = '.';
                }
            }

            return length == 0 ? "." : new string(text, 0, length);
        }

        // The length of the label at an offset, which is moved over compression pointers.
        internal static int Label(byte[] message, ref int offset)
        {
            while (message[offset] >= 0xC0)
            {
                offset = ((message[offset] & 0x3F) << 8) | message[offset + 1];
            }

            return message[offset];
        }

        private static int Finish(byte[] target, int offset, int length, int label)
        {
            if (label > 0)
            {
                target[offset + length - 1] = (byte)label;
                length += label + 1;
            }

            if (offset + length > target.Length)
            {
                return -(int)Errno.EMSGSIZE;
            }

            target[offset + length - 1] = 0;
            return length;
        }

        // One byte of a label: a character, or an escape.
        private static int ReadOctet(string text, ref int at)
        {
            char c = text[at++];
            if (c != '\\')
            {
                return c < 128 ? c : -1;
            }

            if (at == text.Length)
            {
                return -1;
            }

            c = text[at++];
            if (c < '0' || c > '9')
            {
                return c < 128 ? c : -1;
            }

            int octet = c - '0';
            for (int i = 0; i < 2; i++)
            {
                if (at == text.Length || text[at] < '0' || text[at] > '9')
                {
                    return -1;
                }

                octet = (octet * 10) + (text[at++] - '0');
            }

            return octet <= 255 ? octet : -1;
        }

        private static int WriteOctet(byte octet, char[] text, int length)
        {
            if (octet <= ' ' || octet > '~')
            {
                text[length++] = '\\';
                text[length++] = (char)('0' + (octet / 100));
                text[length++] = (char)('0' + (octet / 10 % 10));
                text[length++] = (char)('0' + (octet % 10));
                return length;
            }

            if (octet == '.' || octet == '\\')
            {
                text[length++] = '\\';
            }

            text[length++] = (char)octet;
            return length;
        }
    }
}
