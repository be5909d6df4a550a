using System;
using System.IO;
using IoTNet.Boards;

namespace IoTNet.Tests
{
    // The operating system's stack, on Linux, with TLS over it that no socket asks for: nothing may change.
    internal static partial class StackUnderTest
    {
        // Paths are files here; they go when their sockets are closed.
        public static string UnixPrefix { get; } = Path.Combine(Path.GetTempPath(), "iotnet-" + Environment.ProcessId.ToString() + "-");

        public static bool HasHalfClose => true;

        public static bool HasOutOfBand => true;

        public static bool HasRealLength => true;

        public static bool HasPortUnreachable => true;

        public static bool CanDissolve => true;

        public static bool ReuseSharesListeners => false;

        public static bool AllocatesForAddresses => false;

        public static bool HasOwnSelector => true;

        public static INetworkStack Create()
        {
            return new TlsStack(new SystemNetStack(), new SslStreamProvider());
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return new TlsStack(new SystemNetStack(true, sockets), new SslStreamProvider());
        }

        public static int OpenSockets(NetworkStack stacks)
        {
            return ((SystemNetStack)((TlsStack)stacks.Network).Inner).OpenSockets + stacks.Local.OpenSockets;
        }

        public static bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            return name != SocketOptionName.ReceiveTimeToLive && name != SocketOptionName.HopLimit;
        }
    }
}
