namespace IoTNet.Tests
{
    /// <summary>
    /// The stack that this build of the suite tests. Each project supplies the other part, StackUnderTest.NAME.cs:
    /// <code>
    /// static StackCapabilities Capabilities   what it honestly cannot do; the tests then pin what it answers instead
    /// static INetworkStack Create()           the stack
    /// static INetworkStack CreateSmall(n)     the same with a pool of n sockets
    /// </code>
    /// </summary>
    internal static partial class StackUnderTest
    {
        /// <summary>How many sockets are open on a board's stacks, the one in memory included.</summary>
        public static int OpenSockets(NetworkStack stacks)
        {
            int open = ((ISocketCounter)stacks.Network).OpenSockets;
            return stacks.Local == null || stacks.Local == stacks.Network ? open : open + ((ISocketCounter)stacks.Local).OpenSockets;
        }
    }
}
