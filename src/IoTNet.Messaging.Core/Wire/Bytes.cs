namespace IoTNet
{
    /// <summary>No bytes, and the comparison of some.</summary>
    internal static class Bytes
    {
        /// <summary>None: one array for all who have none.</summary>
        public static readonly byte[] None = new byte[0];

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
