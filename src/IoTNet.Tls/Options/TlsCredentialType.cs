namespace IoTNet
{
    /// <summary>Kinds of credentials. Zephyr's numbers (enum tls_credential_type).</summary>
    public enum TlsCredentialType
    {
        /// <summary>A CA certificate, or several in PEM: who may sign the peer's certificate.</summary>
        CaCertificate = 1,

        /// <summary>The certificate shown to the peer, with those between it and the CA behind it in PEM. Zephyr:
        /// TLS_CREDENTIAL_PUBLIC_CERTIFICATE, once TLS_CREDENTIAL_SERVER_CERTIFICATE.</summary>
        PublicCertificate = 2,

        /// <summary>The key of that certificate.</summary>
        PrivateKey = 3,
    }
}
