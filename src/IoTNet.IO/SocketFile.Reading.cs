using System;
using System.IO;

namespace IoTNet
{
    // What was received and not yet asked for lies in _input from _start to _end, for bytes and text alike: a call takes
    // from it only when it has all that it gives.
    public sealed partial class SocketFile
    {
        private const int AtEnd = 0;
        private const int WouldBlock = -1;

        private byte[] _input;
        private int _start;
        private int _end;
        private bool _timedOut;

        /// <summary>Reads what is there, waiting for one byte at least.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most.</param>
        /// <returns>How many came; 0 at the end of the stream.</returns>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        /// <exception cref="IOException"><c>not readable</c>: the mode does not read; <c>cannot read from timed out object</c>: an
        /// earlier read ran into the socket's ReceiveTimeout.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Receive(byte[])"/>; EAGAIN: nothing is there, on a
        /// non-blocking socket.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public override int Read(byte[] buffer, int offset, int count)
        {
            CheckPart(buffer, offset, count);
            Begin(_canRead, "not readable");
            if (count == 0)
            {
                return 0;
            }

            if (_start == _end && count >= _bufferBytes)
            {
                int received = Receive(buffer, offset, count);
                return received >= 0 ? received : throw new SocketException(Errno.EAGAIN);
            }

            if (_start == _end && Fill(1) == WouldBlock)
            {
                throw new SocketException(Errno.EAGAIN);
            }

            count = count < _end - _start ? count : _end - _start;
            Array.Copy(_input, _start, buffer, offset, count);
            _start += count;
            return count;
        }

        /// <summary>Reads a byte.</summary>
        /// <returns>The byte; -1 at the end of the stream.</returns>
        /// <exception cref="IOException">As <see cref="Read(byte[], int, int)"/>.</exception>
        /// <exception cref="SocketException">As <see cref="Read(byte[], int, int)"/>.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public override int ReadByte()
        {
            Begin(_canRead, "not readable");
            if (_start == _end)
            {
                int came = Fill(1);
                if (came <= 0)
                {
                    return came == AtEnd ? -1 : throw new SocketException(Errno.EAGAIN);
                }
            }

            return _input[_start++];
        }

        /// <summary>Reads a number of bytes (Python's <c>read(n)</c>).</summary>
        /// <param name="count">How many at most.</param>
        /// <returns>That many; fewer only at the end of the stream; null when a non-blocking socket has not as many yet.</returns>
        /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
        /// <exception cref="IOException">As <see cref="Read(byte[], int, int)"/>.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Receive(byte[])"/>.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public byte[] ReadBytes(int count)
        {
            CheckCount(count, nameof(count));
            Begin(_canRead, "not readable");
            while (_end - _start < count)
            {
                int came = Fill(count);
                if (came <= 0)
                {
                    return came == AtEnd ? Take(_end - _start) : null;
                }
            }

            return Take(count);
        }

        /// <summary>Reads a number of bytes and never fewer.</summary>
        /// <param name="count">How many.</param>
        /// <returns>That many; null when a non-blocking socket has not as many yet.</returns>
        /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
        /// <exception cref="IOException">As <see cref="Read(byte[], int, int)"/>; the stream ended before; what came
        /// stays.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Receive(byte[])"/>.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public byte[] ReadExactly(int count)
        {
            byte[] bytes = ReadBytes(count);
            if (bytes != null && bytes.Length < count)
            {
                // Take has moved nothing in the buffer.
                _start -= bytes.Length;
                throw new IOException("expected " + count.ToString() + " bytes, the stream ended after " + bytes.Length.ToString());
            }

            return bytes;
        }

