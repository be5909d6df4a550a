#if IOTNET_POSIX_NAMES
// POSIX.1-2017 <netdb.h>; numbers as Linux.
namespace IoTNet
{
    /// <summary>
    /// Names under their POSIX names, for <c>using static IoTNet.PosixNames;</c> beside <c>using static IoTNet.Posix;</c>
    /// (a static class cannot be continued in another assembly). Every function is a short forward to its canonical call,
    /// such as <see cref="Dns.TryGetAddrInfo"/>. Library code never calls a name of this class.
    /// </summary>
    /// <remarks>A call that asks a server takes at most <see cref="Resolver.DefaultTimeoutMs"/>. What C frees, the garbage collector
    /// frees here.</remarks>
    public static partial class PosixNames
    {
        /// <summary>Finds a protocol by name (<see cref="ProtocolNames.FindByName"/>).</summary>
        /// <param name="name">The name.</param>
        /// <returns>The protocol, or null.</returns>
        public static protoent getprotobyname(string name)
        {
            return MakeProtocol(ProtocolNames.FindByName(name));
        }

        /// <summary>Finds a protocol by number (<see cref="ProtocolNames.FindByNumber"/>).</summary>
        /// <param name="proto">The number.</param>
        /// <returns>The protocol, or null.</returns>
        public static protoent getprotobynumber(int proto)
        {
            return MakeProtocol(ProtocolNames.FindByNumber(proto));
        }

        /// <summary>Finds a service by name (<see cref="ServiceNames.FindByName"/>).</summary>
        /// <param name="name">The name.</param>
        /// <param name="proto"><c>tcp</c> or <c>udp</c>; null = either.</param>
        /// <returns>The service, or null.</returns>
        public static servent getservbyname(string name, string proto)
        {
            return MakeService(ServiceNames.FindByName(name, proto));
        }

        /// <summary>Finds a service by port (<see cref="ServiceNames.FindByPort"/>).</summary>
        /// <param name="port">The port in network order: htons(80).</param>
        /// <param name="proto"><c>tcp</c> or <c>udp</c>; null = either.</param>
        /// <returns>The service, or null.</returns>
        public static servent getservbyport(int port, string proto)
        {
            return MakeService(ServiceNames.FindByPort(Posix.ntohs(port), proto));
        }

        private static protoent MakeProtocol(ProtocolEntry entry)
        {
            return entry == null ? null
                : new protoent { p_name = entry.Name, p_aliases = entry.Aliases, p_proto = entry.Number };
        }

        private static servent MakeService(ServiceEntry entry)
        {
            return entry == null ? null
                : new servent
                {
                    s_name = entry.Name, s_aliases = entry.Aliases, s_port = Posix.htons(entry.Port), s_proto = entry.Protocol,
                };
        }
    }
}
#endif
