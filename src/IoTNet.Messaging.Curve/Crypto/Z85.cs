// ZeroMQ RFC 32: Z85.
using System;

namespace IoTNet
{
    /// <summary>Keys as text: Z85 writes four bytes as five characters that need no escaping in source code.</summary>
    /// <remarks>Unlike the work with keys itself, reading and writing a text takes a time that depends on it a little: do it
    /// when a device starts, not for a stranger.</remarks>
    public static class Z85
    {
        private const string Digits =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

        /// <summary>Writes bytes as text.</summary>
        /// <param name="data">As many bytes as a multiple of 4.</param>
        /// <returns>Five characters for four bytes.</returns>
        /// <exception cref="ArgumentNullException">There is no data.</exception>
        /// <exception cref="ArgumentException">The length is no multiple of 4.</exception>
        public static string Encode(byte[] data)
        {
            if (data == null)
            {
                throw new ArgumentNullException(nameof(data));
            }

            if (data.Length % 4 != 0)
            {
                throw new ArgumentException("Z85 takes bytes in fours, not " + data.Length.ToString() + ".", nameof(data));
            }

            char[] text = new char[data.Length / 4 * 5];
            int end = 0;
            for (int i = 0; i < data.Length; i += 4)
            {
                uint value = ((uint)data[i] << 24) | ((uint)data[i + 1] << 16) | ((uint)data[i + 2] << 8) | data[i + 3];
                end += 5;
                for (int at = end - 1; at >= end - 5; at--)
                {
                    text[at] = Digits[(int)(value % 85)];
                    value /= 85;
                }
            }

            return new string(text);
        }

        /// <summary>Reads text.</summary>
        /// <param name="text">As many characters as a multiple of 5.</param>
        /// <returns>Four bytes for five characters.</returns>
        /// <exception cref="ArgumentNullException">There is no text.</exception>
        /// <exception cref="ArgumentException">It is no Z85: it has another length or another character, or five characters
        /// stand for more than 32 bits. The message does not repeat the text, which may be a secret.</exception>
        public static byte[] Decode(string text)
        {
            if (text == null)
            {
                throw new ArgumentNullException(nameof(text));
            }

            if (text.Length % 5 != 0)
            {
                throw new ArgumentException("Z85 has characters in fives, not " + text.Length.ToString() + ".", nameof(text));
            }

            byte[] data = new byte[text.Length / 5 * 4];
            int end = 0;
            for (int i = 0; i < text.Length; i += 5)
            {
                ulong value = 0;
                for (int at = i; at < i + 5; at++)
                {
                    int digit = Digits.IndexOf(text[at]);
                    if (digit < 0)
                    {
                        throw new ArgumentException("Character " + at.ToString() + " is none of Z85.", nameof(text));
                    }

                    value = (value * 85) + (uint)digit;
                }

                if (value > 0xFFFFFFFF)
                {
                    throw new ArgumentException(
                        "The five characters from " + i.ToString() + " on stand for more than 32 bits.", nameof(text));
                }

                end += 4;
                for (int at = end - 1; at >= end - 4; at--)
                {
                    data[at] = (byte)value;
                    value >>= 8;
                }
            }

            return data;
        }
    }
}
