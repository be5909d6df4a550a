using System;

namespace IoTNet
{
    /// <summary>How a <see cref="Resolver"/> asks. The values are read when the resolver is made; those of the first group
    /// have the names of <c>resolv.conf</c>.</summary>
    public sealed class ResolverOptions
    {
        // RFC 1035 4.2.1: what every answer by UDP may have without EDNS.
        internal const int LeastAnswerBytes = 512;

        /// <summary>Whom to ask, in this order; at most 4 count. Null (default): those of the board's link
        /// (<see cref="INameServers"/>), read anew with each query. None may be null, have port 0, or an address that is no
        /// host's (0.0.0.0, ::).</summary>
        public IPEndPoint[] Servers { get; set; }

        /// <summary>The domains that are put behind a short name; at most 6 count (glibc's limit). None may be null. Default:
        /// none.</summary>
        public string[] Search { get; set; }

        /// <summary>A name with at least so many dots is tried as it is before the search domains. 0 to 15, default 1.</summary>
        public int Ndots { get; set; } = 1;

        /// <summary>How long one attempt waits for one server, in ms; 1 to 60,000; doubled with each round, up to four times.
        /// Default 1,000: firmware on a lossy link gains more from asking again than from waiting.</summary>
        public int AttemptTimeoutMs { get; set; } = 1000;

        /// <summary>How many rounds through the servers, 1 to 16. Default 4.</summary>
        public int Attempts { get; set; } = 4;

        /// <summary>Whether the case of the question's letters is random and checked in the answer, which makes answers
        /// much harder to forge (draft-vixie-dnsext-dns0x20). A server that changes the case is asked again by TCP.
        /// Default true.</summary>
        public bool RandomizeCase { get; set; } = true;

        /// <summary>Whether servers are asked by TCP only (<c>use-vc</c>), for links that lose or forge datagrams; an answer
        /// then takes a connection, and memory for it. Default false: TCP is for what UDP had to cut.</summary>
        public bool UseTcp { get; set; }

        /// <summary>The longest answer by UDP, in bytes, 512 to 4096, told to the server by EDNS (RFC 6891 6.2.3); 512 = no
        /// EDNS. Costs a buffer of that size while a query runs. Default 1,232, which passes all links unfragmented.</summary>
        public int UdpAnswerBytes { get; set; } = 1232;

        /// <summary>The longest answer by TCP, in bytes, 512 to 65535: a longer one is EAI_AGAIN. The buffer is allocated
        /// when such an answer comes. Default 8,192.</summary>
        public int TcpAnswerBytes { get; set; } = 8192;

        /// <summary>How many records of an answer are kept, 1 to 4,096. Default 32.</summary>
        public int MaxRecords { get; set; } = 32;

        /// <summary>How many answers, also negative ones, the cache holds, 0 (no cache) to 4,096. Default 16.</summary>
        public int CacheEntries { get; set; } = 16;

        /// <summary>Whether names that end in <c>.local</c> are asked for by multicast on the link (RFC 6762), as they must be.
        /// Default true.</summary>
        public bool UseMulticast { get; set; } = true;

        /// <summary>Names that need no server; asked first. Default: none beside <c>localhost</c>.</summary>
        public HostTable Hosts { get; set; }

        // A copy that the caller cannot change any more.
        internal ResolverOptions Copy()
        {
            Check(Ndots, 0, 15, nameof(Ndots));
            Check(AttemptTimeoutMs, 1, 60000, nameof(AttemptTimeoutMs));
            Check(Attempts, 1, 16, nameof(Attempts));
            Check(UdpAnswerBytes, LeastAnswerBytes, 4096, nameof(UdpAnswerBytes));
            Check(TcpAnswerBytes, LeastAnswerBytes, 65535, nameof(TcpAnswerBytes));
            Check(MaxRecords, 1, 4096, nameof(MaxRecords));
            Check(CacheEntries, 0, 4096, nameof(CacheEntries));
            ResolverOptions copy = (ResolverOptions)MemberwiseClone();
            copy.Servers = CopyServers(Servers);
            copy.Search = CopySearch(Search);
            return copy;
        }

        private static IPEndPoint[] CopyServers(IPEndPoint[] servers)
        {
            for (int i = 0; servers != null && i < servers.Length; i++)
            {
                IPEndPoint server = servers[i];
                if (server == null || server.Port == 0 || server.Address.Equals(IPAddress.Any) || server.Address.Equals(IPAddress.IPv6Any))
                {
                    throw new ArgumentException("Servers[" + i.ToString() + "]: expected the address and port of a server, such as 192.0.2.53:53, not " +
                        (server == null ? "null" : server.ToString()) + ".");
                }
            }

            return servers == null ? null : (IPEndPoint[])servers.Clone();
        }

        private static string[] CopySearch(string[] domains)
        {
            for (int i = 0; domains != null && i < domains.Length; i++)
            {
                string domain = domains[i];
                if (domain == null)
                {
                    throw new ArgumentException("Search[" + i.ToString() + "]: expected a domain, such as example.com, not null.");
                }
            }

            return domains == null ? null : (string[])domains.Clone();
        }

        private static void Check(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(name, "Expected " + least.ToString() + " to " + most.ToString() + ", not " + value.ToString() + ".");
            }
        }
    }
}
