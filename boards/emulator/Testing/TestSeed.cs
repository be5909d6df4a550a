using System.Security.Cryptography;
using System.Text;

namespace IoTNet.Emulator;

/// <summary>Where a test's random faults come from.</summary>
internal static class TestSeed
{
    /// <summary>The environment variable that sets the seed of all tests.</summary>
    internal const string Variable = "IOTNET_SEED";

    /// <summary>Seeds made from names are this short, because people type them.</summary>
    private const int Seeds = 1_000_000;

    /// <summary>The environment's seed, or else one made from the test's name: a test meets the same faults in each run,
    /// and two tests meet different ones.</summary>
    /// <exception cref="ArgumentException">The variable holds no number.</exception>
    internal static int Of(string testName)
    {
        string? given = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(given))
        {
            return (int)(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(testName))) % Seeds);
        }

        return int.TryParse(given, out int seed) ? seed
            : throw new ArgumentException($"{Variable} is a number from {int.MinValue} to {int.MaxValue}, not '{given}'.");
    }
}
