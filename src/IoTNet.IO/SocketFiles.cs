namespace IoTNet
{
    /// <summary>Makes files of sockets.</summary>
    public static class SocketFiles
    {
        /// <summary>A file over a connected stream, as Python's <c>socket.makefile(mode, buffering, errors=errors,
        /// newline=newline)</c>; the encoding is UTF-8. The stack's socket stays open until the socket and all its files are
        /// closed.</summary>
        /// <param name="socket">The stream. While it is open, the file follows its Blocking and its timeouts.</param>
        /// <param name="mode">r (reads), w (writes), b (binary), in any order; without w it reads, without b it is text.</param>
        /// <param name="bufferSize">Bytes of the buffer each way; negative = 512; 0 = none, for binary only: takes no byte
        /// that was not asked for and sends at once; 1 on a text file = each write with a line's end is sent, 512 bytes.</param>
        /// <param name="newline">What ends a line of text. null: LF, CR and CR LF, all read as LF; "": the same, read as they
        /// are; LF, CR or CR LF: only that, read as it is. In writing, CR and CR LF take the place of LF. Ignored by a binary
        /// file.</param>
        /// <param name="errors">What happens to bytes that are not UTF-8.</param>
        /// <returns>The file.</returns>
        /// <exception cref="System.ArgumentNullException">There is no socket or no mode.</exception>
        /// <exception cref="System.ArgumentException"><c>invalid mode 'x' (only r, w, b allowed)</c>; <c>unbuffered streams must
        /// be binary</c>; <c>illegal newline value: x</c>.</exception>
        /// <exception cref="SocketException">ENOTCONN: the socket is neither bound nor connected.</exception>
        /// <exception cref="System.ObjectDisposedException">The socket is closed.</exception>
        public static SocketFile MakeFile(this Socket socket, string mode = "r", int bufferSize = -1, string newline = null,
            TextErrors errors = TextErrors.Strict)
        {
            return new SocketFile(socket, mode, bufferSize, newline, errors);
        }
    }
}
