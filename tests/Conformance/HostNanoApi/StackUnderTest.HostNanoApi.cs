using IoTNet.Boards;

namespace IoTNet.Tests
{
    // What the stack of nanoFramework boards can do, over .NET's sockets: only nanoFramework's API is used.
    internal static partial class StackUnderTest
    {
        // AF_UNIX is the in-memory stack's.
        public static string UnixPrefix => "/unix-tests/";

        public static bool HasHalfClose => false;

        public static bool HasOutOfBand => false;

        public static bool HasRealLength => false;

        public static bool HasPortUnreachable => true;

        public static bool CanDissolve => false;

        // .NET's ReuseAddress is SO_REUSEPORT as well.
        public static bool ReuseSharesListeners => true;

        public static bool AllocatesForAddresses => true;

        public static bool HasOwnSelector => false;

        public static INetworkStack Create()
        {
            return new SystemNetStack();
        }

        public static INetworkStack CreateSmall(int sockets)
        {
            return new SystemNetStack(true, sockets);
        }

        public static int OpenSockets(NetworkStack stacks)
        {
            return ((SystemNetStack)stacks.Network).OpenSockets + ((LoopbackStack)stacks.Local).OpenSockets;
        }

        public static bool HasOption(SocketOptionLevel level, SocketOptionName name)
        {
            // No number of nanoFramework's, but answered by Socket itself.
            bool own = level == SocketOptionLevel.Socket && (name == SocketOptionName.ConnectTimeout
                || name == SocketOptionName.Domain || name == SocketOptionName.Protocol);
            return own || ((int)name < 0x2000 && name != SocketOptionName.PacketInformation && name != SocketOptionName.HopLimit)
                || name == SocketOptionName.MaxConnections;
        }
    }
}
