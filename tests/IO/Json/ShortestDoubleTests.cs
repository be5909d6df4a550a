using System.Globalization;

namespace IoTNet.IO.Tests;

/// <summary>The device's text of doubles, held to .NET's.</summary>
[TestClass]
public class ShortestDoubleTests
{
    [TestMethod]
    [DataRow(0.0, "0")]
    [DataRow(-0.0, "-0")]
    [DataRow(21.5, "21.5")]
    [DataRow(-1013.25, "-1013.25")]
    [DataRow(0.1, "0.1")]
    [DataRow(0.1 + 0.2, "0.30000000000000004")]
    [DataRow(100.0, "100")]
    [DataRow(1e16, "10000000000000000")]
    [DataRow(1e17, "1E+17")]
    [DataRow(1.2345e29, "1.2345E+29")]
    [DataRow(0.0001, "0.0001")]
    [DataRow(1.5e-5, "1.5E-05")]
    [DataRow(9007199254740992.0, "9007199254740992")]
    [DataRow(9.2233720368547758e18, "9.223372036854776E+18")]
    [DataRow(double.Epsilon, "5E-324")]
    [DataRow(2.2250738585072014e-308, "2.2250738585072014E-308")]
    [DataRow(double.MaxValue, "1.7976931348623157E+308")]
    public void Format_OfADouble_IsTheShortestText(double value, string text)
    {
        Assert.AreEqual(text, ShortestDouble.Format(value));
    }

    [TestMethod]
    public void Format_OfAnyDouble_IsWhatDotNetGives()
    {
        var seed = JsonPeerTests.Seed();
        var random = new Random(seed);
        for (var i = 0; i < 100_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            Check(value, seed);
            Check((float)value, seed);
            Check(random.Next() / Math.Pow(10, random.Next(0, 12)), seed);
        }
    }

    [TestMethod]
    public void Format_AroundEachPowerOfTwo_IsWhatDotNetGives()
    {
        // There the double below is only half as far away as the one above.
        for (var exponent = -1074; exponent < 1024; exponent++)
        {
            var power = Math.ScaleB(1, exponent);
            Check(power, 0);
            Check(Math.BitIncrement(power), 0);
            Check(Math.BitDecrement(power), 0);
        }
    }

    private static void Check(double value, int seed)
    {
        if (double.IsFinite(value))
        {
            var text = ShortestDouble.Format(value);
            Assert.AreEqual(value, double.Parse(text, CultureInfo.InvariantCulture), $"seed {seed}, {text}");

            // .NET is wrong for some powers of two, 2^-958 for one: its "4.104536801298376E-289" is the double below.
            var peer = value.ToString("R", CultureInfo.InvariantCulture);
            if (double.Parse(peer, CultureInfo.InvariantCulture) == value)
            {
                Assert.AreEqual(peer, text, $"seed {seed}");
            }
        }
    }
}
