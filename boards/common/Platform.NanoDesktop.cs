#if IOTNET_NANO_API && !NANOFRAMEWORK_1_0
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The desktop, through the nano half: how the board's code is tested without a board.
    internal static class Platform
    {
        public const string StackName = "nano";
        public const bool HasLoopback = true;
        public const int DefaultSockets = 1024;
        public const string SystemLimit = "the operating system opens no more sockets for this process (the limit of open files)";
        public const int SliceMs = 20;

        // .NET wakes a waiting call too, but resets the connection.
        public static readonly bool CloseWakes = false;
        public static readonly bool SendsEmptyDatagrams = true;
        public static readonly bool PeeksWithSender = true;
        public static readonly bool PollThrowsErrors = false;

        public static readonly bool CodesTellTheCause = true;

        public static bool HasFamily(AddressFamily family)
        {
            return family == AddressFamily.InterNetwork
                || (family == AddressFamily.InterNetworkV6 && NetSockets.Socket.OSSupportsIPv6);
        }

        public static int CodeOf(NetSockets.SocketException exception)
        {
            return (int)exception.SocketErrorCode;
        }

        public static Errno PendingError(int value)
        {
            return ErrnoTable.FromSocketError(value);
        }

        public static void SetLinger(NetSockets.Socket socket, bool on, int seconds)
        {
            socket.LingerState = new NetSockets.LingerOption(on, seconds);
        }

        public static int TcpOption(SocketOptionName name)
        {
            return (int)name;
        }
    }
}
#endif
