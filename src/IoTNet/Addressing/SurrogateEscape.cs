// UTF-8 as RFC 3629, with the error handler of PEP 383.
using System;

namespace IoTNet
{
    /// <summary>UTF-8 that loses no byte: one that is not UTF-8 becomes the lone surrogate U+DC00 + byte and comes back from
    /// it.</summary>
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
                int size = GetSequenceLength(buffer, offset, end);
                byte first = buffer[offset];
                switch (size)
                {
                    case 0:
                        text[length++] = (char)(0xDC00 + first);
                        size = 1;
                        break;
                    case 1:
                        text[length++] = (char)first;
                        break;
                    case 2:
                        text[length++] = (char)(((first & 0x1F) << 6) | (buffer[offset + 1] & 0x3F));
                        break;
                    case 3:
                        text[length++] = (char)(((first & 0x0F) << 12) | ((buffer[offset + 1] & 0x3F) << 6) |
                            (buffer[offset + 2] & 0x3F));
                        break;
                    default:
                        int code = (((first & 0x07) << 18) | ((buffer[offset + 1] & 0x3F) << 12) |
                            ((buffer[offset + 2] & 0x3F) << 6) | (buffer[offset + 3] & 0x3F)) - 0x10000;
                        text[length++] = (char)(0xD800 | (code >> 10));
                        text[length++] = (char)(0xDC00 | (code & 0x3FF));
                        break;
                }

                offset += size;
            }

            return new string(text, 0, length);
        }

        public static byte[] GetBytes(string text)
        {
            char[] chars = text.ToCharArray();

            // A character of 16 bits needs three bytes at most; a pair of surrogates needs four.
            byte[] buffer = new byte[chars.Length * 3];
            int length = 0;
            for (int i = 0; i < chars.Length; i++)
            {
                int code = chars[i];
                if (code >= 0xD800 && code <= 0xDBFF && i + 1 < chars.Length && chars[i + 1] >= 0xDC00 && chars[i + 1] <= 0xDFFF)
                {
                    code = 0x10000 + ((code - 0xD800) << 10) + (chars[++i] - 0xDC00);
                }

                if (code < 0x80)
                {
                    buffer[length++] = (byte)code;
                }
                else if (code < 0x800)
                {
                    buffer[length++] = (byte)(0xC0 | (code >> 6));
                    buffer[length++] = (byte)(0x80 | (code & 0x3F));
                }
                else if (code >= 0xDC80 && code <= 0xDCFF)
                {
                    buffer[length++] = (byte)code;
                }
                else if (code >= 0xD800 && code <= 0xDFFF)
                {
                    throw new ArgumentException(
                        "Character " + i.ToString() + " is the lone surrogate " + code.ToString("X4") +
                        ", which stands for no byte; only DC80 to DCFF do.", nameof(text));
                }
                else
                {
                    if (code >= 0x10000)
                    {
                        buffer[length++] = (byte)(0xF0 | (code >> 18));
                        buffer[length++] = (byte)(0x80 | ((code >> 12) & 0x3F));
                    }
                    else
                    {
                        buffer[length++] = (byte)(0xE0 | (code >> 12));
                    }

                    buffer[length++] = (byte)(0x80 | ((code >> 6) & 0x3F));
                    buffer[length++] = (byte)(0x80 | (code & 0x3F));
                }
            }

            byte[] bytes = new byte[length];
            Array.Copy(buffer, 0, bytes, 0, length);
            return bytes;
        }

        // RFC 3629 4: how long the well-formed sequence at an offset is; 0 when there is none.
        private static int GetSequenceLength(byte[] buffer, int offset, int end)
        {
            byte first = buffer[offset];
            if (first < 0x80)
            {
                return 1;
            }

            int size = first >= 0xC2 && first <= 0xDF ? 2 : first >= 0xE0 && first <= 0xEF ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
            if (size == 0 || size > end - offset)
            {
                return 0;
            }

            // The second byte rules out overlong forms, surrogates and numbers above U+10FFFF.
            byte second = buffer[offset + 1];
            int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int greatest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            if (second < least || second > greatest)
            {
                return 0;
            }

            for (int i = 2; i < size; i++)
            {
                if ((buffer[offset + i] & 0xC0) != 0x80)
                {
                    return 0;
                }
            }

            return size;
        }
    }
}
