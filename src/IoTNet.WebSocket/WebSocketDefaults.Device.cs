#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Sizes for a board with some tens of KiB.</summary>
    internal static class WebSocketDefaults
    {
        public const int MaxFrameBytes = 16 * 1024;
        public const int MaxMessageBytes = 16 * 1024;
        public const int BatchBytes = 1024;
        public const int ClientBatchBytes = 1024;
        public const int SpareCount = 4;
        public const int SpareBytes = 8 * 1024;
    }
}
#endif
