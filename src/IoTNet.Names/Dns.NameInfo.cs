// RFC 3493 6.2 getnameinfo().
using System;

namespace IoTNet
{
    public static partial class Dns
    {
        private const NameInfoFlags KnownNameFlags = NameInfoFlags.NumericHost | NameInfoFlags.NumericService |
            NameInfoFlags.NoFullName | NameInfoFlags.NameRequired | NameInfoFlags.Datagram;

        /// <summary>Finds what an end point's host and service are called.</summary>
        /// <param name="endPoint">An IP end point, or a Unix one (<c>localhost</c> and the path).</param>
        /// <param name="flags">How.</param>
        /// <param name="timeoutMs">The most that the call takes, in ms; -1 = as long as all attempts of the resolver
        /// take.</param>
        /// <returns>The names; the address or port as text where there is no name.</returns>
        /// <exception cref="ArgumentNullException">There is no end point.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="DnsException">As <see cref="TryGetNameInfo"/> tells.</exception>
        public static NameInfo GetNameInfo(EndPoint endPoint, NameInfoFlags flags, int timeoutMs = Resolver.DefaultTimeoutMs)
        {
            int error = FindNames(endPoint, flags, timeoutMs, out NameInfo info, out Errno systemError);
            if (error != 0)
            {
                throw DnsException.Of(error, systemError, "Cannot find the name of " + endPoint.ToString());
            }

            return info;
        }

        /// <summary>Finds what an end point's host and service are called, and does not throw when there is no
        /// name.</summary>
        /// <param name="endPoint">As <see cref="GetNameInfo(EndPoint, NameInfoFlags, int)"/> has it.</param>
        /// <param name="flags">As there.</param>
        /// <param name="timeoutMs">As there.</param>
        /// <param name="info">The names; null when there are none.</param>
        /// <returns>0; or EAI_BADFLAGS (unknown flags), EAI_FAMILY (another kind of end point), and only with NI_NAMEREQD:
        /// EAI_NONAME (also when NI_NUMERICHOST stands beside it), EAI_AGAIN, EAI_FAIL, EAI_SYSTEM; always
        /// EAI_CANCELED.</returns>
        /// <exception cref="ArgumentNullException">There is no end point.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        public static int TryGetNameInfo(EndPoint endPoint, NameInfoFlags flags, int timeoutMs, out NameInfo info)
        {
            return FindNames(endPoint, flags, timeoutMs, out info, out _);
        }

        internal static int FindNames(
            EndPoint endPoint, NameInfoFlags flags, int timeoutMs, out NameInfo info, out Errno systemError)
        {
            info = null;
            systemError = Errno.None;
            Resolver.CheckTimeout(timeoutMs);
            if (endPoint == null)
            {
                throw new ArgumentNullException(nameof(endPoint));
            }

            if ((flags & ~KnownNameFlags) != 0)
            {
                return (int)DnsError.EAI_BADFLAGS;
            }

            if (endPoint is UnixEndPoint local)
            {
                info = new NameInfo("localhost", local.ToString());
                return 0;
            }

            IPEndPoint ip = endPoint as IPEndPoint;
            if (ip == null)
            {
                return (int)DnsError.EAI_FAMILY;
            }

            int error = FindHostName(ip.Address, flags, timeoutMs, out string host, out systemError);
            if (error == 0)
            {
                info = new NameInfo(host, FindServiceName(ip.Port, flags));
            }

            return error;
        }

        private static int FindHostName(
            IPAddress address, NameInfoFlags flags, int timeoutMs, out string host, out Errno systemError)
        {
            host = null;
            systemError = Errno.None;
            int error = (int)DnsError.EAI_NONAME;
            if ((flags & NameInfoFlags.NumericHost) == 0)
            {
                DnsAnswer answer = new DnsAnswer();
                error = Resolver.Default.Query(DnsName.Reverse(address) + ".", DnsType.PTR, timeoutMs, answer);
                if (error > 0)
                {
                    host = answer[0].Target;
                    host = (flags & NameInfoFlags.NoFullName) != 0 ? Resolver.Default.WithoutDomain(host) : host;
                    return 0;
                }

                systemError = answer.SystemError;
            }

            if (error == (int)DnsError.EAI_CANCELED)
            {
                return error;
            }

            if ((flags & NameInfoFlags.NameRequired) != 0)
            {
                return error == (int)DnsError.EAI_NODATA ? (int)DnsError.EAI_NONAME : error;
            }

            // RFC 3493 6.2: the address as text, when no name can be found.
            host = HostText.Format(address);
            systemError = Errno.None;
            return 0;
        }

        private static string FindServiceName(int port, NameInfoFlags flags)
        {
            string protocol = (flags & NameInfoFlags.Datagram) != 0 ? "udp" : "tcp";
            ServiceEntry entry = (flags & NameInfoFlags.NumericService) != 0 ? null : ServiceNames.FindByPort(port, protocol);
            return entry == null ? port.ToString() : entry.Name;
        }
    }
}
