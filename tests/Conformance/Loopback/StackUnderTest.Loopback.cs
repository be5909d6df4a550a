namespace IoTNet.Tests
{
    // The in-memory stack. It differs from Linux only where the summary of LoopbackStack says so.
    internal static partial class StackUnderTest
    {
        public static string UnixPrefix => "/unix-tests/";

        public static bool HasHalfClose => true;

        public static bool HasOutOfBand => false;

        public static bool HasRealLength => true;

        public static bool CanDissolve => true;

        public static bool HasPortUnreachable => true;

        public static bool ReuseSharesListeners => false;

        public static bool AllocatesForAddresses => false;

        public static bool HasOwnSelector => true;

        public static INetworkStack Create()
        {
            // As roomy on a device as on the desktop: some tests need datagrams of full length and many sockets.
            LoopbackLimits limits = new LoopbackLimits();
            limits.MaxSockets = 1024;
            limits.MaxBacklog = 128;
            limits.MaxBufferBytes = 4 * 1024 * 1024;
            limits.DatagramQueueBytes = 212992;
            limits.DatagramQueueCount = 256;

            return new LoopbackStack(limits);
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            LoopbackLimits limits = new LoopbackLimits();
            limits.MaxSockets = sockets;
            return new LoopbackStack(limits);
        }

        public static int OpenSockets(NetworkStack stacks)
        {
            return ((LoopbackStack)stacks.Local).OpenSockets;
        }

        public static bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            return true;
        }
    }
}
