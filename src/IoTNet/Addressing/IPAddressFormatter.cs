// RFC 5952: the one canonical text of an IPv6 address.
namespace IoTNet
{
    /// <summary>Writes IP addresses as text.</summary>
    internal static class IPAddressFormatter
    {
        // RFC 5952 4.1 - 4.3: no leading zeros, lower case.
        private const string HexDigits = "0123456789abcdef";

        public static string Format(byte[] address, uint scopeId)
        {
            if (address.Length == 4)
            {
                return FormatIPv4(address, 0);
            }

            string text = IsMapped(address, 0) ? "::ffff:" + FormatIPv4(address, 12) : FormatIPv6(address);
            return scopeId == 0 ? text : text + "%" + scopeId.ToString();
        }

        /// <summary>Whether 16 bytes are an IPv4-mapped address (RFC 4291 2.5.5.2).</summary>
        public static bool IsMapped(byte[] buffer, int offset)
        {
            return Octets.AreZero(buffer, offset, offset + 10) &&
                buffer[offset + 10] == 0xFF && buffer[offset + 11] == 0xFF;
        }

        private static string FormatIPv4(byte[] bytes, int offset)
        {
            return bytes[offset].ToString() + "." + bytes[offset + 1].ToString() + "." +
                bytes[offset + 2].ToString() + "." + bytes[offset + 3].ToString();
        }

        private static string FormatIPv6(byte[] address)
        {
            int gapLength;
            int gap = FindLongestZeros(address, out gapLength);

            // Eight groups of four digits and seven colons.
            char[] text = new char[39];
            int length = 0;
            for (int i = 0; i < 8; i++)
            {
                if (i == gap)
                {
                    // The group before it has no colon yet, and the group behind writes its own.
                    text[length++] = ':';
                    if (gap + gapLength == 8)
                    {
                        text[length++] = ':';
                    }

                    i += gapLength - 1;
                    continue;
                }

                if (i > 0)
                {
                    text[length++] = ':';
                }

                int group = (address[i * 2] << 8) | address[(i * 2) + 1];
                for (int shift = 12; shift >= 0; shift -= 4)
                {
                    if (group >> shift != 0 || shift == 0)
                    {
                        text[length++] = HexDigits[(group >> shift) & 15];
                    }
                }
            }

            return new string(text, 0, length);
        }

        // RFC 5952 4.2.2, 4.2.3: "::" is for two groups or more, for the longest run, and for the first of equal ones.
        private static int FindLongestZeros(byte[] address, out int length)
        {
            int best = -1;
            length = 1;
            int run = 0;
            for (int i = 0; i < 8; i++)
            {
                run = address[i * 2] == 0 && address[(i * 2) + 1] == 0 ? run + 1 : 0;
                if (run > length)
                {
                    length = run;
                    best = i - run + 1;
                }
            }

            return best;
        }
    }
}
