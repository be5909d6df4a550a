namespace IoTNet
{
    /// <summary>Every limit of a <see cref="LoopbackStack"/>: those of AF_UNIX sockets hold for TCP and UDP, too.</summary>
    public sealed class LoopbackLimits : UnixLimits
    {
        /// <summary>How long a TCP connect waits for a full backlog at most, in ms, at least 1: then ETIMEDOUT. Default 75,000
        /// (RFC 1122 4.2.3.5 asks for a limit; BSD's is 75 s). The number of waiting connects needs no limit of its own:
        /// each is an open socket.</summary>
        public int ConnectTimeoutMs { get; set; } = 75000;
    }
}
