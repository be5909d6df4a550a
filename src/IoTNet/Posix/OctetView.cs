#if IOTNET_POSIX_NAMES
using System;

namespace IoTNet
{
    public static partial class Posix
    {
        /// <summary>A piece of memory, as C sees every struct: the base of all that is passed by address. Several objects can
        /// look at the same bytes.</summary>
        public class OctetView
        {
            internal readonly byte[] Bytes;
            internal readonly int Offset;

            /// <summary>Looks at part of an array.</summary>
            /// <param name="bytes">The array; not copied.</param>
            /// <param name="offset">Where the part begins.</param>
            /// <param name="length">How many bytes it has.</param>
            /// <exception cref="ArgumentNullException">The array is null.</exception>
            /// <exception cref="ArgumentOutOfRangeException">The part is not within the array.</exception>
            public OctetView(byte[] bytes, int offset, int length)
            {
                Arguments.CheckBuffer(bytes, offset, length);
                Bytes = bytes;
                Offset = offset;
                Length = length;
            }

            internal OctetView(int length)
                : this(new byte[length], 0, length)
            {
            }

            // A cast: the same bytes seen as something else.
            internal OctetView(OctetView other, int length)
                : this(other == null ? null : other.Bytes, other == null ? 0 : other.Offset, length)
            {
            }

            /// <summary>How many bytes there are.</summary>
            public int Length { get; }

            /// <summary>One byte.</summary>
            /// <param name="index">Which, 0 to <see cref="Length"/> - 1.</param>
            /// <exception cref="ArgumentOutOfRangeException">There is no such byte.</exception>
            public byte this[int index]
            {
                get => Bytes[At(index)];
                set => Bytes[At(index)] = value;
            }

            /// <summary>Writes bytes from the beginning on (C: memcpy()).</summary>
            /// <param name="source">The bytes; at most <see cref="Length"/>.</param>
            /// <exception cref="ArgumentException">There are more than fit, or none were given.</exception>
            public void Put(byte[] source)
            {
                if (source == null || source.Length > Length)
                {
                    throw new ArgumentException("Expected at most " + Length.ToString() + " bytes, got " +
                        (source == null ? "null" : source.Length.ToString()) + ".", nameof(source));
                }

                Array.Copy(source, 0, Bytes, Offset, source.Length);
            }

            /// <summary>Takes over the bytes of another object (C: assignment of a struct).</summary>
            /// <param name="other">The object, of the same length.</param>
            internal void Assign(OctetView other)
            {
                Array.Copy(other.Bytes, other.Offset, Bytes, Offset, Length);
            }

            internal ushort GetShort(int at)
            {
                return (ushort)(Bytes[Offset + at] | (Bytes[Offset + at + 1] << 8));
            }

            internal void PutShort(int at, ushort value)
            {
                Bytes[Offset + at] = (byte)value;
                Bytes[Offset + at + 1] = (byte)(value >> 8);
            }

            internal uint GetInt(int at)
            {
                return GetShort(at) | ((uint)GetShort(at + 2) << 16);
            }

            internal void PutInt(int at, uint value)
            {
                PutShort(at, (ushort)value);
                PutShort(at + 2, (ushort)(value >> 16));
            }

            internal long GetLong(int at)
            {
                return GetInt(at) | ((long)GetInt(at + 4) << 32);
            }

            internal void PutLong(int at, long value)
            {
                PutInt(at, (uint)value);
                PutInt(at + 4, (uint)(value >> 32));
            }

            private int At(int index)
            {
                if (index < 0 || index >= Length)
                {
                    throw new ArgumentOutOfRangeException(nameof(index),
                        "There are " + Length.ToString() + " bytes; there is no byte " + index.ToString() + ".");
                }

                return Offset + index;
            }
        }
    }
}
#endif
