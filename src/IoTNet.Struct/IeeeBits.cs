// IEEE 754: binary64 to and from the shorter formats, by their bits.
namespace IoTNet
{
    /// <summary>Half and single precision without the arrays of BitConverter: a format is the bits of its exponent and of
    /// its fraction.</summary>
    internal static class IeeeBits
    {
        public const int HalfFraction = 10;
        public const int HalfExponent = 5;
        public const int SingleFraction = 23;
        public const int SingleExponent = 8;

        private const int Fraction = 52;
        private const int Bias = 1023;
        private const int Special = 0x7FF;
        private const long Implicit = 1L << Fraction;

        /// <summary>Rounds to nearest, ties to even; what is too large becomes infinity.</summary>
        public static long Narrow(long bits, int exponentBits, int fractionBits, out bool overflow)
        {
            long sign = bits < 0 ? 1L << (exponentBits + fractionBits) : 0;
            long infinity = ((1L << exponentBits) - 1) << fractionBits;
            int exponent = (int)(bits >> Fraction) & Special;
            long mantissa = bits & (Implicit - 1);
            int shift = Fraction - fractionBits;
            overflow = false;
            if (exponent == Special)
            {
                // A NaN keeps the head of its payload and becomes a quiet one.
                return mantissa == 0 ? sign | infinity : sign | infinity | (1L << (fractionBits - 1)) | (mantissa >> shift);
            }

            mantissa |= exponent == 0 ? 0 : Implicit;
            exponent += (1 << (exponentBits - 1)) - 1 - Bias;
            if (exponent <= 0)
            {
                shift += 1 - exponent;
                exponent = 1;
                if (shift > Fraction + 1)
                {
                    return sign;
                }
            }

            long result = mantissa >> shift;
            long rest = mantissa & ((1L << shift) - 1);
            long half = 1L << (shift - 1);
            if (rest > half || (rest == half && (result & 1) != 0))
            {
                result++;
            }

            // The implicit bit, or the carry of the rounding, counts the exponent up.
            result += (long)(exponent - 1) << fractionBits;
            overflow = result >= infinity;
            return sign | (overflow ? infinity : result);
        }

        /// <summary>Exact; a NaN becomes a quiet one.</summary>
        public static long Widen(long bits, int exponentBits, int fractionBits)
        {
            long sign = (bits >> (exponentBits + fractionBits)) << 63;
            int special = (1 << exponentBits) - 1;
            int exponent = (int)(bits >> fractionBits) & special;
            long fraction = bits & ((1L << fractionBits) - 1);
            int shift = Fraction - fractionBits;
            if (exponent == special)
            {
                long quiet = fraction == 0 ? 0 : Implicit >> 1;
                return sign | ((long)Special << Fraction) | quiet | (fraction << shift);
            }

            if (exponent == 0)
            {
                if (fraction == 0)
                {
                    return sign;
                }

                // A subnormal: its highest bit becomes the implicit one.
                exponent = 1;
                while (fraction >> fractionBits == 0)
                {
                    fraction <<= 1;
                    exponent--;
                }
            }

            exponent += Bias - ((1 << (exponentBits - 1)) - 1);
            return sign | ((long)exponent << Fraction) | ((fraction << shift) & (Implicit - 1));
        }
    }
}
