#if NANOFRAMEWORK_1_0
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // A board: nanoFramework's System.Net over lwIP.
    internal static class Platform
    {
        public const string StackName = "lwip";
        public const bool HasLoopback = false;
        public const int DefaultSockets = 32;
        public const string SystemLimit = "the board's network stack has no free socket (ESP32: 16, ESP32-C3: 8, STM32: 4)";

        // How long a wait lasts before it looks whether another thread has shut the socket down.
        public const int SliceMs = 250;

        // nanoFramework wakes a waiting call when its socket is closed.
        public static readonly bool CloseWakes = true;

        // Its send loops while bytes are left to send: an empty datagram never leaves.
        public static readonly bool SendsEmptyDatagrams = false;

        // Its recvfrom hands the flag on to lwIP by number, where it means something else.
        public static readonly bool PeeksWithSender = false;

        // Its poll looks for errors too, and throws when it finds one.
        public static readonly bool PollThrowsErrors = true;

        // When a call of lwIP fails, nanoFramework throws the code of the last error that it asked for itself, mostly 10035.
        public static readonly bool CodesTellTheCause = false;

        // Its IPEndPoint is IPv4's alone.
        public static bool HasFamily(AddressFamily family)
        {
            return family == AddressFamily.InterNetwork;
        }

        public static int CodeOf(NetSockets.SocketException exception)
        {
            return exception.ErrorCode;
        }

        // SO_ERROR comes as lwIP has it: lwIP's own numbers or newlib's, by how the firmware was built.
        public static Errno PendingError(int value)
        {
            switch (value)
            {
                case 0: return Errno.None;
                case 12: return Errno.ENOMEM;
                case 101: return Errno.ENETUNREACH;
                case 103: return Errno.ECONNABORTED;
                case 104: return Errno.ECONNRESET;
                case 105: return Errno.ENOBUFS;
                case 107:
                case 128: return Errno.ENOTCONN;
                case 110:
                case 116: return Errno.ETIMEDOUT;
                case 111: return Errno.ECONNREFUSED;

                // ECONNABORTED in newlib, EHOSTUNREACH in lwIP: the host does not answer, either way.
                case 113:
                case 118: return Errno.EHOSTUNREACH;
                default: return Errno.EIO;
            }
        }

        // An int of seconds and an option to turn it off, instead of the pair that POSIX has.
        public static void SetLinger(NetSockets.Socket socket, bool on, int seconds)
        {
            if (on)
            {
                socket.SetSocketOption(NetSockets.SocketOptionLevel.Socket, NetSockets.SocketOptionName.Linger, seconds);
            }
            else
            {
                socket.SetSocketOption(NetSockets.SocketOptionLevel.Socket, NetSockets.SocketOptionName.DontLinger, true);
            }
        }

        // Options of TCP go through to lwIP by number.
        public static int TcpOption(SocketOptionName name)
        {
            switch (name)
            {
                case SocketOptionName.TcpKeepAliveTime: return 3;
                case SocketOptionName.TcpKeepAliveInterval: return 4;
                case SocketOptionName.TcpKeepAliveRetryCount: return 5;
                default: return (int)name;
            }
        }
    }
}
#endif
