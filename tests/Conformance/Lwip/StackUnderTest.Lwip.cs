using System;
using System.Net.NetworkInformation;
using IoTNet.Emulator;

namespace IoTNet.Tests
{
    // An emulated board's lwIP. Its cable leads nowhere: the suite runs over the board's own loopback interface.
    internal static partial class StackUnderTest
    {
        // AF_UNIX is the in-memory stack's.
        public static string UnixPrefix => "/unix-tests/";

        public static bool HasHalfClose => true;

        public static bool HasOutOfBand => false;

        public static bool HasRealLength => true;

        public static bool CanDissolve => true;

        public static bool HasPortUnreachable => false;

        public static bool ReuseSharesListeners => false;

        public static bool AllocatesForAddresses => false;

        public static bool HasOwnSelector => true;

        public static INetworkStack Create()
        {
            return Create(BoardProfile.Unlimited.Limits);
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return Create(BoardProfile.Unlimited.Limits with { Sockets = sockets });
        }

        public static int OpenSockets(NetworkStack stacks)
        {
            return ((LoopbackStack)stacks.Local).OpenSockets + ((LwipStack)stacks.Network).OpenSockets;
        }

        public static bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            if (level == SocketOptionLevel.Socket)
            {
                return name != SocketOptionName.DontRoute && name != SocketOptionName.OutOfBandInline &&
                    name != SocketOptionName.Priority && name != SocketOptionName.ReusePort && name != SocketOptionName.SendBuffer &&
                    name != SocketOptionName.SendLowWater && name != SocketOptionName.ReceiveLowWater;
            }

            return name != SocketOptionName.Mtu && name != SocketOptionName.LocalPortRange &&
                name != SocketOptionName.ReceiveTimeToLive && name != SocketOptionName.HopLimit;
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
