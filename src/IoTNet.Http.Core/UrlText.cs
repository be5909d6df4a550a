// RFC 3986 2.1 and the WHATWG URL standard's application/x-www-form-urlencoded.
using System.Text;

namespace IoTNet
{
    /// <summary>Reads queries.</summary>
    internal static class UrlText
    {
        /// <summary>Gives the first value of a name, decoded; null when it is not there.</summary>
        public static string Find(string query, string name)
        {
            int start = 0;
            while (start < query.Length)
            {
                int end = query.IndexOf('&', start);
                end = end < 0 ? query.Length : end;
                string pair = query.Substring(start, end - start);
                int equals = pair.IndexOf('=');
                string key = equals < 0 ? pair : pair.Substring(0, equals);
                if (key == name || Decode(key) == name)
                {
                    return equals < 0 ? "" : Decode(pair.Substring(equals + 1));
                }

                start = end + 1;
            }

            return null;
        }

        /// <summary>Decodes percent signs and plus signs; what is no UTF-8 then, or has a NUL, stays as it came.</summary>
        public static string Decode(string text)
        {
            if (text.IndexOf('%') < 0 && text.IndexOf('+') < 0)
            {
                return text;
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text);
            int count = 0;
            for (int i = 0; i < bytes.Length; i++)
            {
                int high = bytes[i] == '%' && i + 2 < bytes.Length ? Digit(bytes[i + 1]) : -1;
                int low = high < 0 ? -1 : Digit(bytes[i + 2]);
                if (low >= 0)
                {
                    bytes[count++] = (byte)((high << 4) | low);
                    i += 2;
                }
                else
                {
                    bytes[count++] = bytes[i] == '+' ? (byte)' ' : bytes[i];
                }
            }

            return IsText(bytes, count) ? Encoding.UTF8.GetString(bytes, 0, count) : text;
        }

        /// <summary>Whether bytes are UTF-8 without a NUL, at which a device's string ends.</summary>
        public static bool IsText(byte[] bytes, int count)
        {
            for (int i = 0; i < count;)
            {
                int size = Utf8.LengthAt(bytes, i, count);
                if (size == 0 || bytes[i] == 0)
                {
                    return false;
                }

                i += size;
            }

            return true;
        }

        private static int Digit(byte value)
        {
            return value >= '0' && value <= '9' ? value - '0'
                : value >= 'A' && value <= 'F' ? value - 'A' + 10
                : value >= 'a' && value <= 'f' ? value - 'a' + 10
                : -1;
        }
    }
}
