using System.Numerics;

namespace IoTNet.Tests.Messaging;

/// <summary>Arithmetic modulo 2^255 - 19 is that of .NET's big integers, also for limbs at the bounds that the code relies on.</summary>
[TestClass]
public class Field25519Tests
{
    private const long LargestResult = (1L << 26) + (1L << 16);
    private const long LargestFactor = (1L << 27) + (1L << 17);

    private static readonly BigInteger s_p = BigInteger.Pow(2, 255) - 19;

    [TestMethod]
    public void Multiply_OfLimbsAtTheirBounds_IsTheProductAndSmallAgain()
    {
        const int Seed = 1;
        Random random = new(Seed);
        long[] result = new long[10];
        for (int i = 0; i < 20_000; i++)
        {
            long[] f = Extremes(random);
            long[] g = Extremes(random);
            if (i == 0)
            {
                Array.Fill(f, LargestFactor);
                Array.Fill(g, LargestFactor);
            }
            else if (i == 1)
            {
                Array.Fill(f, LargestFactor);
                Array.Fill(g, -LargestFactor);
            }

            int rows = 1 + (i % 10);
            Field25519.Multiply(result, f, rows, g);
            Assert.AreEqual(Mod(Value(f[..rows]) * Value(g)), Mod(Value(result)), $"round {i}, seed {Seed}");
            foreach (long limb in result)
            {
                Assert.IsLessThanOrEqualTo(LargestResult, Math.Abs(limb));
            }
        }
    }

    [TestMethod]
    public void Pack_OfAnyResult_GivesTheOneNumberBelowP()
    {
        const int Seed = 1;
        Random random = new(Seed);
        List<long[]> numbers = [];
        for (int i = -40; i <= 40; i++)
        {
            // Near 0, p and the multiples of p that ten limbs hold; the second limb may be negative.
            foreach (BigInteger near in new[] { 0, s_p, 2 * s_p, 31 * s_p, 32 * s_p, BigInteger.Pow(2, 255), BigInteger.Pow(2, 260) - 41 })
            {
                numbers.Add(Limbs(near + i));
            }
        }

        for (int i = 0; i < 5000; i++)
        {
            long[] number = new long[10];
            for (int k = 0; k < 10; k++)
            {
                number[k] = random.Next(3) switch { 0 => 0, 1 => (1L << 26) - 1, _ => random.NextInt64(1L << 26) };
            }

            number[1] = random.NextInt64(-(1L << 16), LargestResult);
            numbers.Add(number);
        }

        byte[] bytes = new byte[32];
        foreach (long[] number in numbers)
        {
            BigInteger expected = Mod(Value(number));
            Field25519.Pack(bytes, number);
            Assert.AreEqual(expected, new BigInteger(bytes, isUnsigned: true));
        }
    }

    [TestMethod]
    public void Unpack_OfAnyBytes_LeavesBit255Out()
    {
        long[] number = new long[10];
        for (int i = 0; i < 1000; i++)
        {
            byte[] bytes = i == 0 ? Bytes.Filled(32, 255) : Bytes.Random(32);
            Field25519.Unpack(number, bytes);
            bytes[31] &= 127;
            Assert.AreEqual(new BigInteger(bytes, isUnsigned: true), Value(number));
        }
    }

    [TestMethod]
    public void Invert_OfANumber_GivesOneWhenMultiplied()
    {
        long[] inverse = new long[10];
        foreach (BigInteger number in new[] { 1, 2, s_p - 1, new BigInteger(Bytes.Random(31), isUnsigned: true) + 1 })
        {
            Field25519.Invert(inverse, Limbs(number), new long[10]);
            Assert.AreEqual(BigInteger.One, Mod(Value(inverse) * number));
        }

        Field25519.Invert(inverse, new long[10], new long[10]);
        Assert.AreEqual(BigInteger.Zero, Mod(Value(inverse)));
    }

    [TestMethod]
    public void Swap_OfABit_ExchangesOrDoesNot()
    {
        long[] f = Extremes(new Random(1));
        long[] g = Extremes(new Random(2));
        long[] one = (long[])f.Clone();
        long[] other = (long[])g.Clone();
        Field25519.Swap(0, one, other);
        CollectionAssert.AreEqual(f, one);
        CollectionAssert.AreEqual(g, other);
        Field25519.Swap(1, one, other);
        CollectionAssert.AreEqual(g, one);
        CollectionAssert.AreEqual(f, other);
    }

    private static long[] Extremes(Random random)
    {
        long[] number = new long[10];
        for (int i = 0; i < 10; i++)
        {
            number[i] = random.Next(4) switch
            {
                0 => LargestFactor,
                1 => -LargestFactor,
                2 => 0,
                _ => random.NextInt64(-LargestFactor, LargestFactor),
            };
        }

        return number;
    }

    private static BigInteger Value(long[] limbs)
    {
        BigInteger value = 0;
        for (int i = limbs.Length - 1; i >= 0; i--)
        {
            value = (value << 26) + limbs[i];
        }

        return value;
    }

    // The top limb takes what is left, as in a result.
    private static long[] Limbs(BigInteger value)
    {
        long[] limbs = new long[10];
        for (int i = 0; i < 9; i++)
        {
            limbs[i] = (long)(value & ((1 << 26) - 1));
            value >>= 26;
        }

        limbs[9] = (long)value;
        return limbs;
    }

    private static BigInteger Mod(BigInteger value) => ((value % s_p) + s_p) % s_p;
}
