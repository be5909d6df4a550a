using System.Threading;

namespace IoTNet
{
    /// <content>Sending and receiving.</content>
    public partial class UnixStack
    {
        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
        {
            Transfer data = Transfer.Of(buffer, offset, count, flags, to);
            return Send(handle, ref data, timeoutMs);
        }

        /// <inheritdoc/>
        public int SendMsg(int handle, SocketMessage message, int timeoutMs)
        {
            Transfer data = Transfer.Of(message);
            return Send(handle, ref data, timeoutMs);
        }

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs)
        {
            Transfer data = Transfer.Of(buffer, offset, count, flags, from);
            int result = Receive(handle, ref data, timeoutMs);
            flags = data.Seen;
            return result;
        }

        /// <inheritdoc/>
        public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs)
        {
            message.ClearControls();
            Transfer data = Transfer.Of(message);
            message.Flags = SocketFlags.None;
            int result = Receive(handle, ref data, timeoutMs);

            // Control data that did not fit has left its mark in the message meanwhile.
            message.Flags |= data.Seen;
            return result;
        }

        private int Send(int handle, ref Transfer data, int timeoutMs)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                int result = Check(socket, ref data);
                if (result < 0)
                {
                    return result;
                }

                Patience patience = Patience.Of(timeoutMs);
                bool isStream = socket.Type == SocketType.Stream;
                do
                {
                    data.Blocker = null;
                    result = socket.Send(ref data);
                }
                while ((isStream && result > 0 && data.Done < data.Count)
                    || (result == -(int)Errno.EAGAIN && Pause(socket, Wakes.Room, data.Blocker, ref patience)));

                // A stream's send that was cut short by time or error tells what it did.
                return isStream && data.Done > 0 ? data.Done : result;
            }
            finally
            {
                Leave();
            }
        }

        private int Receive(int handle, ref Transfer data, int timeoutMs)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                int result = Check(socket, ref data);
                if (result < 0)
                {
                    return result;
                }

                Patience patience = Patience.Of(timeoutMs);
                do
                {
                    result = socket.Receive(ref data);
                }
                while (result == -(int)Errno.EAGAIN && Pause(socket, Wakes.Input, null, ref patience));

                return result;
            }
            finally
            {
                Leave();
            }
        }

        private static int Check(MemorySocket socket, ref Transfer data)
        {
            if (socket == null)
            {
                return -(int)Errno.EBADF;
            }

            return data.Has(SocketFlags.OutOfBand) ? -(int)Errno.EOPNOTSUPP : 0;
        }
    }
}
