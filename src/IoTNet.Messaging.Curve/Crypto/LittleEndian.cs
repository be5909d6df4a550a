namespace IoTNet
{
    /// <summary>Words of 32 bits as they stand in keys, nonces and tags.</summary>
    internal static class LittleEndian
    {
        public static uint Load(byte[] buffer, int offset)
        {
            return buffer[offset] | ((uint)buffer[offset + 1] << 8) | ((uint)buffer[offset + 2] << 16) | ((uint)buffer[offset + 3] << 24);
        }

        public static void Store(byte[] buffer, int offset, uint word)
        {
            for (int i = 0; i < 4; i++)
            {
                buffer[offset + i] = (byte)word;
                word >>= 8;
            }
        }
    }
}
