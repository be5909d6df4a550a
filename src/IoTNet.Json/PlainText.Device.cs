#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Characters that stand for themselves in a JSON string (RFC 8259 7): ASCII that is no control character, no quotation
    /// mark and no backslash.</summary>
    internal static class PlainText
    {
        /// <summary>Looks for the first byte that is none.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="position">Where to begin.</param>
        /// <param name="end">Where to stop.</param>
        /// <returns>Its place; the end when there is none.</returns>
        public static int End(byte[] buffer, int position, int end)
        {
            for (; position < end; position++)
            {
                byte next = buffer[position];
                if (next < ' ' || next == '"' || next == '\\' || next >= 0x80)
                {
                    break;
                }
            }

            return position;
        }
    }
}
#endif
