using System;

namespace IoTNet.Boards
{
    // The door to what moves bytes.
    public sealed partial class SystemNetStack
    {
        /// <inheritdoc/>
        public int Send(int handle, byte[] buffer, int offset, int count, SocketFlags flags, SocketAddress to, int timeoutMs)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.Send(buffer, offset, count, flags, to, timeoutMs);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Send);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int Receive(int handle, byte[] buffer, int offset, int count, ref SocketFlags flags, SocketAddress from, int timeoutMs)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.Receive(buffer, offset, count, ref flags, from, timeoutMs);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Receive);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int SendMsg(int handle, SocketMessage message, int timeoutMs)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.SendMsg(message, timeoutMs);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Send);
            }

            return socket.Leave(result);
        }

        /// <inheritdoc/>
        public int ReceiveMsg(int handle, SocketMessage message, int timeoutMs)
        {
            SystemNetSocket socket = Enter(handle);
            if (socket == null)
            {
                return BadHandle;
            }

            int result;
            try
            {
                result = socket.ReceiveMsg(message, timeoutMs);
            }
            catch (Exception e)
            {
                result = socket.ErrorOf(e, NetCall.Receive);
            }

            return socket.Leave(result);
        }
    }
}
