// UTF-8 as RFC 3629, with Python's error handlers.
using System;
using System.IO;

namespace IoTNet
{
    /// <summary>Text of a file as bytes, and back.</summary>
    internal static class Utf8Text
    {
        // The bytes of the character at a place; 0 when it is cut off and more may come. Negative: as many bytes are none
        // and stand for one character.
        public static int SizeAt(byte[] buffer, int position, int end, bool isFinal, TextErrors errors)
        {
            int size = Utf8.MeasureAt(buffer, position, end);
            if (size == 0 && isFinal)
            {
                size = position - end;
            }

            if (size < 0 && errors == TextErrors.Strict)
            {
                throw new IOException("'utf-8' codec can't decode byte 0x" + buffer[position].ToString("X2"));
            }

            return size < 0 && errors == TextErrors.SurrogateEscape ? -1 : size;
        }

        // Whole characters, or what stands for bytes that are none. With translate all line ends become LF; afterReturn: the
        // character before was a CR.
        public static string Decode(byte[] buffer, int position, int count, TextErrors errors, bool translate, bool afterReturn)
        {
            // No sequence gives more chars than it has bytes.
            char[] text = new char[count];
            int length = 0;
            int end = position + count;
            while (position < end)
            {
                int size = SizeAt(buffer, position, end, true, errors);
                int code = size > 0 ? CodeAt(buffer, position, size) : errors == TextErrors.Replace ? 0xFFFD : 0xDC00 | buffer[position];
                position += size > 0 ? size : -size;
                bool isSecond = code == '\n' && afterReturn;
                afterReturn = translate && code == '\r';
                if (code >= 0x10000)
                {
                    text[length++] = (char)(0xD800 | ((code - 0x10000) >> 10));
                    code = 0xDC00 | (code & 0x3FF);
                }

                if (!isSecond)
                {
                    text[length++] = afterReturn ? '\n' : (char)code;
                }
            }

            return new string(text, 0, length);
        }

        // Gives the count of bytes; the target has three for each char. lineEnd takes the place of LF, or is null.
        public static int Encode(char[] text, byte[] target, TextErrors errors, string lineEnd)
        {
            int length = 0;
            for (int i = 0; i < text.Length; i++)
            {
                int code = text[i];
                if (code == '\n' && lineEnd != null)
                {
                    for (int j = 0; j < lineEnd.Length; j++)
                    {
                        target[length++] = (byte)lineEnd[j];
                    }

                    continue;
                }

                if (code >= 0xD800 && code <= 0xDBFF && i + 1 < text.Length && text[i + 1] >= 0xDC00 && text[i + 1] <= 0xDFFF)
                {
                    code = 0x10000 + ((code - 0xD800) << 10) + (text[++i] - 0xDC00);
                }
                else if (code >= 0xDC80 && code <= 0xDCFF && errors == TextErrors.SurrogateEscape)
                {
                    target[length++] = (byte)code;
                    continue;
                }
                else if (code >= 0xD800 && code <= 0xDFFF)
                {
                    if (errors != TextErrors.Replace)
                    {
                        throw new ArgumentException("'utf-8' codec can't encode character " + code.ToString("X4") +
                            " in position " + i.ToString() + ": surrogates not allowed", nameof(text));
                    }

                    code = '?';
                }

                length = Utf8.Put(code, target, length);
            }

            return length;
        }

        private static int CodeAt(byte[] buffer, int position, int size)
        {
            // The lead byte of n bytes holds 7 - n bits of the number; one byte alone all seven.
            int code = buffer[position];
            if (size > 1)
            {
                code &= 0x7F >> size;
            }

            for (int i = 1; i < size; i++)
            {
                code = (code << 6) | (buffer[position + i] & 0x3F);
            }

            return code;
        }
    }
}
