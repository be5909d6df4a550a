using System;

namespace IoTNet
{
    /// <summary>The second word of a message's header (RFC 1035 4.1.1). Its lowest four bits are the response code, bits 11 to 14
    /// the operation (0 = query).</summary>
    [Flags]
    public enum DnsFlags
    {
        /// <summary>A query without wishes.</summary>
        None = 0,

        /// <summary>RA: the server does ask others.</summary>
        RecursionAvailable = 0x0080,

        /// <summary>RD: the server shall ask others.</summary>
        RecursionDesired = 0x0100,

        /// <summary>TC: the message was too long and was cut.</summary>
        Truncated = 0x0200,

        /// <summary>AA: the server is in charge of the name.</summary>
        Authoritative = 0x0400,

        /// <summary>QR: a response.</summary>
        Response = 0x8000,
    }
}
