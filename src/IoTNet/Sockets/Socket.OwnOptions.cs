using System;
using System.Collections;

namespace IoTNet
{
    // The options that the socket answers itself, and those that it carries over when it moves to the in-memory stack.
    public sealed partial class Socket
    {
        private bool GetOwnOption(SocketOptionName name, out int value)
        {
            switch (name)
            {
                case SocketOptionName.Type: value = (int)SocketType; return true;
                case SocketOptionName.Domain: value = (int)AddressFamily; return true;
                case SocketOptionName.Protocol: value = (int)ProtocolType; return true;
                case SocketOptionName.AcceptConnection: value = Is(ListeningBit) ? 1 : 0; return true;
                case SocketOptionName.MaxConnections: value = MaxBacklog; return true;
                case SocketOptionName.ReceiveTimeout: value = ReceiveTimeout; return true;
                case SocketOptionName.SendTimeout: value = SendTimeout; return true;
                case SocketOptionName.ConnectTimeout: value = ConnectTimeout; return true;
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
                    return SetTimeout(ref MakeExtras().ReceiveTimeoutMs, value, length);
                case SocketOptionName.SendTimeout:
                    return SetTimeout(ref MakeExtras().SendTimeoutMs, value, length);
                case SocketOptionName.ConnectTimeout:
                    return SetTimeout(ref MakeExtras().ConnectTimeoutMs, value, length);
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
            Extras own = MakeExtras();
            own.OptionsToMove = own.OptionsToMove ?? new ArrayList();
            own.OptionsToMove.Add(new ControlMessage(level, name, copy));
        }

        // The in-memory stack may not have an option that the board's stack took; it has no bearing there then.
        private int ReplayOptions()
        {
            ArrayList options = _extras?.OptionsToMove;
            for (int i = 0; options != null && i < options.Count; i++)
            {
                ControlMessage option = (ControlMessage)options[i];
                _stack.SetOption(_handle, option.Level, option.Type, option.Data, option.Data.Length);
            }

            return 0;
        }
    }
}
