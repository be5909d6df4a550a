using System;
using System.IO;
using IoTNet.Boards;

namespace IoTNet.Tests
{
    // TLS over the operating system's stack, on Linux: each TCP connection of the suite is secured, and must keep what TCP
    // promises.
    internal static partial class StackUnderTest
    {
        public static StackCapabilities Capabilities { get; } = new HereCapabilities();

        public static INetworkStack Create()
        {
            return new SecuringStack(new SystemNetStack());
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return new SecuringStack(new SystemNetStack(true, sockets));
        }

        private sealed class HereCapabilities : HostCapabilities
        {
            public override bool HasOutOfBand => false;

            public override bool IsOneBeforeAccept => false;

            // Paths are files here; they go when their sockets are closed.
            public override string UnixPrefix { get; } =
                Path.Combine(Path.GetTempPath(), "iotnet-" + Environment.ProcessId.ToString() + "-");
        }
    }
}
