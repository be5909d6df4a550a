#if !NANOFRAMEWORK_1_0
using System;

namespace IoTNet
{
    /// <summary>What the C compiler of this machine makes of the types that differ between machines.</summary>
    internal static class NativeLayout
    {
        /// <summary>Bytes of a pointer, of size_t and of ssize_t.</summary>
        public static readonly int PointerSize = IntPtr.Size;

        /// <summary>Bytes of a C long: 8 under Linux and macOS (LP64), 4 under Windows (LLP64).</summary>
        public static readonly int LongSize = OperatingSystem.IsWindows() ? 4 : IntPtr.Size;
    }
}
#endif
