namespace IoTNet
{
    /// <summary>A type of socket with its protocol and port: what getaddrinfo() joins to each address.</summary>
    internal sealed class ServiceTuple
    {
        public const int MaxCount = 3;

        // glibc's gaih_inet_typeproto, without DCCP and SCTP, which no stack here has. UDP-Lite comes only when it is asked for.
        private const int Tcp = 0;
        private const int Udp = 1;
        private const int UdpLite = 2;
        private const int Raw = 3;
        private const int KindCount = 4;

        private ServiceTuple(SocketType type, ProtocolType protocol, int port)
        {
            Type = type;
            Protocol = protocol;
            Port = port;
        }

        public SocketType Type { get; }

        public ProtocolType Protocol { get; }

        public int Port { get; }

        /// <summary>Finds what goes with a service.</summary>
        /// <param name="service">Name or port; null or empty = port 0.</param>
        /// <param name="hints">Type, protocol and flags.</param>
        /// <param name="tuples">Filled from index 0 on.</param>
        /// <returns>How many; or EAI_SERVICE, EAI_SOCKTYPE, EAI_NONAME.</returns>
        public static int Find(string service, AddressHints hints, ServiceTuple[] tuples)
        {
            bool hasService = service != null && service.Length > 0;
            int port = hasService ? HostText.ParseNumber(service, 0, IPEndPoint.MaxPort) is long n && n >= 0 ? (int)n : -1 : 0;
            if (port < 0 && (hints.Flags & AddressInfoFlags.NumericService) != 0)
            {
                return (int)DnsError.EAI_NONAME;
            }

            bool isAny = hints.SocketType == 0 && hints.Protocol == ProtocolType.Unspecified;
            int count = 0;
            bool known = false;
            for (int kind = Tcp; kind < KindCount; kind++)
            {
                if (isAny ? kind == UdpLite : !Fits(kind, hints))
                {
                    continue;
                }

                known = true;
                int found = port >= 0 ? port : PortOf(service, kind);
                if (found >= 0 && !(kind == Raw && hasService && !isAny))
                {
                    ProtocolType protocol = kind == Raw ? hints.Protocol : ProtocolOf(kind);
                    tuples[count++] = new ServiceTuple(TypeOf(kind), protocol, found);
                }

                if (!isAny)
                {
                    // glibc: the first that fits.
                    break;
                }
            }

            return count > 0 ? count
                : (int)(known || hints.SocketType == 0 ? DnsError.EAI_SERVICE : DnsError.EAI_SOCKTYPE);
        }

        private static bool Fits(int kind, AddressHints hints)
        {
            return (hints.SocketType == 0 || hints.SocketType == TypeOf(kind)) &&
                (hints.Protocol == ProtocolType.Unspecified || kind == Raw || hints.Protocol == ProtocolOf(kind));
        }

        private static SocketType TypeOf(int kind)
        {
            return kind == Tcp ? SocketType.Stream : kind == Raw ? SocketType.Raw : SocketType.Dgram;
        }

        private static ProtocolType ProtocolOf(int kind)
        {
            return kind == Tcp ? ProtocolType.Tcp : kind == Udp ? ProtocolType.Udp : (ProtocolType)136;
        }

        private static int PortOf(string service, int kind)
        {
            ServiceEntry entry = kind == Tcp ? ServiceNames.FindByName(service, "tcp")
                : kind == Udp ? ServiceNames.FindByName(service, "udp")
                : null;
            return entry == null ? -1 : entry.Port;
        }
    }
}
