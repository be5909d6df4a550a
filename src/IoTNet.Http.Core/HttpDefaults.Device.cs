#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Sizes for a board with some tens of KiB.</summary>
    internal static class HttpDefaults
    {
        public const int BufferBytes = 1024;
        public const int HighWaterBytes = 4 * 1024;
        public const int LowWaterBytes = 1024;
        public const int MaxBufferedBytes = 20 * 1024;
        public const int MaxConnections = 8;
        public const int Backlog = 4;
        public const int MaxHeadBytes = 2 * 1024;
        public const int MaxHeaders = 40;
        public const int MaxBodyBytes = 4 * 1024;
    }
}
#endif
