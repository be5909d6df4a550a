namespace IoTNet
{
    /// <summary>What a stack implements beside <see cref="INetworkStack"/> when it can tell how many sockets are open: how a test
    /// finds the one that was left open.</summary>
    public interface ISocketCounter
    {
        /// <summary>How many sockets are open.</summary>
        int OpenSockets { get; }
    }
}
