namespace IoTNet
{
    /// <summary>Hears what happens to a socket's connections. Called on the context's loop or an application's thread.</summary>
    internal interface ISocketMonitor
    {
        /// <summary>Something happened.</summary>
        /// <param name="kind">What.</param>
        /// <param name="endpoint">Where.</param>
        /// <param name="value">For ConnectRetried the wait in ms.</param>
        /// <param name="detail">Why, or who.</param>
        void Post(SocketEventKind kind, string endpoint, int value, string detail);
    }
}
