namespace IoTNet
{
    /// <summary>Compares bytes.</summary>
    internal static class Bytes
    {
        /// <summary>Whether a part of a buffer is the same as the beginning of another one.</summary>
        public static bool AreSame(byte[] buffer, int offset, byte[] other, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (buffer[offset + i] != other[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
