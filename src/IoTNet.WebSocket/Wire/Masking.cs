#if !NANOFRAMEWORK_1_0
// RFC 6455 5.3.
using System;
using System.Numerics;
using System.Runtime.InteropServices;

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
            Span<byte> bytes = new Span<byte>(buffer, offset, count);
            if (count >= Vector<byte>.Count)
            {
                Vector<byte> wide = Vector.AsVectorByte(new Vector<uint>(key));
                Span<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(bytes);
                for (int i = 0; i < vectors.Length; i++)
                {
                    vectors[i] ^= wide;
                }

                bytes = bytes.Slice(vectors.Length * Vector<byte>.Count);
            }

            while (bytes.Length >= 4)
            {
                uint word = MemoryMarshal.Read<uint>(bytes) ^ key;
                MemoryMarshal.Write(bytes, in word);
                bytes = bytes.Slice(4);
            }

            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] ^= (byte)key;
                key = (key >> 8) | (key << 24);
            }

            return key;
        }
    }
}
#endif
