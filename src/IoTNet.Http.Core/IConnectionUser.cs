namespace IoTNet
{
    /// <summary>Whoever a connection's events are for: <see cref="Connection.Tag"/> holds it, so that one set of delegates, made
    /// once, serves all connections, and a connection changes its protocol by another object there.</summary>
    internal interface IConnectionUser
    {
        void OnData(byte[] buffer, int offset, int count);

        void OnEnded();

        void OnDrain();

        void OnError(SocketException error);

        void OnClosed();
    }
}
