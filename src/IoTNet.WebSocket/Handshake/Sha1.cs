// RFC 3174. For the handshake only, where it guards against mistakes, not against attackers (RFC 6455 10.8).
using System;

namespace IoTNet
{
    /// <summary>SHA-1 of short messages.</summary>
    internal static class Sha1
    {
        /// <summary>The digest of up to 119 bytes: two blocks.</summary>
        /// <returns>20 bytes.</returns>
        public static byte[] Digest(byte[] message)
        {
            int blocks = message.Length < 56 ? 1 : 2;
            byte[] padded = new byte[blocks * 64];
            Array.Copy(message, 0, padded, 0, message.Length);
            padded[message.Length] = 0x80;
            padded[padded.Length - 2] = (byte)(message.Length >> 5);
            padded[padded.Length - 1] = (byte)(message.Length << 3);

            uint[] state = { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0 };
            uint[] words = new uint[80];
            for (int i = 0; i < blocks; i++)
            {
                AddBlock(state, words, padded, i * 64);
            }

            byte[] digest = new byte[20];
            for (int i = 0; i < 20; i++)
            {
                digest[i] = (byte)(state[i >> 2] >> (24 - ((i & 3) * 8)));
            }

            return digest;
        }

        private static void AddBlock(uint[] state, uint[] words, byte[] bytes, int at)
        {
            for (int i = 0; i < 16; i++, at += 4)
            {
                words[i] = ((uint)bytes[at] << 24) | ((uint)bytes[at + 1] << 16) | ((uint)bytes[at + 2] << 8) | bytes[at + 3];
            }

            for (int i = 16; i < 80; i++)
            {
                words[i] = Turn(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
            }

            uint a = state[0];
            uint b = state[1];
            uint c = state[2];
            uint d = state[3];
            uint e = state[4];
            for (int i = 0; i < 80; i++)
            {
                uint f = i < 20 ? ((b & c) | (~b & d)) + 0x5A827999
                    : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                    : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                    : (b ^ c ^ d) + 0xCA62C1D6;
                uint next = Turn(a, 5) + f + e + words[i];
                e = d;
                d = c;
                c = Turn(b, 30);
                b = a;
                a = next;
            }

            state[0] += a;
            state[1] += b;
            state[2] += c;
            state[3] += d;
            state[4] += e;
        }

        private static uint Turn(uint value, int bits)
        {
            return (value << bits) | (value >> (32 - bits));
        }
    }
}
