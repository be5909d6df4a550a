namespace IoTNet.Tests
{
    /// <summary>
    /// The stack that this build of the suite tests. Each project supplies the other part, StackUnderTest.NAME.cs:
    /// <code>
    /// static INetworkStack Create()         the stack
    /// static INetworkStack CreateSmall(n)   the same with a pool of n sockets
    /// static int OpenSockets(stacks)        how many sockets are open on them
    /// static string UnixPrefix               what its AF_UNIX paths begin with
    /// static bool HasX, HasOption()         what the stack honestly cannot do; the tests then pin what it answers instead
    /// </code>
    /// </summary>
    internal static partial class StackUnderTest
    {
    }
}
