using System;

namespace IoTNet
{
    /// <summary>The checks of arguments that many calls share, with one text each.</summary>
    internal static class Arguments
    {
        public static void CheckBuffer(byte[] buffer, int offset, int count)
        {
            if (buffer == null)
            {
                throw new ArgumentNullException(nameof(buffer));
            }

            // Subtracting cannot overflow where adding offset and count could.
            if (offset < 0 || offset > buffer.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(offset),
                    "The buffer has " + buffer.Length.ToString() + " bytes; offset " + offset.ToString() + " is outside it.");
            }

            if (count < 0 || count > buffer.Length - offset)
            {
                throw new ArgumentOutOfRangeException(nameof(count),
                    "The buffer has " + buffer.Length.ToString() + " bytes, " + (buffer.Length - offset).ToString() +
                    " from offset " + offset.ToString() + " on; a count of " + count.ToString() + " does not fit.");
            }
        }

        public static bool IsBufferValid(byte[] buffer, int offset, int count)
        {
            return buffer != null && offset >= 0 && offset <= buffer.Length && count >= 0 && count <= buffer.Length - offset;
        }

        public static void CheckTimeout(int timeoutMs)
        {
            if (timeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(timeoutMs),
                    "A timeout is a number of milliseconds, or -1 for ever, not " + timeoutMs.ToString() + ".");
            }
        }
    }
}
