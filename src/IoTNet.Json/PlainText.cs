#if !NANOFRAMEWORK_1_0
using System;
using System.Buffers;

namespace IoTNet
{
    /// <summary>Characters that stand for themselves in a JSON string (RFC 8259 7): ASCII that is no control character, no quotation
    /// mark and no backslash.</summary>
    internal static class PlainText
    {
        // Most names and words are shorter than what looking at many bytes at once costs.
        private const int ShortBytes = 16;

        private static readonly SearchValues<byte> s_plain = SearchValues.Create(Plain());

        /// <summary>Looks for the first byte that is none.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="position">Where to begin.</param>
        /// <param name="end">Where to stop.</param>
        /// <returns>Its place; the end when there is none.</returns>
        public static int End(byte[] buffer, int position, int end)
        {
            int near = end - position > ShortBytes ? position + ShortBytes : end;
            for (; position < near; position++)
            {
                byte next = buffer[position];
                if (next < ' ' || next == '"' || next == '\\' || next >= 0x80)
                {
                    return position;
                }
            }

            int count = new ReadOnlySpan<byte>(buffer, position, end - position).IndexOfAnyExcept(s_plain);
            return count < 0 ? end : position + count;
        }

        private static byte[] Plain()
        {
            byte[] plain = new byte[0x80 - ' ' - 2];
            int count = 0;
            for (int next = ' '; next < 0x80; next++)
            {
                if (next != '"' && next != '\\')
                {
                    plain[count++] = (byte)next;
                }
            }

            return plain;
        }
    }
}
#endif
