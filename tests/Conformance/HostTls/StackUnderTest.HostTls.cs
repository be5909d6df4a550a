using System;
using System.IO;
using IoTNet.Boards;

namespace IoTNet.Tests
{
    // TLS over the operating system's stack, on Linux: each TCP socket of the suite is a TLS socket, and must keep what TCP
    // sockets promise.
    internal static partial class StackUnderTest
    {
        // Paths are files here; they go when their sockets are closed.
        public static string UnixPrefix { get; } = Path.Combine(Path.GetTempPath(), "iotnet-" + Environment.ProcessId.ToString() + "-");

        public static bool HasHalfClose => true;

        public static bool HasOutOfBand => false;

        public static bool HasRealLength => true;

        public static bool HasPortUnreachable => true;

        public static bool CanDissolve => true;

        public static bool ReuseSharesListeners => false;

        public static bool AllocatesForAddresses => false;

        public static bool HasOwnSelector => true;

        public static INetworkStack Create()
        {
            return new SecuringStack(new SystemNetStack());
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return new SecuringStack(new SystemNetStack(true, sockets));
        }

        public static int OpenSockets(NetworkStack stacks)
        {
            return ((SecuringStack)stacks.Network).OpenSockets + stacks.Local.OpenSockets;
        }

        public static bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            return name != SocketOptionName.ReceiveTimeToLive && name != SocketOptionName.HopLimit;
        }
    }
}
