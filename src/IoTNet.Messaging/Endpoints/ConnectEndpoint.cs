namespace IoTNet
{
    /// <summary>A connected endpoint: one session, which connects again when its connection is lost.</summary>
    internal sealed class ConnectEndpoint : IEndpoint
    {
        private readonly ZmtpSession _session;

        public ConnectEndpoint(MessageContext context, MessageSocket socket, string endpoint, string uri, string localUri)
        {
            // A malformed one is refused here and now, not on the loop.
            TcpConnector.Check(uri, localUri);
            Name = endpoint;
            _session = new ZmtpSession(context, socket, endpoint, uri, localUri);
        }

        public string Name { get; }

        public Peer Peer => _session.FirstPeer;

        public void AwaitEnd()
        {
            // What is left goes out on its own.
        }

        public void Close()
        {
            _session.Stop();
        }
    }
}
