#if NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>A device's limits: a connection whose buffers are in use takes 4 KiB, a datagram queue up to 4 KiB.</summary>
    internal static class UnixDefaults
    {
        // As many as lwIP has on an ESP32.
        public const int MaxSockets = 16;
        public const int StreamBufferBytes = 1024;
        public const int DatagramQueueBytes = 4096;
        public const int DatagramQueueCount = 8;
        public const int MaxBufferBytes = 16 * 1024;
        public const int MaxBacklog = 4;
    }
}
#endif
