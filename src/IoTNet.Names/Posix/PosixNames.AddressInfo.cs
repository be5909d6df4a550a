#if IOTNET_POSIX_NAMES
using System;

namespace IoTNet
{
    public static partial class PosixNames
    {
        /// <summary>Finds the addresses of a host and the port of a service (<see cref="Dns.TryGetAddrInfo"/>).</summary>
        /// <param name="node">The host; null = this one.</param>
        /// <param name="service">Name or port; null = port 0.</param>
        /// <param name="hints">ai_flags, ai_family, ai_socktype and ai_protocol; null for none.</param>
        /// <param name="res">The first result, or null.</param>
        /// <returns>0, or EAI_*; with EAI_SYSTEM, <see cref="Posix.errno"/> says more.</returns>
        public static int getaddrinfo(string node, string service, addrinfo hints, out addrinfo res)
        {
            res = null;
            int error = Dns.FindAddresses(node, service, ReadHints(hints), Resolver.DefaultTimeoutMs,
                out AddressInfo[] found, out Errno systemError);
            if (error != 0)
            {
                SetErrno(error, systemError);
                return error;
            }

            for (int i = found.Length - 1; i >= 0; i--)
            {
                Posix.sockaddr address = MakeAddress(found[i].EndPoint);
                res = new addrinfo
                {
                    ai_flags = hints == null ? 0 : hints.ai_flags,
                    ai_family = address.sa_family,
                    ai_socktype = (int)found[i].SocketType,
                    ai_protocol = (int)found[i].Protocol,
                    ai_addrlen = address.Length,
                    ai_addr = address,
                    ai_canonname = found[i].CanonicalName,
                    ai_next = res,
                };
            }

            return 0;
        }

        /// <summary>Has nothing to do here; C programs must call it.</summary>
        /// <param name="res">The results.</param>
        public static void freeaddrinfo(addrinfo res)
        {
        }

        /// <summary>What an error means (<see cref="Dns.GaiStrError"/>).</summary>
        /// <param name="ecode">EAI_*.</param>
        /// <returns>A few words.</returns>
        public static string gai_strerror(int ecode)
        {
            return Dns.GaiStrError((DnsError)ecode);
        }

        /// <summary>Finds what an address is called (<see cref="Dns.TryGetNameInfo"/>).</summary>
        /// <param name="sa">The address, of AF_INET or AF_INET6.</param>
        /// <param name="salen">Its length in bytes.</param>
        /// <param name="host">Takes the host's name and a NUL; null = not wanted.</param>
        /// <param name="hostlen">The room for it in bytes; NI_MAXHOST is always enough.</param>
        /// <param name="serv">Takes the service's name and a NUL; null = not wanted.</param>
        /// <param name="servlen">The room for it in bytes; NI_MAXSERV is always enough.</param>
        /// <param name="flags">NI_*.</param>
        /// <returns>0, or EAI_*: EAI_FAMILY also when the address is null, or shorter than its family's; EAI_NONAME also when
        /// neither name is wanted; EAI_OVERFLOW: a name does not fit; with EAI_SYSTEM, <see cref="Posix.errno"/> says
        /// more.</returns>
        public static int getnameinfo(
            Posix.sockaddr sa, int salen, byte[] host, int hostlen, byte[] serv, int servlen, int flags)
        {
            bool wantsHost = host != null && hostlen > 0;
            bool wantsService = serv != null && servlen > 0;
            IPEndPoint endPoint = ReadAddress(sa, salen);
            if (endPoint == null)
            {
                return EAI_FAMILY;
            }

            if (!wantsHost && !wantsService)
            {
                return EAI_NONAME;
            }

            // Nobody is asked for a name that is not wanted.
            int error = Dns.FindNames(endPoint, (NameInfoFlags)(wantsHost ? flags : (flags | NI_NUMERICHOST) & ~NI_NAMEREQD),
                Resolver.DefaultTimeoutMs, out NameInfo info, out Errno systemError);
            if (error != 0)
            {
                SetErrno(error, systemError);
                return error;
            }

            bool fits = (!wantsHost || Put(info.Host, host, hostlen)) && (!wantsService || Put(info.Service, serv, servlen));
            return fits ? 0 : EAI_OVERFLOW;
        }

        private static void SetErrno(int error, Errno systemError)
        {
            if (error == EAI_SYSTEM)
            {
                Posix.errno = (int)systemError;
            }
        }

        private static AddressHints ReadHints(addrinfo hints)
        {
            if (hints == null)
            {
                return null;
            }

            return new AddressHints
            {
                Flags = (AddressInfoFlags)hints.ai_flags,
                Family = hints.ai_family == Posix.AF_INET6 ? AddressFamily.InterNetworkV6
                    : hints.ai_family == Posix.AF_INET || hints.ai_family == Posix.AF_UNSPEC ? (AddressFamily)hints.ai_family
                    : AddressFamily.Unknown,
                SocketType = (SocketType)hints.ai_socktype,
                Protocol = (ProtocolType)hints.ai_protocol,
            };
        }

        private static Posix.sockaddr MakeAddress(IPEndPoint endPoint)
        {
            byte[] bytes = endPoint.Address.GetAddressBytes();
            if (bytes.Length == Posix.in_addr.SizeOf)
            {
                Posix.sockaddr_in ipv4 = new Posix.sockaddr_in { sin_family = Posix.AF_INET, sin_port = Posix.htons(endPoint.Port) };
                ipv4.sin_addr.Put(bytes);
                return ipv4;
            }

            Posix.sockaddr_in6 ipv6 = new Posix.sockaddr_in6
            {
                sin6_family = Posix.AF_INET6,
                sin6_port = Posix.htons(endPoint.Port),
                sin6_scope_id = (uint)endPoint.Address.ScopeId,
            };
            ipv6.sin6_addr.Put(bytes);
            return ipv6;
        }

        private static IPEndPoint ReadAddress(Posix.sockaddr sa, int salen)
        {
            if (sa == null || salen < Posix.sockaddr_in.SizeOf || salen > sa.Length)
            {
                return null;
            }

            if (sa.sa_family == Posix.AF_INET)
            {
                Posix.sockaddr_in ipv4 = new Posix.sockaddr_in(sa);
                return new IPEndPoint(new IPAddress(ipv4.sin_addr.s_addr), Posix.ntohs(ipv4.sin_port));
            }

            if (sa.sa_family != Posix.AF_INET6 || salen < Posix.sockaddr_in6.SizeOf)
            {
                return null;
            }

            Posix.sockaddr_in6 ipv6 = new Posix.sockaddr_in6(sa);
            byte[] bytes = new byte[Posix.in6_addr.SizeOf];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = ipv6.sin6_addr[i];
            }

            return new IPEndPoint(new IPAddress(bytes, ipv6.sin6_scope_id), Posix.ntohs(ipv6.sin6_port));
        }

        private static bool Put(string text, byte[] target, int size)
        {
            if (text.Length >= size || text.Length >= target.Length)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                target[i] = (byte)text[i];
            }

            target[text.Length] = 0;
            return true;
        }
    }
}
#endif
