using System;
using System.Net.NetworkInformation;
using IoTNet.Emulator;

namespace IoTNet.Tests
{
    // An emulated board's lwIP. Its cable leads nowhere: the suite runs over the board's own loopback interface.
    internal static partial class StackUnderTest
    {
        public static StackCapabilities Capabilities { get; } = new LwipCapabilities(true, BoardProfile.Unlimited.Limits.Sockets);

        public static INetworkStack Create()
        {
            return Create(BoardProfile.Unlimited.Limits);
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return Create(BoardProfile.Unlimited.Limits with { Sockets = sockets });
        }

        private static INetworkStack Create(StackLimits limits)
        {
            LwipConfiguration configuration = new LwipConfiguration
            {
                Name = "the board",
                HardwareAddress = PhysicalAddress.Parse("02-00-00-00-00-01"),
                Address = IPAddress.Parse("192.0.2.1"),
                Limits = limits,
            };
            return new LwipStack(configuration, new UnpluggedWire());
        }

        private sealed class UnpluggedWire : IFrameWire
        {
            public void Send(ReadOnlySpan<byte> frame)
            {
            }

            public void Open(IFrameSink device)
            {
            }

            public void Dispose()
            {
            }
        }
    }
}
