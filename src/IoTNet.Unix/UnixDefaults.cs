#if !NANOFRAMEWORK_1_0
namespace IoTNet
{
    /// <summary>The desktop's limits: roomy enough that the buffers never bound the speed.</summary>
    internal static class UnixDefaults
    {
        public const int MaxSockets = 1024;
        public const int StreamBufferBytes = 128 * 1024;

        // Linux's net.core.rmem_default; holds three datagrams of the greatest length.
        public const int DatagramQueueBytes = 212992;
        public const int DatagramQueueCount = 256;
        public const int MaxBufferBytes = 4 * 1024 * 1024;

        // Zephyr's SOMAXCONN, and Linux's before 5.4.
        public const int MaxBacklog = 128;
    }
}
#endif
