namespace IoTNet
{
    /// <summary>Text of protocols: compared without regard to case, and only in the 7 bits that have one.</summary>
    internal static class Ascii
    {
        /// <summary>Whether two texts are the same but for the case of A to Z.</summary>
        public static bool AreSame(string one, string other)
        {
            if (one.Length != other.Length)
            {
                return false;
            }

            for (int i = 0; i < one.Length; i++)
            {
                if (Lower(one[i]) != Lower(other[i]))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether bytes are a text, but for the case of A to Z.</summary>
        public static bool AreSame(byte[] buffer, int offset, int count, string text)
        {
            if (count != text.Length)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (Lower((char)buffer[offset + i]) != Lower(text[i]))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a text begins with another, character by character: the platform's own call may pass over characters
        /// that its culture ignores.</summary>
        public static bool BeginsWith(string text, string beginning)
        {
            if (text.Length < beginning.Length)
            {
                return false;
            }

            for (int i = 0; i < beginning.Length; i++)
            {
                if (text[i] != beginning[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a comma-separated list has a token (RFC 9110 5.6.1), but for the case of A to Z.</summary>
        public static bool HasToken(string list, string token)
        {
            int start = 0;
            while (list != null && start <= list.Length)
            {
                int comma = list.IndexOf(',', start);
                int end = comma < 0 ? list.Length : comma;
                if (AreSame(list.Substring(start, end - start).Trim(), token))
                {
                    return true;
                }

                start = end + 1;
            }

            return false;
        }

        /// <summary>Whether a text has the characters of a token (RFC 9110 5.6.2): a method, a header's name, a
        /// subprotocol.</summary>
        public static bool IsToken(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] > 0x7E || !IsTokenByte((byte)text[i]))
                {
                    return false;
                }
            }

            return text.Length > 0;
        }

        /// <summary>Whether a byte may be in a token.</summary>
        public static bool IsTokenByte(byte value)
        {
            if (value <= 0x20 || value >= 0x7F)
            {
                return false;
            }

            switch ((char)value)
            {
                case '"':
                case '(':
                case ')':
                case ',':
                case '/':
                case ':':
                case ';':
                case '<':
                case '=':
                case '>':
                case '?':
                case '@':
                case '[':
                case '\\':
                case ']':
                case '{':
                case '}':
                    return false;
            }

            return true;
        }

        private static char Lower(char c)
        {
            return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
    }
}
