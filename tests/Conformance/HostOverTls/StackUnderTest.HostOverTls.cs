using System;
using System.IO;
using IoTNet.Boards;

namespace IoTNet.Tests
{
    // The operating system's stack, on Linux, with TLS over it that no socket asks for: nothing may change.
    internal static partial class StackUnderTest
    {
        public static StackCapabilities Capabilities { get; } = new HereCapabilities();

        public static INetworkStack Create()
        {
            return new TlsStack(new SystemNetStack(), new SslStreamProvider());
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return new TlsStack(new SystemNetStack(true, sockets), new SslStreamProvider());
        }

        private sealed class HereCapabilities : HostCapabilities
        {
            // Paths are files here; they go when their sockets are closed.
            public override string UnixPrefix { get; } =
                Path.Combine(Path.GetTempPath(), "iotnet-" + Environment.ProcessId.ToString() + "-");
        }
    }
}
