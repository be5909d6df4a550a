namespace IoTNet.Tests
{
    // The in-memory stack.
    internal static partial class StackUnderTest
    {
        public static StackCapabilities Capabilities { get; } = new MemoryCapabilities();

        public static INetworkStack Create()
        {
            return new LoopbackStack(SuiteLimits.Make());
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            LoopbackLimits limits = new LoopbackLimits();
            limits.MaxSockets = sockets;
            return new LoopbackStack(limits);
        }
    }
}
