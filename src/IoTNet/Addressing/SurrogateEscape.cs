// UTF-8 as RFC 3629, with the error handler of PEP 383.
using System;

namespace IoTNet
{
    /// <summary>UTF-8 that loses no byte: one that is not UTF-8 becomes the lone surrogate U+DC00 + byte and comes back
    /// from it.</summary>
    internal static class SurrogateEscape
    {
        public static string GetString(byte[] buffer, int offset, int count)
        {
            // No sequence gives more characters than it has bytes.
            char[] text = new char[count];
            int length = 0;
            int end = offset + count;
            while (offset < end)
            {
                int size = Utf8.LengthAt(buffer, offset, end);
                int code = buffer[offset];
                if (size == 0)
                {
                    code += 0xDC00;
                    size = 1;
                }
                else if (size > 1)
                {
                    // The lead byte of n bytes holds 7 - n bits of the number.
                    code &= 0x7F >> size;
                    for (int i = 1; i < size; i++)
                    {
                        code = (code << 6) | (buffer[offset + i] & 0x3F);
                    }
                }

                if (code >= 0x10000)
                {
                    text[length++] = (char)(0xD800 | ((code - 0x10000) >> 10));
                    code = 0xDC00 | (code & 0x3FF);
                }

                text[length++] = (char)code;
                offset += size;
            }

            return new string(text, 0, length);
        }

        /// <exception cref="ArgumentException">A lone surrogate stands for no byte.</exception>
        public static byte[] GetBytes(string text)
        {
            char[] chars = text.ToCharArray();

            // A character of 16 bits needs three bytes at most; a pair of surrogates needs four.
            byte[] buffer = new byte[chars.Length * 3];
            int length = 0;
            for (int i = 0; i < chars.Length; i++)
            {
                int code = chars[i];
                if (IsHighSurrogate(code) && i + 1 < chars.Length && IsLowSurrogate(chars[i + 1]))
                {
                    code = 0x10000 + ((code - 0xD800) << 10) + (chars[++i] - 0xDC00);
                }
                else if (code >= 0xDC80 && code <= 0xDCFF)
                {
                    buffer[length++] = (byte)code;
                    continue;
                }
                else if (IsHighSurrogate(code) || IsLowSurrogate(code))
                {
                    throw new ArgumentException(
                        "Character " + i.ToString() + " is the lone surrogate " + code.ToString("X4") +
                        ", which stands for no byte; only DC80 to DCFF do.", nameof(text));
                }

                length = Utf8.Put(code, buffer, length);
            }

            return Octets.Copy(buffer, 0, length);
        }

        private static bool IsHighSurrogate(int code) => code >= 0xD800 && code <= 0xDBFF;

        private static bool IsLowSurrogate(int code) => code >= 0xDC00 && code <= 0xDFFF;
    }
}
