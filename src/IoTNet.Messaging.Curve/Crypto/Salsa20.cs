// D. J. Bernstein, "The Salsa20 family of stream ciphers" and "Extending the Salsa20 nonce" (HSalsa20, XSalsa20).
namespace IoTNet
{
    /// <summary>The block function under a key, the stream made of it, and the hash of it. One object serves one thread.</summary>
    internal sealed class Salsa20
    {
        private const int Words = 16;

        // Constants at 0, 5, 10 and 15; key at 1 to 4 and 11 to 14; nonce at 6 and 7; number of the block at 8 and 9.
        private readonly uint[] _input = new uint[Words];

        /// <summary>Makes one; then comes <see cref="SetKey"/>.</summary>
        public Salsa20()
        {
            // "expand 32-byte k"
            _input[0] = 0x61707865;
            _input[5] = 0x3320646E;
            _input[10] = 0x79622D32;
            _input[15] = 0x6B206574;
        }

        /// <summary>The current block of the stream.</summary>
        public uint[] Block { get; } = new uint[Words];

        /// <summary>Takes a key.</summary>
        public void SetKey(byte[] key)
        {
            for (int i = 0; i < 4; i++)
            {
                _input[1 + i] = LittleEndian.Load(key, 4 * i);
                _input[11 + i] = LittleEndian.Load(key, 16 + (4 * i));
            }
        }

        /// <summary>HSalsa20: makes of the key and 16 bytes a new key, which takes its place.</summary>
        public void DeriveKey(byte[] input)
        {
            for (int i = 0; i < 4; i++)
            {
                _input[6 + i] = LittleEndian.Load(input, 4 * i);
            }

            NextBlock();
            for (int i = 0; i < 4; i++)
            {
                // HSalsa20 is the rounds alone: what the block function adds at the end is taken off again.
                _input[1 + i] = Block[5 * i] - _input[5 * i];
                _input[11 + i] = Block[6 + i] - _input[6 + i];
            }
        }

        /// <summary>Gives the key that <see cref="DeriveKey"/> made.</summary>
        public void GetKey(byte[] key)
        {
            for (int i = 0; i < 4; i++)
            {
                LittleEndian.Store(key, 4 * i, _input[1 + i]);
                LittleEndian.Store(key, 16 + (4 * i), _input[11 + i]);
            }
        }

        /// <summary>Begins a stream: its first block is then in <see cref="Block"/>.</summary>
        /// <param name="nonce">Holds eight bytes at offset.</param>
        public void Begin(byte[] nonce, int offset)
        {
            _input[6] = LittleEndian.Load(nonce, offset);
            _input[7] = LittleEndian.Load(nonce, offset + 4);
            _input[8] = 0;
            _input[9] = 0;
            NextBlock();
            _input[8] = 1;
        }

        /// <summary>target = source xor stream. Both may be the same place; they do not overlap otherwise.</summary>
        /// <param name="word">Where in the current block to begin.</param>
        public void Xor(int word, byte[] source, int offset, int count, byte[] target, int targetOffset)
        {
            uint[] block = Block;
            while (count > 0)
            {
                if (word == Words)
                {
                    // No array is long enough for the 2^32 blocks after which the second word would count.
                    NextBlock();
                    _input[8]++;
                    word = 0;
                }

                uint key = block[word++];
                if (count >= 4)
                {
                    target[targetOffset] = (byte)(source[offset] ^ key);
                    target[targetOffset + 1] = (byte)(source[offset + 1] ^ (key >> 8));
                    target[targetOffset + 2] = (byte)(source[offset + 2] ^ (key >> 16));
                    target[targetOffset + 3] = (byte)(source[offset + 3] ^ (key >> 24));
                }
                else
                {
                    for (int i = 0; i < count; i++)
                    {
                        target[targetOffset + i] = (byte)(source[offset + i] ^ (key >> (8 * i)));
                    }
                }

                offset += 4;
                targetOffset += 4;
                count -= 4;
            }
        }

        private void NextBlock()
        {
            uint[] x = _input;
            uint x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
            uint x8 = x[8], x9 = x[9], x10 = x[10], x11 = x[11], x12 = x[12], x13 = x[13], x14 = x[14], x15 = x[15];
            for (int i = 0; i < 10; i++)
            {
                uint t;
                t = x0 + x12; x4 ^= (t << 7) | (t >> 25);
                t = x4 + x0; x8 ^= (t << 9) | (t >> 23);
                t = x8 + x4; x12 ^= (t << 13) | (t >> 19);
                t = x12 + x8; x0 ^= (t << 18) | (t >> 14);
                t = x5 + x1; x9 ^= (t << 7) | (t >> 25);
                t = x9 + x5; x13 ^= (t << 9) | (t >> 23);
                t = x13 + x9; x1 ^= (t << 13) | (t >> 19);
                t = x1 + x13; x5 ^= (t << 18) | (t >> 14);
                t = x10 + x6; x14 ^= (t << 7) | (t >> 25);
                t = x14 + x10; x2 ^= (t << 9) | (t >> 23);
                t = x2 + x14; x6 ^= (t << 13) | (t >> 19);
                t = x6 + x2; x10 ^= (t << 18) | (t >> 14);
                t = x15 + x11; x3 ^= (t << 7) | (t >> 25);
                t = x3 + x15; x7 ^= (t << 9) | (t >> 23);
                t = x7 + x3; x11 ^= (t << 13) | (t >> 19);
                t = x11 + x7; x15 ^= (t << 18) | (t >> 14);
                t = x0 + x3; x1 ^= (t << 7) | (t >> 25);
                t = x1 + x0; x2 ^= (t << 9) | (t >> 23);
                t = x2 + x1; x3 ^= (t << 13) | (t >> 19);
                t = x3 + x2; x0 ^= (t << 18) | (t >> 14);
                t = x5 + x4; x6 ^= (t << 7) | (t >> 25);
                t = x6 + x5; x7 ^= (t << 9) | (t >> 23);
                t = x7 + x6; x4 ^= (t << 13) | (t >> 19);
                t = x4 + x7; x5 ^= (t << 18) | (t >> 14);
                t = x10 + x9; x11 ^= (t << 7) | (t >> 25);
                t = x11 + x10; x8 ^= (t << 9) | (t >> 23);
                t = x8 + x11; x9 ^= (t << 13) | (t >> 19);
                t = x9 + x8; x10 ^= (t << 18) | (t >> 14);
                t = x15 + x14; x12 ^= (t << 7) | (t >> 25);
                t = x12 + x15; x13 ^= (t << 9) | (t >> 23);
                t = x13 + x12; x14 ^= (t << 13) | (t >> 19);
                t = x14 + x13; x15 ^= (t << 18) | (t >> 14);
            }

            uint[] z = Block;
            z[0] = x0; z[1] = x1; z[2] = x2; z[3] = x3; z[4] = x4; z[5] = x5; z[6] = x6; z[7] = x7;
            z[8] = x8; z[9] = x9; z[10] = x10; z[11] = x11; z[12] = x12; z[13] = x13; z[14] = x14; z[15] = x15;
            for (int i = 0; i < Words; i++)
            {
                z[i] += x[i];
            }
        }
    }
}
