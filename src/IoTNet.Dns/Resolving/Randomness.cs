#if !NANOFRAMEWORK_1_0
using System.Security.Cryptography;

namespace IoTNet
{
    /// <summary>Bytes that nobody can foretell: a forged answer must guess them (RFC 5452 9.2).</summary>
    internal static class Randomness
    {
        public static void Fill(byte[] bytes)
        {
            RandomNumberGenerator.Fill(bytes);
        }
    }
}
#endif
