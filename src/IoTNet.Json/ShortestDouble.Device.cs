#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;

namespace IoTNet
{
    /// <summary>Doubles as the shortest text that gives the same double again, laid out as .NET's "R" does it.</summary>
    /// <remarks>nanoFramework's own formats are of no use here: "R" is not implemented, "G15" of 1.2345e29 is "1..2345E+29", "G17"
    /// of 0.1 + 0.2 is "0.3", and "G" of 1e15 is "10000000000000E+15".</remarks>
    internal static class ShortestDouble
    {
        // More digits than any double needs stand in a row only up to here; further ones follow an exponent.
        private const int MaxPointPlace = 17;
        private const int MinPointPlace = -3;

        // A decimal of so many digits goes through a double unharmed.
        private const long MostExactDigits = 999999999999999;
        private const double LargestExactInteger = 9007199254740992;

        // Beyond 10^22 a power of ten is no double.
        private const int LargestExactPower = 22;
        private const double Log10Of2 = 0.30102999566398114;

        public static string Format(double value)
        {
            long bits = BitConverter.DoubleToInt64Bits(value);
            double positive = BitConverter.Int64BitsToDouble(bits & long.MaxValue);
            if (!FewDigits(positive, out string digits, out int place))
            {
                digits = AllDigits(bits & long.MaxValue, out place);
            }

            int end = digits.Length;
            while (end > 1 && digits[end - 1] == '0')
            {
                end--;
            }

            return (bits < 0 ? "-" : "") + Place(digits.Substring(0, end), place);
        }

        /// <summary>What people write and sensors give, by a division that is exact up to its last rounding.</summary>
        /// <param name="value">Not negative.</param>
        /// <param name="digits">All of them.</param>
        /// <param name="place">How many digits stand before the point; negative for noughts after it.</param>
        /// <returns>False when it takes more.</returns>
        private static bool FewDigits(double value, out string digits, out int place)
        {
            digits = "";
            place = 0;
            if (value <= LargestExactInteger)
            {
                double power = 1;
                for (int decimals = 0; decimals <= LargestExactPower; decimals++, power *= 10)
                {
                    long number = (long)(value * power + 0.5);
                    bool isWhole = decimals == 0 && (double)(long)value == value;
                    if (isWhole)
                    {
                        number = (long)value;
                    }
                    else if (number > MostExactDigits)
                    {
                        break;
                    }

                    if (isWhole || (double)number / power == value)
                    {
                        digits = number.ToString();
                        place = digits.Length - decimals;
                        return true;
                    }
                }
            }

            return false;
        }

        /// <summary>Steele and White's way (1990), with whole numbers as long as it takes: numerator / denominator is the double over
        /// a power of ten, margin / denominator how far a decimal may be from it.</summary>
        private static string AllDigits(long bits, out int place)
        {
            int exponent = (int)(bits >> 52);
            long mantissa = bits & 0xFFFFFFFFFFFFF;
            bool isLowest = mantissa == 0 && exponent > 1;
            mantissa |= exponent == 0 ? 0 : 1L << 52;
            exponent = (exponent == 0 ? 1 : exponent) - 1075;

            // Everything twice, or four times where the double below is only half as far as the one above.
            int shift = isLowest ? 2 : 1;
            LongNumber numerator = new LongNumber(mantissa);
            LongNumber denominator = new LongNumber(1);
            LongNumber below = new LongNumber(1);
            numerator.ShiftLeft(shift + (exponent > 0 ? exponent : 0));
            denominator.ShiftLeft(shift + (exponent < 0 ? -exponent : 0));
            below.ShiftLeft(exponent > 0 ? exponent : 0);
            place = Estimate(mantissa, exponent);
            denominator.MultiplyByPowerOfTen(place);
            numerator.MultiplyByPowerOfTen(-place);
            below.MultiplyByPowerOfTen(-place);
            bool isEven = (mantissa & 1) == 0;
            int reach = isLowest ? 2 : 1;
            if (LongNumber.Compare(numerator, below, reach, denominator) >= (isEven ? 0 : 1))
            {
                place++;
            }
            else
            {
                numerator.Multiply(10);
                below.Multiply(10);
            }

            return Digits(numerator, denominator, below, reach, isEven);
        }

        // Not more than the place, and at most one less.
        private static int Estimate(long mantissa, int exponent)
        {
            int length = 0;
            for (; mantissa != 0; mantissa >>= 1)
            {
                length++;
            }

            double logarithm = (exponent + length - 1) * Log10Of2 - 1e-10;
            int whole = (int)logarithm;
            return whole < logarithm ? whole + 1 : whole;
        }

        private static string Digits(LongNumber numerator, LongNumber denominator, LongNumber below, int reach, bool isEven)
        {
            char[] digits = new char[20];
            int count = 0;
            bool isLow;
            bool isHigh;
            while (true)
            {
                int digit = numerator.DivideBy(denominator);
                int low = LongNumber.Compare(numerator, below, 0, below);
                isLow = low < (isEven ? 1 : 0);
                isHigh = LongNumber.Compare(numerator, below, reach, denominator) >= (isEven ? 0 : 1);
                digits[count++] = (char)('0' + digit);
                if (isLow || isHigh)
                {
                    break;
                }

                numerator.Multiply(10);
                below.Multiply(10);
            }

            // Half-way to the even digit.
            bool isOdd = (digits[count - 1] & 1) != 0;
            if (isHigh && (!isLow || LongNumber.Compare(numerator, numerator, 1, denominator) >= (isOdd ? 0 : 1)))
            {
                // Never a nine: then the digit before would have been the last.
                digits[count - 1]++;
            }

            return new string(digits, 0, count);
        }

        private static string Place(string digits, int place)
        {
            if (digits == "0")
            {
                return digits;
            }

            if (place > MaxPointPlace || place < MinPointPlace)
            {
                int exponent = place - 1;
                string power = (exponent < 0 ? -exponent : exponent).ToString();
                return digits.Substring(0, 1) + (digits.Length > 1 ? "." + digits.Substring(1) : "") +
                    (exponent < 0 ? "E-" : "E+") + (power.Length < 2 ? "0" : "") + power;
            }

            if (place <= 0)
            {
                return "0." + new string('0', -place) + digits;
            }

            return place >= digits.Length
                ? digits + new string('0', place - digits.Length)
                : digits.Substring(0, place) + "." + digits.Substring(place);
        }
    }
}
#endif
