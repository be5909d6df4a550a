using System;
using System.Collections;

namespace IoTNet
{
    // The options that the socket answers itself, and those that it carries over when it moves to the in-memory stack.
    public sealed partial class Socket
    {
        // The options set so far, kept only while the socket may still have to move to the in-memory stack.
        private ArrayList _optionsToMove;

        private bool GetOwnOption(SocketOptionName name, out int value)
        {
            switch (name)
            {
                case SocketOptionName.Type: value = (int)SocketType; return true;
                case SocketOptionName.Domain: value = (int)AddressFamily; return true;
                case SocketOptionName.Protocol: value = (int)ProtocolType; return true;
                case SocketOptionName.AcceptConnection: value = _listening ? 1 : 0; return true;
                case SocketOptionName.MaxConnections: value = MaxBacklog; return true;
                case SocketOptionName.ReceiveTimeout: value = _receiveTimeoutMs; return true;
                case SocketOptionName.SendTimeout: value = _sendTimeoutMs; return true;
                case SocketOptionName.ConnectTimeout: value = _connectTimeoutMs; return true;
                default: value = 0; return false;
            }
        }

        private int SetOwnOption(SocketOptionName name, byte[] value, int length, out bool own)
        {
            own = true;
            switch (name)
            {
                case SocketOptionName.Type:
                case SocketOptionName.Domain:
                case SocketOptionName.Protocol:
                case SocketOptionName.AcceptConnection:
                case SocketOptionName.MaxConnections:
                case SocketOptionName.Error:
                case SocketOptionName.Available:
                    return -(int)Errno.ENOPROTOOPT;
                case SocketOptionName.ReceiveTimeout:
                    return SetTimeout(ref _receiveTimeoutMs, value, length);
                case SocketOptionName.SendTimeout:
                    return SetTimeout(ref _sendTimeoutMs, value, length);
                case SocketOptionName.ConnectTimeout:
                    return SetTimeout(ref _connectTimeoutMs, value, length);
                case SocketOptionName.DontLinger:
                case SocketOptionName.ExclusiveAddressUse:
                    return SetOpposite(name, value, length);
                default:
                    own = false;
                    return 0;
            }
        }

        private int SetOpposite(SocketOptionName name, byte[] value, int length)
        {
            if (length < 4)
            {
                return -(int)Errno.EINVAL;
            }

            byte[] opposite = new byte[8];
            WriteInt(opposite, 0, ReadInt(value, 0) == 0 ? 1 : 0);
            return name == SocketOptionName.DontLinger
                ? TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Linger, opposite, 8)
                : TrySetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, opposite, 4);
        }

        private static int SetTimeout(ref int timeoutMs, byte[] value, int length)
        {
            int given = length < 4 ? -2 : ReadInt(value, 0);
            if (given < -1)
            {
                return -(int)Errno.EINVAL;
            }

            timeoutMs = given < 0 ? 0 : given;
            return 0;
        }

        private void RememberOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            byte[] copy = new byte[length];
            Array.Copy(value, 0, copy, 0, length);
            _optionsToMove = _optionsToMove ?? new ArrayList();
            _optionsToMove.Add(new ControlMessage(level, name, copy));
        }

        // The in-memory stack may not have an option that the board's stack took; it has no bearing there then.
        private int ReplayOptions()
        {
            for (int i = 0; _optionsToMove != null && i < _optionsToMove.Count; i++)
            {
                ControlMessage option = (ControlMessage)_optionsToMove[i];
                _stack.SetOption(_handle, option.Level, option.Type, option.Data, option.Data.Length);
            }

            _optionsToMove = null;
            return 0;
        }
    }
}
