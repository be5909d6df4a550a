#if !NANOFRAMEWORK_1_0
using System.Security.Cryptography;

namespace IoTNet
{
    /// <summary>Bytes that nobody can foretell, for keys, nonces and identifiers that a forged answer must guess.</summary>
    public static class Randomness
    {
        /// <summary>Fills an array.</summary>
        /// <param name="bytes">Takes the bytes.</param>
        public static void Fill(byte[] bytes)
        {
            RandomNumberGenerator.Fill(bytes);
        }
    }
}
#endif
