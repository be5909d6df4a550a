namespace IoTNet
{
    /// <summary>The options of TLS sockets, at level <see cref="Level"/>; Zephyr's names and numbers. Those of Zephyr that
    /// are not here answer ENOPROTOOPT.</summary>
    public static class TlsOptionName
    {
        /// <summary>SOL_TLS: the level of these options.</summary>
        public const SocketOptionLevel Level = (SocketOptionLevel)282;

        /// <summary>TLS_SEC_TAG_LIST, ints: the credentials to use (<see cref="TlsCredentialStore"/>), at most 8. EINVAL: not
        /// whole ints; ENOENT: a tag without a credential.</summary>
        public const SocketOptionName SecTagList = (SocketOptionName)1;

        /// <summary>TLS_HOSTNAME, UTF-8, write only: the name that the peer's certificate must have; empty: names are not
        /// checked. A client that verifies and was given none fails.</summary>
        public const SocketOptionName HostName = (SocketOptionName)2;

        /// <summary>TLS_CIPHERSUITE_USED, int, read only: IANA's number. ENOTCONN before the handshake is done.</summary>
        public const SocketOptionName CipherSuiteUsed = (SocketOptionName)4;

        /// <summary>TLS_PEER_VERIFY, int, write only: a <see cref="TlsVerification"/>. Default: Required for a client, None for a
        /// server.</summary>
        public const SocketOptionName PeerVerify = (SocketOptionName)5;

        /// <summary>TLS_ALPN_LIST, names, each with a NUL behind it: the application protocols, the preferred one first. (Zephyr
        /// has an array of pointers.) Read: the one that was agreed on.</summary>
        public const SocketOptionName AlpnList = (SocketOptionName)7;

        /// <summary>TLS_SESSION_CACHE, int, 0 or 1, default 1 (Zephyr: 0): <see cref="TlsOptions.SessionCache"/>.</summary>
        public const SocketOptionName SessionCache = (SocketOptionName)12;

        /// <summary>TLS_CERT_VERIFY_RESULT, int, read only: <see cref="TlsVerifyFlags"/>.</summary>
        public const SocketOptionName CertVerifyResult = (SocketOptionName)19;

        /// <summary>How long a handshake may take, int, ms, above 0. IoTNet's own, numbered apart from Zephyr's.</summary>
        public const SocketOptionName HandshakeTimeout = (SocketOptionName)0x2001;
    }
}
