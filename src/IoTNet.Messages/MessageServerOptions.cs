namespace IoTNet
{
    /// <summary>Address and limits of a <see cref="MessageServer"/>.</summary>
    public sealed class MessageServerOptions
    {
        /// <summary>Where to listen; port 0, any free one, at first.</summary>
        public EndPoint Listen { get; set; } = new IPEndPoint(IPAddress.Any, 0);

        /// <summary>The most clients at once, 1 to 1,024; 4 at first. Each takes a socket and, while it sends, up to
        /// <see cref="Limits"/> of memory. Others wait in the backlog.</summary>
        public int MaxClients { get; set; } = 4;

        /// <summary>How long in ms a client may take for a request, and then for its answer; -1 = for ever, which lets silent
        /// clients keep all places; 10,000 at first.</summary>
        public int TimeoutMs { get; set; } = 10000;

        /// <summary>Whether a client may send another request after its answer; false, the protocol's habit, at first: the
        /// server closes when the answer is sent.</summary>
        public bool KeepAlive { get; set; }

        /// <summary>What a client may send.</summary>
        public MessageLimits Limits { get; set; } = new MessageLimits();

        /// <summary>Told of every client that fails; null, nobody, at first.</summary>
        public MessageLog Log { get; set; }
    }
}
