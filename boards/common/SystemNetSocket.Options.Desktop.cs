#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
using System;
using Net = System.Net;
using NetSockets = System.Net.Sockets;

namespace IoTNet.Boards
{
    // The desktop half of options and control data.
    internal sealed partial class SystemNetSocket
    {
        // linux/in.h: IP_PMTUDISC_DONT and IP_PMTUDISC_DO.
        private const int MayFragment = 0;
        private const int NeverFragment = 2;

        private bool _debug;
        private bool _wantsPacketInformation;

        private bool WantsControlData => _wantsPacketInformation;

        private int NativeTakeError()
        {
            return _nativeHandle.IsClosed
                ? 0
                : (int)ErrnoTable.FromSocketError((int)_native.GetSocketOption(NetSockets.SocketOptionLevel.Socket, NetSockets.SocketOptionName.Error));
        }

        private int NativeGetOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            if (level == SocketOptionLevel.Socket && name == SocketOptionName.Available)
            {
                return WriteInt(_native.Available, value, length);
            }

            if (level == SocketOptionLevel.Socket && name == SocketOptionName.Debug)
            {
                return WriteInt(_debug ? 1 : 0, value, length);
            }

            if (!OperatingSystem.IsLinux())
            {
                return GetPortableOption(level, name, value, length);
            }

            LinuxOption option;
            if (!LinuxOption.TryFind(level, name, out option))
            {
                return -(int)Errno.ENOPROTOOPT;
            }

            int size = _native.GetRawSocketOption(option.Level, option.Name, new Span<byte>(value, 0, length));
            return level == SocketOptionLevel.IP && name == SocketOptionName.DontFragment && size >= 4
                ? WriteInt(ReadInt(value) == NeverFragment ? 1 : 0, value, length)
                : size;
        }

        private int NativeSetOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            if (level == SocketOptionLevel.Socket && name == SocketOptionName.Debug)
            {
                // Linux wants a privilege for what nobody reads.
                _debug = length > 0 && value[0] != 0;
                return length < 4 ? -(int)Errno.EINVAL : 0;
            }

            if (!OperatingSystem.IsLinux())
            {
                return SetPortableOption(level, name, value, length);
            }

            LinuxOption option;
            if (!LinuxOption.TryFind(level, name, out option) || option.MinSize == 0)
            {
                return -(int)Errno.ENOPROTOOPT;
            }

            if (length < option.MinSize && name != SocketOptionName.BindToDevice)
            {
                return -(int)Errno.EINVAL;
            }

            ReadOnlySpan<byte> bytes = new ReadOnlySpan<byte>(value, 0, length);
            if (level == SocketOptionLevel.IP && name == SocketOptionName.DontFragment)
            {
                bytes = BitConverter.GetBytes(ReadInt(value) != 0 ? NeverFragment : MayFragment);
            }

            try
            {
                _native.SetRawSocketOption(option.Level, option.Name, bytes);
            }
            catch (NetSockets.SocketException e) when (NamesAnInterface(name))
            {
                // Linux says ENODEV, EINVAL or EADDRNOTAVAIL for an interface or group that is not there.
                int error = ErrorOf(e, NetCall.Option);
                return error == -(int)Errno.EADDRINUSE || error == -(int)Errno.EACCES ? error : -(int)Errno.EADDRNOTAVAIL;
            }

            Remember(level, name, value);
            return 0;
        }

        private static bool NamesAnInterface(SocketOptionName name)
        {
            return name == SocketOptionName.AddMembership || name == SocketOptionName.DropMembership
                || name == SocketOptionName.BindToDevice;
        }

        private void Remember(SocketOptionLevel level, SocketOptionName name, byte[] value)
        {
            if (level == SocketOptionLevel.Socket && name == SocketOptionName.Linger)
            {
                _resetsOnClose = ReadInt(value) != 0 && (value[4] | value[5] | value[6] | value[7]) == 0;
            }
            else if (name == SocketOptionName.PacketInformation && (level == SocketOptionLevel.IP || level == SocketOptionLevel.IPv6))
            {
                _wantsPacketInformation = ReadInt(value) != 0;
            }
        }

        // Other systems than Linux: what .NET has a name for, as .NET does it.
        private int GetPortableOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            byte[] bytes = _native.GetSocketOption((NetSockets.SocketOptionLevel)level, (NetSockets.SocketOptionName)name, length);
            Array.Copy(bytes, 0, value, 0, bytes.Length);
            return bytes.Length;
        }

        private int SetPortableOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length)
        {
            if (length < 4)
            {
                return -(int)Errno.EINVAL;
            }

            byte[] bytes = new byte[length];
            Array.Copy(value, 0, bytes, 0, length);
            _native.SetSocketOption((NetSockets.SocketOptionLevel)level, (NetSockets.SocketOptionName)name, bytes);
            Remember(level, name, value);
            return 0;
        }

        // Asked for with option PacketInformation. The one receive that allocates: .NET gives the control data as objects.
        private int NativeReceiveWithControl(byte[] buffer, int count, SocketMessage message, ref SocketFlags flags, int timeoutMs)
        {
            SocketFlags asked = flags;
            flags = SocketFlags.None;
            if (timeoutMs >= 0)
            {
                MakeNonBlocking();
            }

            Deadline deadline = Deadline.After(timeoutMs);
            for (;;)
            {
                if (_nonBlocking && !Wait(PollEvents.In, ref deadline))
                {
                    return -(int)Errno.EAGAIN;
                }

                NetSockets.SocketFlags how = (NetSockets.SocketFlags)(asked & (ReceiveFlags | SocketFlags.Truncated));
                Net.EndPoint sender = new Net.IPEndPoint(Family == AddressFamily.InterNetwork ? Net.IPAddress.Any : Net.IPAddress.IPv6Any, 0);
                try
                {
                    NetSockets.IPPacketInformation information;
                    int length = _native.ReceiveMessageFrom(new Span<byte>(buffer, 0, count), ref how, ref sender, out information);
                    flags |= (SocketFlags)how & SocketFlags.Truncated;
                    if (message.Address != null)
                    {
                        HostAddress.Read(sender, Family, message.Address);
                    }

                    message.Flags = SocketFlags.None;
                    message.AddControl(ToControl(information));
                    flags |= message.Flags;
                    return length;
                }
                catch (NetSockets.SocketException e) when (e.SocketErrorCode == NetSockets.SocketError.WouldBlock)
                {
                    // Another thread was faster.
                }
            }
        }

        private ControlMessage ToControl(NetSockets.IPPacketInformation information)
        {
            byte[] address = information.Address.GetAddressBytes();
            if (Family == AddressFamily.InterNetworkV6)
            {
                byte[] v6 = new byte[20];
                Array.Copy(information.Address.MapToIPv6().GetAddressBytes(), 0, v6, 0, 16);
                Array.Copy(BitConverter.GetBytes(information.Interface), 0, v6, 16, 4);
                return new ControlMessage(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, v6);
            }

            // .NET gives one address, the destination: it is the local one too, unless it is a group's or a broadcast.
            byte[] v4 = new byte[12];
            Array.Copy(BitConverter.GetBytes(information.Interface), 0, v4, 0, 4);
            Array.Copy(address, 0, v4, 8, 4);
            if (address[0] < 224)
            {
                Array.Copy(address, 0, v4, 4, 4);
            }

            return new ControlMessage(SocketOptionLevel.IP, SocketOptionName.PacketInformation, v4);
        }
    }
}
#endif
