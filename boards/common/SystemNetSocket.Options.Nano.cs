#if NANOFRAMEWORK_1_0 || IOTNET_NANO_API
using System;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The nano half of options: handed on by number, which is the same in nanoFramework; values made POSIX's.
    internal sealed partial class SystemNetSocket
    {
        // Where IoTNet's own options begin: nanoFramework has no number for them.
        private const int FirstOwnOption = 0x2000;

        private const int DebugBit = 8;
        private const int LingersBit = 16;

        private static bool WantsControlData => false;

        private int NativeReceiveWithControl(byte[] buffer, int count, SocketMessage message, ref SocketFlags flags, int timeoutMs)
        {
            return -(int)Errno.EOPNOTSUPP;
        }

        private int NativeTakeError()
        {
            byte[] value = new byte[4];
            try
            {
                _native.GetSocketOption(NetSockets.SocketOptionLevel.Socket, NetSockets.SocketOptionName.Error, value);
            }
            catch (Exception)
            {
                // Closed meanwhile, or the platform does not tell: then the cause is what the caller makes of it.
                return 0;
            }

            return (int)Platform.PendingError(ReadInt(value));
        }

        private int NativeGetOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            if (level == SocketOptionLevel.Socket)
            {
                switch (name)
                {
                    case SocketOptionName.Available:
                        return WriteInt(_native.Available, value, length);
                    case SocketOptionName.Debug:
                        return WriteInt(Is(DebugBit) ? 1 : 0, value, length);
                    case SocketOptionName.Linger:
                        byte[] linger = new byte[8];
                        int seconds = _extras == null ? 0 : _extras.LingerSeconds;
                        linger[0] = (byte)(Is(LingersBit) ? 1 : 0);
                        for (int i = 0; i < 4; i++)
                        {
                            linger[4 + i] = (byte)(seconds >> (8 * i));
                        }

                        int size = length < 8 ? length : 8;
                        Array.Copy(linger, 0, value, 0, size);
                        return size;
                    default:
                        break;
                }
            }

            if (!IsKnown(level, name) || IsWriteOnly(level, name))
            {
                return -(int)Errno.ENOPROTOOPT;
            }

            byte[] native = new byte[4];
            _native.GetSocketOption((NetSockets.SocketOptionLevel)level, (NetSockets.SocketOptionName)NativeName(level, name), native);
            int number = ReadInt(native);

            // lwIP gives the bit by which it keeps a switch.
            return WriteInt(IsSwitch(level, name) && number != 0 ? 1 : number, value, length);
        }

        private int NativeSetOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            if (!IsKnown(level, name))
            {
                return -(int)Errno.ENOPROTOOPT;
            }

            bool linger = level == SocketOptionLevel.Socket && name == SocketOptionName.Linger;
            if (length < (linger ? 8 : 4))
            {
                return -(int)Errno.EINVAL;
            }

            if (level == SocketOptionLevel.Socket && name == SocketOptionName.Debug)
            {
                Set(DebugBit, ReadInt(value) != 0);
                return 0;
            }

            if (linger)
            {
                int seconds = value[4] | (value[5] << 8) | (value[6] << 16) | (value[7] << 24);
                if (seconds < 0)
                {
                    return -(int)Errno.EINVAL;
                }

                bool on = ReadInt(value) != 0;
                Set(LingersBit, on);
                MakeExtras().LingerSeconds = seconds;
                Platform.SetLinger(_native, on, seconds);
                return 0;
            }

            byte[] native = new byte[length];
            Array.Copy(value, 0, native, 0, length);
            try
            {
                _native.SetSocketOption((NetSockets.SocketOptionLevel)level, (NetSockets.SocketOptionName)NativeName(level, name), native);
            }
            catch (NetSockets.SocketException e)
            {
                int error = ErrorOf(e, NetCall.Option);
                return IsMembership(level, name) && error != -(int)Errno.EADDRINUSE ? -(int)Errno.EADDRNOTAVAIL : error;
            }

            return 0;
        }

        private static bool IsKnown(SocketOptionLevel level, SocketOptionName name)
        {
            if ((int)name >= FirstOwnOption && (int)name != int.MaxValue)
            {
                return false;
            }

            switch (level)
            {
                case SocketOptionLevel.Socket:
                    return name != SocketOptionName.MaxConnections && name != SocketOptionName.UseLoopback;
                case SocketOptionLevel.Tcp:
                    return name == SocketOptionName.NoDelay || name == SocketOptionName.TcpKeepAliveTime
                        || name == SocketOptionName.TcpKeepAliveRetryCount || name == SocketOptionName.TcpKeepAliveInterval;
                case SocketOptionLevel.IP:
                case SocketOptionLevel.IPv6:
                    // Control data does not come through.
                    return name != SocketOptionName.PacketInformation && name != SocketOptionName.HopLimit;
                default:
                    return false;
            }
        }

        private static bool IsMembership(SocketOptionLevel level, SocketOptionName name)
        {
            return level != SocketOptionLevel.Socket && (name == SocketOptionName.AddMembership || name == SocketOptionName.DropMembership);
        }

        private static bool IsWriteOnly(SocketOptionLevel level, SocketOptionName name)
        {
            return (level == SocketOptionLevel.IP || level == SocketOptionLevel.IPv6) && name >= SocketOptionName.AddMembership
                && name <= SocketOptionName.UnblockSource && name != SocketOptionName.DontFragment;
        }

        private static bool IsSwitch(SocketOptionLevel level, SocketOptionName name)
        {
            switch (level)
            {
                case SocketOptionLevel.Socket:
                    return name == SocketOptionName.ReuseAddress || name == SocketOptionName.KeepAlive
                        || name == SocketOptionName.Broadcast || name == SocketOptionName.DontRoute
                        || name == SocketOptionName.OutOfBandInline;
                case SocketOptionLevel.Tcp:
                    return name == SocketOptionName.NoDelay;
                default:
                    return name == SocketOptionName.MulticastLoopback || name == SocketOptionName.IPv6Only;
            }
        }

        private static int NativeName(SocketOptionLevel level, SocketOptionName name)
        {
            return level == SocketOptionLevel.Tcp ? Platform.TcpOption(name) : (int)name;
        }
    }
}
#endif
