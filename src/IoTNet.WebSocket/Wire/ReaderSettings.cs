namespace IoTNet
{
    /// <summary>What the readers of all WebSockets of a server, or of a client's connect, have in common.</summary>
    internal sealed class ReaderSettings
    {
        public readonly int MaxFrameBytes;
        public readonly int MaxMessageBytes;
        public readonly SpareBuffers Spare;

        /// <summary>Null when nothing is to be packed.</summary>
        public readonly IMessageCompressor Compressor;

        public ReaderSettings(int maxFrameBytes, int maxMessageBytes, SpareBuffers spare, IMessageCompressor compressor)
        {
            MaxFrameBytes = maxFrameBytes;
            MaxMessageBytes = maxMessageBytes;
            Spare = spare;
            Compressor = compressor;
        }
    }
}
