using System;

namespace IoTNet.Boards
{
    // The door to a socket's options and names.
    public sealed partial class SystemNetStack
    {
        /// <inheritdoc/>
        public int GetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.GetOption(level, name, value, length);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Option);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int SetOption(int handle, SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.SetOption(level, name, value, length);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Option);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int GetLocalAddress(int handle, SocketAddress local)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.GetLocalAddress(local);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Other);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int GetRemoteAddress(int handle, SocketAddress remote)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.GetRemoteAddress(remote);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Other);
            }

            return socket.Leave(result);
        }
    }
}
