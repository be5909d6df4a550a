using System;

namespace IoTNet.Apps
{
    /// <summary>Lines as bytes: what members write is passed on as it is, in whatever encoding.</summary>
    internal static class ChatText
    {
        private const int MaxNameBytes = 16;

        /// <summary>The bytes of a text of ASCII.</summary>
        public static byte[] Bytes(string text)
        {
            byte[] bytes = new byte[text.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)text[i];
            }

            return bytes;
        }

        public static byte[] Copy(byte[] bytes, int count)
        {
            byte[] copy = new byte[count];
            Array.Copy(bytes, 0, copy, 0, count);
            return copy;
        }

        public static byte[] Join(byte[] first, string middle, byte[] last)
        {
            byte[] between = Bytes(middle);
            byte[] joined = new byte[first.Length + between.Length + last.Length];
            Array.Copy(first, 0, joined, 0, first.Length);
            Array.Copy(between, 0, joined, first.Length, between.Length);
            Array.Copy(last, 0, joined, first.Length + between.Length, last.Length);
            return joined;
        }

        public static bool AreEqual(byte[] one, byte[] other)
        {
            if (one.Length != other.Length)
            {
                return false;
            }

            for (int i = 0; i < one.Length; i++)
            {
                if (one[i] != other[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a line can be a name: 1 to 16 visible characters of ASCII.</summary>
        public static bool IsName(byte[] line)
        {
            foreach (byte b in line)
            {
                if (b <= ' ' || b > '~')
                {
                    return false;
                }
            }

            return line.Length > 0 && line.Length <= MaxNameBytes;
        }
    }
}
