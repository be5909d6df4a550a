namespace IoTNet
{
    /// <summary>A connected endpoint: one session, which connects again when its connection is lost.</summary>
    internal sealed class ConnectEndpoint : IEndpoint
    {
        /// <summary>Where to; tcp:// or unix://.</summary>
        public readonly string Uri;

        /// <summary>Where from; null when the stack chooses.</summary>
        public readonly string LocalUri;

        /// <summary>What connects.</summary>
        public readonly TcpConnector Connector;

        /// <summary>How often it was tried since there was a connection; the session's.</summary>
        public int Tries;

        /// <summary>The connect that goes on; the session's.</summary>
        public PendingConnect Pending;

        private readonly ZmtpSession _session;

        public ConnectEndpoint(MessageSocket socket, string endpoint, string uri, string localUri)
        {
            // A malformed one is refused here and now, not on the loop.
            TcpConnector.Check(uri, localUri);
            Name = endpoint;
            Uri = uri;
            LocalUri = localUri;
            Connector = socket.Context.ConnectorTo(uri, socket.Options.TransportSecurity);
            _session = new ZmtpSession(socket, endpoint, this);
            Peer = _session.Attach();
        }

        public string Name { get; }

        public Peer Peer { get; }

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
