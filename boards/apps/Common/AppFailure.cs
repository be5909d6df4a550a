namespace IoTNet.Apps
{
    /// <summary>What people can do about a socket error.</summary>
    public static class AppFailure
    {
        /// <summary>Says what failed, and the next step where there is a usual one.</summary>
        /// <param name="failure">The error.</param>
        /// <returns>One line, or two.</returns>
        public static string Explain(SocketException failure)
        {
            switch (failure.Errno)
            {
                case Errno.EADDRINUSE:
                    return failure.Message + "\nAnother program serves there. End it, or choose another port; 0 takes any free one.";
                case Errno.EACCES:
                    return failure.Message + "\nPorts below 1024 need a right on most hosts. Choose a higher one; 0 takes any free one.";
                case Errno.EADDRNOTAVAIL:
                    return failure.Message + "\nChoose an address of this board: 0.0.0.0 is all of them, 127.0.0.1 the board alone.";
                default:
                    return failure.Message;
            }
        }
    }
}
