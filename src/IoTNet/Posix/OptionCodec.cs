#if IOTNET_POSIX_NAMES
namespace IoTNet
{
    /// <summary>Turns the values of options into those of the canonical calls and back, in place.</summary>
    internal static class OptionCodec
    {
        // IP_PMTUDISC_DO: datagrams are not split.
        private const uint PathMtuAlways = 2;

        // Three IPv4 addresses.
        private const int SourceGroupBytes = 12;

        // A host's name (RFC 1035 2.3.4); more than Linux takes of IP_OPTIONS, and than the name of an interface.
        private const int MostBytes = 256;

        /// <summary>How many bytes Linux reads before it looks at the option: below, EINVAL; of nothing, EFAULT.</summary>
        public static int LeastLength(int level)
        {
            return level == Posix.SOL_SOCKET || level == Posix.IPPROTO_TCP ? 4 : 0;
        }

        /// <summary>How many bytes Linux wants at least of an option; below, EINVAL.</summary>
        public static int LeastLength(OptionKind kind, int level)
        {
            switch (kind)
            {
                case OptionKind.Time: return Posix.timeval.SizeOf;
                case OptionKind.Linger: return Posix.linger.SizeOf;
                case OptionKind.Group: return Posix.ip_mreq.SizeOf;
                case OptionKind.Group6: return Posix.ipv6_mreq.SizeOf;
                case OptionKind.SourceGroup: return SourceGroupBytes;
                case OptionKind.Interface: return Posix.in_addr.SizeOf;
                case OptionKind.Bytes: return 0;

                // ip(7), Linux: the numbers of this level can be given as one byte.
                default: return level == Posix.IPPROTO_IP ? 1 : 4;
            }
        }

        /// <summary>How many bytes are looked at; those behind them have no bearing.</summary>
        public static int MostLength(OptionKind kind)
        {
            switch (kind)
            {
                case OptionKind.Time: return Posix.timeval.SizeOf;
                case OptionKind.Linger: return Posix.linger.SizeOf;
                case OptionKind.Group:
                case OptionKind.Interface: return Posix.ip_mreq.SizeOf;
                case OptionKind.Group6: return Posix.ipv6_mreq.SizeOf;
                case OptionKind.SourceGroup: return SourceGroupBytes;
                case OptionKind.Bytes: return MostBytes;
                default: return 4;
            }
        }

        /// <summary>Makes the value of a canonical call.</summary>
        /// <returns>Its length; or -EDOM.</returns>
        public static int ToCore(OptionKind kind, Posix.OctetView value, int length)
        {
            switch (kind)
            {
                case OptionKind.Time:
                    return TimeToCore(value);
                case OptionKind.Linger:
                case OptionKind.Group:
                    return 8;
                case OptionKind.Group6:
                    return Posix.ipv6_mreq.SizeOf;
                case OptionKind.SourceGroup:
                    return SourceGroupBytes;
                case OptionKind.Bytes:
                    return length;
                case OptionKind.Interface:
                    // ip(7): a struct ip_mreq names the interface second.
                    value.PutInt(0, value.GetInt(length >= Posix.ip_mreq.SizeOf ? 4 : 0));
                    return 4;
            }

            uint number = length >= 4 ? value.GetInt(0) : value[0];
            value.PutInt(0, kind == OptionKind.Switch ? (number != 0 ? 1u : 0)
                : kind == OptionKind.PathMtu ? (number >= PathMtuAlways ? 1u : 0) : number);
            return 4;
        }

        /// <summary>Makes the value that POSIX has.</summary>
        /// <returns>Its length.</returns>
        public static int FromCore(OptionKind kind, Posix.OctetView value, int length)
        {
            uint number = value.GetInt(0);
            switch (kind)
            {
                case OptionKind.Time:
                    value.PutLong(0, number / 1000);
                    value.PutLong(8, number % 1000 * 1000);
                    return Posix.timeval.SizeOf;
                case OptionKind.Switch:
                    // Some stacks give the bit that they keep it in.
                    value.PutInt(0, number != 0 ? 1u : 0);
                    return 4;
                case OptionKind.Family:
                    value.PutInt(0, (uint)SockaddrCodec.ToPosix((AddressFamily)(int)(long)number));
                    return 4;
                case OptionKind.PathMtu:
                    value.PutInt(0, number != 0 ? PathMtuAlways : 0);
                    return 4;
                default:
                    return length;
            }
        }

        private static int TimeToCore(Posix.OctetView value)
        {
            Posix.timeval time = new Posix.timeval();
            time.PutLong(0, value.GetLong(0));
            time.PutLong(8, value.GetLong(8));
            if (time.tv_usec < 0 || time.tv_usec > 999999)
            {
                return -Posix.EDOM;
            }

            // 0 means for ever on both sides. Less than that is "at once" on Linux, which nothing below can say.
            value.PutInt(0, time.tv_sec < 0 ? 1 : (uint)time.ToMilliseconds());
            return 4;
        }
    }
}
#endif
