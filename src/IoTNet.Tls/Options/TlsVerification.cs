namespace IoTNet
{
    /// <summary>What is asked of the peer's certificate. Zephyr's numbers (TLS_PEER_VERIFY_*).</summary>
    public enum TlsVerification
    {
        /// <summary>Nothing: whoever answers is taken for the peer. A server does not ask for a certificate.</summary>
        None = 0,

        /// <summary>It is looked at, and the connection stands whatever is found; TLS_CERT_VERIFY_RESULT tells.</summary>
        Optional = 1,

        /// <summary>Without a good one there is no connection.</summary>
        Required = 2,
    }
}
