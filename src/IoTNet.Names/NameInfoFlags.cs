using System;

namespace IoTNet
{
    /// <summary>What <see cref="Dns.GetNameInfo(EndPoint, NameInfoFlags, int)"/> is to do (RFC 3493 6.2); the numbers are
    /// Linux's.</summary>
    [Flags]
    public enum NameInfoFlags
    {
        /// <summary>Nothing special.</summary>
        None = 0,

        /// <summary>NI_NUMERICHOST: the address as text; no server is asked.</summary>
        NumericHost = 1,

        /// <summary>NI_NUMERICSERV: the port as text.</summary>
        NumericService = 2,

        /// <summary>NI_NOFQDN: a name in the board's own domain, which is the first search domain of the resolver, without
        /// the domain.</summary>
        NoFullName = 4,

        /// <summary>NI_NAMEREQD: EAI_NONAME when the address has no name, instead of the address as text.</summary>
        NameRequired = 8,

        /// <summary>NI_DGRAM: the service is a UDP one, which differs from TCP's for a few ports.</summary>
        Datagram = 0x10,
    }
}
