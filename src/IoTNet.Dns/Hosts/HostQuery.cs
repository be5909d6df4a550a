using System;

namespace IoTNet
{
    /// <summary>One search for the addresses of a host.</summary>
    internal sealed class HostQuery
    {
        /// <summary>What was found, best first.</summary>
        public IPAddress[] Addresses = s_none;

        public string CanonicalName;

        /// <summary>With EAI_SYSTEM: what the network stack said.</summary>
        public Errno SystemError;

        private static readonly IPAddress[] s_none = new IPAddress[0];

        private readonly AddressInfoFlags _flags;
        private readonly Deadline _deadline;
        private readonly DnsAnswer _answer = new DnsAnswer();
        private readonly Resolver _resolver;
        private readonly int _cancels;
        private readonly AddressFamily _wanted;
        private AddressFamily _family;

        public HostQuery(Resolver resolver, AddressFamily family, AddressInfoFlags flags, int timeoutMs)
        {
            _wanted = family;
            _flags = flags;
            _deadline = Deadline.After(timeoutMs);
            _resolver = resolver;
            _cancels = _resolver.CountCancels();
        }

        /// <summary>AI_ADDRCONFIG: leaves out a family that the board has no way for; before anything else, as in
        /// glibc.</summary>
        /// <returns>0; EAI_FAMILY: it is not IP; or EAI_NONAME: it is the family that was asked for.</returns>
        public int NarrowFamily()
        {
            _family = _wanted;
            if (_family != AddressFamily.Unspecified && _family != AddressFamily.InterNetwork && _family != AddressFamily.InterNetworkV6)
            {
                return (int)DnsError.EAI_FAMILY;
            }

            if (Has(AddressInfoFlags.AddressConfigured))
            {
                _family = Route.Narrow(_family);
            }

            return _family == AddressFamily.Unknown ? (int)DnsError.EAI_NONAME : 0;
        }

        /// <summary>Searches.</summary>
        /// <param name="host">The host; null = this one.</param>
        /// <returns>0, or the error.</returns>
        public int Find(string host)
        {
            if (host == null)
            {
                AddThisHost(_family, Has(AddressInfoFlags.Passive));
                return 0;
            }

            int error = HostText.ReadAddress(host, out IPAddress address);
            if (error != 0)
            {
                return error;
            }

            if (address != null)
            {
                CanonicalName = host;
                return AddGiven(host, address, _family);
            }

            if (Has(AddressInfoFlags.NumericHost))
            {
                return (int)DnsError.EAI_NONAME;
            }

            if (HostText.IsLocalhost(host))
            {
                CanonicalName = host;
                AddThisHost(_family, false);
                return 0;
            }

            return Ask(host, _family);
        }

        private bool Has(AddressInfoFlags flag)
        {
            return (_flags & flag) != 0;
        }

        // In the order that RFC 6724 gives them on Linux; no socket is opened to find it out.
        private void AddThisHost(AddressFamily family, bool passive)
        {
            IPAddress ipv4 = passive ? IPAddress.Any : IPAddress.Loopback;
            IPAddress ipv6 = passive ? IPAddress.IPv6Any : IPAddress.IPv6Loopback;
            if (family == AddressFamily.Unspecified)
            {
                Addresses = passive ? new IPAddress[] { ipv4, ipv6 } : new IPAddress[] { ipv6, ipv4 };
                return;
            }

            Addresses = new IPAddress[] { family == AddressFamily.InterNetwork ? ipv4 : ipv6 };
        }

        // RFC 3493 6.1; as in glibc, a mapped address also serves whoever wants IPv4.
        private int AddGiven(string host, IPAddress address, AddressFamily family)
        {
            bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
            if (family != AddressFamily.Unspecified && family != address.AddressFamily)
            {
                bool wantsIPv4 = family == AddressFamily.InterNetwork;
                if (wantsIPv4 ? !address.IsIPv4MappedToIPv6 : !Has(AddressInfoFlags.V4Mapped))
                {
                    return (int)DnsError.EAI_ADDRFAMILY;
                }

                address = wantsIPv4 ? address.MapToIPv4() : address.MapToIPv6();
            }

            long scope = isIPv6 ? HostText.ReadScope(host, address) : 0;
            if (scope < 0)
            {
                return (int)DnsError.EAI_NONAME;
            }

            if (scope > 0 && address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                address.ScopeId = scope;
            }

            Addresses = new IPAddress[] { address };
            return 0;
        }

        private int Ask(string host, AddressFamily family)
        {
            bool isIPv6 = family == AddressFamily.InterNetworkV6;
            int error = (int)DnsError.EAI_NODATA;
            if (family != AddressFamily.InterNetworkV6)
            {
                error = Ask(host, DnsType.A, false);
                if (error != 0 && error != (int)DnsError.EAI_NODATA && error != (int)DnsError.EAI_NONAME)
                {
                    // The second question would only wait for the same server again.
                    return error;
                }
            }

            if (family != AddressFamily.InterNetwork)
            {
                int second = Ask(host, DnsType.AAAA, false);

                // A name that has no address of one family still exists.
                error = error == (int)DnsError.EAI_NODATA || second != (int)DnsError.EAI_NONAME ? second : error;
            }

            // RFC 3493 6.1, AI_V4MAPPED and AI_ALL: of use only where IPv6 is asked for.
            if (_wanted == AddressFamily.InterNetworkV6 && isIPv6 && Has(AddressInfoFlags.V4Mapped) &&
                (Addresses.Length == 0 || Has(AddressInfoFlags.All)))
            {
                int mapped = Ask(host, DnsType.A, true);
                error = error == (int)DnsError.EAI_NODATA || mapped == 0 ? mapped : error;
            }

            if (Addresses.Length == 0)
            {
                return error;
            }

            SystemError = Errno.None;
            AddressOrder.Sort(Addresses);
            return 0;
        }

        private int Ask(string host, DnsType type, bool map)
        {
            int count = _resolver.QuerySince(_cancels, host, type, _deadline.RemainingMs(), _answer);
            if (count < 0)
            {
                SystemError = _answer.SystemError;
                return count;
            }

            IPAddress[] all = new IPAddress[Addresses.Length + count];
            Array.Copy(Addresses, 0, all, 0, Addresses.Length);
            for (int i = 0; i < count; i++)
            {
                IPAddress address = _answer[i].Address;
                all[Addresses.Length + i] = map ? address.MapToIPv6() : address;
            }

            Addresses = all;
            CanonicalName = CanonicalName ?? _answer.CanonicalName;
            return 0;
        }
    }
}
