using System;

namespace IoTNet
{
    // Values into bytes and back, one code at a time. The caller has made sure that the structure lies within the buffer.
    public sealed partial class StructFormat
    {
        private void Put(byte[] buffer, int start, object[] values)
        {
            Array.Clear(buffer, start, Size);
            int index = 0;
            for (int i = 0; i < _fields.Length; i++)
            {
                StructField field = _fields[i];
                int at = start + field.Offset;
                for (int n = 0; n < field.Repeat; n++)
                {
                    if (field.IsInteger)
                    {
                        PutInteger(buffer, at, field, values[index], index);
                    }
                    else
                    {
                        PutValue(buffer, at, field, values[index], index);
                    }

                    at += field.Size;
                    index++;
                }
            }
        }

        private void PutValue(byte[] buffer, int at, StructField field, object value, int index)
        {
            switch (field.Code)
            {
                case 'c':
                case 's':
                case 'p':
                    PutBytes(buffer, at, field, value as byte[], index);
                    break;
                case '?':
                    buffer[at] = StructValue.IsTrue(value) ? (byte)1 : (byte)0;
                    break;
                default:
                    if (!StructValue.TryDouble(value, out double number))
                    {
                        throw Wrong("required argument is not a float", index);
                    }

                    PutDouble(buffer, at, field, number, index);
                    break;
            }
        }

        private void PutInteger(byte[] buffer, int at, StructField field, object value, int index)
        {
            if (!StructValue.TryInteger(value, out long bits, out bool isAboveLong))
            {
                throw Wrong("required argument is not an integer", index);
            }

            if ((isAboveLong || bits < field.Least || bits > field.Greatest) && !Fits(field, bits, isAboveLong))
            {
                throw Wrong(DescribeRange(field, bits, isAboveLong), index);
            }

            PutBits(buffer, at, field.Size, bits);
        }

        private static void PutBytes(byte[] buffer, int at, StructField field, byte[] value, int index)
        {
            if (field.Code == 'c' && (value == null || value.Length != 1))
            {
                throw Wrong("char format requires a bytes object of length 1", index);
            }

            if (value == null)
            {
                throw Wrong("argument for '" + field.Code.ToString() + "' must be a bytes object", index);
            }

            int prefix = field.Code == 'p' ? 1 : 0;
            int count = value.Length < field.Size - prefix ? value.Length : field.Size - prefix;
            if (count < 0)
            {
                return;
            }

            Array.Copy(value, 0, buffer, at + prefix, count);
            if (prefix != 0)
            {
                buffer[at] = count > 255 ? (byte)255 : (byte)count;
            }
        }

        private void PutDouble(byte[] buffer, int at, StructField field, double value, int index)
        {
            long bits = BitConverter.DoubleToInt64Bits(value);
            if (field.Code != 'd')
            {
                bool isHalf = field.Code == 'e';
                bits = IeeeBits.Narrow(bits, isHalf ? IeeeBits.HalfExponent : IeeeBits.SingleExponent,
                    isHalf ? IeeeBits.HalfFraction : IeeeBits.SingleFraction, out bool overflow);

                // As Python: a native float is C's cast, which makes it infinite.
                if (overflow && (isHalf || !_isNative))
                {
                    throw Wrong("float too large to pack with " + field.Code.ToString() + " format", index);
                }
            }

            PutBits(buffer, at, field.Size, bits);
        }

        private void PutBits(byte[] buffer, int at, int size, long bits)
        {
            if (size == 2)
            {
                // The commonest, without the loop.
                int low = _isLittleEndian ? 0 : 1;
                buffer[at + low] = (byte)bits;
                buffer[at + 1 - low] = (byte)(bits >> 8);
                return;
            }

            int step = _isLittleEndian ? 1 : -1;
            int place = _isLittleEndian ? at : at + size - 1;
            for (int i = 0; i < size; i++)
            {
                buffer[place] = (byte)bits;
                bits >>= 8;
                place += step;
            }
        }

        private object[] Get(byte[] buffer, int start)
        {
            object[] values = new object[Count];
            int index = 0;
            for (int i = 0; i < _fields.Length; i++)
            {
                StructField field = _fields[i];
                int at = start + field.Offset;
                for (int n = 0; n < field.Repeat; n++)
                {
                    values[index++] = field.IsInteger ? StructValue.Box(GetBits(buffer, at, field), field.Size, field.IsSigned)
                        : GetValue(buffer, at, field);
                    at += field.Size;
                }
            }

            return values;
        }

        private object GetValue(byte[] buffer, int at, StructField field)
        {
            switch (field.Code)
            {
                case 'c':
                case 's':
                case 'p':
                    return GetBytes(buffer, at, field);
                case '?':
                    return buffer[at] != 0;
                case 'e':
                case 'f':
                    return (float)GetDouble(buffer, at, field);
                default:
                    return GetDouble(buffer, at, field);
            }
        }

        private static byte[] GetBytes(byte[] buffer, int at, StructField field)
        {
            int count = field.Size;
            if (field.Code == 'p' && count > 0)
            {
                count = buffer[at] < count ? buffer[at] : count - 1;
                at++;
            }

            byte[] value = new byte[count];
            Array.Copy(buffer, at, value, 0, count);
            return value;
        }

        private double GetDouble(byte[] buffer, int at, StructField field)
        {
            long bits = GetBits(buffer, at, field);
            if (field.Code != 'd')
            {
                bits = field.Code == 'e' ? IeeeBits.Widen(bits, IeeeBits.HalfExponent, IeeeBits.HalfFraction)
                    : IeeeBits.Widen(bits, IeeeBits.SingleExponent, IeeeBits.SingleFraction);
            }

            return BitConverter.Int64BitsToDouble(bits);
        }

        // Sign-extended where the code has a sign.
        private long GetBits(byte[] buffer, int at, StructField field)
        {
            int size = field.Size;
            int step = _isLittleEndian ? -1 : 1;
            int place = _isLittleEndian ? at + size - 1 : at;
            long bits = field.IsSigned ? (sbyte)buffer[place] : buffer[place];
            for (int i = 1; i < size; i++)
            {
                place += step;
                bits = (bits << 8) | buffer[place];
            }

            return bits;
        }
    }
}
