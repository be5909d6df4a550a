namespace IoTNet
{
    /// <summary>The limits and rules of an <see cref="HttpServer"/>, read when it is made.</summary>
    public class HttpServerOptions
    {
        /// <summary>The limits of its TCP server. Defaults as there, but on a desktop 1,024 connections, a backlog of 128, a receive
        /// buffer of 160 KiB, marks of 256 and 64 KiB and at most 32 MiB unsent; on a device buffers of 1 KiB, marks of 4 and 1 KiB and at
        /// most 20 KiB.</summary>
        public TcpServerOptions Tcp { get; } = new TcpServerOptions
        {
            Backlog = HttpDefaults.Backlog,
            MaxConnections = HttpDefaults.MaxConnections,
            BufferBytes = HttpDefaults.BufferBytes,
            HighWaterBytes = HttpDefaults.HighWaterBytes,
            LowWaterBytes = HttpDefaults.LowWaterBytes,
            MaxBufferedBytes = HttpDefaults.MaxBufferedBytes,
        };

        /// <summary>Decides about each request, upgrades and others, by its Authorization header; null, the default, = all are
        /// allowed. Without TLS what it brings can be read by everybody on the network.</summary>
        public HttpAuthorizer Authorize { get; set; }

        /// <summary>The name under which browsers ask their user for name and password. Default <c>board</c>.</summary>
        public string Realm { get; set; } = "board";

        /// <summary>The longest head of a request, in bytes, 256 to 65,536. Default 16 KiB; on a device 2 KiB. Too small: browsers with
        /// many cookies get 431; too large: each client may fill as much memory.</summary>
        public int MaxHeadBytes { get; set; } = HttpDefaults.MaxHeadBytes;

        /// <summary>The most headers of a request, 1 or more. Default 100; on a device 40. Too small: 431 for browsers; too large:
        /// each lookup walks as many.</summary>
        public int MaxHeaders { get; set; } = HttpDefaults.MaxHeaders;

        /// <summary>The longest body of a request, in bytes, 0 or more. Default 1 MiB; on a device 4 KiB. Too small: 413; too
        /// large: each client may fill as much memory.</summary>
        public int MaxBodyBytes { get; set; } = HttpDefaults.MaxBodyBytes;

        /// <summary>How long a client may take for the head of a request, from the connect on, in ms, 1 or more. Default 10,000. Too
        /// short: clients on slow links get 408; too long: those that send a byte now and then hold all places.</summary>
        public int HeadTimeoutMs { get; set; } = 10000;

        /// <summary>How long a client may take for the body of a request, in ms, 1 or more. Default 30,000. As
        /// HeadTimeoutMs.</summary>
        public int BodyTimeoutMs { get; set; } = 30000;

        /// <summary>How long a connection is kept for another request, in ms; 0 = not. Default 5,000. Too short: a connect for each
        /// request; too long: idle browsers hold places.</summary>
        public int KeepAliveMs { get; set; } = 5000;

        internal virtual void Check()
        {
            OptionRange.Check(MaxHeadBytes, 256, 65536, nameof(MaxHeadBytes));
            OptionRange.Check(MaxHeaders, 1, int.MaxValue, nameof(MaxHeaders));
            OptionRange.Check(MaxBodyBytes, 0, int.MaxValue / 2, nameof(MaxBodyBytes));
            OptionRange.Check(HeadTimeoutMs, 1, int.MaxValue, nameof(HeadTimeoutMs));
            OptionRange.Check(BodyTimeoutMs, 1, int.MaxValue, nameof(BodyTimeoutMs));
            OptionRange.Check(KeepAliveMs, 0, int.MaxValue, nameof(KeepAliveMs));
            OptionRange.Check(Tcp.MaxBufferedBytes, Tcp.HighWaterBytes + 1, int.MaxValue, nameof(Tcp.MaxBufferedBytes));
        }
    }
}
