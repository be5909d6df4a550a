using System;

namespace IoTNet
{
    /// <content>Options, multicast groups and control data.</content>
    internal sealed partial class UdpSocket
    {
        // Linux's igmp_max_memberships.
        private const int MaxGroups = 20;

        // The loopback interface's number (RFC 3493 4), as on Linux.
        private const int InterfaceNumber = 1;

        private const int IPv4Bytes = 4;
        private const int IPv4MembershipBytes = 8;
        private const int IPv6MembershipBytes = HostAddress.Size + 4;

        // The groups' addresses, HostAddress.Size bytes each.
        private byte[] _groups;
        private int _groupCount;

        public override int SetLongOption(SocketOptionLevel level, SocketOptionName name, byte[] value, int length, out bool isKnown)
        {
            bool isIPv4 = level == SocketOptionLevel.IP;
            isKnown = (isIPv4 || (level == SocketOptionLevel.IPv6 && Family == AddressFamily.InterNetworkV6))
                && (name == SocketOptionName.AddMembership || name == SocketOptionName.DropMembership);
            if (!isKnown)
            {
                return 0;
            }

            if (length < (isIPv4 ? IPv4MembershipBytes : IPv6MembershipBytes))
            {
                return -(int)Errno.EINVAL;
            }

            HostAddress group = isIPv4 ? HostAddress.ReadIPv4(value, 0) : HostAddress.Read(value, 0);
            if (!group.IsMulticast)
            {
                return -(int)Errno.EINVAL;
            }

            if (!IsOwnInterface(isIPv4, value))
            {
                return -(int)Errno.EADDRNOTAVAIL;
            }

            return name == SocketOptionName.AddMembership ? Join(group) : Leave(group);
        }

        protected override int GetProtocolOption(SocketOptionLevel level, SocketOptionName name, out int value)
        {
            return Binding.Options.Get(level, name, Binding.HasRemote, out value);
        }

        protected override int SetProtocolOption(SocketOptionLevel level, SocketOptionName name, int value)
        {
            return Binding.Options.Set(level, name, Binding.LocalPort != 0, value);
        }

        // Adds the control data that the socket asked for.
        private void AddControls(SocketMessage message, HostAddress destination, SocketFlags kind, byte timeToLive)
        {
            IPOptions options = Binding.Options;
            if (options.PacketInformationIPv4 && destination.IsIPv4)
            {
                byte[] data = new byte[4 + IPv4Bytes + IPv4Bytes];
                HostAddress own = kind == SocketFlags.None ? destination : Binding.SourceFor(destination);
                data[0] = InterfaceNumber;
                own.CopyIPv4To(data, 4);
                destination.CopyIPv4To(data, 8);
                message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.PacketInformation, data));
            }

            if (options.PacketInformationIPv6)
            {
                byte[] data = new byte[HostAddress.Size + 4];
                destination.CopyTo(data, 0);
                data[HostAddress.Size] = InterfaceNumber;
                message.AddControl(new ControlMessage(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, data));
            }

            if (options.ReceiveTimeToLive && destination.IsIPv4)
            {
                byte[] data = new byte[] { timeToLive, 0, 0, 0 };
                message.AddControl(new ControlMessage(SocketOptionLevel.IP, SocketOptionName.ReceiveTimeToLive, data));
            }

            if (options.ReceiveHopLimit && !destination.IsIPv4)
            {
                byte[] data = new byte[] { timeToLive, 0, 0, 0 };
                message.AddControl(new ControlMessage(SocketOptionLevel.IPv6, SocketOptionName.HopLimit, data));
            }
        }

        // Control data of a send: packet information sets the address that the datagram comes from, so that an answer can
        // come from where the question was sent to.
        private static int ReadControls(SocketMessage message, ref HostAddress source)
        {
            bool isIPv4 = source.IsIPv4;
            for (int i = 0; i < message.ControlCount; i++)
            {
                ControlMessage control = message.GetControl(i);
                bool isIPv4Control = control.Level == SocketOptionLevel.IP;
                if (control.Type != SocketOptionName.PacketInformation || (!isIPv4Control && control.Level != SocketOptionLevel.IPv6))
                {
                    return -(int)Errno.EOPNOTSUPP;
                }

                if (control.Data == null || control.Data.Length < (isIPv4Control ? 4 + IPv4Bytes + IPv4Bytes : HostAddress.Size + 4))
                {
                    return -(int)Errno.EINVAL;
                }

                HostAddress wanted = isIPv4Control ? HostAddress.ReadIPv4(control.Data, 4) : HostAddress.Read(control.Data, 0);
                if (!wanted.IsAny)
                {
                    source = wanted;
                }
            }

            return source.IsLoopback && source.IsIPv4 == isIPv4 ? 0 : -(int)Errno.EADDRNOTAVAIL;
        }

        private static bool IsOwnInterface(bool isIPv4, byte[] value)
        {
            if (isIPv4)
            {
                HostAddress address = HostAddress.ReadIPv4(value, IPv4Bytes);
                return address.IsAny || address.IsLoopback;
            }

            int number = value[16] | (value[17] << 8) | (value[18] << 16) | (value[19] << 24);
            return number == 0 || number == InterfaceNumber;
        }

        private int Join(HostAddress group)
        {
            if (FindGroup(group) >= 0)
            {
                return -(int)Errno.EADDRINUSE;
            }

            if (_groupCount == MaxGroups)
            {
                return -(int)Errno.ENOBUFS;
            }

            int end = _groupCount * HostAddress.Size;
            if (_groups == null || end == _groups.Length)
            {
                byte[] larger = new byte[_groups == null ? HostAddress.Size : _groups.Length * 2];
                if (_groups != null)
                {
                    Array.Copy(_groups, 0, larger, 0, end);
                }

                _groups = larger;
            }

            group.CopyTo(_groups, end);
            _groupCount++;
            return 0;
        }

        private int Leave(HostAddress group)
        {
            int index = FindGroup(group);
            if (index < 0)
            {
                return -(int)Errno.EADDRNOTAVAIL;
            }

            _groupCount--;
            Array.Copy(_groups, _groupCount * HostAddress.Size, _groups, index * HostAddress.Size, HostAddress.Size);
            return 0;
        }

        private int FindGroup(HostAddress group)
        {
            int index = _groupCount - 1;
            while (index >= 0 && !group.Is(HostAddress.Read(_groups, index * HostAddress.Size)))
            {
                index--;
            }

            return index;
        }
    }
}
