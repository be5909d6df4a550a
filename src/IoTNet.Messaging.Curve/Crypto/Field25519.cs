// RFC 7748 4.1: arithmetic modulo p = 2^255 - 19.
namespace IoTNet
{
    /// <summary>Numbers modulo 2^255 - 19, in ten signed limbs of 26 bits, lowest first. No branch and no index depends on a
    /// number.</summary>
    internal static class Field25519
    {
        /// <summary>Limbs of a number.</summary>
        public const int Limbs = 10;

        private const int Bits = 26;
        private const long Mask = (1L << Bits) - 1;

        // The ten limbs have 260 bits, and 2^260 = 32 * 2^255 = 32 * 19 modulo p.
        private const long Fold = 608;

        // In the topmost limb, bit 255 of the number.
        private const int TopBits = 255 - (9 * Bits);
        private const long TopMask = (1L << TopBits) - 1;

        /// <summary>result = f * g. The result may be f or g.</summary>
        /// <param name="rows">How many limbs of f there are; the others count as zero.</param>
        // Horner's rule on the limbs of f: h = h * 2^26 + f[i] * g. Ten products a row in one loop: a fifth of the code of
        // a hundred products in a row, and, interpreted, less than half the instructions of two loops over arrays.
        // Bounds: f and g are results, or a sum or difference of two, so their limbs are below 2^27 + 2^17; ten products stay
        // below 2^58, what is folded in below 2^43.
        public static void Multiply(long[] result, long[] f, int rows, long[] g)
        {
            long g0 = g[0], g1 = g[1], g2 = g[2], g3 = g[3], g4 = g[4], g5 = g[5], g6 = g[6], g7 = g[7], g8 = g[8], g9 = g[9];
            long h0 = 0, h1 = 0, h2 = 0, h3 = 0, h4 = 0, h5 = 0, h6 = 0, h7 = 0, h8 = 0, h9 = 0;
            for (int i = rows - 1; i >= 0; i--)
            {
                long a = f[i];
                long low = (h9 & Mask) * Fold;
                long high = (h9 >> Bits) * Fold;
                h9 = h8 + (a * g9);
                h8 = h7 + (a * g8);
                h7 = h6 + (a * g7);
                h6 = h5 + (a * g6);
                h5 = h4 + (a * g5);
                h4 = h3 + (a * g4);
                h3 = h2 + (a * g3);
                h2 = h1 + (a * g2);
                h1 = h0 + high + (a * g1);
                h0 = low + (a * g0);
            }

            h1 += h0 >> Bits;
            h2 += h1 >> Bits;
            h3 += h2 >> Bits;
            h4 += h3 >> Bits;
            h5 += h4 >> Bits;
            h6 += h5 >> Bits;
            h7 += h6 >> Bits;
            h8 += h7 >> Bits;
            h9 += h8 >> Bits;
            h0 = (h0 & Mask) + ((h9 >> Bits) * Fold);
            result[0] = h0 & Mask;
            // The one limb that may leave 26 bits, by less than 2^16 either way.
            result[1] = (h1 & Mask) + (h0 >> Bits);
            result[2] = h2 & Mask;
            result[3] = h3 & Mask;
            result[4] = h4 & Mask;
            result[5] = h5 & Mask;
            result[6] = h6 & Mask;
            result[7] = h7 & Mask;
            result[8] = h8 & Mask;
            result[9] = h9 & Mask;
        }

        /// <summary>sum = f + g and difference = f - g, without carries. Each may be f or g.</summary>
        public static void AddSubtract(long[] sum, long[] difference, long[] f, long[] g)
        {
            for (int i = 0; i < Limbs; i++)
            {
                long a = f[i];
                long b = g[i];
                sum[i] = a + b;
                difference[i] = a - b;
            }
        }

        /// <summary>Exchanges f and g when bit is 1, and takes as long when it is 0.</summary>
        public static void Swap(int bit, long[] f, long[] g)
        {
            long mask = -bit;
            for (int i = 0; i < Limbs; i++)
            {
                long t = mask & (f[i] ^ g[i]);
                f[i] ^= t;
                g[i] ^= t;
            }
        }

        /// <summary>result = 1 / f, and 0 for 0: f to the power of p - 2 = (2^250 - 1) * 2^5 + 11.</summary>
        /// <param name="result">Not f.</param>
        /// <param name="work">Neither of both.</param>
        public static void Invert(long[] result, long[] f, long[] work)
        {
            // result = f ^ (2^n - 1): from n to 2n by n squarings and a product, from n to n + 1 by one of each.
            System.Array.Copy(f, 0, result, 0, Limbs);
            int n = 1;
            for (int bit = 64; bit > 0; bit >>= 1)
            {
                System.Array.Copy(result, 0, work, 0, Limbs);
                for (int i = 0; i < n; i++)
                {
                    Multiply(result, result, Limbs, result);
                }

                Multiply(result, result, Limbs, work);
                n *= 2;
                if ((250 & bit) != 0)
                {
                    Multiply(result, result, Limbs, result);
                    Multiply(result, result, Limbs, f);
                    n++;
                }
            }

            for (int bit = 16; bit > 0; bit >>= 1)
            {
                Multiply(result, result, Limbs, result);
                if ((11 & bit) != 0)
                {
                    Multiply(result, result, Limbs, f);
                }
            }
        }

        /// <summary>Reads 32 bytes, lowest first. RFC 7748 5: bit 255 is ignored, and numbers from p on are taken.</summary>
        public static void Unpack(long[] result, byte[] bytes)
        {
            long bits = 0;
            int count = 0;
            int at = 0;
            for (int i = 0; i < Limbs; i++)
            {
                for (; count < Bits && at < 32; count += 8)
                {
                    bits |= (long)bytes[at++] << count;
                }

                result[i] = bits & Mask;
                bits >>= Bits;
                count -= Bits;
            }

            result[9] &= TopMask;
        }

        /// <summary>Writes 32 bytes, the one number below p that f is.</summary>
        /// <param name="f">A result of <see cref="Multiply"/>; changed.</param>
        public static void Pack(byte[] bytes, long[] f)
        {
            // From pass to pass nearer to 0 to 2^255 - 1: the third has it, also for a number that was negative.
            for (int pass = 0; pass < 3; pass++)
            {
                Carry(f, 19 * TakeTop(f));
            }

            // RFC 7748 5: the output is reduced. f >= p exactly when f + 19 has bit 255: then f - p = f + 19 - 2^255.
            long carry = 19;
            for (int i = 0; i < 9; i++)
            {
                carry = (carry + f[i]) >> Bits;
            }

            Carry(f, 19 * ((carry + f[9]) >> TopBits));
            TakeTop(f);

            long bits = 0;
            int count = 0;
            int limb = 0;
            for (int i = 0; i < 32; i++)
            {
                if (count < 8)
                {
                    bits |= f[limb++] << count;
                    count += Bits;
                }

                bytes[i] = (byte)bits;
                bits >>= 8;
                count -= 8;
            }
        }

        private static long TakeTop(long[] f)
        {
            long top = f[9] >> TopBits;
            f[9] &= TopMask;
            return top;
        }

        private static void Carry(long[] f, long carry)
        {
            for (int i = 0; i < 9; i++)
            {
                carry += f[i];
                f[i] = carry & Mask;
                carry >>= Bits;
            }

            f[9] += carry;
        }
    }
}
