namespace IoTNet
{
    /// <summary>Characters as bytes, by RFC 3629: which bytes are UTF-8, and a character's own. A device's encoding does not
    /// tell where bytes are none, and knows nothing of single characters.</summary>
    public static class Utf8
    {
        /// <summary>Measures the character at a place.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="position">Where the character begins, within the buffer.</param>
        /// <param name="end">Where the bytes end: the index after the last one.</param>
        /// <returns>Its bytes, 1 to 4; 0 when it is none: overlong, a surrogate, beyond U+10FFFF, or cut off.</returns>
        public static int LengthAt(byte[] buffer, int position, int end)
        {
            int length = MeasureAt(buffer, position, end);
            return length > 0 ? length : 0;
        }

        /// <summary>Measures the character at a place, and tells bytes that are none from a character that is cut off: for
        /// bytes that come in pieces, and for replacing bad ones.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="position">Where the character begins, within the buffer.</param>
        /// <param name="end">Where the bytes end: the index after the last one.</param>
        /// <returns>Its bytes, 1 to 4; 0 when all bytes to the end begin one; -n when the first n, 1 to 3, are none: the
        /// longest part that could begin one, or a single byte (Unicode 3.9, substitution of maximal subparts).</returns>
        public static int MeasureAt(byte[] buffer, int position, int end)
        {
            int first = buffer[position];
            if (first < 0x80)
            {
                return 1;
            }

            if (first < 0xC2 || first > 0xF4)
            {
                return -1;
            }

            // RFC 3629 4: the second byte's range is what keeps overlong forms, surrogates and what is beyond U+10FFFF out.
            int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
            int from = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int to = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            for (int i = 1; i < length; i++)
            {
                if (position + i == end)
                {
                    return 0;
                }

                int next = buffer[position + i];
                if (next < from || next > to)
                {
                    return -i;
                }

                from = 0x80;
                to = 0xBF;
            }

            return length;
        }

        /// <summary>Writes a character.</summary>
        /// <param name="character">Its number, 0 to 0x10FFFF; a surrogate's is written like any other.</param>
        /// <param name="target">Takes the bytes, at most 4.</param>
        /// <param name="position">Where they go.</param>
        /// <returns>The place after it.</returns>
        public static int Put(int character, byte[] target, int position)
        {
            if (character < 0x80)
            {
                target[position++] = (byte)character;
                return position;
            }

            int shift = character < 0x800 ? 6 : character < 0x10000 ? 12 : 18;
            int lead = character < 0x800 ? 0xC0 : character < 0x10000 ? 0xE0 : 0xF0;
            target[position++] = (byte)(lead | (character >> shift));
            for (shift -= 6; shift >= 0; shift -= 6)
            {
                target[position++] = (byte)(0x80 | ((character >> shift) & 0x3F));
            }

            return position;
        }
    }
}
