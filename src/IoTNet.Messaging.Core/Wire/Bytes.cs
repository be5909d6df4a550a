namespace IoTNet
{
    /// <summary>Compares bytes.</summary>
    internal static class Bytes
    {
        /// <summary>Whether others stand at a place of a buffer, which has to have as many there.</summary>
        public static bool AreAt(byte[] buffer, int offset, byte[] others)
        {
            for (int i = 0; i < others.Length; i++)
            {
                if (buffer[offset + i] != others[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
