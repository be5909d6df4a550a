namespace IoTNet
{
    // Which integers a code takes, and what is said of the others.
    public sealed partial class StructFormat
    {
        private static bool Fits(StructField field, long value, bool isAboveLong)
        {
            int bits = field.Size * 8;
            if (field.Code == 'P')
            {
                // As Python: an address may be given with or without a sign.
                return bits == 64 || (!isAboveLong && value >> (bits - 1) >= -1 && value >> bits <= 0);
            }

            if (field.IsSigned)
            {
                return !isAboveLong && (bits == 64 || value >> (bits - 1) == value >> 63);
            }

            return isAboveLong ? bits == 64 : value >= 0 && (bits == 64 || value >> bits == 0);
        }

        private static string DescribeRange(StructField field, long value, bool isAboveLong)
        {
            bool isSigned = field.IsSigned;
            int bits = field.Size * 8;
            string low = isSigned ? (-1L << (bits - 1)).ToString() : "0";
            string high = isSigned ? (~(-1L << (bits - 1))).ToString() : (ulong.MaxValue >> (64 - bits)).ToString();
            string number = isAboveLong ? ((ulong)value).ToString() : value.ToString();
            return "'" + field.Code.ToString() + "' format requires " + low + " <= number <= " + high + ", not " + number;
        }

        private static StructException Wrong(string text, int index)
        {
            return new StructException(text + " (value " + index.ToString() + ")");
        }
    }
}
