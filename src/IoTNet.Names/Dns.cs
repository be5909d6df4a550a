// RFC 3493 6; corner cases as in glibc's getaddrinfo() and getnameinfo().
using System;

namespace IoTNet
{
    /// <summary>
    /// Names to addresses and back: getaddrinfo(), getnameinfo(), and .NET's <c>Dns</c>. Addresses in text form, and calls
    /// without a host, never use the network.
    /// <code>
    /// AddressInfo[] found = Dns.GetAddrInfo("broker.example", "mqtt", new AddressHints { SocketType = SocketType.Stream }, 5000);
    /// </code>
    /// </summary>
    public static partial class Dns
    {
        /// <summary>Finds a host's addresses within 30 seconds: .NET's and nanoFramework's signature.</summary>
        /// <param name="hostNameOrAddress">A name, or an address as text, which is given back as it is.</param>
        /// <returns>The host's name behind all aliases, and its addresses, best first.</returns>
        /// <exception cref="ArgumentNullException">There is no name.</exception>
        /// <exception cref="DnsException">The name was not found; <see cref="DnsException.Error"/> says why.</exception>
        public static IPHostEntry GetHostEntry(string hostNameOrAddress)
        {
            return GetHostEntry(hostNameOrAddress, Resolver.DefaultTimeoutMs);
        }

        /// <summary>Finds a host's addresses.</summary>
        /// <param name="hostNameOrAddress">A name, or an address as text, which is given back as it is.</param>
        /// <param name="timeoutMs">The most that the call takes, in ms; -1 = as long as all attempts of the resolver take.</param>
        /// <returns>The host's name behind all aliases, and its addresses, best first.</returns>
        /// <exception cref="ArgumentNullException">There is no name.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The timeout is below -1.</exception>
        /// <exception cref="DnsException">The name was not found; <see cref="DnsException.Error"/> says why.</exception>
        public static IPHostEntry GetHostEntry(string hostNameOrAddress, int timeoutMs)
        {
            if (hostNameOrAddress == null)
            {
                throw new ArgumentNullException(nameof(hostNameOrAddress));
            }

            // One result an address, rather than one for each type of socket.
            AddressHints hints = new AddressHints
            {
                Flags = AddressInfoFlags.CanonicalName | AddressInfoFlags.AddressConfigured,
                SocketType = SocketType.Stream,
            };
            AddressInfo[] found = GetAddrInfo(hostNameOrAddress, null, hints, timeoutMs);
            IPAddress[] addresses = new IPAddress[found.Length];
            for (int i = 0; i < found.Length; i++)
            {
                addresses[i] = found[i].EndPoint.Address;
            }

            return new IPHostEntry(found[0].CanonicalName, addresses);
        }

        /// <summary>What an error means: gai_strerror(), in glibc's words.</summary>
        /// <param name="error">The error.</param>
        /// <returns>A few words without a full stop.</returns>
        public static string GaiStrError(DnsError error)
        {
            return DnsException.Describe(error);
        }
    }
}
