#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>What the board's C compiler makes of the types that differ between machines: every board has 32 bits (ILP32).</summary>
    internal static class NativeLayout
    {
        /// <summary>Bytes of a pointer, of size_t and of ssize_t.</summary>
        public const int PointerSize = 4;

        /// <summary>Bytes of a C long.</summary>
        public const int LongSize = 4;
    }
}
#endif
