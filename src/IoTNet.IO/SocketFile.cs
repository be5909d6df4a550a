// CPython, Lib/socket.py: makefile() and SocketIO, under a BufferedReader, a BufferedWriter and a TextIOWrapper.
using System;
using System.IO;

namespace IoTNet
{
    /// <summary>A connected stream socket as a file, as Python's <c>socket.makefile()</c> gives it;
    /// <see cref="SocketFiles.MakeFile"/> makes one. The stack's socket stays open until the file and the socket that it was
    /// made of are both closed.</summary>
    /// <remarks>
    /// <para>What a call has received and does not give, because it throws or would have to wait, stays for the next call.
    /// One thread may read and another write.</para>
    /// <para>Differs from Python: on a non-blocking socket, reads that have not all they need give null and keep what came
    /// (Python gives the part, or None, or an empty value); bytes that
    /// are not UTF-8 throw in the call that comes to them, not before, and in each that comes to them again; a text file also has the calls over bytes, which go on where the
    /// text ended; a bufferSize of 1 is line buffering, as Python's <c>open()</c> has it.</para>
    /// </remarks>
    public sealed partial class SocketFile : Stream
    {
        private const int DefaultBufferBytes = 512;

        private readonly Socket _owner;
        private readonly Socket _socket;
        private readonly bool _canRead;
        private readonly bool _canWrite;
        private readonly bool _isText;
        private readonly int _bufferBytes;
        private bool _isClosed;

        internal SocketFile(Socket socket, string mode, int bufferSize, string newline, TextErrors errors)
        {
            CheckMode(mode);
            _owner = socket ?? throw new ArgumentNullException(nameof(socket));
            _canWrite = mode.IndexOf('w') >= 0;
            _canRead = mode.IndexOf('r') >= 0 || !_canWrite;
            _isText = mode.IndexOf('b') < 0;
            _bufferBytes = bufferSize < 0 ? DefaultBufferBytes : bufferSize;
            if (_isText)
            {
                CheckText(bufferSize, newline);
                _isLineBuffered = bufferSize == 1;
                _bufferBytes = _isLineBuffered ? DefaultBufferBytes : _bufferBytes;
                _newline = newline;
                _errors = errors;
            }

            _input = new byte[_canRead ? _bufferBytes : 0];
            _output = new byte[_canWrite ? _bufferBytes : 0];
            _socket = socket.Share();
        }

        /// <summary>Whether the mode reads, and the file is open.</summary>
        public override bool CanRead => _canRead && !_isClosed;

        /// <summary>Whether the mode writes, and the file is open.</summary>
        public override bool CanWrite => _canWrite && !_isClosed;

        /// <summary>False: a socket has no position.</summary>
        public override bool CanSeek => false;

        /// <summary>A socket has no length.</summary>
        /// <exception cref="NotSupportedException">Always.</exception>
        public override long Length => throw new NotSupportedException();

        /// <summary>A socket has no position.</summary>
        /// <exception cref="NotSupportedException">Always.</exception>
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        /// <summary>A socket has no position.</summary>
        /// <param name="offset">Not used.</param>
        /// <param name="origin">Not used.</param>
        /// <returns>Nothing.</returns>
        /// <exception cref="NotSupportedException">Always.</exception>
        public override long Seek(long offset, SeekOrigin origin)
        {
            throw new NotSupportedException();
        }

        /// <summary>A socket has no length.</summary>
        /// <param name="value">Not used.</param>
        /// <exception cref="NotSupportedException">Always.</exception>
        public override void SetLength(long value)
        {
            throw new NotSupportedException();
        }

        /// <summary>Sends what the buffer holds, then closes the file, also when the sending fails. A read that waits in
        /// another thread goes on until the socket is closed too.</summary>
        /// <param name="disposing">Whether the file is closed; false does nothing.</param>
        /// <exception cref="SocketException">As <see cref="Flush"/>; what was not sent is lost.</exception>
        protected override void Dispose(bool disposing)
        {
            if (!disposing || _isClosed)
            {
                return;
            }

            try
            {
                Flush();
            }
            finally
            {
                _isClosed = true;
                _socket.Close();
            }
        }

        // Python's file asks the socket, whose settings may have changed since.
        private void Begin(bool isAllowed, string refusal)
        {
            if (_isClosed)
            {
                throw new ObjectDisposedException(nameof(SocketFile));
            }

            if (!isAllowed)
            {
                throw new IOException(refusal);
            }

            if (!_owner.IsClosed)
            {
                _socket.Blocking = _owner.Blocking;
                _socket.ReceiveTimeout = _owner.ReceiveTimeout;
                _socket.SendTimeout = _owner.SendTimeout;
            }
        }

        // CPython, Lib/socket.py, makefile().
        private static void CheckMode(string mode)
        {
            if (mode == null)
            {
                throw new ArgumentNullException(nameof(mode));
            }

            for (int i = 0; i < mode.Length; i++)
            {
                if (mode[i] != 'r' && mode[i] != 'w' && mode[i] != 'b')
                {
                    throw new ArgumentException("invalid mode '" + mode + "' (only r, w, b allowed)");
                }
            }
        }

        private static void CheckPart(byte[] buffer, int offset, int count)
        {
            if (buffer == null)
            {
                throw new ArgumentNullException(nameof(buffer));
            }

            // Subtracting cannot overflow where adding offset and count could.
            if (offset < 0 || offset > buffer.Length || count < 0 || count > buffer.Length - offset)
            {
                throw new ArgumentOutOfRangeException(nameof(count), "The buffer has " + buffer.Length.ToString() + " bytes; " +
                    count.ToString() + " from offset " + offset.ToString() + " on are not within it.");
            }
        }

        private static void CheckCount(int count, string name)
        {
            if (count < 0)
            {
                throw new ArgumentOutOfRangeException(name, "A " + name + " is not negative: " + count.ToString());
            }
        }
    }
}
