namespace IoTNet
{
    /// <summary>The exceptions of servers, connections and connectors.</summary>
    internal static class TcpFailure
    {
        // Says what was tried, on what, and why it failed.
        public static SocketException Of(Errno error, string what)
        {
            return new SocketException(error, what + ": " + ErrnoTable.Describe(error));
        }
    }
}
