// RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format.
using System;

namespace IoTNet
{
    /// <summary>
    /// Writes a JSON document (RFC 8259) as UTF-8, without white space, into a buffer that grows or into a given one.
    /// <code>
    /// JsonWriter writer = new JsonWriter();
    /// writer.WriteStartObject();
    /// writer.WritePropertyName("celsius");
    /// writer.WriteNumberValue(21.5);
    /// writer.WriteEndObject();
    /// socket.Send(writer.Buffer, writer.Offset, writer.Length, SocketFlags.None);
    /// </code>
    /// </summary>
    /// <remarks>What would not be JSON cannot be written: a value without its name, a second document, an end without its
    /// start. In strings only what must be is escaped; a lone surrogate becomes U+FFFD.</remarks>
    public sealed partial class JsonWriter
    {
        private readonly bool _grows;
        private readonly int _begin;
        private int _end;
        private byte[] _buffer;
        private int _position;
        private int _depth;

        // A bit for each open container, the innermost lowest: set for an object.
        private ulong _objects;
        private bool _needsComma;
        private bool _hasName;

        // Takes the longest integer, from its end on.
        private byte[] _digits;

        /// <summary>Writes into a buffer that grows as needed, at first of 128 bytes.</summary>
        public JsonWriter()
            : this(128)
        {
        }

        /// <summary>Writes into a buffer that grows as needed.</summary>
        /// <param name="capacity">Its first length in bytes, from 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
        public JsonWriter(int capacity)
        {
            if (capacity < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(capacity), "A buffer has 1 byte or more, not " + capacity.ToString() + ".");
            }

            _grows = true;
            _buffer = new byte[capacity];
            _end = capacity;
        }

        /// <summary>Writes into a buffer that grows as needed, behind bytes that are left free for a head of one's own.</summary>
        /// <param name="capacity">Its first length in bytes, from 1, the head included.</param>
        /// <param name="headBytes">How many are left free, 0 or more: where <see cref="Offset"/> is.</param>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1, or the head not within it.</exception>
        public JsonWriter(int capacity, int headBytes)
            : this(capacity)
        {
            if (headBytes < 0 || headBytes > capacity)
            {
                throw new ArgumentOutOfRangeException(nameof(headBytes), "A head is 0 to " + capacity.ToString() + " bytes, not " +
                    headBytes.ToString() + ".");
            }

            _begin = headBytes;
            _position = headBytes;
        }

        /// <summary>Writes into part of a given buffer and never beyond it.</summary>
        /// <param name="buffer">Takes the document.</param>
        /// <param name="offset">Where the part begins.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        public JsonWriter(byte[] buffer, int offset, int count)
        {
            BufferPart.Check(buffer, offset, count);
            _buffer = buffer;
            _begin = offset;
            _position = offset;
            _end = offset + count;
        }

        /// <summary>Holds the document; another one after it grew.</summary>
        public byte[] Buffer => _buffer;

        /// <summary>Where in the buffer the document begins.</summary>
        public int Offset => _begin;

        /// <summary>How many bytes were written.</summary>
        public int Length => _position - _begin;

        /// <summary>Whether what was written is a whole document.</summary>
        public bool IsComplete => _depth == 0 && _needsComma;

        /// <summary>Begins anew, in the same buffer.</summary>
        public void Reset()
        {
            _position = _begin;
            _depth = 0;
            _objects = 0;
            _needsComma = false;
            _hasName = false;
        }

        /// <summary>Copies what was written.</summary>
        /// <returns>The document's bytes.</returns>
        public byte[] ToArray()
        {
            byte[] copy = new byte[Length];
            Array.Copy(_buffer, _begin, copy, 0, copy.Length);
            return copy;
        }

        /// <summary>Begins an object.</summary>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">It would be the 65th in one another, or the given buffer is full.</exception>
        public void WriteStartObject()
        {
            Open('{', 1);
        }

        /// <summary>Ends an object.</summary>
        /// <exception cref="InvalidOperationException">The innermost open one is no object, or the last name has no value.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WriteEndObject()
        {
            Close('}', true);
        }

        /// <summary>Begins an array.</summary>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">It would be the 65th in one another, or the given buffer is full.</exception>
        public void WriteStartArray()
        {
            Open('[', 0);
        }

        /// <summary>Ends an array.</summary>
        /// <exception cref="InvalidOperationException">The innermost open one is no array.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WriteEndArray()
        {
            Close(']', false);
        }

        /// <summary>Writes the name of an object's member; its value comes next. Whether the object has that name already is
        /// not watched.</summary>
        /// <param name="name">The name.</param>
        /// <exception cref="ArgumentNullException">There is no name.</exception>
        /// <exception cref="InvalidOperationException">No name may stand here.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WritePropertyName(string name)
        {
            if (name == null)
            {
                throw new ArgumentNullException(nameof(name));
            }

            if (!InObject || _hasName)
            {
                throw new InvalidOperationException("A name stands only in an object, before its value.");
            }

            Comma();
            PutString(name);
            Put(':');
            _hasName = true;
        }

