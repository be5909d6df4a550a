#if !NANOFRAMEWORK_1_0
using System;

namespace IoTNet
{
    internal sealed partial class TextCheck
    {
        // The place up to which all is checked, a few bytes before the end; -1 when it is no UTF-8.
        private static int Skip(byte[] buffer, int offset, int end)
        {
            // Back to where the last character begins: at most three bytes follow a lead.
            int last = end;
            for (int back = 1; back <= 3 && end - back >= offset; back++)
            {
                if (buffer[end - back] >= 0xC0)
                {
                    last = end - back;
                    break;
                }
            }

            return System.Text.Unicode.Utf8.IsValid(new ReadOnlySpan<byte>(buffer, offset, last - offset)) ? last : -1;
        }
    }
}
#endif
