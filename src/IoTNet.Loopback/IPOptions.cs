namespace IoTNet
{
    /// <summary>The options at levels IP and IPv6 of one socket.</summary>
    internal sealed class IPOptions
    {
        // Linux's loopback interface.
        private const int LoopbackMtu = 65536;

        private readonly bool _isIPv6Socket;
        private int _typeOfService;
        private int _portRange;

        public int TimeToLive = 64;
        public int MulticastTimeToLive = 1;
        public bool IPv6Only;
        public bool MulticastLoopback = true;
        public bool PacketInformationIPv4;
        public bool PacketInformationIPv6;
        public bool ReceiveTimeToLive;
        public bool ReceiveHopLimit;

        public IPOptions(bool isIPv6Socket)
        {
            _isIPv6Socket = isIPv6Socket;
            IPv6Only = isIPv6Socket;
        }

        // ip(7), IP_LOCAL_PORT_RANGE: a bound that is 0 or outside the stack's range does not count.
        public int LowestPort
        {
            get
            {
                int low = _portRange & 0xFFFF;
                return low < PortTable.FirstDynamicPort ? PortTable.FirstDynamicPort : low;
            }
        }

        public int HighestPort
        {
            get
            {
                int high = (_portRange >> 16) & 0xFFFF;
                return high < PortTable.FirstDynamicPort ? PortTable.LastDynamicPort : high;
            }
        }

        /// <summary>Takes over a listener's options.</summary>
        public void Inherit(IPOptions listener)
        {
            _typeOfService = listener._typeOfService;
            MulticastTimeToLive = listener.MulticastTimeToLive;
            _portRange = listener._portRange;
            TimeToLive = listener.TimeToLive;
            IPv6Only = listener.IPv6Only;
            MulticastLoopback = listener.MulticastLoopback;
            PacketInformationIPv4 = listener.PacketInformationIPv4;
            PacketInformationIPv6 = listener.PacketInformationIPv6;
            ReceiveTimeToLive = listener.ReceiveTimeToLive;
            ReceiveHopLimit = listener.ReceiveHopLimit;
        }

        /// <summary>Reads an option.</summary>
        /// <returns>0; or ENOPROTOOPT, ENOTCONN (the MTU of no path).</returns>
        public int Get(SocketOptionLevel level, SocketOptionName name, bool isConnected, out int value)
        {
            value = 0;
            if (!HasLevel(level))
            {
                return -(int)Errno.ENOPROTOOPT;
            }

            switch (name)
            {
                case SocketOptionName.TypeOfService:
                    value = _typeOfService;
                    return 0;
                case SocketOptionName.IpTimeToLive:
                    value = TimeToLive;
                    return 0;
                case SocketOptionName.MulticastTimeToLive:
                    value = MulticastTimeToLive;
                    return 0;
                case SocketOptionName.MulticastLoopback:
                    value = MulticastLoopback ? 1 : 0;
                    return 0;
                case SocketOptionName.PacketInformation:
                    value = (level == SocketOptionLevel.IP ? PacketInformationIPv4 : PacketInformationIPv6) ? 1 : 0;
                    return 0;
                case SocketOptionName.Mtu:
                    value = LoopbackMtu;
                    return isConnected ? 0 : -(int)Errno.ENOTCONN;
                default:
                    return level == SocketOptionLevel.IP ? GetIPv4(name, out value) : GetIPv6(name, out value);
            }
        }

        /// <summary>Sets an option.</summary>
        /// <returns>0; or ENOPROTOOPT, EINVAL (out of range; IPv6Only of a bound socket).</returns>
        public int Set(SocketOptionLevel level, SocketOptionName name, bool isBound, int value)
        {
            if (!HasLevel(level))
            {
                return -(int)Errno.ENOPROTOOPT;
            }

            switch (name)
            {
                case SocketOptionName.TypeOfService:
                    return SetWithin(ref _typeOfService, value, 0, 255);
                case SocketOptionName.IpTimeToLive:
                    return SetWithin(ref TimeToLive, value, 1, 255);
                case SocketOptionName.MulticastTimeToLive:
                    return SetWithin(ref MulticastTimeToLive, value, 0, 255);
                case SocketOptionName.MulticastLoopback:
                    MulticastLoopback = value != 0;
                    return 0;
                case SocketOptionName.PacketInformation:
                    if (level == SocketOptionLevel.IP)
                    {
                        PacketInformationIPv4 = value != 0;
                    }
                    else
                    {
                        PacketInformationIPv6 = value != 0;
                    }

                    return 0;
                default:
                    return level == SocketOptionLevel.IP ? SetIPv4(name, value) : SetIPv6(name, isBound, value);
            }
        }

        // An IPv6 socket has the IPv4 options as well: it may carry IPv4.
        private bool HasLevel(SocketOptionLevel level)
        {
            return level == SocketOptionLevel.IP || (level == SocketOptionLevel.IPv6 && _isIPv6Socket);
        }

        private int GetIPv4(SocketOptionName name, out int value)
        {
            switch (name)
            {
                case SocketOptionName.ReceiveTimeToLive:
                    value = ReceiveTimeToLive ? 1 : 0;
                    return 0;
                case SocketOptionName.LocalPortRange:
                    value = _portRange;
                    return 0;
                default:
                    value = 0;
                    return -(int)Errno.ENOPROTOOPT;
            }
        }

        private int GetIPv6(SocketOptionName name, out int value)
        {
            switch (name)
            {
                case SocketOptionName.HopLimit:
                    value = ReceiveHopLimit ? 1 : 0;
                    return 0;
                case SocketOptionName.IPv6Only:
                    value = IPv6Only ? 1 : 0;
                    return 0;
                default:
                    value = 0;
                    return -(int)Errno.ENOPROTOOPT;
            }
        }

        private int SetIPv4(SocketOptionName name, int value)
        {
            switch (name)
            {
                case SocketOptionName.ReceiveTimeToLive:
                    ReceiveTimeToLive = value != 0;
                    return 0;
                case SocketOptionName.LocalPortRange:
                    int low = value & 0xFFFF;
                    int high = (value >> 16) & 0xFFFF;
                    if (low != 0 && high != 0 && low > high)
                    {
                        return -(int)Errno.EINVAL;
                    }

                    _portRange = value;
                    return 0;
                default:
                    return -(int)Errno.ENOPROTOOPT;
            }
        }

        private int SetIPv6(SocketOptionName name, bool isBound, int value)
        {
            switch (name)
            {
                case SocketOptionName.HopLimit:
                    ReceiveHopLimit = value != 0;
                    return 0;
                case SocketOptionName.IPv6Only:
                    if (isBound)
                    {
                        return -(int)Errno.EINVAL;
                    }

                    IPv6Only = value != 0;
                    return 0;
                default:
                    return -(int)Errno.ENOPROTOOPT;
            }
        }

        private static int SetWithin(ref int option, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                return -(int)Errno.EINVAL;
            }

            option = value;
            return 0;
        }
    }
}
