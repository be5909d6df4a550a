#if !NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Sizes for a computer with megabytes to spare.</summary>
    internal static class MessagingDefaults
    {
        public const int FirstBlockBytes = 512;
        public const int MaxBlockBytes = 64 * 1024;
        public const int LargeFrameBytes = 4 * 1024;
        public const int AfterLargeBytes = 1024;
        public const int PoolBytes = 32 * 1024 * 1024;
        public const int MaxMessageBytes = int.MaxValue;
        public const int HandshakeTimeoutMs = 30000;
        public const int HighWaterMark = 1000;
        public const int HighWaterBytes = 16 * 1024 * 1024;
        public const int MaxFrameBytes = int.MaxValue - 1024;
    }
}
#endif
