using IoTNet.Boards;

namespace IoTNet.Tests
{
    // The stack of nanoFramework boards, over .NET's sockets.
    internal static partial class StackUnderTest
    {
        public static StackCapabilities Capabilities { get; } = new OverDotNetCapabilities();

        public static INetworkStack Create()
        {
            return new SystemNetStack();
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return new SystemNetStack(true, sockets);
        }

        private sealed class OverDotNetCapabilities : DeviceCapabilities
        {
            public OverDotNetCapabilities()
                : base(1024)
            {
            }

            public override bool HasIPv6 => true;

            public override bool HasPortUnreachable => true;

            // .NET's ReuseAddress is SO_REUSEPORT as well.
            public override bool ReuseSharesListeners => true;
        }
    }
}
