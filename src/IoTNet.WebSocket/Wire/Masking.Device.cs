#if NANOFRAMEWORK_1_0
// RFC 6455 5.3.
namespace IoTNet
{
    /// <summary>Masks and unmasks: each byte with the byte of the key that is its turn.</summary>
    internal static class Masking
    {
        /// <summary>Changes bytes where they are.</summary>
        /// <param name="key">The key, its first byte in the low bits, turned so that it begins with these bytes' turn.</param>
        /// <returns>The key, turned for the bytes that follow.</returns>
        public static uint Apply(byte[] buffer, int offset, int count, uint key)
        {
            int end = offset + count;
            byte first = (byte)key;
            byte second = (byte)(key >> 8);
            byte third = (byte)(key >> 16);
            byte fourth = (byte)(key >> 24);
            for (; offset <= end - 4; offset += 4)
            {
                buffer[offset] ^= first;
                buffer[offset + 1] ^= second;
                buffer[offset + 2] ^= third;
                buffer[offset + 3] ^= fourth;
            }

            for (; offset < end; offset++)
            {
                buffer[offset] ^= (byte)key;
                key = (key >> 8) | (key << 24);
            }

            return key;
        }
    }
}
#endif
