namespace IoTNet
{
    /// <summary>The types of DNS records (IANA's numbers, RFC 6895 3.1). Others can be asked for and received by number.</summary>
    public enum DnsType
    {
        /// <summary>None.</summary>
        None = 0,

        /// <summary>An IPv4 address (RFC 1035 3.4.1).</summary>
        A = 1,

        /// <summary>An authoritative name server (RFC 1035 3.3.11).</summary>
        NS = 2,

        /// <summary>The canonical name of an alias (RFC 1035 3.3.1).</summary>
        CNAME = 5,

        /// <summary>The start of a zone (RFC 1035 3.3.13).</summary>
        SOA = 6,

        /// <summary>A pointer to another name, such as an address's (RFC 1035 3.3.12).</summary>
        PTR = 12,

        /// <summary>A mail exchange (RFC 1035 3.3.9).</summary>
        MX = 15,

        /// <summary>Texts (RFC 1035 3.3.14).</summary>
        TXT = 16,

        /// <summary>An IPv6 address (RFC 3596 2.1).</summary>
        AAAA = 28,

        /// <summary>The host and port of a service (RFC 2782).</summary>
        SRV = 33,

        /// <summary>No record of a name: EDNS's extension of the message (RFC 6891 6.1).</summary>
        OPT = 41,

        /// <summary>In a question: all types (RFC 1035 3.2.3; servers may answer with one only, RFC 8482).</summary>
        ANY = 255,
    }
}
