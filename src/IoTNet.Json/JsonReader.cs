// RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format.
using System;

namespace IoTNet
{
    /// <summary>
    /// Reads a JSON document (RFC 8259) token by token out of a buffer; allocates nothing but the strings that are asked for.
    /// <code>
    /// JsonReader reader = new JsonReader(buffer, 0, count);
    /// while (reader.Next() != JsonTokenType.End) { ... reader.GetString() ... }
    /// </code>
    /// </summary>
    /// <remarks>
    /// <para>Strict: UTF-8 without byte order mark, no comments, no trailing commas. What RFC 8259 leaves open: a lone
    /// surrogate escape (<c>"\ud800"</c>) and a number beyond the doubles (<c>1e999</c>) are refused; <c>-0</c> is the
    /// integer 0 and <c>-0.0</c> the double; of equal names in an object all are reported.</para>
    /// <para>A string of the device ends at its first NUL, so <c>"a\u0000b"</c> reads as <c>"a"</c> there.</para>
    /// </remarks>
    public sealed partial class JsonReader
    {
        /// <summary>How deep objects and arrays may be in one another, unless told otherwise.</summary>
        public const int DefaultMaxDepth = 32;

        /// <summary>How deep they may be at most.</summary>
        public const int GreatestMaxDepth = 64;

        private readonly int _maxDepth;
        private byte[] _buffer;
        private int _begin;
        private int _end;
        private int _position;
        private Expected _expected = Expected.Value;

        // A bit for each open container, the innermost lowest: set for an object.
        private ulong _objects;

        /// <summary>Reads a document at most 32 deep.</summary>
        /// <param name="buffer">Holds the document; it may not change meanwhile.</param>
        /// <param name="offset">Where the document begins.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        public JsonReader(byte[] buffer, int offset, int count)
            : this(buffer, offset, count, DefaultMaxDepth)
        {
        }

        /// <summary>Reads a document.</summary>
        /// <param name="buffer">Holds the document; it may not change meanwhile.</param>
        /// <param name="offset">Where the document begins.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <param name="maxDepth">How deep objects and arrays may be in one another, 0 to 64.</param>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer, or the depth not 0 to 64.</exception>
        public JsonReader(byte[] buffer, int offset, int count, int maxDepth)
        {
            if (maxDepth < 0 || maxDepth > GreatestMaxDepth)
            {
                throw new ArgumentOutOfRangeException(nameof(maxDepth), "A depth is 0 to 64, not " + maxDepth.ToString() + ".");
            }

            _maxDepth = maxDepth;
            Reset(buffer, offset, count);
        }

        private enum Expected
        {
            Value,
            ValueOrEnd,
            Name,
            NameOrEnd,
            CommaOrEnd,
            Nothing,
        }

        /// <summary>What the last <see cref="Next"/> gave.</summary>
        public JsonTokenType TokenType { get; private set; }

        /// <summary>How many objects and arrays are open.</summary>
        public int Depth { get; private set; }

        /// <summary>How many bytes of the document were read.</summary>
        public int Position => _position - _begin;

        /// <summary>Begins anew, with another document, as deep as the first: one reader for many.</summary>
        /// <param name="buffer">Holds the document; it may not change meanwhile.</param>
        /// <param name="offset">Where the document begins.</param>
        /// <param name="count">Its length in bytes.</param>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        public void Reset(byte[] buffer, int offset, int count)
        {
            BufferPart.Check(buffer, offset, count);
            _buffer = buffer;
            _begin = offset;
            _position = offset;
            _end = offset + count;
            _expected = Expected.Value;
            _objects = 0;
            Depth = 0;
            TokenType = JsonTokenType.None;
        }

        /// <summary>Reads the next token.</summary>
        /// <returns>It; End, again and again, when the document is over.</returns>
        /// <exception cref="JsonException">The document is not JSON, ends too early, is too deep, or has a number beyond the
        /// doubles. Each further call throws as well.</exception>
        public JsonTokenType Next()
        {
            if (SkipWhite() < 0 && _expected == Expected.Nothing)
            {
                return TokenType = JsonTokenType.End;
            }

            if (_expected == Expected.CommaOrEnd && Peek() == ',')
            {
                _position++;
                _expected = InObject ? Expected.Name : Expected.Value;
                SkipWhite();
            }

            return TokenType = Read(Peek());
        }

