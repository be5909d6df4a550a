using System;
using System.IO;

namespace IoTNet
{
    // Text is decoded out of the bytes of _input, which is what keeps a character that is cut off until the rest comes.
    public sealed partial class SocketFile
    {
        /// <summary>The characters that <see cref="ReadLine()"/> gives at most.</summary>
        public const int MaxLine = 4096;

        private readonly string _newline;
        private readonly TextErrors _errors;
        private readonly bool _isLineBuffered;

        // The last character given was a CR that became LF: an LF that follows belongs to it. It is not waited for.
        private bool _afterReturn;

        // What a read of text ends at, before its limit.
        private enum End
        {
            Line,
            Limit,
            Stream,
        }

        /// <summary>Reads a line of at most <see cref="MaxLine"/> characters, as <see cref="ReadLine(int)"/>.</summary>
        /// <returns>The line with its end; empty at the end of the stream; null when a non-blocking socket has none yet.</returns>
        public string ReadLine()
        {
            return ReadText(MaxLine, End.Line);
        }

        /// <summary>Reads a line (Python's <c>readline(limit)</c>).</summary>
        /// <param name="limit">How many characters at most, with the line's end; one beyond U+FFFF counts once, though it takes
        /// two of the string's chars.</param>
        /// <returns>The line with its end, as the newline of the file says; without one when the limit (the rest comes next) or
        /// the end of the stream came first; empty at the end of the stream; null when a non-blocking socket has none
        /// yet.</returns>
        /// <exception cref="ArgumentOutOfRangeException">A negative limit.</exception>
        /// <exception cref="IOException">As <see cref="Read(byte[], int, int)"/>; <c>not a text file</c>: the mode has b; bytes that
        /// are not UTF-8, with Strict: they stay.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Receive(byte[])"/>.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public string ReadLine(int limit)
        {
            return ReadText(limit, End.Line);
        }

        /// <summary>Reads a number of characters (Python's <c>read(n)</c> on a text file).</summary>
        /// <param name="count">How many; counted as <see cref="ReadLine(int)"/> counts.</param>
        /// <returns>That many; fewer only at the end of the stream; null when a non-blocking socket has not as many yet.</returns>
        /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
        /// <exception cref="IOException">As <see cref="ReadLine(int)"/>.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Receive(byte[])"/>.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public string Read(int count)
        {
            return ReadText(count, End.Limit);
        }

        /// <summary>Reads all text up to the end of the stream.</summary>
        /// <param name="limit">How many characters at most.</param>
        /// <returns>The text; null when a non-blocking socket is not at the end yet.</returns>
        /// <exception cref="ArgumentOutOfRangeException">A negative limit.</exception>
        /// <exception cref="IOException">As <see cref="ReadLine(int)"/>; the stream holds more than the limit: all of it
        /// stays.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Receive(byte[])"/>.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public string ReadToEnd(int limit)
        {
            return ReadText(limit, End.Stream);
        }

        /// <summary>Writes text as UTF-8, with the newline of the file. With line buffering, text that has a CR or an LF is sent
        /// at once.</summary>
        /// <param name="text">The text.</param>
        /// <exception cref="ArgumentNullException">There is no text.</exception>
        /// <exception cref="ArgumentException">A lone surrogate that stands for no byte; nothing was written.</exception>
        /// <exception cref="IOException"><c>not writable</c>; <c>not a text file</c>: the mode has b.</exception>
        /// <exception cref="SocketException">As <see cref="Write(byte[], int, int)"/>. A line that could be taken but not sent is
        /// in the buffer: for EAGAIN the call does not throw then, <see cref="Flush"/> tells.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public void Write(string text)
        {
            if (text == null)
            {
                throw new ArgumentNullException(nameof(text));
            }

            Begin(_canWrite, "not writable");
            CheckIsText();
            char[] chars = text.ToCharArray();

            // A char needs three bytes at most, a pair of surrogates four; CR LF two.
            byte[] bytes = new byte[chars.Length * 3];
            int length = Utf8Text.Encode(chars, bytes, _errors, _newline == "\r" || _newline == "\r\n" ? _newline : null);
            Write(bytes, 0, length);
            if (_isLineBuffered && (text.IndexOf('\n') >= 0 || text.IndexOf('\r') >= 0))
            {
                try
                {
                    SendOutput();
                }
                catch (SocketException e) when (e.Errno == Errno.EAGAIN)
                {
                    // The text is taken: a caller that heard of EAGAIN would write it twice.
                }
            }
        }

        private string ReadText(int limit, End end)
        {
            CheckCount(limit, nameof(limit));
            Begin(_canRead, "not readable");
            CheckIsText();

            // Bytes from _start on, and the characters that they are.
            int bytes = 0;
            int count = 0;
            bool afterReturn = _afterReturn;
            int last = 0;
            while (count < limit || end == End.Stream)
            {
                int size = NextSize(bytes);
                if (size == WouldBlock)
                {
                    return null;
                }

                if (size == AtEnd)
                {
                    break;
                }

                int before = last;
                last = _input[_start + bytes];
                bytes += size;
                if (last == '\n' && afterReturn)
                {
                    afterReturn = false;
                    continue;
                }

                if (count == limit)
                {
                    throw new IOException("expected the end of the stream after at most " + limit.ToString() + " characters");
                }

                afterReturn = _newline == null && last == '\r';
                count++;
                if (end == End.Line && EndsLine(before, last))
                {
                    // Universal and untranslated: an LF belongs to the CR's line, and must be waited for.
                    int came = last == '\r' && _newline == "" && count < limit ? Reach(bytes) : AtEnd;
                    if (came == WouldBlock)
                    {
                        return null;
                    }

                    bytes += came != AtEnd && _input[_start + bytes] == '\n' ? 1 : 0;
                    break;
                }
            }

            string text = Utf8Text.Decode(_input, _start, bytes, _errors, _newline == null, _afterReturn);
            _start += bytes;
            _afterReturn = afterReturn;
            return text;
        }

        // The bytes of the character so many bytes from _start on, or of what stands for one; AtEnd or WouldBlock.
        private int NextSize(int offset)
        {
            int came = Reach(offset);
            if (came <= 0)
            {
                return came;
            }

            int size = _input[_start + offset] < 0x80 ? 1 : 0;
            while (size == 0)
            {
                size = Utf8Text.SizeAt(_input, _start + offset, _end, came == AtEnd, _errors);
                if (size == 0)
                {
                    came = Fill(int.MaxValue);
                    if (came == WouldBlock)
                    {
                        return WouldBlock;
                    }
                }
            }

            return size > 0 ? size : -size;
        }

        // Whether the byte so many bytes from _start on is there, or comes: a number above 0; AtEnd or WouldBlock.
        private int Reach(int offset)
        {
            return offset < _end - _start ? 1 : Fill(int.MaxValue);
        }

        private bool EndsLine(int before, int last)
        {
            if (last == '\r')
            {
                return _newline != "\n" && _newline != "\r\n";
            }

            return last == '\n' && _newline != "\r" && (_newline != "\r\n" || before == '\r');
        }

        private void CheckIsText()
        {
            if (!_isText)
            {
                throw new IOException("not a text file");
            }
        }

        // CPython, Lib/socket.py, makefile(), and io.TextIOWrapper's arguments.
        private static void CheckText(int bufferSize, string newline)
        {
            if (bufferSize == 0)
            {
                throw new ArgumentException("unbuffered streams must be binary");
            }

            if (newline != null && newline != "" && newline != "\n" && newline != "\r" && newline != "\r\n")
            {
                throw new ArgumentException("illegal newline value: " + newline);
            }
        }
    }
}
