#if NANOFRAMEWORK_1_0
using System;

namespace IoTNet
{
    // The device's Stream has an overload over SpanByte where the desktop's has one over Span.
    public sealed partial class SocketFile
    {
        /// <summary>Reads what is there, waiting for one byte at least.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <returns>How many came; 0 at the end of the stream.</returns>
        public override int Read(SpanByte buffer)
        {
            byte[] bytes = new byte[buffer.Length];
            int count = Read(bytes, 0, bytes.Length);
            for (int i = 0; i < count; i++)
            {
                buffer[i] = bytes[i];
            }

            return count;
        }
    }
}
#endif
