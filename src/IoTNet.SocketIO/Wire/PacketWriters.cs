namespace IoTNet
{
    /// <summary>The writers of a server or a manager: one, and another when a packet is made within the making of one.</summary>
    internal sealed class PacketWriters
    {
        private readonly int _maxNamespaceBytes;
        private PacketWriter _spare;

        public PacketWriters(int maxNamespaceBytes)
        {
            _maxNamespaceBytes = maxNamespaceBytes;
        }

        public PacketWriter Take()
        {
            PacketWriter writer = _spare ?? new PacketWriter(_maxNamespaceBytes);
            _spare = null;
            return writer;
        }

        public void GiveBack(PacketWriter writer)
        {
            writer.Reset();
            if (writer.Json.Buffer.Length <= SocketIODefaults.KeptBytes)
            {
                _spare = writer;
            }
        }
    }
}
