using System;

namespace IoTNet
{
    /// <summary>The check of a part of a buffer that calls share.</summary>
    internal static class BufferPart
    {
        public static void Check(byte[] buffer, int offset, int count)
        {
            if (buffer == null)
            {
                throw new ArgumentNullException(nameof(buffer));
            }

            // Subtracting cannot overflow where adding offset and count could.
            if (offset < 0 || offset > buffer.Length || count < 0 || count > buffer.Length - offset)
            {
                throw new ArgumentOutOfRangeException(nameof(count), "The buffer has " + buffer.Length.ToString() + " bytes; " +
                    count.ToString() + " from offset " + offset.ToString() + " on are not within it.");
            }
        }
    }
}
