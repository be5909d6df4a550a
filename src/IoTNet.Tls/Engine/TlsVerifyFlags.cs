using System;

namespace IoTNet
{
    /// <summary>What is wrong with a certificate. Mbed TLS's numbers (MBEDTLS_X509_BADCERT_*), which Zephyr's
    /// TLS_CERT_VERIFY_RESULT and nanoFramework's engine give as well.</summary>
    [Flags]
    public enum TlsVerifyFlags
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>It has expired.</summary>
        Expired = 0x01,

        /// <summary>It was revoked.</summary>
        Revoked = 0x02,

        /// <summary>It is for another host.</summary>
        NameMismatch = 0x04,

        /// <summary>Its issuer is not one of the CA certificates; a self-signed one, too.</summary>
        NotTrusted = 0x08,

        /// <summary>The peer sent none.</summary>
        Missing = 0x40,

        /// <summary>Anything else.</summary>
        Other = 0x0100,

        /// <summary>It is not valid yet: often the board's clock is not set.</summary>
        NotYetValid = 0x0200,

        /// <summary>It is not meant for this side of TLS (extended key usage).</summary>
        WrongUsage = 0x1000,
    }
}
