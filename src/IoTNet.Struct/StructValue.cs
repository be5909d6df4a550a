namespace IoTNet
{
    /// <summary>Boxed numbers, seen as Python sees its own.</summary>
    internal static class StructValue
    {
        // Any integer; a bool is 0 or 1. Of a ulong above long the bits.
        public static bool TryInteger(object value, out long bits, out bool isAboveLong)
        {
            isAboveLong = false;
            bits = 0;
            if (value is int)
            {
                bits = (int)value;
            }
            else if (value is byte)
            {
                bits = (byte)value;
            }
            else if (value is ushort)
            {
                bits = (ushort)value;
            }
            else if (value is short)
            {
                bits = (short)value;
            }
            else if (value is uint)
            {
                bits = (uint)value;
            }
            else if (value is long)
            {
                bits = (long)value;
            }
            else if (value is ulong)
            {
                bits = (long)(ulong)value;
                isAboveLong = bits < 0;
            }
            else if (value is sbyte)
            {
                bits = (sbyte)value;
            }
            else if (value is bool)
            {
                bits = (bool)value ? 1 : 0;
            }
            else
            {
                return false;
            }

            return true;
        }

        /// <summary>Any number.</summary>
        public static bool TryDouble(object value, out double number)
        {
            if (value is double)
            {
                number = (double)value;
                return true;
            }

            if (value is float)
            {
                number = (float)value;
                return true;
            }

            bool isInteger = TryInteger(value, out long bits, out bool isAboveLong);
            number = isAboveLong ? (ulong)bits : bits;
            return isInteger;
        }

        /// <summary>Python's truth: false is nothing, zero and what is empty.</summary>
        public static bool IsTrue(object value)
        {
            if (TryDouble(value, out double number))
            {
                return number != 0;
            }

            byte[] bytes = value as byte[];
            return bytes != null ? bytes.Length != 0 : value != null;
        }

        /// <summary>The .NET type of a size and sign.</summary>
        public static object Box(long bits, int size, bool isSigned)
        {
            switch (size)
            {
                case 1:
                    return isSigned ? (object)(sbyte)bits : (byte)bits;
                case 2:
                    return isSigned ? (object)(short)bits : (ushort)bits;
                case 4:
                    return isSigned ? (object)(int)bits : (uint)bits;
                default:
                    return isSigned ? (object)bits : (ulong)bits;
            }
        }
    }
}
