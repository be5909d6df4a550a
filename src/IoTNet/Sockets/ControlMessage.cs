namespace IoTNet
{
    /// <summary>One piece of control data (POSIX <c>struct cmsghdr</c>): what travels beside a message's bytes.</summary>
    /// <remarks>Data by level and type: IP PacketInformation = interface number (4 bytes, low byte first), local address
    /// (4), destination address (4); IPv6 PacketInformation = destination address (16), interface number (4);
    /// ReceiveTimeToLive and HopLimit = an int (4 bytes, low byte first).</remarks>
    public sealed class ControlMessage
    {
        /// <summary>Makes a piece of control data.</summary>
        /// <param name="level">The layer that it belongs to.</param>
        /// <param name="type">What it is, by the option that asks for it.</param>
        /// <param name="data">Its bytes; kept, not copied.</param>
        public ControlMessage(SocketOptionLevel level, SocketOptionName type, byte[] data)
        {
            Level = level;
            Type = type;
            Data = data;
        }

        /// <summary>The layer that it belongs to.</summary>
        public SocketOptionLevel Level { get; }

        /// <summary>What it is.</summary>
        public SocketOptionName Type { get; }

        /// <summary>Its bytes.</summary>
        public byte[] Data { get; }
    }
}
