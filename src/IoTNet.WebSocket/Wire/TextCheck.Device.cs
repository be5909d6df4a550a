#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    internal sealed partial class TextCheck
    {
        // The place up to which all is checked.
        private static int Skip(byte[] buffer, int offset, int end)
        {
            while (offset < end && buffer[offset] < 0x80)
            {
                offset++;
            }

            return offset;
        }
    }
}
#endif
