namespace IoTNet
{
    // One value at a time, without boxing: for loops that must not allocate.
    public sealed partial class StructFormat
    {
        /// <summary>Reads one integer, bool or byte. Does not allocate.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">Where the structure begins; a negative one counts from the end.</param>
        /// <param name="index">Which value, from 0.</param>
        /// <returns>The value; for an unsigned code of 8 bytes its bits.</returns>
        /// <exception cref="StructException">The structure does not lie within the buffer; there is no such value, or it is
        /// no integer.</exception>
        public long GetInt64(byte[] buffer, int offset, int index)
        {
            int start = Locate(buffer, offset, false);
            StructField field = Find(index, out int at);
            return GetBits(buffer, start + at, CheckInteger(field, index));
        }

        /// <summary>Writes one integer, bool or byte and leaves the rest of the structure. Does not allocate.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where the structure begins; a negative one counts from the end.</param>
        /// <param name="index">Which value, from 0.</param>
        /// <param name="value">The value; for an unsigned code of 8 bytes its bits.</param>
        /// <exception cref="StructException">As <see cref="GetInt64"/>; the value does not fit.</exception>
        public void SetInt64(byte[] buffer, int offset, int index, long value)
        {
            int start = Locate(buffer, offset, true);
            StructField field = CheckInteger(Find(index, out int at), index);
            if (field.Code == '?')
            {
                value = value != 0 ? 1 : 0;
            }

            if (field.Size < 8 && !Fits(field, value, false))
            {
                throw Wrong(DescribeRange(field, value, false), index);
            }

            PutBits(buffer, start + at, field.Size, value);
        }

        /// <summary>Reads one number of the codes e, f and d. Does not allocate.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">Where the structure begins; a negative one counts from the end.</param>
        /// <param name="index">Which value, from 0.</param>
        /// <returns>The value.</returns>
        /// <exception cref="StructException">The structure does not lie within the buffer; there is no such value, or it is
        /// of another kind.</exception>
        public double GetDouble(byte[] buffer, int offset, int index)
        {
            int start = Locate(buffer, offset, false);
            StructField field = CheckFloat(Find(index, out int at), index);
            return GetDouble(buffer, start + at, field);
        }

        /// <summary>Writes one number of the codes e, f and d and leaves the rest of the structure. Does not
        /// allocate.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where the structure begins; a negative one counts from the end.</param>
        /// <param name="index">Which value, from 0.</param>
        /// <param name="value">The value.</param>
        /// <exception cref="StructException">As <see cref="GetDouble(byte[], int, int)"/>; the value is too large.</exception>
        public void SetDouble(byte[] buffer, int offset, int index, double value)
        {
            int start = Locate(buffer, offset, true);
            StructField field = CheckFloat(Find(index, out int at), index);
            PutDouble(buffer, start + at, field, value, index);
        }

        private StructField Find(int index, out int at)
        {
            int left = index;
            for (int i = 0; i < _fields.Length && left >= 0; i++)
            {
                StructField field = _fields[i];
                if (left < field.Repeat)
                {
                    at = field.Offset + (left * field.Size);
                    return field;
                }

                left -= field.Repeat;
            }

            throw new StructException("no value " + index.ToString() + ": '" + Format + "' has " + Count.ToString());
        }

        private static StructField CheckInteger(StructField field, int index)
        {
            if (IsText(field.Code) || IsFloat(field.Code))
            {
                throw Wrong("'" + field.Code.ToString() + "' is not an integer", index);
            }

            return field;
        }

        private static StructField CheckFloat(StructField field, int index)
        {
            if (!IsFloat(field.Code))
            {
                throw Wrong("'" + field.Code.ToString() + "' is not a float", index);
            }

            return field;
        }

        private static bool IsFloat(char code)
        {
            return code == 'd' || code == 'e' || code == 'f';
        }

        // A char is one byte, which is an integer as well.
        private static bool IsText(char code)
        {
            return code == 's' || code == 'p';
        }
    }
}