        /// <summary>Writes a string.</summary>
        /// <param name="value">It; null writes <c>null</c>.</param>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WriteStringValue(string value)
        {
            if (value == null)
            {
                PutWord("null");
                return;
            }

            BeginValue();
            PutString(value);
            EndValue();
        }

        /// <summary>Writes an integer.</summary>
        /// <param name="value">It. Readers in JavaScript round what is beyond 2^53 (RFC 8259 6).</param>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WriteNumberValue(long value)
        {
            BeginValue();
            byte[] digits = _digits ?? (_digits = new byte[20]);
            int first = digits.Length;

            // Below zero there is room for one more than above.
            long rest = value < 0 ? value : -value;
            do
            {
                digits[--first] = (byte)('0' - (rest % 10));
                rest /= 10;
            }
            while (rest != 0);
            if (value < 0)
            {
                digits[--first] = (byte)'-';
            }

            Put(digits, first, digits.Length - first);
            EndValue();
        }

        /// <summary>Writes a number with a point or an exponent, also when it is whole, so that it is read as a double.</summary>
        /// <param name="value">It.</param>
        /// <exception cref="ArgumentException">It is infinite or NaN, which JSON does not have.</exception>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WriteNumberValue(double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                throw new ArgumentException("JSON has neither NaN nor infinities.", nameof(value));
            }

            string text = DoubleText.Format(value);
            PutWord(text.IndexOf('.') < 0 && text.IndexOf('E') < 0 && text.IndexOf('e') < 0 ? text + ".0" : text);
        }

        /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
        /// <param name="value">Which.</param>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WriteBooleanValue(bool value)
        {
            PutWord(value ? "true" : "false");
        }

        /// <summary>Writes <c>null</c>.</summary>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WriteNullValue()
        {
            PutWord("null");
        }

        /// <summary>Writes a value that is JSON already; it is not checked.</summary>
        /// <param name="buffer">Holds the value.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">Offset and count do not lie within it.</exception>
        /// <exception cref="InvalidOperationException">No value may stand here.</exception>
        /// <exception cref="JsonException">The given buffer is full.</exception>
        public void WriteRawValue(byte[] buffer, int offset, int count)
        {
            BufferPart.Check(buffer, offset, count);
            BeginValue();
            Put(buffer, offset, count);
            EndValue();
        }

        private bool InObject => (_objects & 1) != 0;

        private void Open(int bracket, uint kind)
        {
            if (_depth == JsonReader.GreatestMaxDepth)
            {
                throw new JsonException("The document is more than 64 deep; does it contain itself?", Length);
            }

            BeginValue();
            Put(bracket);
            _depth++;
            _objects = (_objects << 1) | kind;
            _hasName = false;
            _needsComma = false;
        }

        private void Close(int bracket, bool isObject)
        {
            if (_depth == 0 || InObject != isObject || _hasName)
            {
                throw new InvalidOperationException("There is no " + (isObject ? "object" : "array") + " to end here.");
            }

            Put(bracket);
            _depth--;
            _objects >>= 1;
            EndValue();
        }

        private void BeginValue()
        {
            if (InObject ? !_hasName : _depth == 0 && _needsComma)
            {
                throw new InvalidOperationException(InObject ? "A value in an object has a name before it." : "The document is complete.");
            }

            if (!_hasName)
            {
                Comma();
            }
        }

        private void EndValue()
        {
            _hasName = false;
            _needsComma = true;
        }

        private void Comma()
        {
            if (_needsComma)
            {
                Put(',');
                _needsComma = false;
            }
        }

        // Only for what is ASCII and needs no escape.
        private void PutWord(string word)
        {
            BeginValue();
            Reserve(word.Length);
            for (int i = 0; i < word.Length; i++)
            {
                _buffer[_position++] = (byte)word[i];
            }

            EndValue();
        }

        private void Put(int character)
        {
            Reserve(1);
            _buffer[_position++] = (byte)character;
        }

        private void Put(byte[] bytes, int offset, int count)
        {
            Reserve(count);
            Array.Copy(bytes, offset, _buffer, _position, count);
            _position += count;
        }

        private void Reserve(int count)
        {
            if (count > _end - _position)
            {
                Grow(count);
            }
        }

        private void Grow(int count)
        {
            if (!_grows)
            {
                throw new JsonException("The document needs more than the " + (_end - _begin).ToString() + " bytes of its buffer.", Length);
            }

            int capacity = _buffer.Length * 2;
            byte[] larger = new byte[capacity - _position < count ? _position + count : capacity];
            Array.Copy(_buffer, 0, larger, 0, _position);
            _buffer = larger;
            _end = larger.Length;
        }
    }
}
