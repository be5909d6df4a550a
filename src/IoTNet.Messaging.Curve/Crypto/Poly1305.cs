// RFC 8439 2.5: Poly1305.
namespace IoTNet
{
    /// <summary>The one-time authenticator. One object serves one thread.</summary>
    internal sealed class Poly1305
    {
        /// <summary>Length of a tag.</summary>
        public const int TagBytes = 16;

        private readonly uint[] _key = new uint[8];
        private readonly byte[] _last = new byte[TagBytes];

        /// <summary>Takes a key, for one message only.</summary>
        /// <param name="key">Begins with its eight words: r, then s.</param>
        public void SetKey(uint[] key)
        {
            System.Array.Copy(key, 0, _key, 0, _key.Length);
        }

        /// <summary>Writes the tag of a message.</summary>
        /// <param name="offset">Where the message begins.</param>
        /// <param name="count">Its length.</param>
        /// <param name="tag">Takes 16 bytes; not in the message.</param>
        // Limbs of 32 bits, products of 64. RFC 8439 2.5 clears the two lowest bits of r1, r2 and r3, so their products that
        // leave 2^128 = 2^130 / 4 come back as multiples of 5 / 4; of r0 the two lowest bits stay behind (x4).
        // Bounds: s0 to s3 are below 2^33, s4 is at most 6, r below 2^28, r * 5 / 4 below 2^29: the sums are below 2^64.
        public void Compute(byte[] message, int offset, int count, byte[] tag, int tagOffset)
        {
            uint[] key = _key;
            ulong r0 = key[0] & 0x0FFFFFFF, r1 = key[1] & 0x0FFFFFFC, r2 = key[2] & 0x0FFFFFFC, r3 = key[3] & 0x0FFFFFFC;
            ulong q0 = (r0 >> 2) * 5, q1 = (r1 >> 2) * 5, q2 = (r2 >> 2) * 5, q3 = (r3 >> 2) * 5;
            ulong h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0;
            for (; count > 0; count -= TagBytes)
            {
                ulong s4 = h4 + 1;
                if (count < TagBytes)
                {
                    // RFC 8439 2.5: the bit beyond a block is, in the last one, a byte 1 behind the message.
                    s4 = h4;
                    System.Array.Clear(_last, 0, TagBytes);
                    System.Array.Copy(message, offset, _last, 0, count);
                    _last[count] = 1;
                    message = _last;
                    offset = 0;
                }

                ulong s0 = h0 + (message[offset] | ((uint)message[offset + 1] << 8) | ((uint)message[offset + 2] << 16)
                    | ((uint)message[offset + 3] << 24));
                ulong s1 = h1 + (message[offset + 4] | ((uint)message[offset + 5] << 8) | ((uint)message[offset + 6] << 16)
                    | ((uint)message[offset + 7] << 24));
                ulong s2 = h2 + (message[offset + 8] | ((uint)message[offset + 9] << 8) | ((uint)message[offset + 10] << 16)
                    | ((uint)message[offset + 11] << 24));
                ulong s3 = h3 + (message[offset + 12] | ((uint)message[offset + 13] << 8) | ((uint)message[offset + 14] << 16)
                    | ((uint)message[offset + 15] << 24));
                offset += TagBytes;

                ulong x0 = (s0 * r0) + (s1 * q3) + (s2 * q2) + (s3 * q1) + (s4 * q0);
                ulong x1 = (s0 * r1) + (s1 * r0) + (s2 * q3) + (s3 * q2) + (s4 * q1);
                ulong x2 = (s0 * r2) + (s1 * r1) + (s2 * r0) + (s3 * q3) + (s4 * q2);
                ulong x3 = (s0 * r3) + (s1 * r2) + (s2 * r1) + (s3 * r0) + (s4 * q3);
                ulong x4 = (x3 >> 32) + (s4 * (r0 & 3));

                h0 = ((x4 >> 2) * 5) + (uint)x0;
                h1 = (h0 >> 32) + (x0 >> 32) + (uint)x1;
                h2 = (h1 >> 32) + (x1 >> 32) + (uint)x2;
                h3 = (h2 >> 32) + (x2 >> 32) + (uint)x3;
                h4 = (h3 >> 32) + (x4 & 3);
                h0 = (uint)h0;
                h1 = (uint)h1;
                h2 = (uint)h2;
                h3 = (uint)h3;
            }

            // h >= p = 2^130 - 5 exactly when h + 5 reaches 2^130: then 5 is added and what is beyond left out. (h is below 2p.)
            ulong carry = (h0 + 5) >> 32;
            carry = (h1 + carry) >> 32;
            carry = (h2 + carry) >> 32;
            carry = (h3 + carry) >> 32;
            carry = ((h4 + carry) >> 2) * 5;

            // RFC 8439 2.5: tag = (h + s) modulo 2^128.
            carry += h0 + key[4];
            LittleEndian.Store(tag, tagOffset, (uint)carry);
            carry = (carry >> 32) + h1 + key[5];
            LittleEndian.Store(tag, tagOffset + 4, (uint)carry);
            carry = (carry >> 32) + h2 + key[6];
            LittleEndian.Store(tag, tagOffset + 8, (uint)carry);
            carry = (carry >> 32) + h3 + key[7];
            LittleEndian.Store(tag, tagOffset + 12, (uint)carry);
        }
    }
}
