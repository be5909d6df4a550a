namespace IoTNet
{
    /// <summary>Protocols by name and by number: POSIX getprotobyname() and getprotobynumber(), from a table of its
    /// own.</summary>
    public static class ProtocolNames
    {
        // IANA, "Assigned Internet Protocol Numbers"; names as in Debian's /etc/protocols.
        private const string Table =
            "ip 0 - IP\n" +
            "icmp 1 - ICMP\n" +
            "igmp 2 - IGMP\n" +
            "tcp 6 - TCP\n" +
            "udp 17 - UDP\n" +
            "dccp 33 - DCCP\n" +
            "ipv6 41 - IPv6\n" +
            "ipv6-route 43 - IPv6-Route\n" +
            "ipv6-frag 44 - IPv6-Frag\n" +
            "gre 47 - GRE\n" +
            "esp 50 - IPSEC-ESP\n" +
            "ah 51 - IPSEC-AH\n" +
            "ipv6-icmp 58 - IPv6-ICMP\n" +
            "ipv6-nonxt 59 - IPv6-NoNxt\n" +
            "ipv6-opts 60 - IPv6-Opts\n" +
            "ospf 89 - OSPFIGP\n" +
            "pim 103 - PIM\n" +
            "vrrp 112 - VRRP\n" +
            "sctp 132 - SCTP\n" +
            "udplite 136 - UDPLite\n";

        /// <summary>Finds a protocol by its name or an alias.</summary>
        /// <param name="name">The name; case matters, as in POSIX.</param>
        /// <returns>The protocol; null when the table does not have it, or the name is null.</returns>
        public static ProtocolEntry FindByName(string name)
        {
            return name == null ? null : Make(NameTable.Find(Table, name, 0, ' '));
        }

        /// <summary>Finds a protocol by its number.</summary>
        /// <param name="number">The number.</param>
        /// <returns>The protocol; null when the table does not have it.</returns>
        public static ProtocolEntry FindByNumber(int number)
        {
            return Make(NameTable.Find(Table, null, number, ' '));
        }

        /// <summary>The number of a protocol (Python: <c>getprotobyname</c>).</summary>
        /// <param name="name">The name; case matters, as in POSIX.</param>
        /// <returns>The number, such as 1 for <c>icmp</c>.</returns>
        /// <exception cref="DnsException">EAI_NONAME: there is none of that name.</exception>
        public static int GetNumber(string name)
        {
            ProtocolEntry entry = FindByName(name) ?? throw new DnsException(DnsError.EAI_NONAME,
                "Protocol '" + name + "' not found; give its number, or one of the names that IoTNet has, such as icmp, tcp, udp.");
            return entry.Number;
        }

        /// <summary>The name of a protocol.</summary>
        /// <param name="number">The number.</param>
        /// <returns>The name, such as <c>icmp</c> for 1.</returns>
        /// <exception cref="DnsException">EAI_NONAME: the table has none of that number.</exception>
        public static string GetName(int number)
        {
            ProtocolEntry entry = FindByNumber(number) ??
                throw new DnsException(DnsError.EAI_NONAME, "IoTNet has no name for protocol " + number.ToString() + ".");
            return entry.Name;
        }

        private static ProtocolEntry Make(string[] fields)
        {
            return fields == null ? null : new ProtocolEntry(fields);
        }
    }
}
