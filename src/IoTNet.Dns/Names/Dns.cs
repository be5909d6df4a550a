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
        /// <summary>How long a call without a timeout waits, in ms: 30,000, as nanoFramework's own.</summary>
        public const int DefaultTimeoutMs = 30000;

        private static Resolver s_resolver = new Resolver();

        /// <summary>Who is asked for names: at first a resolver with the default options, which asks the servers of the
        /// board's link.</summary>
        /// <exception cref="ArgumentNullException">Set to null.</exception>
        public static Resolver Resolver
        {
            get => s_resolver;
            set => s_resolver = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <summary>Ends all calls that wait for <see cref="Resolver"/>, from any thread; they fail with EAI_CANCELED. A
        /// resolver given in the hints has its own <see cref="IoTNet.Resolver.Cancel"/>.</summary>
        public static void Cancel()
        {
            s_resolver.Cancel();
        }

        /// <summary>Finds a host's addresses within 30 seconds: .NET's and nanoFramework's signature.</summary>
        /// <param name="hostNameOrAddress">A name, or an address as text, which is given back as it is.</param>
        /// <returns>The host's name behind all aliases, and its addresses, best first.</returns>
        /// <exception cref="ArgumentNullException">There is no name.</exception>
        /// <exception cref="DnsException">The name was not found; <see cref="DnsException.Error"/> says why.</exception>
        public static IPHostEntry GetHostEntry(string hostNameOrAddress)
        {
            return GetHostEntry(hostNameOrAddress, DefaultTimeoutMs);
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
            switch (error)
            {
                case DnsError.EAI_BADFLAGS: return "Bad value for ai_flags";
                case DnsError.EAI_NONAME: return "Name or service not known";
                case DnsError.EAI_AGAIN: return "Temporary failure in name resolution";
                case DnsError.EAI_FAIL: return "Non-recoverable failure in name resolution";
                case DnsError.EAI_NODATA: return "No address associated with hostname";
                case DnsError.EAI_FAMILY: return "ai_family not supported";
                case DnsError.EAI_SOCKTYPE: return "ai_socktype not supported";
                case DnsError.EAI_SERVICE: return "Servname not supported for ai_socktype";
                case DnsError.EAI_ADDRFAMILY: return "Address family for hostname not supported";
                case DnsError.EAI_MEMORY: return "Memory allocation failure";
                case DnsError.EAI_SYSTEM: return "System error";
                case DnsError.EAI_OVERFLOW: return "Argument buffer overflow";
                case DnsError.EAI_CANCELED: return "Request canceled";
                default: return "Unknown error";
            }
        }

        // The message names what was looked up, and what the stack said.
        private static DnsException Failure(int error, Errno systemError, string what)
        {
            string why = GaiStrError((DnsError)error);
            return new DnsException((DnsError)error, systemError, what + ": " + why + " (" + error.ToString() + ")" +
                (systemError == Errno.None ? "." : ": " + ErrnoTable.Text(systemError) + "."));
        }

        private static void CheckTimeout(int timeoutMs)
        {
            if (timeoutMs < -1)
            {
                throw new ArgumentOutOfRangeException(nameof(timeoutMs),
                    "A timeout is a number of milliseconds, or -1 for ever, not " + timeoutMs.ToString() + ".");
            }
        }
    }
}
