using System;

namespace IoTNet
{
    /// <summary>Which versions of TLS may be agreed on.</summary>
    [Flags]
    public enum TlsProtocols
    {
        /// <summary>TLS 1.2 (RFC 5246).</summary>
        Tls12 = 1,

        /// <summary>TLS 1.3 (RFC 8446).</summary>
        Tls13 = 2,
    }
}
