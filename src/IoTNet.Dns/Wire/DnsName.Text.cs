using System;

namespace IoTNet
{
    // Names as text, both ways.
    public static partial class DnsName
    {
        /// <summary>Turns text into a name on the wire. Letters keep their case. Characters beyond ASCII are refused (such
        /// names are written in their IDNA form, RFC 5891), and so are empty labels.</summary>
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

            // The label that grows begins at offset + length - 1, where its length will stand.
            int length = 1;
            int label = 0;
            int at = text.Length == 1 && text[0] == '.' ? 1 : 0;
            while (at < text.Length)
            {
                bool ends = text[at] == '.';
                int octet = ends ? 0 : ReadOctet(text, ref at);
                at += ends ? 1 : 0;
                if (octet < 0 || (ends ? label == 0 : label == MaxLabel || length + label + 2 > MaxLength))
                {
                    return -(int)Errno.EINVAL;
                }

                if (offset + length + label + (ends ? 0 : 1) > target.Length)
                {
                    return -(int)Errno.EMSGSIZE;
                }

                if (!ends)
                {
                    target[offset + length + label] = (byte)octet;
                    label++;
                }

                if (label > 0 && (ends || at == text.Length))
                {
                    target[offset + length - 1] = (byte)label;
                    length += label + 1;
                    label = 0;
                }
            }

            if (offset + length > target.Length)
            {
                return -(int)Errno.EMSGSIZE;
            }

            target[offset + length - 1] = 0;
            return length;
        }

        /// <summary>Turns a name on the wire into text, without a dot at its end; the root is <c>.</c>. Bytes that are not
        /// printable ASCII, dots and backslashes are escaped, so that the text leads back to the same bytes.</summary>
        /// <param name="message">Holds the name.</param>
        /// <param name="offset">Where it begins.</param>
        /// <returns>The text, at most 1,004 characters.</returns>
        public static string Format(byte[] message, int offset)
        {
            int length = Write(message, offset, null);
            if (length == 0)
            {
                return ".";
            }

            char[] text = new char[length];
            Write(message, offset, text);
            return new string(text);
        }

        /// <summary>The name under which PTR records tell the names of an address: <c>4.3.2.1.in-addr.arpa</c> (RFC 1035 3.5), or
        /// 32 digits and <c>ip6.arpa</c> (RFC 3596 2.5). A mapped address is asked for as the IPv4 address that it stands for, as
        /// glibc does.</summary>
        /// <param name="address">The address.</param>
        /// <returns>The name, without a dot at its end.</returns>
        /// <exception cref="ArgumentNullException">There is no address.</exception>
        public static string Reverse(IPAddress address)
        {
            const string Digits = "0123456789abcdef";
            if (address == null)
            {
                throw new ArgumentNullException(nameof(address));
            }

            byte[] bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
            if (bytes.Length == 4)
            {
                return bytes[3].ToString() + "." + bytes[2].ToString() + "." + bytes[1].ToString() + "." + bytes[0].ToString() + ".in-addr.arpa";
            }

            char[] nibbles = new char[64];
            for (int i = 0; i < 16; i++)
            {
                byte octet = bytes[15 - i];
                nibbles[4 * i] = Digits[octet & 15];
                nibbles[(4 * i) + 1] = '.';
                nibbles[(4 * i) + 2] = Digits[octet >> 4];
                nibbles[(4 * i) + 3] = '.';
            }

            return new string(nibbles) + "ip6.arpa";
        }

        // Writes the text, or only counts its characters when there is nothing to write to.
        private static int Write(byte[] message, int offset, char[] text)
        {
            int length = 0;
            for (int label = Label(message, ref offset); label > 0; label = Label(message, ref offset))
            {
                if (length > 0)
                {
                    Put(text, length++, '.');
                }

                int end = offset + label + 1;
                for (offset++; offset < end; offset++)
                {
                    byte octet = message[offset];
                    if (octet <= ' ' || octet > '~' || octet == '.' || octet == '\\')
                    {
                        length = WriteEscape(octet, text, length);
                    }
                    else
                    {
                        Put(text, length++, octet);
                    }
                }
            }

            return length;
        }

        private static int WriteEscape(byte octet, char[] text, int length)
        {
            Put(text, length++, '\\');
            if (octet == '.' || octet == '\\')
            {
                Put(text, length, octet);
                return length + 1;
            }

            Put(text, length, '0' + (octet / 100));
            Put(text, length + 1, '0' + (octet / 10 % 10));
            Put(text, length + 2, '0' + (octet % 10));
            return length + 3;
        }

        private static void Put(char[] text, int index, int character)
        {
            if (text != null)
            {
                text[index] = (char)character;
            }
        }

        // One byte of a label: a character, or an escape.
        private static int ReadOctet(string text, ref int at)
        {
            char c = text[at++];
            if (c == '\\' && at < text.Length)
            {
                c = text[at++];
                return c >= '0' && c <= '9' ? ReadDecimal(text, c - '0', ref at) : c < 128 ? c : -1;
            }

            return c < 128 && c != '\\' ? c : -1;
        }

        private static int ReadDecimal(string text, int value, ref int at)
        {
            for (int i = 0; i < 2; i++)
            {
                if (at == text.Length || text[at] < '0' || text[at] > '9')
                {
                    return -1;
                }

                value = (value * 10) + (text[at++] - '0');
            }

            return value <= 255 ? value : -1;
        }
    }
}
