// RFC 3493 6.1 getaddrinfo().
using System;

namespace IoTNet
{
    public static partial class Dns
    {
        private const AddressInfoFlags KnownFlags = AddressInfoFlags.Passive | AddressInfoFlags.CanonicalName |
            AddressInfoFlags.NumericHost | AddressInfoFlags.V4Mapped | AddressInfoFlags.All |
            AddressInfoFlags.AddressConfigured | AddressInfoFlags.NumericService;

        // glibc: what a call without hints asks for.
        private const AddressInfoFlags DefaultFlags = AddressInfoFlags.V4Mapped | AddressInfoFlags.AddressConfigured;

        /// <summary>Finds the addresses of a host and the port of a service.</summary>
        /// <param name="host">A name; an address in any form that POSIX inet_addr() or RFC 4291 2.2 has (127.1, 0x7f.1,
        /// fe80::1%2, fe80::1%eth0); null or <c>*</c> = this host: loopback, or with AI_PASSIVE every address.</param>
        /// <param name="service">A name that <see cref="ServiceNames"/> has, or a port, 0..65535; null, empty or <c>*</c> =
        /// port 0.</param>
        /// <param name="hints">What is wanted; null = AI_V4MAPPED and AI_ADDRCONFIG, as glibc has it.</param>
        /// <param name="timeoutMs">The most that the call takes, in ms; -1 = as long as all attempts of the resolver
        /// take.</param>
        /// <returns>At least one result: the addresses by RFC 6724, each with each type of socket.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="DnsException">Nothing was found; <see cref="DnsException.Error"/> says why, as
        /// <see cref="TryGetAddrInfo"/> does.</exception>
        public static AddressInfo[] GetAddrInfo(string host, string service, AddressHints hints, int timeoutMs)
        {
            int error = FindAddresses(host, service, hints, timeoutMs, out AddressInfo[] results, out Errno systemError);
            if (error != 0)
            {
                throw DnsException.Of(error, systemError,
                    "Cannot resolve " + (host ?? "this host") + (service == null ? "" : ", service " + service));
            }

            return results;
        }

        /// <summary>Finds addresses as the other form does, within 30 seconds.</summary>
        /// <param name="host">As there.</param>
        /// <param name="service">As there.</param>
        /// <param name="hints">As there.</param>
        /// <returns>As there.</returns>
        /// <exception cref="DnsException">As there.</exception>
        public static AddressInfo[] GetAddrInfo(string host, string service, AddressHints hints = null)
        {
            return GetAddrInfo(host, service, hints, Resolver.DefaultTimeoutMs);
        }

        /// <summary>Finds the addresses of a host and the port of a service, and does not throw for what it does not
        /// find.</summary>
        /// <param name="host">As <see cref="GetAddrInfo(string, string, AddressHints, int)"/> has it.</param>
        /// <param name="service">As there.</param>
        /// <param name="hints">As there.</param>
        /// <param name="timeoutMs">As there.</param>
        /// <param name="results">The results; null when there are none.</param>
        /// <returns>0, or a <see cref="DnsError"/>: EAI_BADFLAGS (unknown flags; AI_CANONNAME without a host), EAI_FAMILY (not
        /// IP), EAI_SOCKTYPE, EAI_SERVICE (unknown for this type; a port above 65535; raw sockets have none), EAI_NONAME
        /// (no such host; neither host nor service; a name where the flags want a number), EAI_NODATA, EAI_ADDRFAMILY
        /// (an address of the other family), EAI_AGAIN (no answer in time), EAI_FAIL, EAI_SYSTEM, EAI_CANCELED.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        public static int TryGetAddrInfo(
            string host, string service, AddressHints hints, int timeoutMs, out AddressInfo[] results)
        {
            return FindAddresses(host, service, hints, timeoutMs, out results, out _);
        }

        internal static int FindAddresses(string host, string service, AddressHints hints, int timeoutMs,
            out AddressInfo[] results, out Errno systemError)
        {
            results = null;
            systemError = Errno.None;
            Resolver.CheckTimeout(timeoutMs);
            hints = hints ?? new AddressHints { Flags = DefaultFlags };
            host = host == "*" ? null : host;
            service = service == "*" ? null : service;
            int error = Check(host, service, hints);
            if (error != 0)
            {
                return error;
            }

            HostQuery query = new HostQuery(hints.Resolver ?? Resolver.Default, hints.Family, hints.Flags, timeoutMs);
            error = query.NarrowFamily();
            if (error != 0)
            {
                return error;
            }

            ServiceTuple[] services = new ServiceTuple[ServiceTuple.MaxCount];
            int serviceCount = ServiceTuple.Find(service, hints, services);
            if (serviceCount < 0)
            {
                return serviceCount;
            }

            error = query.Find(host);
            systemError = query.SystemError;
            if (error == 0)
            {
                bool named = (hints.Flags & AddressInfoFlags.CanonicalName) != 0;
                results = Combine(query.Addresses, services, serviceCount, named ? query.CanonicalName : null);
            }

            return error;
        }

        // In glibc's order.
        private static int Check(string host, string service, AddressHints hints)
        {
            if (host == null && service == null)
            {
                return (int)DnsError.EAI_NONAME;
            }

            if ((hints.Flags & ~KnownFlags) != 0 ||
                (host == null && (hints.Flags & AddressInfoFlags.CanonicalName) != 0))
            {
                return (int)DnsError.EAI_BADFLAGS;
            }

            return 0;
        }

        private static AddressInfo[] Combine(IPAddress[] addresses, ServiceTuple[] services, int serviceCount, string name)
        {
            AddressInfo[] results = new AddressInfo[addresses.Length * serviceCount];
            for (int i = 0; i < results.Length; i++)
            {
                ServiceTuple service = services[i % serviceCount];
                results[i] = new AddressInfo(new IPEndPoint(addresses[i / serviceCount], service.Port),
                    service.Type, service.Protocol, i == 0 ? name : null);
            }

            return results;
        }
    }
}