        /// <summary>Reads up to and with a separator.</summary>
        /// <param name="separator">The bytes that end it, one at least.</param>
        /// <param name="limit">How many bytes at most, with the separator.</param>
        /// <returns>The bytes with the separator; without it when the limit or the end of the stream came first (empty: nothing
        /// was left); null when a non-blocking socket has none of these yet.</returns>
        /// <exception cref="ArgumentNullException">There is no separator.</exception>
        /// <exception cref="ArgumentException">The separator is empty.</exception>
        /// <exception cref="ArgumentOutOfRangeException">A negative limit.</exception>
        /// <exception cref="IOException">As <see cref="Read(byte[], int, int)"/>.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Receive(byte[])"/>.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public byte[] ReadUntil(byte[] separator, int limit)
        {
            if (separator == null)
            {
                throw new ArgumentNullException(nameof(separator));
            }

            if (separator.Length == 0)
            {
                throw new ArgumentException("A separator has one byte at least.", nameof(separator));
            }

            CheckCount(limit, nameof(limit));
            Begin(_canRead, "not readable");
            for (int seen = 1; seen <= limit; seen++)
            {
                if (seen > _end - _start)
                {
                    int came = Fill(_bufferBytes == 0 ? seen : limit);
                    if (came <= 0)
                    {
                        return came == AtEnd ? Take(_end - _start) : null;
                    }
                }

                if (EndsWith(separator, seen))
                {
                    return Take(seen);
                }
            }

            return Take(limit);
        }

        /// <summary>Reads up to and with a byte.</summary>
        /// <param name="separator">The byte that ends it.</param>
        /// <param name="limit">How many bytes at most, with the separator.</param>
        /// <returns>As <see cref="ReadUntil(byte[], int)"/>, which also tells the errors.</returns>
        public byte[] ReadUntil(byte separator, int limit)
        {
            return ReadUntil(new[] { separator }, limit);
        }

        /// <summary>Reads a line as bytes, with its LF (Python's <c>readline(limit)</c> on a binary file).</summary>
        /// <param name="limit">How many bytes at most, with the LF.</param>
        /// <returns>As <see cref="ReadUntil(byte[], int)"/>, which also tells the errors.</returns>
        public byte[] ReadLineBytes(int limit)
        {
            return ReadUntil((byte)'\n', limit);
        }

        private bool EndsWith(byte[] separator, int seen)
        {
            int at = _start + seen - separator.Length;
            if (at < _start)
            {
                return false;
            }

            // From the last byte on: it tells most places apart.
            int i = separator.Length - 1;
            while (i >= 0 && _input[at + i] == separator[i])
            {
                i--;
            }

            return i < 0;
        }

        // Receives once: the count that came, AtEnd or WouldBlock. The buffer grows with what comes, up to what the caller
        // wants to see in it at once, and shrinks again; without a buffer no byte is taken that is not wanted.
        private int Fill(int want)
        {
            int held = _end - _start;
            int length = held < _bufferBytes ? _bufferBytes : held == 0 ? (want < DefaultBufferBytes ? want : DefaultBufferBytes) :
                held < _input.Length ? _input.Length : want / 2 < held ? want : held * 2;
            byte[] target = length == _input.Length ? _input : new byte[length];
            Array.Copy(_input, _start, target, 0, held);
            _input = target;
            _start = 0;
            _end = held;
            int room = length - held;
            int count = Receive(_input, held, _bufferBytes == 0 && want - held < room ? want - held : room);
            _end += count > 0 ? count : 0;
            return count;
        }

        private int Receive(byte[] buffer, int offset, int count)
        {
            // CPython, Lib/socket.py, SocketIO.readinto(): after a timeout it is not known what was lost.
            if (_timedOut)
            {
                throw new IOException("cannot read from timed out object");
            }

            if (_socket.Blocking)
            {
                try
                {
                    return _socket.Receive(buffer, offset, count, SocketFlags.None);
                }
                catch (SocketException e)
                {
                    _timedOut = e.Errno == Errno.ETIMEDOUT;
                    throw;
                }
            }

            int result = _socket.TryReceive(buffer, offset, count, SocketFlags.None);
            return result == -(int)Errno.EAGAIN ? WouldBlock : result >= 0 ? result : throw new SocketException((Errno)(-result));
        }

        private byte[] Take(int count)
        {
            byte[] value = new byte[count];
            Array.Copy(_input, _start, value, 0, count);
            _start += count;
            return value;
        }
    }
}
