namespace IoTNet
{
    /// <summary>The limits of WebSockets. They are read when a server is made or a client connects; later changes do not reach
    /// it.</summary>
    public class WebSocketOptions
    {
        /// <summary>The longest payload of a frame that is taken, in bytes, 125 or more. Default 16 MiB; on a device 16 KiB. Too
        /// small: peers that send more are closed with 1009; too large: no memory by itself, as MaxMessageBytes bounds what is
        /// kept. Not for a WebSocket with <c>WebSocket.Part</c>, which keeps nothing.</summary>
        public int MaxFrameBytes { get; set; } = WebSocketDefaults.MaxFrameBytes;

        /// <summary>The longest message that is taken, all its frames together and unpacked, in bytes, 125 or more. Default 16 MiB; on
        /// a device 16 KiB. Too small: peers that send more are closed with 1009; too large: each peer may fill as much
        /// memory. Not for a WebSocket with <c>WebSocket.Part</c>.</summary>
        public int MaxMessageBytes { get; set; } = WebSocketDefaults.MaxMessageBytes;

        /// <summary>After so long a silence of the peer, or up to twice as long, it gets a ping, in ms, 1 or more; 0 = never. Default
        /// 30,000. Too short: traffic, and radios that do not sleep; too long, or never: peers that have vanished keep their
        /// place, a NAT may forget the connection, and one that is silent by nature is lost after
        /// <see cref="ConnectionOptions.IdleTimeoutMs"/>.</summary>
        public int PingIntervalMs { get; set; } = 30000;

        /// <summary>How long after that ping anything has to come, in ms, 1 or more. Default 20,000. Too short: peers on slow links
        /// are lost; too long: those that have vanished keep their place.</summary>
        public int PongTimeoutMs { get; set; } = 20000;

        /// <summary>How long the peer may take to answer a close frame and to end its connection, in ms, 1 or more. Default
        /// 5,000. Too short: what it still sends is lost; too long: peers that never answer keep their place.</summary>
        public int CloseTimeoutMs { get; set; } = 5000;

        /// <summary>How many bytes of small frames are joined to one write, in bytes, 256 to 1,048,576; one buffer for all WebSockets of
        /// a server, one for each client. Default 131,072, a client's 16,384; on a device 1,024. Too small: more writes; too large: memory.</summary>
        public int BatchBytes { get; set; } = WebSocketDefaults.BatchBytes;

        /// <summary>Packs messages (permessage-deflate, RFC 7692, without context takeover) when the peer does, too; null, the
        /// default, = they go as they are. Risk: time for each message, memory for the time of it, and secrets beside text of
        /// somebody else's choice may be guessed by their packed length.</summary>
        public IMessageCompressor Compressor { get; set; }

        /// <summary>Messages of fewer bytes are not packed, 1 or more. Default 1,024. Too small: time for little; too large:
        /// nothing is packed.</summary>
        public int CompressLeastBytes { get; set; } = 1024;

        internal virtual void Check()
        {
            OptionRange.Check(MaxFrameBytes, 125, int.MaxValue, nameof(MaxFrameBytes));
            OptionRange.Check(MaxMessageBytes, 125, int.MaxValue / 2, nameof(MaxMessageBytes));
            OptionRange.Check(PingIntervalMs, 0, int.MaxValue, nameof(PingIntervalMs));
            OptionRange.Check(PongTimeoutMs, 1, int.MaxValue, nameof(PongTimeoutMs));
            OptionRange.Check(CloseTimeoutMs, 1, int.MaxValue, nameof(CloseTimeoutMs));
            OptionRange.Check(BatchBytes, 256, 1 << 20, nameof(BatchBytes));
            OptionRange.Check(CompressLeastBytes, 1, int.MaxValue, nameof(CompressLeastBytes));
        }
    }
}
