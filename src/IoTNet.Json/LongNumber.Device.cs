#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;

namespace IoTNet
{
    /// <summary>A whole number of up to 1,280 bits, which is more than any double times or over a power of ten takes.</summary>
    internal sealed class LongNumber
    {
        private const int MaxWords = 40;

        // Nine noughts: the most that stay in 32 bits.
        private const uint Chunk = 1000000000;
        private const int ChunkDigits = 9;

        private readonly uint[] _words = new uint[MaxWords];
        private int _count;

        public LongNumber(long value)
        {
            for (; value != 0; value >>= 32)
            {
                _words[_count++] = (uint)value;
            }
        }

        public void Multiply(uint factor)
        {
            ulong carry = 0;
            for (int i = 0; i < _count; i++)
            {
                carry += (ulong)_words[i] * factor;
                _words[i] = (uint)carry;
                carry >>= 32;
            }

            if (carry != 0)
            {
                _words[_count++] = (uint)carry;
            }
        }

        /// <summary>Nothing for an exponent below nought.</summary>
        public void MultiplyByPowerOfTen(int exponent)
        {
            for (; exponent >= ChunkDigits; exponent -= ChunkDigits)
            {
                Multiply(Chunk);
            }

            for (; exponent > 0; exponent--)
            {
                Multiply(10);
            }
        }

        public void ShiftLeft(int bits)
        {
            int words = bits >> 5;
            if (words > 0)
            {
                Array.Copy(_words, 0, _words, words, _count);
                Array.Clear(_words, 0, words);
                _count += words;
            }

            Multiply(1u << (bits & 31));
        }

        /// <summary>Divides; what is left over stays here.</summary>
        /// <returns>The quotient, which must be below ten.</returns>
        public int DivideBy(LongNumber divisor)
        {
            int quotient = 0;
            while (Compare(this, this, 0, divisor) >= 0)
            {
                Subtract(divisor);
                quotient++;
            }

            return quotient;
        }

        /// <summary>Compares <c>left + times * added</c> with <c>right</c>.</summary>
        public static int Compare(LongNumber left, LongNumber added, int times, LongNumber right)
        {
            int result = 0;
            ulong carry = 0;
            int count = left._count > added._count ? left._count : added._count;
            count = count > right._count ? count : right._count;
            for (int i = 0; i < count; i++)
            {
                carry += left._words[i] + (ulong)added._words[i] * (uint)times;
                uint word = (uint)carry;
                carry >>= 32;
                if (word != right._words[i])
                {
                    result = word > right._words[i] ? 1 : -1;
                }
            }

            return carry != 0 ? 1 : result;
        }

        private void Subtract(LongNumber number)
        {
            long borrow = 0;
            for (int i = 0; i < _count; i++)
            {
                borrow += (long)_words[i] - number._words[i];
                _words[i] = (uint)borrow;
                borrow >>= 32;
            }

            while (_count > 0 && _words[_count - 1] == 0)
            {
                _count--;
            }
        }
    }
}
#endif
