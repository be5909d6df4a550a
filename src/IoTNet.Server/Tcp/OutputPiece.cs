namespace IoTNet
{
    /// <summary>A piece of a connection's unsent bytes.</summary>
    internal sealed class OutputPiece
    {
        public readonly byte[] Bytes;

        public int Begin;

        public int End;

        public OutputPiece Next;

        /// <summary>Of the first piece: the last one.</summary>
        public OutputPiece Last;

        /// <summary>Of the first piece: the bytes of all pieces.</summary>
        public int Total;

        public OutputPiece(int size)
        {
            Bytes = new byte[size];
        }
    }
}
