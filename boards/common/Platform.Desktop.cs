#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;

namespace IoTNet.Boards
{
    // The desktop, through the desktop half.
    internal static class Platform
    {
        public const string StackName = "host";
        public const bool HasLoopback = true;
        public const int DefaultSockets = 1024;
        public const string SystemLimit = "the operating system opens no more sockets for this process (the limit of open files)";

        public static readonly bool CodesTellTheCause = true;

        public static bool HasFamily(AddressFamily family)
        {
            return family == AddressFamily.InterNetwork
                || (family == AddressFamily.InterNetworkV6 && System.Net.Sockets.Socket.OSSupportsIPv6)
                || (family == AddressFamily.Unix && !OperatingSystem.IsWindows());
        }

        public static int CodeOf(System.Net.Sockets.SocketException exception)
        {
            return (int)exception.SocketErrorCode;
        }
    }
}
#endif
