namespace IoTNet
{
    /// <summary>How much a peer may send. A header of one more byte is refused before it is stored.</summary>
    public sealed class MessageLimits
    {
        /// <summary>The greatest header in bytes, 2 to 65,535 (what the two bytes before it can say); 1,024 at first. The
        /// usual header has about 110.</summary>
        public int HeaderBytes { get; set; } = 1024;

        /// <summary>The greatest content in bytes, from 0; 8,192 at first. Each connection may take that much memory.</summary>
        public int ContentBytes { get; set; } = 8192;
    }
}
