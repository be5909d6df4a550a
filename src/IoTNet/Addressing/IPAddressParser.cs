// IPv4 text as POSIX inet_pton(), IPv6 text as RFC 4291 2.2, scopes as RFC 4007 11.2.
namespace IoTNet
{
    /// <summary>Reads IP addresses from text. A method gives null for success, or the reason why the text is wrong: a
    /// constant, so that a failed attempt costs no memory for its message.</summary>
    internal static class IPAddressParser
    {
        // The longest IPv6 text (INET6_ADDRSTRLEN 46 with its end mark), % and the ten digits of a scope.
        private const int MaxLength = 45 + 1 + 10;

        // How much of a wrong text an error message repeats.
        private const int MaxQuote = 64;

        private const string BadIPv4 = "expected four decimal numbers 0-255 without leading zeros, separated by dots";
        private const string BadGroup = "expected groups of one to four hexadecimal digits, separated by colons";
        private const string BadCount = "expected eight groups of hexadecimal digits, or fewer and one ::";
        private const string BadScope =
            "expected a number 0-4294967295 after the %: names of interfaces are not known here";
        private const string TooLong = "expected at most 56 characters";

        public static string Parse(string text, int start, int end, out IPAddress address)
        {
            address = null;
            if (end - start > MaxLength)
            {
                return TooLong;
            }

            bool isIPv6 = IndexOf(text, ':', start, end) < end;
            byte[] bytes = new byte[isIPv6 ? 16 : 4];
            long scopeId = 0;
            string reason;
            if (isIPv6)
            {
                int percent = IndexOf(text, '%', start, end);
                reason = ParseIPv6(text, start, percent, bytes);
                if (reason == null && percent < end)
                {
                    scopeId = ParseDecimal(text, percent + 1, end, 0xFFFFFFFFL);
                    reason = scopeId < 0 ? BadScope : null;
                }
            }
            else
            {
                reason = ParseIPv4(text, start, end, bytes, 0);
            }

            if (reason == null)
            {
                address = new IPAddress(bytes, 0, bytes.Length, (uint)scopeId);
            }

            return reason;
        }

        /// <summary>Reads a decimal number without sign or leading zeros; -1 when it is none, or greater than a
        /// limit.</summary>
        public static long ParseDecimal(string text, int start, int end, long max)
        {
            int digits = end - start;
            if (digits < 1 || digits > 10 || (digits > 1 && text[start] == '0'))
            {
                return -1;
            }

            long value = 0;
            for (int i = start; i < end; i++)
            {
                int digit = text[i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return -1;
                }

                value = (value * 10) + digit;
            }

            return value <= max ? value : -1;
        }

        /// <summary>The value of a hexadecimal digit of either case; -1 when it is none.</summary>
        public static int ParseHexDigit(char c)
        {
            if (c >= '0' && c <= '9')
            {
                return c - '0';
            }

            int letter = c | 0x20;
            return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
        }

        /// <summary>The text of a FormatException; a long input is cut.</summary>
        public static string Complain(string text, string wanted, string reason)
        {
            if (text.Length > MaxQuote)
            {
                text = text.Substring(0, MaxQuote) + "...";
            }

            return "\"" + text + "\" is not " + wanted + ": " + reason + ".";
        }

        /// <summary>Where a character stands between start and end; end when it does not.</summary>
        public static int IndexOf(string text, char wanted, int start, int end)
        {
            while (start < end && text[start] != wanted)
            {
                start++;
            }

            return start;
        }

        private static string ParseIPv4(string text, int start, int end, byte[] bytes, int offset)
        {
            for (int i = 0; i < 4; i++)
            {
                int dot = IndexOf(text, '.', start, end);
                long number = ParseDecimal(text, start, dot, 255);

                // Three dots, no more and no fewer.
                if (number < 0 || (dot == end) != (i == 3))
                {
                    return BadIPv4;
                }

                bytes[offset + i] = (byte)number;
                start = dot + 1;
            }

            return null;
        }

        private static string ParseIPv6(string text, int start, int end, byte[] bytes)
        {
            int count = 0;
            int gap = -1;
            int at = start;
            if (end - at >= 2 && text[at] == ':' && text[at + 1] == ':')
            {
                gap = 0;
                at += 2;
            }

            while (at < end)
            {
                int colon = IndexOf(text, ':', at, end);

                // RFC 4291 2.2 (3): the last four bytes can stand as an IPv4 address.
                if (colon == end && IndexOf(text, '.', at, end) < end)
                {
                    string reason = count > 12 ? BadCount : ParseIPv4(text, at, end, bytes, count);
                    if (reason != null)
                    {
                        return reason;
                    }

                    count += 4;
                    break;
                }

                int group = ParseGroup(text, at, colon);
                if (group < 0)
                {
                    return BadGroup;
                }

                if (count == 16)
                {
                    return BadCount;
                }

                bytes[count++] = (byte)(group >> 8);
                bytes[count++] = (byte)group;
                at = colon + 1;
                if (at == end)
                {
                    // One colon at the end separates nothing.
                    return BadGroup;
                }

                if (at < end && text[at] == ':')
                {
                    // RFC 4291 2.2 (2): "::" can appear only once.
                    if (gap >= 0)
                    {
                        return BadCount;
                    }

                    gap = count;
                    at++;
                }
            }

            return FillGap(bytes, count, gap);
        }

        private static int ParseGroup(string text, int start, int end)
        {
            int value = end - start > 4 || end == start ? -1 : 0;
            for (int i = start; i < end && value >= 0; i++)
            {
                int digit = ParseHexDigit(text[i]);
                value = digit < 0 ? -1 : (value << 4) | digit;
            }

            return value;
        }

        // RFC 4291 2.2 (2): "::" stands for one or more groups of zeros.
        private static string FillGap(byte[] bytes, int count, int gap)
        {
            if (gap < 0)
            {
                return count == 16 ? null : BadCount;
            }

            if (count == 16)
            {
                return BadCount;
            }

            int to = 16;
            while (count > gap)
            {
                bytes[--to] = bytes[--count];
                bytes[count] = 0;
            }

            return null;
        }
    }
}
