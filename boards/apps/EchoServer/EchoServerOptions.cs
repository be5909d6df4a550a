namespace IoTNet.Apps
{
    /// <summary>Takes a line that tells what the server does.</summary>
    /// <param name="line">The line, without its end.</param>
    public delegate void EchoLog(string line);

    /// <summary>The limits of an <see cref="EchoServer"/>. All memory is taken when the server is made:
    /// MaxClients x ClientBytes + DatagramBytes, 5.5 KiB as they stand here.</summary>
    public sealed class EchoServerOptions
    {
        /// <summary>Where to serve TCP and UDP. At first port 7 (RFC 862) on every IPv4 address; port 0 takes any free
        /// one.</summary>
        public IPEndPoint Listen { get; set; } = new IPEndPoint(IPAddress.Any, 7);

        /// <summary>How many TCP clients are served at once, 1 to 1,024; at first 8. The next ones wait in the
        /// backlog. Each takes a socket of the board's pool, and the server itself takes two.</summary>
        public int MaxClients { get; set; } = 8;

        /// <summary>How many connections may wait in the backlog; at first 4.</summary>
        public int Backlog { get; set; } = 4;

        /// <summary>How many bytes of a client may be on their way back, 1 to 65,536; at first 512. While they are not
        /// taken, nothing more is read from it.</summary>
        public int ClientBytes { get; set; } = 512;

        /// <summary>The longest datagram that is echoed, 0 to 65,535 bytes; at first 1,472, an Ethernet frame. Longer
        /// ones are dropped. 0 = no UDP, which saves a socket.</summary>
        public int DatagramBytes { get; set; } = 1472;

        /// <summary>How long, in ms, a client may neither send nor take anything before it is disconnected; at first
        /// 5 minutes. -1 = for ever: then peers that vanished keep their place.</summary>
        public int IdleTimeoutMs { get; set; } = 300000;

        /// <summary>Takes a line when a client comes or goes and when something fails; null = silent.</summary>
        public EchoLog Log { get; set; }
    }
}
