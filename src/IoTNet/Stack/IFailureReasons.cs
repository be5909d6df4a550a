namespace IoTNet
{
    /// <summary>What a stack implements beside <see cref="INetworkStack"/> when it knows more about a failure than its
    /// Errno: the texts of <see cref="SocketException"/> have it.</summary>
    public interface IFailureReasons
    {
        /// <summary>Says why a socket's call failed.</summary>
        /// <param name="handle">The socket.</param>
        /// <param name="error">What the call gave.</param>
        /// <returns>The reason, for people; null when the Errno says it all.</returns>
        string DescribeFailure(int handle, Errno error);
    }
}
