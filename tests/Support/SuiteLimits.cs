namespace IoTNet.Tests
{
    /// <summary>The in-memory stack's limits for the suite.</summary>
    internal static class SuiteLimits
    {
        /// <summary>The same on a device and on the desktop, so that what fits here fits there: some tests need datagrams of full
        /// length and many sockets, others 5,000 bytes on their way while nobody reads. Streams hold what a board's lwIP does, not
        /// more.</summary>
        public static LoopbackLimits Make()
        {
            LoopbackLimits limits = new LoopbackLimits();
            limits.MaxSockets = 1024;
            limits.MaxBacklog = 128;
            limits.StreamBufferBytes = 4096;
            limits.MaxBufferBytes = 4 * 1024 * 1024;
            limits.DatagramQueueBytes = 212992;
            limits.DatagramQueueCount = 256;
            return limits;
        }
    }
}
