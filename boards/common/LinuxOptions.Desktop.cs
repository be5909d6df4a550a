#if !NANOFRAMEWORK_1_0 && !IOTNET_NANO_API
namespace IoTNet.Boards
{
    // How the options of SocketOptionName are numbered by Linux (asm-generic/socket.h, linux/in.h, in6.h, tcp.h). .NET's
    // own names are not used there: its ReuseAddress, for one, sets SO_REUSEPORT as well.
    internal struct LinuxOption
    {
        public int Level;
        public int Name;

        // The fewest bytes of a value to set; 0 = cannot be set.
        public int MinSize;

        private const int SolSocket = 1;
        private const int IpProtoIP = 0;
        private const int IpProtoTcp = 6;
        private const int IpProtoIPv6 = 41;

        public static bool TryFind(SocketOptionLevel level, SocketOptionName name, out LinuxOption option)
        {
            switch (level)
            {
                case SocketOptionLevel.Socket:
                    option = OfSocket(name);
                    break;
                case SocketOptionLevel.IP:
                    option = OfIP(name);
                    break;
                case SocketOptionLevel.IPv6:
                    option = OfIPv6(name);
                    break;
                case SocketOptionLevel.Tcp:
                    option = OfTcp(name);
                    break;
                case SocketOptionLevel.Udp:
                    option = name == SocketOptionName.NoChecksum ? Int(SolSocket, 11) : default;
                    break;
                default:
                    option = default;
                    break;
            }

            return option.Name != 0;
        }

        private static LinuxOption OfSocket(SocketOptionName name)
        {
            switch (name)
            {
                case SocketOptionName.ReuseAddress: return Int(SolSocket, 2);
                case SocketOptionName.Error: return ReadOnly(SolSocket, 4);
                case SocketOptionName.DontRoute: return Int(SolSocket, 5);
                case SocketOptionName.Broadcast: return Int(SolSocket, 6);
                case SocketOptionName.SendBuffer: return Int(SolSocket, 7);
                case SocketOptionName.ReceiveBuffer: return Int(SolSocket, 8);
                case SocketOptionName.KeepAlive: return Int(SolSocket, 9);
                case SocketOptionName.OutOfBandInline: return Int(SolSocket, 10);
                case SocketOptionName.NoCheck: return Int(SolSocket, 11);
                case SocketOptionName.Priority: return Int(SolSocket, 12);
                case SocketOptionName.Linger: return Bytes(SolSocket, 13, 8);
                case SocketOptionName.ReusePort: return Int(SolSocket, 15);
                case SocketOptionName.ReceiveLowWater: return Int(SolSocket, 18);
                case SocketOptionName.SendLowWater: return ReadOnly(SolSocket, 19);
                case SocketOptionName.BindToDevice: return Bytes(SolSocket, 25, 1);
                case SocketOptionName.Timestamping: return Int(SolSocket, 37);
                default: return default;
            }
        }

        private static LinuxOption OfIP(SocketOptionName name)
        {
            switch (name)
            {
                case SocketOptionName.TypeOfService: return Int(IpProtoIP, 1);
                case SocketOptionName.IpTimeToLive: return Int(IpProtoIP, 2);
                case SocketOptionName.HeaderIncluded: return Int(IpProtoIP, 3);
                case SocketOptionName.IPOptions: return Bytes(IpProtoIP, 4, 1);
                case SocketOptionName.PacketInformation: return Int(IpProtoIP, 8);
                case SocketOptionName.DontFragment: return Int(IpProtoIP, 10);
                case SocketOptionName.Mtu: return ReadOnly(IpProtoIP, 14);
                case SocketOptionName.MulticastInterface: return Bytes(IpProtoIP, 32, 4);
                case SocketOptionName.MulticastTimeToLive: return Int(IpProtoIP, 33);
                case SocketOptionName.MulticastLoopback: return Int(IpProtoIP, 34);
                case SocketOptionName.AddMembership: return Bytes(IpProtoIP, 35, 8);
                case SocketOptionName.DropMembership: return Bytes(IpProtoIP, 36, 8);
                case SocketOptionName.UnblockSource: return Bytes(IpProtoIP, 37, 12);
                case SocketOptionName.BlockSource: return Bytes(IpProtoIP, 38, 12);
                case SocketOptionName.AddSourceMembership: return Bytes(IpProtoIP, 39, 12);
                case SocketOptionName.DropSourceMembership: return Bytes(IpProtoIP, 40, 12);
                case SocketOptionName.LocalPortRange: return Int(IpProtoIP, 51);
                default: return default;
            }
        }

        private static LinuxOption OfIPv6(SocketOptionName name)
        {
            switch (name)
            {
                case SocketOptionName.IpTimeToLive: return Int(IpProtoIPv6, 16);
                case SocketOptionName.MulticastInterface: return Int(IpProtoIPv6, 17);
                case SocketOptionName.MulticastTimeToLive: return Int(IpProtoIPv6, 18);
                case SocketOptionName.MulticastLoopback: return Int(IpProtoIPv6, 19);
                case SocketOptionName.AddMembership: return Bytes(IpProtoIPv6, 20, 20);
                case SocketOptionName.DropMembership: return Bytes(IpProtoIPv6, 21, 20);
                case SocketOptionName.Mtu: return ReadOnly(IpProtoIPv6, 24);
                case SocketOptionName.IPv6Only: return Int(IpProtoIPv6, 26);
                case SocketOptionName.PacketInformation: return Int(IpProtoIPv6, 49);
                case SocketOptionName.TypeOfService: return Int(IpProtoIPv6, 67);
                case SocketOptionName.AddressPreferences: return Int(IpProtoIPv6, 72);
                default: return default;
            }
        }

        private static LinuxOption OfTcp(SocketOptionName name)
        {
            switch (name)
            {
                case SocketOptionName.NoDelay: return Int(IpProtoTcp, 1);
                case SocketOptionName.TcpKeepAliveTime: return Int(IpProtoTcp, 4);
                case SocketOptionName.TcpKeepAliveInterval: return Int(IpProtoTcp, 5);
                case SocketOptionName.TcpKeepAliveRetryCount: return Int(IpProtoTcp, 6);
                default: return default;
            }
        }

        private static LinuxOption Int(int level, int name)
        {
            return Bytes(level, name, 4);
        }

        private static LinuxOption ReadOnly(int level, int name)
        {
            return Bytes(level, name, 0);
        }

        private static LinuxOption Bytes(int level, int name, int minSize)
        {
            LinuxOption option;
            option.Level = level;
            option.Name = name;
            option.MinSize = minSize;
            return option;
        }
    }
}
#endif
