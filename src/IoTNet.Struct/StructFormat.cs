// Python 3, Lib/struct: C structures as bytes.
using System;

namespace IoTNet
{
    /// <summary>
    /// A structure's layout, as Python's <c>struct.Struct</c>: packs values into bytes and reads them back. A format is read
    /// once and can be used by any number of threads.
    /// </summary>
    /// <remarks>
    /// <para>The first character is the byte order: <c>@</c> (also when there is none) this machine's order, sizes and
    /// alignment; <c>=</c> this machine's order; <c>&lt;</c> little endian; <c>&gt;</c> and <c>!</c> big endian (network
    /// order). All but <c>@</c> have standard sizes and no padding. Then codes, each with a count before it if need be, with
    /// spaces between them: <c>x</c> a pad byte, <c>c</c> a byte[] of length 1, <c>b B h H i I l L q Q</c> signed and
    /// unsigned integers of 1, 2, 4, 4 and 8 bytes, <c>n N</c> (only <c>@</c>) ssize_t and size_t, <c>P</c> (only <c>@</c>) a
    /// pointer, <c>?</c> a bool, <c>e f d</c> numbers of 2, 4 and 8 bytes by IEEE 754, <c>s</c> and <c>p</c> a byte[] whose
    /// room is the count (<c>p</c>: with its length in the first byte; longer ones are cut).</para>
    /// <para>Native sizes are those of the machine that runs the code: on a board (32 bits) <c>l L n N P</c> have 4 bytes,
    /// on a 64-bit desktop 8 (<c>l L</c> under Windows 4). Each C type is aligned to its size, also <c>q</c> and <c>d</c>
    /// on a board. Nothing is padded at the end, as in Python.</para>
    /// <para>Values are boxed .NET numbers; any integer type goes into any integer code that can hold it, a bool counts as 0
    /// or 1. They come out as sbyte, byte, short, ushort, int, uint, long, ulong by the code's size and sign, as bool, float
    /// (<c>e f</c>), double and byte[]. <see cref="GetInt64"/> and its neighbours box nothing.</para>
    /// <para>Differs from Python: a structure has at most 2,147,483,647 bytes; every error is a <see cref="StructException"/>;
    /// its text begins with Python's, which for a number out of range is always the one with the range; <c>0p</c> reads as
    /// an empty byte[].</para>
    /// </remarks>
    public sealed partial class StructFormat
    {
        private readonly StructField[] _fields;
        private readonly bool _isLittleEndian;
        private readonly bool _isNative;

        /// <summary>Reads a format.</summary>
        /// <param name="format">For example <c>"!HHl"</c>.</param>
        /// <exception cref="ArgumentNullException">There is none.</exception>
        /// <exception cref="StructException">A character that is no code (or is native only), a count without a code, more
        /// than 2,147,483,647 bytes.</exception>
        public StructFormat(string format)
            : this(format, NativeLayout.LongSize, NativeLayout.PointerSize)
        {
        }

        // With another machine's native sizes.
        internal StructFormat(string format, int longSize, int pointerSize)
        {
            Format = format ?? throw new ArgumentNullException(nameof(format));
            StructParser parser = new StructParser(format, longSize, pointerSize);
            _fields = parser.Parse();
            _isLittleEndian = parser.IsLittleEndian;
            _isNative = parser.IsNative;
            Size = parser.Size;
            Count = parser.ValueCount;
        }

        /// <summary>The string that it was made from.</summary>
        public string Format { get; }

        /// <summary>The bytes of the structure.</summary>
        public int Size { get; }

        /// <summary>How many values go in and come out.</summary>
        public int Count { get; }

        /// <summary>The bytes that a format's structure takes (Python's calcsize).</summary>
        /// <param name="format">The format.</param>
        /// <returns>Bytes.</returns>
        /// <exception cref="StructException">As the constructor's.</exception>
        public static int CalcSize(string format)
        {
            return new StructFormat(format).Size;
        }

