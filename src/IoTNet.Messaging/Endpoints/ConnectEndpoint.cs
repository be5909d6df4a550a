namespace IoTNet
{
    /// <summary>A connected endpoint: one session, which connects again when its connection is lost.</summary>
    internal sealed class ConnectEndpoint : IEndpoint
    {
        private readonly ZmtpSession _session;

        public ConnectEndpoint(MessageContext context, MessageSocket socket, string endpoint, string uri)
        {
            // A malformed one is refused here and now, not on the loop.
            TcpConnector.Check(uri);
            Name = endpoint;
            _session = new ZmtpSession(context, socket, uri);
        }

        public string Name { get; }

        public void Close()
        {
            _session.Stop();
        }
    }
}
