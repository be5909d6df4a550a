using System;
using System.Text;

namespace IoTNet
{
    // Strings and numbers: their grammar, which is checked when a token is read, and their values.
    public sealed partial class JsonReader
    {
        // Powers of ten that a double holds exactly.
        private static readonly double[] s_powers =
        {
            1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
        };

        private int _textBegin;
        private int _textEnd;
        private bool _escaped;
        private long _integer;
        private double _double;

        /// <summary>Gives the name or the string.</summary>
        /// <returns>It, without escapes.</returns>
        /// <exception cref="InvalidOperationException">The reader stands on something else.</exception>
        public string GetString()
        {
            Require(TokenType == JsonTokenType.String || TokenType == JsonTokenType.PropertyName, "a string");
            int count = _textEnd - _textBegin;
            if (count == 0)
            {
                return "";
            }

            if (!_escaped)
            {
                return Encoding.UTF8.GetString(_buffer, _textBegin, count);
            }

            // An escape is never shorter than what it stands for: \uXXXX gives at most 3 bytes, a pair of them 4.
            byte[] text = new byte[count];
            return Encoding.UTF8.GetString(text, 0, Unescape(text));
        }

        /// <summary>Compares the name or the string with a text; allocates nothing unless it has escapes.</summary>
        /// <param name="utf8">The text as UTF-8.</param>
        /// <returns>Whether they are the same.</returns>
        /// <exception cref="ArgumentNullException">No text was given.</exception>
        /// <exception cref="InvalidOperationException">The reader stands on something else.</exception>
        public bool ValueTextEquals(byte[] utf8)
        {
            Require(TokenType == JsonTokenType.String || TokenType == JsonTokenType.PropertyName, "a string");
            int count = (utf8 ?? throw new ArgumentNullException(nameof(utf8))).Length;
            if (_escaped)
            {
                byte[] text = new byte[_textEnd - _textBegin];
                return Unescape(text) == count && AreSame(text, 0, utf8);
            }

            return _textEnd - _textBegin == count && AreSame(_buffer, _textBegin, utf8);
        }

        /// <summary>Gives the integer.</summary>
        /// <returns>It.</returns>
        /// <exception cref="InvalidOperationException">The reader stands on something else, also on a Double.</exception>
        public long GetInt64()
        {
            Require(TokenType == JsonTokenType.Integer, "an integer");
            return _integer;
        }

        /// <summary>Gives the number.</summary>
        /// <returns>It; an integer above 2^53 is rounded.</returns>
        /// <exception cref="InvalidOperationException">The reader stands on something else.</exception>
        public double GetDouble()
        {
            Require(TokenType == JsonTokenType.Integer || TokenType == JsonTokenType.Double, "a number");
            return TokenType == JsonTokenType.Integer ? _integer : _double;
        }

        /// <summary>Gives the truth value.</summary>
        /// <returns>It.</returns>
        /// <exception cref="InvalidOperationException">The reader stands on something else.</exception>
        public bool GetBoolean()
        {
            Require(TokenType == JsonTokenType.True || TokenType == JsonTokenType.False, "true or false");
            return TokenType == JsonTokenType.True;
        }

        private static bool AreSame(byte[] buffer, int offset, byte[] other)
        {
            for (int i = 0; i < other.Length; i++)
            {
                if (buffer[offset + i] != other[i])
                {
                    return false;
                }
            }

            return true;
        }

        private void Require(bool fits, string what)
        {
            if (!fits)
            {
                throw new InvalidOperationException("The token before byte " + Position.ToString() + " is not " + what + ".");
            }
        }

        // RFC 8259 7. Afterwards the text stands between _textBegin and _textEnd, valid, but with its escapes.
        private void ScanString()
        {
            _escaped = false;
            _textBegin = ++_position;
            while (true)
            {
                _position = PlainText.End(_buffer, _position, _end);
                int next = Peek();
                if (next == '"')
                {
                    _textEnd = _position++;
                    return;
                }

                if (next == '\\')
                {
                    _escaped = true;
                    ScanEscape();
                }
                else if (next < ' ')
                {
                    throw Unexpected(next < 0 ? "'\"'" : "an escape for a control character");
                }
                else
                {
                    int length = Utf8.LengthAt(_buffer, _position, _end);
                    if (length == 0)
                    {
                        throw Unexpected("UTF-8");
                    }

                    _position += length;
                }
            }
        }

        private void ScanEscape()
        {
            _position++;
            if (Peek() == 'u')
            {
                _position++;
                int unit = ScanHex();
                if (unit >= 0xD800 && unit < 0xE000)
                {
                    ScanLowSurrogate(unit);
                }
            }
            else if (Plain(Peek()) < 0)
            {
                throw Unexpected("one of \"\\/bfnrtu after '\\'");
            }
            else
            {
                _position++;
            }
        }

