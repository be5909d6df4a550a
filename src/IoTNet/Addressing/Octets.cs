using System;

namespace IoTNet
{
    /// <summary>What all kinds of address do with their bytes. The arrays are known to be long enough.</summary>
    internal static class Octets
    {
        public static byte[] Copy(byte[] buffer, int offset, int count)
        {
            byte[] copy = new byte[count];
            Array.Copy(buffer, offset, copy, 0, count);
            return copy;
        }

        public static bool AreEqual(byte[] a, byte[] b, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (a[i] != b[i])
                {
                    return false;
                }
            }

            return true;
        }

        public static bool AreZero(byte[] buffer, int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                if (buffer[i] != 0)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Where the first NUL stands between start and end; end when there is none.</summary>
        public static int IndexOfNul(byte[] buffer, int start, int end)
        {
            while (start < end && buffer[start] != 0)
            {
                start++;
            }

            return start;
        }

        public static int GetHash(byte[] buffer, int count, int seed)
        {
            for (int i = 0; i < count; i++)
            {
                seed = (seed * 31) + buffer[i];
            }

            return seed;
        }
    }
}
