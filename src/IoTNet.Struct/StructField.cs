namespace IoTNet
{
    /// <summary>One code of a format with its count: <see cref="Repeat"/> values of <see cref="Size"/> bytes each.</summary>
    internal sealed class StructField
    {
        public readonly char Code;
        public readonly int Offset;
        public readonly int Size;
        public readonly int Repeat;
        public readonly bool IsInteger;
        public readonly bool IsSigned;

        // Of an integer, what is within these fits; what is not needs a closer look.
        public readonly long Least;
        public readonly long Greatest;

        public StructField(char code, int offset, int size, int repeat)
        {
            Code = code;
            Offset = offset;
            Size = size;
            Repeat = repeat;
            IsInteger = "bBhHiIlLqQnNP".IndexOf(code) >= 0;
            IsSigned = "bhilqn".IndexOf(code) >= 0;
            if (IsInteger)
            {
                int bits = (size * 8) - (IsSigned || size == 8 ? 1 : 0);
                Greatest = ~(-1L << bits);
                Least = IsSigned ? -1L << bits : 0;
            }
        }
    }
}
