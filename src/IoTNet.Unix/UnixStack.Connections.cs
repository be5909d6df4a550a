using System.Threading;

namespace IoTNet
{
    /// <content>Addresses and connections.</content>
    public partial class UnixStack
    {
        /// <inheritdoc/>
        public int Bind(int handle, SocketAddress local)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                return socket == null ? -(int)Errno.EBADF : socket.Bind(local);
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int Listen(int handle, int backlog)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                return socket == null ? -(int)Errno.EBADF : socket.Listen(backlog);
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int Accept(int handle, SocketAddress peer, int timeoutMs)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                if (socket == null)
                {
                    return -(int)Errno.EBADF;
                }

                Patience patience = Patience.Of(timeoutMs);
                ConnectionSocket accepted;
                int result;
                do
                {
                    accepted = null;
                    result = socket.IsClosed ? -(int)Errno.EINTR : socket.Accept(out accepted);
                }
                while (result == -(int)Errno.EAGAIN && Pause(socket, Wakes.Input, null, ref patience));

                if (accepted != null && peer != null)
                {
                    accepted.CopyRemoteAddress(peer);
                }

                return result;
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int Connect(int handle, SocketAddress remote, int timeoutMs)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                if (socket == null)
                {
                    return -(int)Errno.EBADF;
                }

                Patience patience = Patience.Of(timeoutMs);
                int result = socket.Connect(remote, timeoutMs != 0);
                while (timeoutMs != 0 && result == -(int)Errno.EINPROGRESS)
                {
                    if (!Pause(socket, Wakes.Room, null, ref patience))
                    {
                        socket.AbandonConnect();
                        return -(int)Errno.ETIMEDOUT;
                    }

                    result = socket.IsClosed ? -(int)Errno.EINTR : socket.ContinueConnect();
                }

                return result;
            }
            finally
            {
                Leave();
            }
        }

        /// <inheritdoc/>
        public int Shutdown(int handle, SocketShutdown how)
        {
            Monitor.Enter(_lock);
            try
            {
                MemorySocket socket = Find(handle);
                return socket == null ? -(int)Errno.EBADF : socket.Shutdown(how);
            }
            finally
            {
                Leave();
            }
        }
    }
}
