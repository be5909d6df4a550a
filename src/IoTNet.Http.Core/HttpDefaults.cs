#if !NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>Sizes for a computer with megabytes to spare.</summary>
    internal static class HttpDefaults
    {
        public const int BufferBytes = 160 * 1024;
        public const int HighWaterBytes = 256 * 1024;
        public const int LowWaterBytes = 64 * 1024;
        public const int MaxBufferedBytes = 32 * 1024 * 1024;
        public const int MaxConnections = 1024;
        public const int Backlog = 128;
        public const int MaxHeadBytes = 16 * 1024;
        public const int MaxHeaders = 100;
        public const int MaxBodyBytes = 1024 * 1024;
    }
}
#endif
