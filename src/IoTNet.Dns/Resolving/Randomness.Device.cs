#if NANOFRAMEWORK_1_0
using System;

namespace IoTNet
{
    /// <summary>Bytes that nobody can foretell: a forged answer must guess them (RFC 5452 9.2).</summary>
    internal static class Randomness
    {
        // nanoFramework's Random is the chip's hardware generator on ESP32, STM32 and NXP (its seed is ignored). A target
        // without one seeds rand() with the clock: there the check of address and port is what protects.
        private static readonly Random s_random = new Random();

        public static void Fill(byte[] bytes)
        {
            s_random.NextBytes(bytes);
        }
    }
}
#endif
