namespace IoTNet
{
    /// <summary>What a packet may be at most.</summary>
    internal sealed class PacketLimits
    {
        /// <summary>How deep JSON may be; trees are built by recursion.</summary>
        public const int MaxDepth = 32;

        /// <summary>A packet or an attachment, in bytes.</summary>
        public int MaxPayload;

        /// <summary>An event with all its attachments, in bytes.</summary>
        public int MaxEventBytes;
        public int MaxAttachments;
        public int MaxArguments;
        public int MaxNamespaceBytes;
    }
}
