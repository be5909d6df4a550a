namespace IoTNet
{
    /// <summary>The limits of a <see cref="TcpServer"/>, read when it is made.</summary>
    public sealed class TcpServerOptions : ConnectionOptions
    {
        /// <summary>How many clients may wait to be accepted, 1 or more; above <see cref="Socket.MaxBacklog"/> counts as that.
        /// Default 16. Too small: a burst of clients is refused or must try again; too large: on boards each that waits takes one
        /// of the few connections that the stack has.</summary>
        public int Backlog { get; set; } = 16;

        /// <summary>How many connections are served at once, 1 or more. Default 8. Too small: clients wait although they could be
        /// served; too large: the board's pool of sockets ends first, and the rest of the program gets ENFILE.</summary>
        public int MaxConnections { get; set; } = 8;

        /// <summary>What becomes of clients above MaxConnections: false, the default, lets them wait in the backlog, without a
        /// word; true accepts and closes them at once (event <see cref="TcpServer.Refused"/>), which takes one socket more for
        /// that moment.</summary>
        public bool RefuseAboveLimit { get; set; }

        /// <summary>How long a client may take to send its first byte, in ms, 1 or more; -1, the default, = as long as
        /// IdleTimeoutMs. For protocols in which the client speaks first. Too short: clients on slow links are lost; too long:
        /// those that connect and say nothing hold all places.</summary>
        public int FirstByteTimeoutMs { get; set; } = -1;

        /// <summary>How long the middleware may take to decide about a client, in ms, 1 or more; -1 = for ever. Default 10,000.
        /// Too short: slow handshakes fail; too long: a middleware that forgets to call next holds a place.</summary>
        public int MiddlewareTimeoutMs { get; set; } = 10000;

        internal override void Check()
        {
            base.Check();
            CheckRange(Backlog, 1, int.MaxValue, nameof(Backlog));
            CheckRange(MaxConnections, 1, int.MaxValue, nameof(MaxConnections));
            CheckTimeout(FirstByteTimeoutMs, nameof(FirstByteTimeoutMs));
            CheckTimeout(MiddlewareTimeoutMs, nameof(MiddlewareTimeoutMs));
        }
    }
}
