using System.Security.Cryptography;

namespace IoTNet.Tests.Messaging;

/// <summary>Bytes as the specifications print them, and bytes by chance.</summary>
internal static class Bytes
{
    public static byte[] Of(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Random(int count) => RandomNumberGenerator.GetBytes(count);

    public static byte[] Filled(int count, byte value)
    {
        byte[] bytes = new byte[count];
        Array.Fill(bytes, value);
        return bytes;
    }

    public static void AssertEqual(string hex, byte[] actual) =>
        Assert.AreEqual(Convert.ToHexString(Of(hex)), Convert.ToHexString(actual));

    public static void AssertEqual(byte[] expected, byte[] actual, string message = "") =>
        Assert.AreEqual(Convert.ToHexString(expected), Convert.ToHexString(actual), message);
}
