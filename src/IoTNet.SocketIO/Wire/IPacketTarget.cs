namespace IoTNet
{
    /// <summary>Takes packets.</summary>
    internal interface IPacketTarget
    {
        /// <summary>A packet has come, with all its attachments.</summary>
        /// <param name="buffer">Holds it until the call returns.</param>
        /// <param name="parts">Its attachments.</param>
        /// <returns>Null; else what is wrong with it.</returns>
        string OnPacket(PacketHead head, byte[] buffer, PacketParts parts);
    }
}
