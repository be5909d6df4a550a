using System;

namespace IoTNet
{
    // Hosts: addresses as text, this host, and names with addresses of both families.
    public sealed partial class Resolver
    {
        /// <summary>How long a call without a timeout waits, in ms: 30,000, as nanoFramework's own.</summary>
        public const int DefaultTimeoutMs = 30000;

        private static Resolver s_default = new Resolver();

        /// <summary>Who is asked where nobody says who: at first a resolver with the default options, which asks the servers of
        /// the board's link.</summary>
        /// <exception cref="ArgumentNullException">Set to null.</exception>
        public static Resolver Default
        {
            get => s_default;
            set => s_default = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <summary>Finds a host's addresses.</summary>
        /// <param name="host">As <see cref="TryGetAddresses"/> has it.</param>
        /// <param name="family">As there.</param>
        /// <param name="flags">As there.</param>
        /// <param name="timeoutMs">As there.</param>
        /// <returns>At least one.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="DnsException">Nothing was found; <see cref="DnsException.Error"/> says why.</exception>
        public IPAddress[] GetAddresses(string host, AddressFamily family, AddressInfoFlags flags, int timeoutMs)
        {
            int error = FindAddresses(host, family, flags, timeoutMs, out IPAddress[] addresses, out Errno systemError);
            return error == 0 ? addresses : throw DnsException.Of(error, systemError, "Cannot resolve " + (host ?? "this host"));
        }

        /// <summary>Finds a host's addresses, as getaddrinfo() does (RFC 3493 6.1), and does not throw for what it does not find.
        /// Addresses as text and this host never use the network.</summary>
        /// <param name="host">A name; an address in any form that POSIX inet_addr() or RFC 4291 2.2 has (127.1, 0x7f.1,
        /// fe80::1%2, fe80::1%eth0); null = this host: loopback, or with AI_PASSIVE every address.</param>
        /// <param name="family">InterNetwork, InterNetworkV6, or Unspecified for both.</param>
        /// <param name="flags">AI_PASSIVE, AI_NUMERICHOST, AI_V4MAPPED, AI_ALL, AI_ADDRCONFIG; others mean nothing here.</param>
        /// <param name="timeoutMs">The most that the call takes, in ms; -1 = as long as all attempts take.</param>
        /// <param name="addresses">At least one, in the order in which to try them (RFC 6724); none after an error.</param>
        /// <returns>0, or a <see cref="DnsError"/>: EAI_FAMILY (not IP), EAI_NONAME (no such host; a name where the flags want a
        /// number), EAI_NODATA, EAI_ADDRFAMILY (an address of the other family), EAI_AGAIN (no answer in time), EAI_FAIL,
        /// EAI_SYSTEM, EAI_CANCELED.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        public int TryGetAddresses(string host, AddressFamily family, AddressInfoFlags flags, int timeoutMs, out IPAddress[] addresses)
        {
            return FindAddresses(host, family, flags, timeoutMs, out addresses, out _);
        }

        private int FindAddresses(string host, AddressFamily family, AddressInfoFlags flags, int timeoutMs,
            out IPAddress[] addresses, out Errno systemError)
        {
            CheckTimeout(timeoutMs);
            HostQuery query = new HostQuery(this, family, flags, timeoutMs);
            int error = query.NarrowFamily();
            error = error == 0 ? query.Find(host) : error;
            addresses = query.Addresses;
            systemError = query.SystemError;
            return error;
        }

        /// <summary>Refuses a timeout that is none.</summary>
        internal static void CheckTimeout(int timeoutMs)
        {
            if (timeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(timeoutMs),
                    "A timeout is a number of milliseconds, or -1 for ever, not " + timeoutMs.ToString() + ".");
            }
        }
    }
}
