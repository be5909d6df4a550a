namespace IoTNet
{
    /// <summary>The attachments of a packet, one behind the other in a buffer.</summary>
    internal sealed class PacketParts
    {
        /// <summary>For packets without any; never changed.</summary>
        public static readonly PacketParts None = new PacketParts();

        public byte[] Buffer { get; set; }

        public int Count { get; set; }

        /// <summary>Where each ends; it begins where the one before it ends.</summary>
        public int[] Ends { get; set; }

        /// <summary>Where the first begins.</summary>
        public int Start { get; set; }

        public int OffsetOf(int index)
        {
            return index == 0 ? Start : Ends[index - 1];
        }

        public int CountOf(int index)
        {
            return Ends[index] - OffsetOf(index);
        }
    }
}
