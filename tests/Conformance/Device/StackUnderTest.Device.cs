using IoTNet.Boards;

namespace IoTNet.Tests
{
    // The board's own stack, which talks to itself: on a firmware whose lwIP was built with its loopback, as most of an ESP32's.
    internal static partial class StackUnderTest
    {
        public static StackCapabilities Capabilities { get; } = new DeviceCapabilities(SocketPool.Count(new SystemNetStack(true)));

        public static INetworkStack Create()
        {
            return new SystemNetStack(true);
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return new SystemNetStack(true, sockets);
        }
    }
}
