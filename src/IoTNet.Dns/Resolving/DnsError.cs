namespace IoTNet
{
    /// <summary>Why a name was not resolved: the error codes of getaddrinfo (RFC 3493 6.4), with the numbers of
    /// Linux. Calls give them as they are: below 0.</summary>
    public enum DnsError
    {
        /// <summary>No error.</summary>
        None = 0,

        /// <summary>Flags that do not exist, or do not go together.</summary>
        EAI_BADFLAGS = -1,

        /// <summary>The name does not exist, or is not a name.</summary>
        EAI_NONAME = -2,

        /// <summary>No server gave a usable answer in time, or there is none to ask: trying again may help.</summary>
        EAI_AGAIN = -3,

        /// <summary>All servers refuse to resolve the name, or its aliases have no end.</summary>
        EAI_FAIL = -4,

        /// <summary>The name exists and has no record of this type.</summary>
        EAI_NODATA = -5,

        /// <summary>An address family that there is not.</summary>
        EAI_FAMILY = -6,

        /// <summary>A socket type that there is not, or that does not fit the protocol.</summary>
        EAI_SOCKTYPE = -7,

        /// <summary>A service that is not known for this socket type.</summary>
        EAI_SERVICE = -8,

        /// <summary>The name has no address of the family that was asked for.</summary>
        EAI_ADDRFAMILY = -9,

        /// <summary>Out of memory.</summary>
        EAI_MEMORY = -10,

        /// <summary>The network stack failed; an <see cref="Errno"/> says how.</summary>
        EAI_SYSTEM = -11,

        /// <summary>The caller's buffer is too small.</summary>
        EAI_OVERFLOW = -12,

        /// <summary>The call was cancelled.</summary>
        EAI_CANCELED = -101,
    }
}
