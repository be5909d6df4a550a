// RFC 9112: the start line and the headers of a request or a response.
using System.Text;

namespace IoTNet
{
    /// <summary>A head as it came, checked once; texts are made when they are asked for, so that a request costs one copy of its
    /// head and no more.</summary>
    internal sealed class HttpHead
    {
        private readonly byte[] _bytes;
        private readonly int _fields;

        /// <summary>Copies a head that <see cref="Check"/> has found good.</summary>
        public HttpHead(byte[] buffer, int start, int end)
        {
            _bytes = new byte[end - start];
            System.Array.Copy(buffer, start, _bytes, 0, _bytes.Length);
            _fields = LineEnd(_bytes, 0) + 2;
        }

        /// <summary>The start line.</summary>
        public string StartLine => Text(0, _fields - 2);

        /// <summary>How many headers.</summary>
        public int Count
        {
            get
            {
                int count = 0;
                for (int i = _fields; _bytes[i] != '\r'; i = LineEnd(_bytes, i) + 2)
                {
                    count++;
                }

                return count;
            }
        }

        /// <summary>Looks for the end of a head, the empty line, from where the last look ended.</summary>
        /// <param name="looked">How many bytes were looked at before; 0 at first.</param>
        /// <returns>The place after the empty line; 0 = not yet; -1 = no head: a line end without CR, or a NUL.</returns>
        public static int FindEnd(byte[] buffer, int start, int end, ref int looked)
        {
            for (int i = start + looked; i < end; i++)
            {
                byte value = buffer[i];
                if (value > '\r')
                {
                    continue;
                }

                if (value == 0)
                {
                    return -1;
                }

                if (value == '\n')
                {
                    // RFC 9112 2.2: a bare LF may be taken for a line end; what one takes for it and another does not is how
                    // requests are smuggled, so it is none here.
                    if (i == start || buffer[i - 1] != '\r')
                    {
                        return -1;
                    }

                    if (i - start >= 3 && buffer[i - 2] == '\n')
                    {
                        return i + 1;
                    }
                }
            }

            looked = end - start;
            return 0;
        }

        /// <summary>Checks the headers of a whole head.</summary>
        /// <returns>0; else the status to answer with: 400 malformed, 431 too many headers.</returns>
        public static int Check(byte[] buffer, int start, int end, int maxFields)
        {
            int line = LineEnd(buffer, start) + 2;
            int count = 0;
            while (line < end - 2)
            {
                int lineEnd = LineEnd(buffer, line);
                if (++count > maxFields)
                {
                    return 431;
                }

                int i = line;
                while (Ascii.IsTokenByte(buffer[i]))
                {
                    i++;
                }

                // RFC 9112 5.1: no space before the colon; 5.2: a line that begins with a space (obs-fold) is refused.
                if (i == line || buffer[i] != ':' || !IsValue(buffer, i + 1, lineEnd))
                {
                    return 400;
                }

                line = lineEnd + 2;
            }

            return IsValue(buffer, start, LineEnd(buffer, start)) ? 0 : 400;
        }

        /// <summary>Gives a header by its name.</summary>
        /// <returns>Its value; several of the same name as a list with commas (RFC 9110 5.3); null when there is none.</returns>
        public string Get(string name)
        {
            string result = null;
            for (int i = _fields; _bytes[i] != '\r';)
            {
                int end = LineEnd(_bytes, i);
                int colon = Colon(i);
                if (Ascii.AreSame(_bytes, i, colon - i, name))
                {
                    string value = Value(colon, end);
                    result = result == null ? value : result + ", " + value;
                }

                i = end + 2;
            }

            return result;
        }

        /// <summary>The name of a header.</summary>
        public string NameAt(int index)
        {
            int line = LineOf(index);
            return Text(line, Colon(line) - line);
        }

        /// <summary>The value of a header.</summary>
        public string ValueAt(int index)
        {
            int line = LineOf(index);
            return Value(Colon(line), LineEnd(_bytes, line));
        }

        private static bool IsValue(byte[] buffer, int start, int end)
        {
            for (int i = start; i < end;)
            {
                byte value = buffer[i];
                if ((value < 0x20 && value != '\t') || value == 0x7F)
                {
                    return false;
                }

                // RFC 9110 5.5 knows no character set beyond ASCII; strings here do.
                int size = Utf8.LengthAt(buffer, i, end);
                if (size == 0)
                {
                    return false;
                }

                i += size;
            }

            return true;
        }

        private static int LineEnd(byte[] buffer, int start)
        {
            int i = start;
            while (buffer[i] != '\n')
            {
                i++;
            }

            return i - 1;
        }

        private int LineOf(int index)
        {
            int line = _fields;
            while (index-- > 0)
            {
                line = LineEnd(_bytes, line) + 2;
            }

            return line;
        }

        private int Colon(int line)
        {
            while (_bytes[line] != ':')
            {
                line++;
            }

            return line;
        }

        private string Value(int colon, int end)
        {
            return Text(colon + 1, end - colon - 1).Trim(' ', '\t');
        }

        private string Text(int start, int count)
        {
            return count == 0 ? "" : Encoding.UTF8.GetString(_bytes, start, count);
        }
    }
}