        // RFC 8259 8.2: what half a pair means is unpredictable, so it is refused.
        private void ScanLowSurrogate(int high)
        {
            if (high >= 0xDC00 || Peek() != '\\' || _position + 1 >= _end || _buffer[_position + 1] != 'u')
            {
                throw Unexpected("a pair of surrogates");
            }

            _position += 2;
            int low = ScanHex();
            if (low < 0xDC00 || low >= 0xE000)
            {
                throw Unexpected("a pair of surrogates");
            }
        }

        private int ScanHex()
        {
            int value = 0;
            for (int i = 0; i < 4; i++, _position++)
            {
                int digit = Hex(Peek());
                if (digit < 0)
                {
                    throw Unexpected("4 hexadecimal digits after '\\u'");
                }

                value = (value << 4) | digit;
            }

            return value;
        }

        private static int Hex(int digit)
        {
            return digit >= '0' && digit <= '9' ? digit - '0' :
                digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 :
                digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
        }

        // What the letter after a backslash stands for; -1 when it is none.
        private static int Plain(int letter)
        {
            switch (letter)
            {
                case '"':
                case '\\':
                case '/': return letter;
                case 'b': return '\b';
                case 'f': return '\f';
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                default: return -1;
            }
        }

        // Only after ScanString: every escape is whole and right.
        private int Unescape(byte[] target)
        {
            int length = 0;
            for (int i = _textBegin; i < _textEnd;)
            {
                if (_buffer[i] != '\\')
                {
                    target[length++] = _buffer[i++];
                }
                else if (_buffer[i + 1] != 'u')
                {
                    target[length++] = (byte)Plain(_buffer[i + 1]);
                    i += 2;
                }
                else
                {
                    int character = Unit(i + 2);
                    i += 6;
                    if (character >= 0xD800 && character < 0xDC00)
                    {
                        character = 0x10000 + ((character - 0xD800) << 10) + Unit(i + 2) - 0xDC00;
                        i += 6;
                    }

                    length = Utf8.Put(character, target, length);
                }
            }

            return length;
        }

        private int Unit(int position)
        {
            return (Hex(_buffer[position]) << 12) | (Hex(_buffer[position + 1]) << 8) |
                (Hex(_buffer[position + 2]) << 4) | Hex(_buffer[position + 3]);
        }

        // RFC 8259 6: -? (0 | 1-9 digits) (. digits)? ((e | E) (+ | -)? digits)?
        private JsonTokenType ScanNumber()
        {
            int begin = _position;
            bool negative = Peek() == '-';
            _position += negative ? 1 : 0;
            _integer = 0;
            int exponent = 0;
            bool fits = true;
            int digitsBegin = _position;
            ScanDigits(ref fits);
            if (_position - digitsBegin > 1 && _buffer[digitsBegin] == '0')
            {
                _position = digitsBegin + 1;
                throw Unexpected("no digit after a leading 0");
            }

            bool whole = true;
            if (Peek() == '.')
            {
                whole = false;
                int fraction = ++_position;
                ScanDigits(ref fits);
                exponent = fraction - _position;
            }

            if (Peek() == 'e' || Peek() == 'E')
            {
                whole = false;
                _position++;
                exponent += ScanExponent();
            }

            if (whole && fits)
            {
                // Counted below zero, where there is room for one more than above.
                if (negative || _integer != long.MinValue)
                {
                    _integer = negative ? _integer : -_integer;
                    return JsonTokenType.Integer;
                }

                fits = false;
            }

            _double = fits && _integer > -(1L << 53) && exponent >= -22 && exponent <= 22
                ? Exact(negative, exponent)
                : DoubleText.Parse(Encoding.UTF8.GetString(_buffer, begin, _position - begin));
            if (double.IsInfinity(_double))
            {
                throw Fail("The number before byte " + Position.ToString() + " is beyond the doubles.");
            }

            return JsonTokenType.Double;
        }

        // Both operands are exact, so the one rounding of the operation gives the nearest double.
        private double Exact(bool negative, int exponent)
        {
            double value = -_integer;
            value = exponent < 0 ? value / s_powers[-exponent] : value * s_powers[exponent];
            return negative ? -value : value;
        }

        private void ScanDigits(ref bool fits)
        {
            int begin = _position;
            for (int digit = Peek() - '0'; digit >= 0 && digit <= 9; digit = Peek() - '0')
            {
                fits = fits && (_integer > long.MinValue / 10 || (_integer == long.MinValue / 10 && digit <= 8));
                if (fits)
                {
                    _integer = (_integer * 10) - digit;
                }

                _position++;
            }

            if (_position == begin)
            {
                throw Unexpected("a digit");
            }
        }

        private int ScanExponent()
        {
            bool negative = Peek() == '-';
            _position += negative || Peek() == '+' ? 1 : 0;
            int begin = _position;
            int exponent = 0;
            for (int digit = Peek() - '0'; digit >= 0 && digit <= 9; digit = Peek() - '0')
            {
                // No document is long enough for its fraction to make up for more.
                exponent = exponent < 100000000 ? (exponent * 10) + digit : exponent;
                _position++;
            }

            if (_position == begin)
            {
                throw Unexpected("a digit");
            }

            return negative ? -exponent : exponent;
        }
    }
}