        /// <summary>Passes over the value that the reader stands on (with all that is in it), or over the value of the name
        /// that it stands on.</summary>
        /// <exception cref="JsonException">As <see cref="Next"/>.</exception>
        public void Skip()
        {
            if (TokenType == JsonTokenType.PropertyName)
            {
                Next();
            }

            if (TokenType == JsonTokenType.StartObject || TokenType == JsonTokenType.StartArray)
            {
                int outside = Depth - 1;
                while (Depth > outside)
                {
                    Next();
                }
            }
        }

        private bool InObject => (_objects & 1) != 0;

        private JsonTokenType Read(int first)
        {
            switch (_expected)
            {
                case Expected.Nothing:
                    throw Unexpected("the end of the document");
                case Expected.Name:
                case Expected.NameOrEnd:
                    return first == '}' && _expected == Expected.NameOrEnd ? Close() : ReadName(first);
                case Expected.CommaOrEnd:
                    if (first != (InObject ? '}' : ']'))
                    {
                        throw Unexpected(InObject ? "',' or '}'" : "',' or ']'");
                    }

                    return Close();
                default:
                    return first == ']' && _expected == Expected.ValueOrEnd ? Close() : ReadValue(first);
            }
        }

        private JsonTokenType ReadName(int first)
        {
            if (first != '"')
            {
                throw Unexpected("a name");
            }

            ScanString();
            SkipWhite();
            if (Peek() != ':')
            {
                throw Unexpected("':'");
            }

            _position++;
            _expected = Expected.Value;
            return JsonTokenType.PropertyName;
        }

        private JsonTokenType ReadValue(int first)
        {
            switch (first)
            {
                case '{': return Open(1, Expected.NameOrEnd, JsonTokenType.StartObject);
                case '[': return Open(0, Expected.ValueOrEnd, JsonTokenType.StartArray);
                case '"': ScanString(); return Scalar(JsonTokenType.String);
                case 't': ScanWord("true"); return Scalar(JsonTokenType.True);
                case 'f': ScanWord("false"); return Scalar(JsonTokenType.False);
                case 'n': ScanWord("null"); return Scalar(JsonTokenType.Null);
                default:
                    if (first != '-' && (first < '0' || first > '9'))
                    {
                        throw Unexpected("a value");
                    }

                    return Scalar(ScanNumber());
            }
        }

        private JsonTokenType Open(uint kind, Expected next, JsonTokenType token)
        {
            if (Depth == _maxDepth)
            {
                throw Fail("The document is more than " + _maxDepth.ToString() + " deep at byte " + Position.ToString() + ".");
            }

            _position++;
            Depth++;
            _objects = (_objects << 1) | kind;
            _expected = next;
            return token;
        }

        // At depth 64 the shift has pushed no open container's bit out: there are as many bits as containers.
        private JsonTokenType Close()
        {
            JsonTokenType token = InObject ? JsonTokenType.EndObject : JsonTokenType.EndArray;
            _position++;
            Depth--;
            _objects >>= 1;
            return Scalar(token);
        }

        private JsonTokenType Scalar(JsonTokenType token)
        {
            _expected = Depth == 0 ? Expected.Nothing : Expected.CommaOrEnd;
            return token;
        }

        private int Peek()
        {
            return _position < _end ? _buffer[_position] : -1;
        }

        // Gives the byte after the white space; -1 at the end.
        private int SkipWhite()
        {
            while (_position < _end)
            {
                int next = _buffer[_position];
                if (next != ' ' && next != '\n' && next != '\r' && next != '\t')
                {
                    return next;
                }

                _position++;
            }

            return -1;
        }

        private void ScanWord(string word)
        {
            for (int i = 0; i < word.Length; i++, _position++)
            {
                if (Peek() != word[i])
                {
                    throw Unexpected("'" + word + "'");
                }
            }
        }

        private JsonException Unexpected(string expected)
        {
            int found = Peek();
            return Fail("Expected " + expected + " at byte " + Position.ToString() + ", found " +
                (found < 0 ? "the end" : found > ' ' && found < 0x7F ? "'" + (char)found + "'" : "0x" + found.ToString("X2")) + ".");
        }

        private JsonException Fail(string message)
        {
            // Whatever was read halfway: from here on there is a value missing, for ever.
            _expected = Expected.Value;
            _end = _position;
            return new JsonException(message, Position);
        }
    }
}
