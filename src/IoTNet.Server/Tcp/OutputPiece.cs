namespace IoTNet
{
    /// <summary>A piece of a connection's unsent bytes.</summary>
    internal sealed class OutputPiece
    {
        public readonly byte[] Bytes;

        public int Begin;

        public int End;

        public OutputPiece Next;

        public OutputPiece(int size)
        {
            Bytes = new byte[size];
        }
    }
}
