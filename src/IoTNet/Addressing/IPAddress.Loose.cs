// POSIX inet_addr(): the old forms of IPv4 text.
namespace IoTNet
{
    public sealed partial class IPAddress
    {
        /// <summary>Reads IPv4 text in the forms of POSIX inet_addr(): one to four numbers separated by dots, each
        /// decimal, octal (0...) or hexadecimal (0x...); the last fills all bytes that are left, so 127.1 is 127.0.0.1.
        /// Nothing may follow (glibc's inet_aton() takes anything after white space; musl's does not).</summary>
        /// <param name="text">The text, or null.</param>
        /// <param name="address">The address in network order, its first byte lowest: <c>in_addr.s_addr</c>, and what
        /// the constructor takes.</param>
        /// <returns>Whether the text is such an address.</returns>
        public static bool TryParseLoose(string text, out uint address)
        {
            address = 0;

            // Four octal numbers of up to twelve digits ("0" and eleven more), with room for some leading zeros.
            if (text == null || text.Length > 64)
            {
                return false;
            }

            uint result = 0;
            int start = 0;
            for (int part = 0; part < 4; part++)
            {
                int dot = IPAddressParser.IndexOf(text, '.', start, text.Length);
                bool isLast = dot == text.Length;

                // The last number fills the bytes that the others left; every other number fills one.
                long max = isLast ? 0xFFFFFFFFL >> (8 * part) : 255;
                long number = ParseNumber(text, start, dot, max);
                if (number < 0)
                {
                    return false;
                }

                if (isLast)
                {
                    result |= (uint)number;
                    address = (result << 24) | ((result & 0xFF00) << 8) | ((result >> 8) & 0xFF00) | (result >> 24);
                    return true;
                }

                result |= (uint)number << (24 - (8 * part));
                start = dot + 1;
            }

            return false;
        }

        // A C integer constant without sign or suffix; -1 when it is none, or greater than a limit.
        private static long ParseNumber(string text, int start, int end, long max)
        {
            int radix = 10;
            if (end - start > 1 && text[start] == '0')
            {
                bool isHex = (text[start + 1] | 0x20) == 'x';
                radix = isHex ? 16 : 8;
                start += isHex ? 2 : 1;
            }

            long value = start < end ? 0 : -1;
            for (int i = start; i < end && value >= 0; i++)
            {
                int digit = IPAddressParser.ParseHexDigit(text[i]);
                value = digit < 0 || digit >= radix ? -1 : (value * radix) + digit;
                if (value > max)
                {
                    return -1;
                }
            }

            return value;
        }
    }
}
