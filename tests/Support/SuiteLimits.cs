namespace IoTNet.Tests
{
    /// <summary>The in-memory stack's limits for the suite.</summary>
    internal static class SuiteLimits
    {
        /// <summary>As roomy on a device as on the desktop: some tests need datagrams of full length and many sockets.</summary>
        public static LoopbackLimits Make()
        {
            LoopbackLimits limits = new LoopbackLimits();
            limits.MaxSockets = 1024;
            limits.MaxBacklog = 128;
            limits.MaxBufferBytes = 4 * 1024 * 1024;
            limits.DatagramQueueBytes = 212992;
            limits.DatagramQueueCount = 256;
            return limits;
        }
    }
}
