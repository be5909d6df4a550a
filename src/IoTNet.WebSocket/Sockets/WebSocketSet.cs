using System;

namespace IoTNet
{
    /// <summary>What the WebSockets of a server, or of a client's connect, have in common.</summary>
    internal sealed class WebSocketSet
    {
        // Taken from the generator at once, as a call of it costs more than a short frame.
        private const int RandomBytes = 64;

        private byte[] _random;
        private int _randomAt = RandomBytes;

        public WebSocketSet(EventLoop loop, WebSocketOptions options, ConnectionOptions connection)
        {
            Loop = loop;
            PingIntervalMs = options.PingIntervalMs;
            PongTimeoutMs = options.PongTimeoutMs;
            CloseTimeoutMs = options.CloseTimeoutMs;
            CompressLeastBytes = options.CompressLeastBytes;
            MaxBufferedBytes = connection.MaxBufferedBytes;
            HighWaterBytes = connection.HighWaterBytes;
            Batch = new OutputBatch(options.BatchBytes);
            Spare = new SpareBuffers(WebSocketDefaults.SpareBytes);
            Reader = new ReaderSettings(options.MaxFrameBytes, options.MaxMessageBytes, Spare, options.Compressor);
        }

        public EventLoop Loop { get; }

        /// <summary>Hears of the end of each; null for a client's.</summary>
        public IWebSocketOwner Owner { get; set; }

        public ReaderSettings Reader { get; }

        public int PingIntervalMs { get; }

        public int PongTimeoutMs { get; }

        public int CloseTimeoutMs { get; }

        /// <summary>Null when nothing is to be packed.</summary>
        public IMessageCompressor Compressor => Reader.Compressor;

        public int CompressLeastBytes { get; }

        public int MaxBufferedBytes { get; }

        public int HighWaterBytes { get; }

        public OutputBatch Batch { get; }

        public SpareBuffers Spare { get; }

        /// <summary>A masking key that nobody can foretell (RFC 6455 5.3 and 10.3).</summary>
        public uint NextMask()
        {
            if (_randomAt == RandomBytes)
            {
                _random ??= new byte[RandomBytes];
                Randomness.Fill(_random);
                _randomAt = 0;
            }

            int at = _randomAt;
            _randomAt += 4;
            return (uint)(_random[at] | (_random[at + 1] << 8) | (_random[at + 2] << 16) | (_random[at + 3] << 24));
        }
    }
}
