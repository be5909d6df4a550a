// Python 3, Lib/struct, "Format Strings": byte order, counts, padding and alignment.
using System;

namespace IoTNet
{
    /// <summary>Reads a format string once, into fields with their places.</summary>
    internal sealed class StructParser
    {
        private readonly string _format;
        private readonly int _longSize;
        private readonly int _pointerSize;
        private readonly StructField[] _fields;
        private int _fieldCount;
        private long _size;

        public StructParser(string format, int longSize, int pointerSize)
        {
            _format = format;
            _longSize = longSize;
            _pointerSize = pointerSize;
            _fields = new StructField[format.Length];
        }

        /// <summary>Native sizes and alignment; else standard sizes and none.</summary>
        public bool IsNative { get; private set; }

        public bool IsLittleEndian { get; private set; }

        /// <summary>The bytes of the whole structure.</summary>
        public int Size => (int)_size;

        /// <summary>How many values go in and come out.</summary>
        public int ValueCount { get; private set; }

        /// <exception cref="StructException">The string is no format.</exception>
        public StructField[] Parse()
        {
            if (_format.IndexOf('\0') >= 0)
            {
                throw new StructException("embedded null character");
            }

            int at = ReadByteOrder();
            while (at < _format.Length)
            {
                if (IsSpace(_format[at]))
                {
                    at++;
                    continue;
                }

                int count = ReadCount(ref at);
                Add(_format[at], at, count);
                at++;
            }

            StructField[] fields = new StructField[_fieldCount];
            Array.Copy(_fields, 0, fields, 0, _fieldCount);
            return fields;
        }

        private int ReadByteOrder()
        {
            char first = _format.Length == 0 ? '@' : _format[0];
            IsNative = first != '<' && first != '>' && first != '!' && first != '=';
            IsLittleEndian = first == '<' || (first != '>' && first != '!' && BitConverter.IsLittleEndian);
            return _format.Length != 0 && (first == '@' || !IsNative) ? 1 : 0;
        }

        // The digits before a code; 1 when there are none.
        private int ReadCount(ref int at)
        {
            if (!IsDigit(_format[at]))
            {
                return 1;
            }

            long count = 0;
            while (at < _format.Length && IsDigit(_format[at]))
            {
                count = (count * 10) + (_format[at] - '0');
                CheckSize(count);
                at++;
            }

            if (at == _format.Length)
            {
                throw new StructException("repeat count given without format specifier: '" + _format + "' ends after " + count.ToString());
            }

            return (int)count;
        }

        private void Add(char code, int at, int count)
        {
            int size = GetSize(code);
            if (size == 0)
            {
                throw new StructException("bad char in struct format: '" + code.ToString() + "' at " + at.ToString() + " of '" + _format + "'");
            }

            // A count of 0 aligns all the same; the end of a structure is not padded.
            if (IsNative)
            {
                _size = (_size + size - 1) / size * size;
            }

            CheckSize(_size + ((long)count * size));
            bool isText = code == 's' || code == 'p';
            int repeat = isText ? 1 : count;
            if (code != 'x' && repeat > 0)
            {
                _fields[_fieldCount++] = new StructField(code, (int)_size, isText ? count : size, repeat);
                ValueCount += repeat;
            }

            _size += (long)count * size;
        }

        // Bytes of one; a C type's alignment is its size on every machine that is meant here. 0: no such code.
        private int GetSize(char code)
        {
            switch (code)
            {
                case 'x':
                case 'c':
                case 'b':
                case 'B':
                case '?':
                case 's':
                case 'p':
                    return 1;
                case 'h':
                case 'H':
                case 'e':
                    return 2;
                case 'i':
                case 'I':
                case 'f':
                    return 4;
                case 'l':
                case 'L':
                    return IsNative ? _longSize : 4;
                case 'q':
                case 'Q':
                case 'd':
                    return 8;
                case 'n':
                case 'N':
                case 'P':
                    return IsNative ? _pointerSize : 0;
                default:
                    return 0;
            }
        }

        private void CheckSize(long size)
        {
            if (size > int.MaxValue)
            {
                throw new StructException("total struct size too long: '" + _format + "' has more than 2147483647 bytes");
            }
        }

        private static bool IsDigit(char c)
        {
            return c >= '0' && c <= '9';
        }

        // C's isspace().
        private static bool IsSpace(char c)
        {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }
    }
}
