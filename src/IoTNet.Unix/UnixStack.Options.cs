using System.Threading;

namespace IoTNet
{
    /// <content>Socket options.</content>
    public partial class UnixStack
    {
        private const int IntBytes = 4;
        private const int LingerBytes = 8;

        /// <inheritdoc/>
        public int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                if (socket == null)
                {
                    return -(int)Errno.EBADF;
                }

                if (length < 0)
                {
                    return -(int)Errno.EINVAL;
                }

                if (IsLinger(level, name))
                {
                    Write(socket.Lingers ? 1 : 0, value, 0, length);
                    Write(socket.LingerSeconds, value, IntBytes, length);
                    return length < LingerBytes ? length : LingerBytes;
                }

                int result = socket.GetOption(level, name, out int number);
                if (result < 0)
                {
                    return result;
                }

                Write(number, value, 0, length);
                return length < IntBytes ? length : IntBytes;
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                if (socket == null)
                {
                    return -(int)Errno.EBADF;
                }

                int result = socket.SetLongOption(level, name, value, length, out bool isKnown);
                if (isKnown)
                {
                    return result;
                }

                bool isLinger = IsLinger(level, name);
                if (length < (isLinger ? LingerBytes : IntBytes))
                {
                    return -(int)Errno.EINVAL;
                }

                if (isLinger)
                {
                    socket.SetLinger(Read(value, 0) != 0, Read(value, IntBytes));
                    return 0;
                }

                return socket.SetOption(level, name, Read(value, 0));
            }
            finally
            {
                Leave();
            }
        }

        private static bool IsLinger(SocketOptionLevel level, SocketOptionName name)
        {
            return level == SocketOptionLevel.Socket && name == SocketOptionName.Linger;
        }

        private static int Read(byte[] value, int offset)
        {
            return value[offset] | (value[offset + 1] << 8) | (value[offset + 2] << 16) | (value[offset + 3] << 24);
        }

        // Writes an int, low byte first, as far as there is room.
        private static void Write(int number, byte[] value, int offset, int length)
        {
            for (int i = 0; i < IntBytes && offset + i < length; i++)
            {
                value[offset + i] = (byte)(number >> (8 * i));
            }
        }
    }
}
