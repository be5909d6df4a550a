namespace IoTNet
{
    /// <summary>One code of a format with its count: <see cref="Repeat"/> values of <see cref="Size"/> bytes each.</summary>
    internal sealed class StructField
    {
        public readonly char Code;
        public readonly int Offset;
        public readonly int Size;
        public readonly int Repeat;

        public StructField(char code, int offset, int size, int repeat)
        {
            Code = code;
            Offset = offset;
            Size = size;
            Repeat = repeat;
        }
    }
}
