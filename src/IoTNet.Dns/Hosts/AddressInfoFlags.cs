using System;

namespace IoTNet
{
    /// <summary>What <see cref="Resolver.TryGetAddresses"/> is to do (RFC 3493 6.1); the numbers are
    /// Linux's.</summary>
    [Flags]
    public enum AddressInfoFlags
    {
        /// <summary>Nothing special.</summary>
        None = 0,

        /// <summary>AI_PASSIVE: without a host, the addresses to serve on (0.0.0.0 and ::) rather than loopback.</summary>
        Passive = 1,

        /// <summary>AI_CANONNAME: fill in the canonical name of the first result.</summary>
        CanonicalName = 2,

        /// <summary>AI_NUMERICHOST: the host is an address, not a name; anything else is EAI_NONAME, and no server is
        /// asked.</summary>
        NumericHost = 4,

        /// <summary>AI_V4MAPPED: with family IPv6, an IPv4 address is given as ::ffff:a.b.c.d when there is no IPv6
        /// one.</summary>
        V4Mapped = 8,

        /// <summary>AI_ALL: with <see cref="V4Mapped"/>, also when there are IPv6 addresses.</summary>
        All = 0x10,

        /// <summary>AI_ADDRCONFIG: leave out a family that the board has no route for while it has one for the other.</summary>
        AddressConfigured = 0x20,

        /// <summary>AI_NUMERICSERV: the service is a port, not a name; anything else is EAI_NONAME.</summary>
        NumericService = 0x400,
    }
}
