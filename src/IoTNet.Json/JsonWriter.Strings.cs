using System.Text;

namespace IoTNet
{
    // Strings and their escapes.
    public sealed partial class JsonWriter
    {
        // RFC 8259 7: the quotation mark, the backslash and the control characters must be escaped, nothing else.
        private void PutString(string text)
        {
            int most = PlainSize(text);
            if (most >= 0 && (_grows || most + 2 <= _end - _position))
            {
                Reserve(most + 2);
                _buffer[_position++] = (byte)'"';
                _position += Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, _position);
                _buffer[_position++] = (byte)'"';
                return;
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Put('"');
            int clean = 0;
            for (int i = 0; i < bytes.Length; i++)
            {
                byte next = bytes[i];
                if (next < ' ' || next == '"' || next == '\\')
                {
                    Put(bytes, clean, i - clean);
                    PutEscape(next);
                    clean = i + 1;
                }
            }

            Put(bytes, clean, bytes.Length - clean);
            Put('"');
        }

        // How many bytes it is at most without escapes; -1 when it needs any.
        private static int PlainSize(string text)
        {
            int size = 0;
            for (int i = 0; i < text.Length; i++)
            {
                char next = text[i];
                if (next < ' ' || next == '"' || next == '\\')
                {
                    return -1;
                }

                size += next < 0x80 ? 1 : next < 0x800 ? 2 : 3;
            }

            return size;
        }

        private void PutEscape(byte character)
        {
            Put('\\');
            switch (character)
            {
                case (byte)'\b': Put('b'); return;
                case (byte)'\t': Put('t'); return;
                case (byte)'\n': Put('n'); return;
                case (byte)'\f': Put('f'); return;
                case (byte)'\r': Put('r'); return;
            }

            if (character >= ' ')
            {
                Put(character);
                return;
            }

            Put('u');
            Put('0');
            Put('0');
            Put(character < 16 ? '0' : '1');
            Put("0123456789abcdef"[character & 15]);
        }
    }
}
