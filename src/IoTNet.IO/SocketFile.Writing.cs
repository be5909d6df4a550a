using System;
using System.IO;

namespace IoTNet
{
    // What was written and not yet sent lies in _output up to _outputCount.
    public sealed partial class SocketFile
    {
        private readonly byte[] _output;
        private int _outputCount;

        /// <summary>Writes into the buffer; what does not fit there is sent, after what the buffer holds.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="ArgumentNullException">There is no buffer.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The part is not within the buffer.</exception>
        /// <exception cref="IOException"><c>not writable</c>: the mode has no w.</exception>
        /// <exception cref="SocketException">As <see cref="Socket.Send(byte[])"/>. When count is at most the buffer's size
        /// none of it was taken, and the call can be repeated (EAGAIN on a non-blocking socket); of more, a part may have
        /// been sent.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public override void Write(byte[] buffer, int offset, int count)
        {
            CheckPart(buffer, offset, count);
            Begin(_canWrite, "not writable");
            if (count > _output.Length - _outputCount)
            {
                SendOutput();
            }

            if (count > _output.Length)
            {
                while (count > 0)
                {
                    int sent = _socket.Send(buffer, offset, count, SocketFlags.None);
                    offset += sent;
                    count -= sent;
                }

                return;
            }

            Array.Copy(buffer, offset, _output, _outputCount, count);
            _outputCount += count;
        }

        /// <summary>Sends what the buffer holds.</summary>
        /// <exception cref="SocketException">As <see cref="Socket.Send(byte[])"/>; what was not sent stays in the
        /// buffer.</exception>
        /// <exception cref="ObjectDisposedException">The file is closed.</exception>
        public override void Flush()
        {
            Begin(true, null);
            SendOutput();
        }

        private void SendOutput()
        {
            while (_outputCount > 0)
            {
                int sent = _socket.Send(_output, 0, _outputCount, SocketFlags.None);
                _outputCount -= sent;
                Array.Copy(_output, sent, _output, 0, _outputCount);
            }
        }
    }
}
