using System;

namespace IoTNet
{
    /// <summary>Checks options.</summary>
    internal static class OptionRange
    {
        /// <exception cref="ArgumentOutOfRangeException">The value is out of its range; the text says what was expected.</exception>
        public static void Check(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(name,
                    "Expected " + least.ToString() + " to " + most.ToString() + ", not " + value.ToString() + ".");
            }
        }
    }
}