        /// <summary>Packs values into a new array.</summary>
        /// <param name="values">As many as <see cref="Count"/>.</param>
        /// <returns><see cref="Size"/> bytes; padding is 0.</returns>
        /// <exception cref="ArgumentNullException">There is no array of values.</exception>
        /// <exception cref="StructException">Too few or too many values, one of another kind than its code's, or one that
        /// does not fit.</exception>
        public byte[] Pack(params object[] values)
        {
            CheckCount("pack", values);
            byte[] buffer = new byte[Size];
            Put(buffer, 0, values);
            return buffer;
        }

        /// <summary>Packs values into an array that is there. After an error the part before the wrong value is
        /// written.</summary>
        /// <param name="buffer">Takes <see cref="Size"/> bytes; padding becomes 0.</param>
        /// <param name="offset">Where; a negative one counts from the end.</param>
        /// <param name="values">As many as <see cref="Count"/>.</param>
        /// <exception cref="ArgumentNullException">There is no buffer or no array of values.</exception>
        /// <exception cref="StructException">As <see cref="Pack"/>; the buffer has no room there.</exception>
        public void PackInto(byte[] buffer, int offset, params object[] values)
        {
            CheckCount("pack_into", values);
            Put(buffer, Locate(buffer, offset, true), values);
        }

        /// <summary>Reads the values of a whole array.</summary>
        /// <param name="buffer">Exactly <see cref="Size"/> bytes, for example what
        /// <c>Socket.GetSocketOption</c> gave.</param>
        /// <returns><see cref="Count"/> values.</returns>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="StructException">Another number of bytes.</exception>
        public object[] Unpack(byte[] buffer)
        {
            if (buffer == null)
            {
                throw new ArgumentNullException(nameof(buffer));
            }

            if (buffer.Length != Size)
            {
                throw new StructException("unpack requires a buffer of " + Size.ToString() + " bytes, not " + buffer.Length.ToString());
            }

            return Get(buffer, 0);
        }

        /// <summary>Reads the values at a place in an array.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">Where the structure begins; a negative one counts from the end.</param>
        /// <returns><see cref="Count"/> values.</returns>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="StructException">The structure does not lie within the buffer.</exception>
        public object[] UnpackFrom(byte[] buffer, int offset = 0)
        {
            return Get(buffer, Locate(buffer, offset, false));
        }

        /// <summary>Reads one structure after the other.</summary>
        /// <param name="buffer">A whole number of structures.</param>
        /// <returns>Gives them, first to last.</returns>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="StructException">A format of 0 bytes; a buffer that ends within a structure.</exception>
        public StructIterator IterUnpack(byte[] buffer)
        {
            if (buffer == null)
            {
                throw new ArgumentNullException(nameof(buffer));
            }

            if (Size == 0)
            {
                throw new StructException("cannot iteratively unpack with a struct of length 0");
            }

            if (buffer.Length % Size != 0)
            {
                throw new StructException("iterative unpacking requires a buffer of a multiple of " + Size.ToString() +
                    " bytes, not " + buffer.Length.ToString());
            }

            return new StructIterator(this, buffer);
        }

        private void CheckCount(string call, object[] values)
        {
            if (values == null)
            {
                throw new ArgumentNullException(nameof(values));
            }

            if (values.Length != Count)
            {
                throw new StructException(call + " expected " + Count.ToString() + " items for packing (got " + values.Length.ToString() + ")");
            }
        }

        // Where a structure begins; it lies within the buffer.
        private int Locate(byte[] buffer, int offset, bool packing)
        {
            if (buffer == null)
            {
                throw new ArgumentNullException(nameof(buffer));
            }

            long start = offset;
            if (offset < 0)
            {
                if (start + Size > 0)
                {
                    throw new StructException((packing ? "no space to pack " : "not enough data to unpack ") +
                        Size.ToString() + " bytes at offset " + offset.ToString());
                }

                start += buffer.Length;
                if (start < 0)
                {
                    throw new StructException("offset " + offset.ToString() + " out of range for " + buffer.Length.ToString() + "-byte buffer");
                }
            }

            if (buffer.Length - start < Size)
            {
                throw new StructException((packing ? "pack_into" : "unpack_from") + " requires a buffer of at least " +
                    (start + Size).ToString() + " bytes for " + (packing ? "packing " : "unpacking ") + Size.ToString() +
                    " bytes at offset " + start.ToString() + " (actual buffer size is " + buffer.Length.ToString() + ")");
            }

            return (int)start;
        }
    }
}
