namespace IoTNet
{
    /// <summary>Values of options: ints low byte first.</summary>
    internal static class TlsValue
    {
        public static int ReadInt(byte[] value, int offset)
        {
            return value[offset] | (value[offset + 1] << 8) | (value[offset + 2] << 16) | (value[offset + 3] << 24);
        }

        /// <summary>Gives how many bytes were written: cut to the room.</summary>
        public static int WriteInt(int number, byte[] value, int length)
        {
            int size = length < 4 ? length : 4;
            for (int i = 0; i < size; i++)
            {
                value[i] = (byte)(number >> (8 * i));
            }

            return size;
        }
    }
}
