#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Sizes for a board with some tens of KiB.</summary>
    internal static class MessagingDefaults
    {
        public const int FirstBlockBytes = 128;
        public const int MaxBlockBytes = 1024;
        public const int LargeFrameBytes = 256;
        public const int AfterLargeBytes = 128;
        public const int PoolBytes = 4 * 1024;
        public const int MaxMessageBytes = 17 * 1024;
        public const int HandshakeTimeoutMs = 5000;
        public const int HighWaterMark = 1000;
        public const int HighWaterBytes = 8 * 1024;
        public const int MaxFrameBytes = 16 * 1024;
    }
}
#endif
