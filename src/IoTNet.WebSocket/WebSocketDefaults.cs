#if !NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Sizes for a computer with megabytes to spare.</summary>
    internal static class WebSocketDefaults
    {
        public const int MaxFrameBytes = 16 * 1024 * 1024;
        public const int MaxMessageBytes = 16 * 1024 * 1024;
        public const int BatchBytes = 128 * 1024;
        public const int ClientBatchBytes = 16 * 1024;
        public const int SpareCount = 128;
        public const int SpareBytes = 8 * 1024 * 1024;
    }
}
#endif
