#if NANOFRAMEWORK_1_0
using System;

namespace IoTNet
{
    /// <summary>Bytes that nobody can foretell, for keys, nonces and identifiers that a forged answer must guess.</summary>
    public static class Randomness
    {
        // nanoFramework's Random is the chip's hardware generator on ESP32, STM32 and NXP (its seed is ignored). A target
        // without one seeds rand() with the clock: there it is no protection, and CURVE keys do not belong on it.
        private static readonly Random s_random = new Random();

        /// <summary>Fills an array.</summary>
        /// <param name="bytes">Takes the bytes.</param>
        public static void Fill(byte[] bytes)
        {
            s_random.NextBytes(bytes);
        }
    }
}
#endif
